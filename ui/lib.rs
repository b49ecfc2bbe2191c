//! What is drawn: the .slint files and the code generated from them, nothing else.
//!
//! `contract.slint` is the only door (`Lock` and `Strings` in, `Actions` out); `build.rs` the only generator. To change
//! a word, edit `i18n/<locale>/<page>.ftl`; a colour or a size, `theme.slint`; a page, `pages/<page>_page.slint`.

#[allow(missing_docs, double_negations, reason = "made by the Slint compiler")]
mod generated {
    slint::include_modules!();
}
pub use generated::*;

/// One function for each message and one builder for each page's texts, made from `i18n/en/*.ftl`.
pub mod words {
    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}
