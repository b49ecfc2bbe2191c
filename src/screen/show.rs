//! From a view to the window's globals, and nothing else.

use crate::present::View;
use crate::words::{Fluent, Locale};
use latchkey_ui::{Lock, LockScreen, Strings};
use slint::{ComponentHandle, ModelRc, VecModel};

/// Hands `view` to the window. `before` is what the window shows now: what is equal stays untouched.
pub fn show(ui: &LockScreen, view: &View, fluent: &Fluent, before: Option<&View>) {
    let lock = ui.global::<Lock>();
    if before.is_none_or(|b| b.choices != view.choices) {
        theme(ui, view);
    }
    if before.is_none_or(|b| b.choices.locale != view.choices.locale) {
        words(ui, fluent);
    }
    if before.is_none_or(|b| b.code != view.code) {
        let code = view.code.as_ref().map(|(matrix, module)| matrix.image(*module));
        lock.set_pay_code(code.unwrap_or_default());
    }
    if before.is_none_or(|b| b.rows != view.rows) {
        lock.set_rows(ModelRc::new(VecModel::from(view.rows.clone())));
    }
    if before.is_none_or(|b| b.lock != view.lock) {
        lock.set_view(view.lock.clone());
    }
}

fn theme(_ui: &LockScreen, view: &View) {
    let _locale = Locale::find(&view.choices.locale);
}

fn words(ui: &LockScreen, fluent: &Fluent) {
    latchkey_ui::words::pages::set_all(&ui.global::<Strings>(), fluent);
}
