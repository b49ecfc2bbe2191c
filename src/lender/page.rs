//! The pay page: plain HTML, no script, one inline style whose hash stands in the policy. Colours are those of the
//! screen (`look.md`), light and dark.

use crate::words::{Arg, Words};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

const STYLE: &str = include_str!("pay.css");

/// One instalment as it is shown.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Number.
    pub no: String,
    /// Due day.
    pub due: String,
    /// Amount.
    pub amount: String,
    /// Its state.
    pub state: State,
}

/// State of an instalment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Paid in full.
    Paid,
    /// Due and open.
    Late,
    /// Not due yet.
    Open,
}

/// What is asked for.
#[derive(Clone, Debug)]
pub(crate) enum Asked {
    /// This much, by this intent.
    Amount {
        /// The sum.
        amount: String,
        /// The intent that the form carries.
        intent: String,
        /// Late instalments: number and due day.
        late: Vec<(String, String)>,
    },
    /// Nothing; number, sum and day of the next one.
    Nothing(Option<(String, String, String)>),
    /// The contract is over.
    Settled,
}

/// Everything on the pay page.
#[derive(Clone, Debug)]
pub(crate) struct Pay<'a> {
    /// Who gets the money.
    pub payee: &'a str,
    /// Hotline.
    pub hotline: &'a str,
    /// A line on top: message id.
    pub line: Option<&'static str>,
    /// What is asked for.
    pub asked: Asked,
    /// Instalments.
    pub rows: Vec<Row>,
    /// Paid, total, left.
    pub progress: (String, String, String),
}

