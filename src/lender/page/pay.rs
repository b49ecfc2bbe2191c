//! The page that asks for a payment, or says that none is due.

use super::{Frame, digits, list, size};
use crate::words::{Arg, Words};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

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
    /// What is left of it, when a part is paid.
    pub left: Option<String>,
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

impl State {
    /// Class and message.
    fn shown(self) -> (&'static str, &'static str) {
        match self {
            State::Paid => ("paid", "lender-state-paid"),
            State::Late => ("late", "lender-state-late"),
            State::Open => ("open", "lender-state-open"),
        }
    }
}

/// What is asked for.
#[derive(Clone, Debug)]
pub(crate) enum Asked {
    /// This much, by this intent.
    Amount {
        /// The sum.
        amount: String,
        /// The agreed fee in it, if there is one.
        fee: Option<String>,
        /// The intent that the form carries.
        intent: String,
        /// Instalments in it: number and due day.
        due: Vec<(String, String)>,
    },
    /// Nothing; number, sum and day of the next one.
    Nothing(Option<(String, String, String)>),
    /// The contract is over.
    Settled,
}

/// What happened before this page was shown again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fact {
    /// The provider declined.
    Failed,
    /// What was shown is not what is owed any more.
    Stale,
}

impl Fact {
    /// Heading and message.
    fn told(self) -> (&'static str, &'static str) {
        match self {
            Fact::Failed => ("lender-failed-title", "lender-failed"),
            Fact::Stale => ("lender-stale-title", "lender-stale"),
        }
    }
}

/// Everything on the pay page.
#[derive(Clone, Debug)]
pub(crate) struct Pay<'a> {
    /// Who gets the money.
    pub payee: &'a str,
    /// Told on top.
    pub fact: Option<Fact>,
    /// Where the form goes, e.g. `?lang=hi`.
    pub action: &'a str,
    /// Whether the form pays; else one pays as the contract says.
    pub takes: bool,
    /// What is asked for.
    pub asked: Asked,
    /// Instalments.
    pub rows: Vec<Row>,
    /// Paid, left and total as they are written.
    pub sums: [String; 3],
    /// Paid and total in minor units, for the bar.
    pub bar: (u64, u64),
}

/// The page that asks for a payment.
pub(crate) fn pay(frame: &Frame<'_>, page: &Pay<'_>) -> Response {
    let words = frame.words;
    let title = match &page.asked {
        Asked::Amount { .. } => words.tell("lender-pay-title", &[("payee", Arg::Text(page.payee))]),
        Asked::Nothing(_) => words.say("lender-nothing"),
        Asked::Settled => words.say("lender-settled"),
    };
    // The fact comes first in the title: it is the first thing that is read aloud.
    let title = match page.fact.map(Fact::told) {
        Some((head, _)) => format!("{} · {title}", words.say(head)),
        None => title,
    };
    let main = html! {
        @if let Some((head, text)) = page.fact.map(Fact::told) {
            section.wait role="alert" { p.strong { (words.say(head)) } p { (words.say(text)) } }
        }
        (asked(frame, page))
        @if !matches!(page.asked, Asked::Settled) {
            (sums(words, page))
            (instalments(words, &page.rows))
        }
    };
    frame.page(StatusCode::OK, &title, &main)
}

