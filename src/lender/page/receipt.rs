//! What is kept of a payment: a page with an address of its own that says the same next year, and prints well.

use super::{Frame, digits, list};
use axum::http::StatusCode;
use axum::response::Response;
use maud::html;

/// A receipt.
#[derive(Clone, Debug)]
pub(crate) struct Receipt<'a> {
    /// The sum.
    pub amount: String,
    /// Who got it.
    pub payee: &'a str,
    /// When, in the contract's zone and the market's order.
    pub paid: String,
    /// Its number, in groups to be read aloud.
    pub number: String,
    /// Its whole address.
    pub address: String,
    /// When the provider took the payment back, if it did.
    pub back: Option<String>,
    /// What was given back of it and when, if a part was.
    pub refund: Option<(String, String)>,
    /// The pay page, e.g. `/p/7K2M9QXT4R?lang=hi`.
    pub more: String,
}

/// The page after a payment. Once it was taken back, the same address says so: nobody keeps a paper that is not true any more.
pub(crate) fn receipt(frame: &Frame<'_>, receipt: &Receipt<'_>) -> Response {
    let words = frame.words;
    let title = match receipt.back {
        Some(_) => words.say("lender-back-title"),
        None => words.say("lender-receipt"),
    };
    let title = format!("{title} · {}", receipt.payee);
    let back = receipt.back.is_some();
    let next = if back {
        ["lender-back-owed", "lender-back-call"]
    } else {
        ["lender-paid-phone", "lender-paid-still"]
    };
    let main = html! {
        @if back {
            section.wait { h1 { (words.say("lender-back-title")) } }
        } @else {
            section.slip.good { h1.tick { (words.say("lender-paid-title")) } }
        }
        section.slip.paper {
            h2 { (words.say("lender-receipt")) }
            dl {
                div {
                    dt { (words.say("lender-receipt-amount")) }
                    dd.sum { @if back { s { (digits(&receipt.amount)) } } @else { (digits(&receipt.amount)) } }
                }
                @if let Some((amount, date)) = &receipt.refund {
                    div { dt { (words.say("lender-refund-amount")) } dd.strong { (digits(amount)) } }
                    div { dt { (words.say("lender-refund-date")) } dd { (date) } }
                }
                div { dt { (words.say("lender-receipt-payee")) } dd { bdi { (receipt.payee) } } }
                div { dt { (words.say("lender-receipt-date")) } dd { (receipt.paid) } }
                @if let Some(date) = &receipt.back {
                    div { dt { (words.say("lender-back-date")) } dd.strong { (date) } }
                }
                div { dt { (words.say("lender-receipt-number")) } dd { (digits(&receipt.number)) } }
                div { dt { (words.say("lender-receipt-address")) } dd.address { (digits(&receipt.address)) } }
            }
        }
        @if !back { p { (words.say("lender-receipt-keep")) } }
        h2 { (words.say("lender-next-heading")) }
        (list(words, true, &next))
        p.more { a href=(receipt.more) { (words.say("lender-paid-more")) } }
    };
    frame.page(StatusCode::OK, &title, &main)
}
