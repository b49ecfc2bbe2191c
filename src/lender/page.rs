//! The payer's pages: plain HTML, no script, one inline style whose hash stands in the policy, no font to fetch.
//!
//! `pay` asks for a payment, `receipt` is what is kept of it, `trouble` says what to do when there is neither. Colours
//! and sizes are those of the screen (`theme.slint`), light, dark and for much contrast; on paper always light.

use crate::words::{Arg, Languages, Words, bare};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, VARY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use latchkey_core::order::claims::Card;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

mod pay;
mod receipt;
mod trouble;

pub(crate) use pay::{Asked, Fact, Pay, Row, State, pay};
pub(crate) use receipt::{Receipt, receipt};
pub(crate) use trouble::{trouble, unknown};

pub(crate) const STYLE: &str = include_str!("page/pay.css");

/// Nothing is loaded, framed or told to others; forms go back to us only.
static POLICY: LazyLock<String> = LazyLock::new(|| policy(&[STYLE]));

/// The policy of pages that carry these styles and nothing else.
pub(crate) fn policy(styles: &[&str]) -> String {
    let hashes: Vec<String> = styles
        .iter()
        .map(|style| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(style))))
        .collect();
    format!(
        "default-src 'none'; style-src {}; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        hashes.join(" ")
    )
}

/// The headers of every page.
pub(crate) fn headers() -> [(HeaderName, &'static str); 7] {
    [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, POLICY.as_str()),
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
    ]
}

/// Text as HTML.
pub(crate) fn escape(text: &str) -> String {
    html! { (text) }.into_string()
}

/// What stands around every page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame<'a> {
    /// Its language.
    pub words: &'a Words,
    /// The languages to switch to.
    pub languages: &'a Languages,
    /// Who lends, and who answers the telephone.
    pub card: &'a Card,
    /// No real money moves: said on top of every page.
    pub played: bool,
    /// What a switch of the language keeps of the address, e.g. `note=failed&`.
    pub keep: &'a str,
}

impl Frame<'_> {
    fn page(&self, status: StatusCode, title: &str, main: &Markup) -> Response {
        let words = self.words;
        let page = html! {
            (DOCTYPE)
            html lang=(words.tag) dir=(words.direction()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="robots" content="noindex";
                    meta name="format-detection" content="telephone=no";
                    title { (bare(title)) }
                    style { (as_is(STYLE)) }
                }
                body {
                    header {
                        @if self.played { p.sandbox { (words.say("lender-sandbox")) } }
                        (self.switch())
                    }
                    main { (main) }
                    (self.foot())
                }
            }
        };
        let spoken = [(CONTENT_LANGUAGE, words.tag), (VARY, "accept-language")];
        (status, headers(), spoken, page.into_string()).into_response()
    }

    /// The languages, each named in itself.
    fn switch(&self) -> Markup {
        html! {
            nav aria-label=(self.words.say("lender-languages")) {
                @for other in self.languages.all() {
                    @let here = other.tag == self.words.tag;
                    a href={ "?" (self.keep) "lang=" (other.tag) } lang=(other.tag) hreflang=(other.tag)
                        dir=(other.direction()) aria-current=[here.then_some("true")] { (other.name) }
                }
            }
        }
    }

    /// The first hotline, to be called by a touch.
    fn call(&self) -> Markup {
        html! {
            @if let Some((number, _)) = self.card.hotlines.first() {
                a href={ "tel:" (number.as_str()) } { (digits(number.as_str())) }
            }
        }
    }

    fn foot(&self) -> Markup {
        let (words, card) = (self.words, self.card);
        let hours = [("hours", Arg::Text(card.hours.as_str()))];
        let licence = [("licence", Arg::Text(card.licence.as_str()))];
        html! {
            footer {
                h2 { (words.say("lender-contact")) }
                @for (number, name) in card.hotlines.iter() {
                    p.call {
                        a href={ "tel:" (number.as_str()) } { (digits(number.as_str())) }
                        " " bdi.quiet { (name.as_str()) }
                    }
                }
                p.quiet { (words.tell("lender-hours", &hours)) }
                p.quiet {
                    bdi { (card.name.as_str()) } br; bdi { (card.address.as_str()) } br;
                    (words.tell("lender-licence", &licence))
                }
            }
        }
    }
}

/// A style of ours as it is: what stands in one is no markup, and a policy names its hash.
pub(crate) fn as_is(style: &'static str) -> PreEscaped<&'static str> {
    PreEscaped(style)
}

/// Digits from left to right in every language, without a mark that somebody would copy along.
pub(crate) fn digits(text: &str) -> Markup {
    html! { bdi dir="ltr" { (text) } }
}

/// Class of an amount: the longer it is, the smaller, and it never breaks.
fn size(amount: &str) -> &'static str {
    match amount.chars().count() {
        0..=12 => "amount",
        13..=16 => "amount long",
        _ => "amount longer",
    }
}

fn list(words: &Words, ordered: bool, ids: &[&str]) -> Markup {
    html! {
        @if ordered {
            ol { @for id in ids { li { (words.say(id)) } } }
        } @else {
            ul { @for id in ids { li { (words.say(id)) } } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_loads_nothing_and_runs_nothing() {
        for forbidden in ["url(", "@import", "@font-face", "expression", "</style"] {
            assert!(!STYLE.contains(forbidden), "{forbidden}");
        }
    }

    #[test]
    fn a_longer_amount_is_smaller() {
        assert_eq!(size("Rs.\u{a0}3,250.00"), "amount");
        assert_eq!(size("Rs.\u{a0}32,500.00"), "amount long");
        assert_eq!(size("Rs.\u{a0}10,000,000,000.00"), "amount longer");
    }
}
