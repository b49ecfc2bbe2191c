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
    /// The pay page, e.g. `/p/7K2M9QXT4R?lang=hi`.
    pub more: String,
}

/// The page after a payment.
pub(crate) fn receipt(frame: &Frame<'_>, receipt: &Receipt<'_>) -> Response {
    let words = frame.words;
    let title = format!("{} · {}", words.say("lender-receipt"), receipt.payee);
    let main = html! {
        section.slip.good { h1.tick { (words.say("lender-paid-title")) } }
        section.slip.paper {
            h2 { (words.say("lender-receipt")) }
            dl {
                div { dt { (words.say("lender-receipt-amount")) } dd.sum { (digits(&receipt.amount)) } }
                div { dt { (words.say("lender-receipt-payee")) } dd { bdi { (receipt.payee) } } }
                div { dt { (words.say("lender-receipt-date")) } dd { (receipt.paid) } }
                div { dt { (words.say("lender-receipt-number")) } dd { (digits(&receipt.number)) } }
                div { dt { (words.say("lender-receipt-address")) } dd.address { (digits(&receipt.address)) } }
            }
        }
        p { (words.say("lender-receipt-keep")) }
        h2 { (words.say("lender-next-heading")) }
        (list(words, true, &["lender-paid-phone", "lender-paid-still"]))
        p.more { a href=(receipt.more) { (words.say("lender-paid-more")) } }
    };
    frame.page(StatusCode::OK, &title, &main)
}