/// The page that asks for a payment.
pub(crate) fn pay(words: &Words, page: &Pay<'_>) -> Response {
    let title = words.tell("lender-pay-title", &[("payee", Arg::Text(page.payee))]);
    let mut body = String::new();
    if let Some(line) = page.line {
        let _ = write!(body, r#"<p class="wait" role="status">{}</p>"#, words.html(line));
    }
    let _ = write!(body, "<h1>{}</h1>", escape(&title));
    asked(words, &page.asked, &mut body);
    table(words, page, &mut body);
    document(words, StatusCode::OK, &title, &body, page.hotline)
}

fn asked(words: &Words, asked: &Asked, body: &mut String) {
    match asked {
        Asked::Amount { amount, intent, late } => {
            let since = late.first().map_or(String::new(), |(no, date)| {
                if late.len() == 1 {
                    words.tell(
                        "lender-due-since",
                        &[("no", Arg::Text(no)), ("date", Arg::Text(date))],
                    )
                } else {
                    let count = Arg::Number(late.len());
                    words.tell(
                        "lender-due-several",
                        &[("count", count), ("date", Arg::Text(date))],
                    )
                }
            });
            let pay = words.tell("lender-pay", &[("amount", Arg::Text(amount))]);
            let _ = write!(
                body,
                r#"<section class="slip"><p>{}</p><p class="amount">{}</p><p class="quiet">{}</p>
<form method="post"><input type="hidden" name="intent" value="{}">
<button class="primary" name="action" value="pay">{}</button>
<button name="action" value="fail">{}</button></form></section>
<h2>{}</h2><ol><li>{}</li><li>{}</li></ol><p>{}</p>"#,
                words.html("lender-due"),
                escape(amount),
                escape(&since),
                escape(intent),
                escape(&pay),
                words.html("lender-fail"),
                words.html("lender-next-heading"),
                words.html("lender-next-release"),
                words.html("lender-next-unlock"),
                words.html("lender-next-never"),
            );
        }
        Asked::Nothing(next) => {
            let next = next.as_ref().map_or(String::new(), |(no, amount, date)| {
                let args = [
                    ("no", Arg::Text(no)),
                    ("amount", Arg::Text(amount)),
                    ("date", Arg::Text(date)),
                ];
                words.tell("lender-nothing-next", &args)
            });
            slip(body, "good", &words.html("lender-nothing"), &escape(&next));
        }
        Asked::Settled => slip(
            body,
            "good",
            &words.html("lender-nothing"),
            &words.html("lender-nothing-settled"),
        ),
    }
}

fn slip(body: &mut String, class: &str, head: &str, text: &str) {
    let _ = write!(
        body,
        r#"<section class="slip {class}"><p class="big">{head}</p><p>{text}</p></section>"#
    );
}

fn table(words: &Words, page: &Pay<'_>, body: &mut String) {
    let _ = write!(
        body,
        r#"<h2>{}</h2><table><thead><tr><th scope="col">{}</th><th scope="col">{}</th><th scope="col" class="sum">{}</th><th scope="col">{}</th></tr></thead><tbody>"#,
        words.html("lender-instalments"),
        words.html("lender-column-no"),
        words.html("lender-column-due"),
        words.html("lender-column-amount"),
        words.html("lender-column-state"),
    );
    for row in &page.rows {
        let (class, state) = match row.state {
            State::Paid => ("quiet", "lender-state-paid"),
            State::Late => ("late", "lender-state-late"),
            State::Open => ("", "lender-state-open"),
        };
        let _ = write!(
            body,
            r#"<tr class="{class}"><td>{}</td><td>{}</td><td class="sum">{}</td><td>{}</td></tr>"#,
            escape(&row.no),
            escape(&row.due),
            escape(&row.amount),
            words.html(state),
        );
    }
    let (paid, total, left) = &page.progress;
    let args = [
        ("paid", Arg::Text(paid)),
        ("total", Arg::Text(total)),
        ("left", Arg::Text(left)),
    ];
    let _ = write!(
        body,
        r#"</tbody></table><p class="quiet">{}</p>"#,
        escape(&words.tell("lender-progress", &args))
    );
}

/// The page after a payment.
pub(crate) fn paid(words: &Words, payee: &str, hotline: &str, amount: &str) -> Response {
    let title = words.say("lender-paid-title");
    let args = [("amount", Arg::Text(amount)), ("payee", Arg::Text(payee))];
    let mut body = String::new();
    let _ = write!(
        body,
        r#"<section class="slip good"><h1>{}</h1><p class="big">{}</p></section><p>{}</p><p>{}</p>"#,
        escape(&title),
        escape(&words.tell("lender-paid-sum", &args)),
        words.html("lender-paid-phone"),
        words.html("lender-paid-close"),
    );
    document(words, StatusCode::OK, &title, &body, hotline)
}

/// The page of a link that is not ours.
pub(crate) fn unknown(words: &Words, hotline: &str) -> Response {
    let title = words.say("lender-unknown-title");
    let body = format!(
        "<h1>{}</h1><p>{}</p>",
        escape(&title),
        words.html("lender-unknown")
    );
    document(words, StatusCode::NOT_FOUND, &title, &body, hotline)
}

fn document(words: &Words, status: StatusCode, title: &str, body: &str, hotline: &str) -> Response {
    let html = format!(
        r#"<!doctype html>
<html lang="en" dir="ltr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex"><title>{}</title><style>{STYLE}</style></head>
<body><p class="sandbox">{}</p><main>{body}</main><footer class="quiet">{} <a href="tel:{hotline}">{hotline}</a></footer></body></html>
"#,
        escape(title),
        words.html("lender-sandbox"),
        words.html("lender-contact"),
        hotline = escape(hotline),
    );
    (status, headers(), html).into_response()
}

/// Nothing is loaded, framed, stored or told to others; forms go back to us only.
pub(crate) fn headers() -> [(HeaderName, String); 6] {
    let hash = STANDARD.encode(Sha256::digest(STYLE));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    );
    [
        (CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (CONTENT_SECURITY_POLICY, policy),
        (CACHE_CONTROL, "no-store".to_owned()),
        (REFERRER_POLICY, "no-referrer".to_owned()),
        (X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin".to_owned(),
        ),
    ]
}

impl Words {
    fn html(&self, id: &str) -> String {
        escape(&self.say(id))
    }
}

/// Text as HTML.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_shown_can_become_markup() {
        assert_eq!(
            escape(r#"<a href="x">&'"#),
            "&lt;a href=&quot;x&quot;&gt;&amp;&#39;"
        );
    }

    #[test]
    fn the_style_loads_nothing_and_runs_nothing() {
        for forbidden in ["url(", "@import", "expression", "</style"] {
            assert!(!STYLE.contains(forbidden), "{forbidden}");
        }
    }
}
