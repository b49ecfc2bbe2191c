//! When there is nothing to show: what happened, and what to do now.

use super::{Frame, list};
use crate::words::Arg;
use axum::http::StatusCode;
use axum::response::Response;
use maud::html;

/// The page of a link that is not ours.
pub(crate) fn unknown(frame: &Frame<'_>) -> Response {
    let words = frame.words;
    let title = words.say("lender-unknown-title");
    let main = html! {
        h1 { (title) }
        (list(words, false, &["lender-unknown-spelling", "lender-unknown-newer", "lender-unknown-sent"]))
    };
    frame.page(StatusCode::NOT_FOUND, &title, &main)
}

/// The page when we failed. What came of a payment is not known here, and what is left to pay tells it.
pub(crate) fn trouble(frame: &Frame<'_>, status: StatusCode, number: Option<&str>) -> Response {
    let words = frame.words;
    let title = words.say("lender-trouble-title");
    let main = html! {
        h1 { (title) }
        p { (words.say("lender-trouble-once")) }
        @if let Some(number) = number {
            p { (words.tell("lender-trouble-number", &[("number", Arg::Ltr(number))])) }
        }
    };
    frame.page(status, &title, &main)
}
