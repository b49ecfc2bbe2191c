//! The pages as they stand on disk, interpreted: the only place that compiles .slint while a program runs.

use super::sources::Folders;
use super::value;
use latchkey_screen::present::View;
use latchkey_screen::words::Fluent;
use latchkey_ui::words::{MESSAGES, Words};
use slint_interpreter::{
    Compiler, ComponentDefinition, ComponentHandle, ComponentInstance, Diagnostic, DiagnosticLevel, Struct,
    Value,
};
use std::fmt;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// What is wrong with a file on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub file: PathBuf,
    /// Line, from 1; 0 when it is the whole file.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// What is wrong.
    pub what: String,
}

impl Fault {
    /// The same with a file that is told from the root of the source tree.
    #[must_use]
    pub fn from(&self, folders: &Folders) -> Fault {
        let root = folders.ui.parent().unwrap_or(&folders.ui);
        let file = self.file.strip_prefix(root).unwrap_or(&self.file).to_owned();
        Fault { file, ..self.clone() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file.display(), self.what),
            line => write!(f, "{}:{line}:{}: {}", self.file.display(), self.column, self.what),
        }
    }
}

/// The widgets' style, the same as in the phone's build.
const STYLE: &str = "fluent";

/// Compiles `component` of `file`.
///
/// # Errors
/// Every error of the compiler, with file and line.
pub fn compile(file: &Path, component: &str) -> Result<ComponentDefinition, Vec<Fault>> {
    let mut compiler = Compiler::new();
    compiler.set_style(STYLE.into());
    let result = at_once(compiler.build_from_path(file));
    let faults: Vec<Fault> = result
        .diagnostics()
        .filter(|d| d.level() == DiagnosticLevel::Error)
        .map(|d| fault(&d))
        .collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    result.component(component).ok_or_else(|| {
        vec![Fault {
            file: file.to_owned(),
            line: 0,
            column: 0,
            what: format!("exports no component {component}"),
        }]
    })
}

fn fault(diagnostic: &Diagnostic) -> Fault {
    let (line, column) = diagnostic.line_column();
    Fault {
        file: diagnostic.source_file().unwrap_or(Path::new("")).to_owned(),
        line,
        column,
        what: diagnostic.message().to_owned(),
    }
}

/// The compiler is asynchronous for those who load files from elsewhere; ours is ready when it is first asked.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(done) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return done;
        }
    }
}

/// An interpreted component on the screen that is next in memory.
pub struct Pages {
    instance: ComponentInstance,
    /// The view of the contract's own samples: its shape is what the pages expect.
    sample: Option<Value>,
}

impl Pages {
    /// Puts `definition` on the screen.
    ///
    /// # Errors
    /// What Slint says.
    pub fn new(definition: &ComponentDefinition) -> Result<Pages, String> {
        let instance = definition.create().map_err(|e| e.to_string())?;
        let sample = instance.get_global_property("Lock", "view").ok();
        instance.show().map_err(|e| e.to_string())?;
        Ok(Pages { instance, sample })
    }

    /// The component.
    #[must_use]
    pub fn instance(&self) -> &ComponentInstance {
        &self.instance
    }

    /// Calls `tapped` with the action's name in .slint and its row.
    pub fn on_tapped(&self, tapped: impl Fn(&str, usize) + 'static) {
        let called = move |args: &[Value]| {
            if let [Value::EnumerationValue(_, action), Value::Number(row)] = args {
                tapped(action, *row as usize);
            }
            Value::Void
        };
        // A gallery has no actions.
        let _ = self.instance.set_global_callback("Actions", "tapped", called);
    }

    /// Hands `view` to the window, as `latchkey_screen::show` does on the phone.
    ///
    /// # Errors
    /// A property that is not there, or has another type.
    pub fn show(&self, view: &View, words: &Fluent) -> Result<(), String> {
        let say = |e: &dyn fmt::Display| format!("contract.slint: {e}");
        self.set("Motion", "started", Value::Bool(false))?;
        self.look(view, words)?;
        let code = view.code.as_ref().map(|(matrix, module)| matrix.image(*module));
        self.set("Lock", "pay-code", Value::Image(code.unwrap_or_default()))?;
        self.set("Lock", "rows", value::of(&view.rows).map_err(|e| say(&e))?)?;
        let lock = value::of(&view.lock).map_err(|e| say(&e))?;
        let lock = match &self.sample {
            Some(sample) => value::shaped(sample, lock),
            None => lock,
        };
        self.set("Lock", "view", lock)
    }