fn asked(frame: &Frame<'_>, page: &Pay<'_>) -> Markup {
    let words = frame.words;
    match &page.asked {
        Asked::Amount {
            amount,
            fee,
            intent,
            due,
        } => html! {
            section.slip {
                h1.ask { span.caption { (words.say("lender-due")) } " " span class=(size(amount)) { (digits(amount)) } }
                p.quiet {
                    (since(words, due))
                    @if let Some(fee) = fee { br; (words.tell("lender-fee", &[("fee", Arg::Ltr(fee))])) }
                }
                p.caption.rule { (words.say("lender-payee")) }
                p.payee { bdi { (page.payee) } }
                p.quiet { (words.say("lender-check")) }
                @if page.takes {
                    form method="post" action=(page.action) {
                        input type="hidden" name="intent" value=(intent);
                        button.primary name="action" value="pay" {
                            (words.tell("lender-pay", &[("amount", Arg::Ltr(amount))]))
                        }
                        @if frame.played {
                            button name="action" value="fail" { (words.say("lender-fail")) }
                        }
                    }
                } @else {
                    p.strong.rule { (words.say("lender-pay-elsewhere")) }
                }
            }
            h2 { (words.say("lender-next-heading")) }
            (list(words, true, if page.takes {
                &["lender-next-receipt", "lender-next-release", "lender-next-unlock"]
            } else {
                &["lender-next-release", "lender-next-unlock"]
            }))
            h2 { (words.say("lender-safe-heading")) }
            ul {
                li { (words.say("lender-safe-secret")) }
                li { (words.say("lender-safe-seller")) }
                li { (words.say("lender-safe-call")) " " (frame.call()) }
            }
        },
        Asked::Nothing(next) => html! {
            section.slip.good {
                h1 { (words.say("lender-nothing")) }
                @if let Some((no, amount, date)) = next {
                    p {
                        (words.tell("lender-nothing-next", &[
                            ("no", Arg::Ltr(no)), ("amount", Arg::Ltr(amount)), ("date", Arg::Text(date)),
                        ]))
                    }
                }
            }
        },
        Asked::Settled => html! {
            section.slip.good {
                h1 { (words.say("lender-settled")) }
                p { (words.tell("lender-settled-free", &[("lender", Arg::Text(frame.card.name.as_str()))])) }
            }
        },
    }
}

fn since(words: &Words, due: &[(String, String)]) -> String {
    match due {
        [] => String::new(),
        [(no, date)] => words.tell(
            "lender-due-since",
            &[("no", Arg::Ltr(no)), ("date", Arg::Text(date))],
        ),
        [(_, date), ..] => {
            let shown = due.len().to_string();
            let args = [
                ("count", Arg::Number(due.len())),
                ("shown", Arg::Ltr(&shown)),
                ("date", Arg::Text(date)),
            ];
            words.tell("lender-due-several", &args)
        }
    }
}

fn sums(words: &Words, page: &Pay<'_>) -> Markup {
    let [paid, left, total] = &page.sums;
    let told = [("paid", Arg::Ltr(paid)), ("total", Arg::Ltr(total))];
    html! {
        h2 { (words.say("lender-sums")) }
        section.slip {
            progress max=(page.bar.1) value=(page.bar.0) aria-label=(words.tell("lender-progress", &told)) {}
            dl {
                @for (id, sum) in [
                    ("lender-sum-paid", paid), ("lender-sum-left", left), ("lender-sum-total", total),
                ] {
                    div { dt { (words.say(id)) } dd { (digits(sum)) } }
                }
            }
        }
    }
}

/// A table that is drawn as two lines a row: the roles keep it a table for a screen reader.
fn instalments(words: &Words, rows: &[Row]) -> Markup {
    html! {
        h2 #instalments { (words.say("lender-instalments")) }
        table role="table" aria-labelledby="instalments" {
            thead role="rowgroup" {
                tr role="row" {
                    @for id in [
                        "lender-column-no", "lender-column-due", "lender-column-amount", "lender-column-state",
                    ] {
                        th role="columnheader" scope="col" { (words.say(id)) }
                    }
                }
            }
            tbody role="rowgroup" {
                @for row in rows {
                    @let (class, state) = row.state.shown();
                    tr.(class) role="row" {
                        td.no role="cell" { (digits(&row.no)) }
                        td.due role="cell" { (row.due) }
                        td.sum role="cell" { (digits(&row.amount)) }
                        td.state role="cell" { (told(words, state, row.left.as_deref())) }
                    }
                }
            }
        }
    }
}

fn told(words: &Words, state: &str, left: Option<&str>) -> String {
    let state = words.say(state);
    match left {
        None => state,
        Some(left) => words.tell(
            "lender-state-part",
            &[("state", Arg::Text(&state)), ("left", Arg::Ltr(left))],
        ),
    }
}