    /// Colours, text size, language and texts: what a gallery needs too.
    ///
    /// # Errors
    /// A property that is not there, or has another type.
    pub fn look(&self, view: &View, words: &Fluent) -> Result<(), String> {
        let locale = words.locale;
        let theme = format!("{:?}", view.choices.theme).to_lowercase();
        let number = |v: f32| Value::Number(f64::from(v));
        for (name, v) in [
            ("look", Value::EnumerationValue("Look".into(), theme)),
            ("text-scale", number(f32::from(view.choices.text_percent) / 100.0)),
            ("rtl", Value::Bool(locale.right_to_left)),
            ("family", Value::String(locale.family.into())),
            ("font-line", number(locale.natural_line)),
            ("script-line", number(locale.line)),
            ("least-line", number(locale.least_line)),
        ] {
            self.set("Theme", name, v)?;
        }
        self.speak(words)
    }

    /// Every text without arguments, in the shape that the pages expect: a new one shows its English until then.
    fn speak(&self, words: &Fluent) -> Result<(), String> {
        let pages: Vec<String> = match self.instance.definition().global_properties("Strings") {
            Some(properties) => properties.map(|(name, _)| name).collect(),
            None => return Ok(()),
        };
        for page in pages {
            let Ok(sample) = self.instance.get_global_property("Strings", &page) else {
                continue;
            };
            let texts: Struct = texts(&page, words).collect();
            self.set("Strings", &page, value::shaped(&sample, Value::Struct(texts)))?;
        }
        Ok(())
    }

    fn set(&self, global: &str, name: &str, value: Value) -> Result<(), String> {
        self.instance
            .set_global_property(global, name, value)
            .map_err(|e| format!("{global}.{name}: {e}"))
    }
}

/// The fields of a page's struct in `Strings`, by the rule of `ui/build.rs`.
fn texts<'a>(page: &'a str, words: &'a Fluent) -> impl Iterator<Item = (String, Value)> + 'a {
    MESSAGES
        .iter()
        .filter(move |m| m.file == page && m.parameters.is_empty())
        .map(move |m| {
            let field =
                m.id.strip_prefix(page)
                    .and_then(|rest| rest.strip_prefix('-'))
                    .unwrap_or(m.id)
                    .replace('.', "-");
            (field, Value::String(words.text(m.id, &[]).into()))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use latchkey_screen::{Headless, Panel};
    use std::collections::BTreeSet;

    fn ui() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui")
    }

    /// Names of all fields of a struct, those of its structs after a dot.
    fn fields(value: &Value, before: &str, into: &mut BTreeSet<String>) {
        if let Value::Struct(fields_of) = value {
            for (name, field) in fields_of.iter() {
                let name = format!("{before}{name}");
                fields(field, &format!("{name}."), into);
                into.insert(name);
            }
        }
    }

    #[test]
    fn the_view_has_every_field_of_the_contract_and_no_other() {
        let _headless = Headless::install(Panel::FLOOR).unwrap();
        let pages = Pages::new(&compile(&ui().join("lock_screen.slint"), "LockScreen").unwrap()).unwrap();
        let (mut contract, mut view) = (BTreeSet::new(), BTreeSet::new());
        fields(pages.sample.as_ref().unwrap(), "", &mut contract);
        fields(
            &value::of(&latchkey_ui::LockView::default()).unwrap(),
            "",
            &mut view,
        );
        assert!(contract.contains("home.code-here"), "{contract:?}");
        assert_eq!(contract, view);
    }

    #[test]
    fn the_words_have_every_text_of_the_pages_and_no_other() {
        let _headless = Headless::install(Panel::FLOOR).unwrap();
        let pages = Pages::new(&compile(&ui().join("lock_screen.slint"), "LockScreen").unwrap()).unwrap();
        let english = Fluent::new("en");
        let definition = pages.instance.definition();
        for (page, _) in definition.global_properties("Strings").unwrap() {
            let sample = pages.instance.get_global_property("Strings", &page).unwrap();
            assert_eq!(sample, Value::Struct(texts(&page, &english).collect()), "{page}");
        }
    }
}
