//! The pages as they stand on disk, interpreted: the only place that compiles .slint while a program runs.

use super::languages::Language;
use super::sources::{Folders, read};
use super::value;
use latchkey_screen::present::View;
use slint_interpreter::{
    Compiler, ComponentDefinition, ComponentHandle, ComponentInstance, Diagnostic, DiagnosticLevel, Struct,
    Value,
};
use std::fmt;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// What is wrong with a file on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub file: PathBuf,
    /// Line, from 1; 0 when it is the whole file.
    pub line: usize,
    /// Column, from 1; 0 when it is the whole line.
    pub column: usize,
    /// What is wrong.
    pub what: String,
}

impl Fault {
    /// A fault in a line of a file.
    #[must_use]
    pub fn line(file: &str, line: usize, what: String) -> Fault {
        Fault {
            file: file.into(),
            line,
            column: 0,
            what,
        }
    }

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
        let file = self.file.display();
        match (self.line, self.column) {
            (0, _) => write!(f, "{file}: {}", self.what),
            (line, 0) => write!(f, "{file}:{line}: {}", self.what),
            (line, column) => write!(f, "{file}:{line}:{column}: {}", self.what),
        }
    }
}

/// The widgets' style, the same as in the phone's build.
const STYLE: &str = "fluent";

/// Whether something newer was saved.
pub type Overtaken = Rc<dyn Fn() -> bool>;

/// What is compiled of `ui`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The lock screen with one page, by its name in .slint: the others would take most of the time.
    Page(String),
    /// The lock screen with all of its pages.
    Whole,
    /// `gallery/gallery.slint`.
    Components,
    /// `gallery/swatches.slint`.
    Colours,
}

impl Part {
    /// File below `ui`, and component.
    fn place(&self) -> (&'static str, &'static str) {
        match self {
            Part::Page(_) | Part::Whole => ("lock_screen.slint", "LockScreen"),
            Part::Components => ("gallery/gallery.slint", "Gallery"),
            Part::Colours => ("gallery/swatches.slint", "Swatches"),
        }
    }

    /// Compiles it, with `strings` in the place of `strings.slint`.
    ///
    /// # Errors
    /// Every error of the compiler, with file and line.
    pub fn compile(&self, ui: &Path, strings: &Rc<str>) -> Result<ComponentDefinition, Vec<Fault>> {
        let never: Overtaken = Rc::new(|| false);
        self.compile_unless(ui, strings, &never)
    }

    /// As `compile`. Once it is `overtaken`, no further file is read, and what comes out means nothing.
    ///
    /// # Errors
    /// Every error of the compiler, with file and line.
    pub fn compile_unless(
        &self,
        ui: &Path,
        strings: &Rc<str>,
        overtaken: &Overtaken,
    ) -> Result<ComponentDefinition, Vec<Fault>> {
        let (name, component) = self.place();
        let file = ui.join(name);
        let given = Some((strings, overtaken));
        if let Part::Page(page) = self {
            let narrow = read(&file).map_err(|fault| vec![fault])?;
            let source = Some(only(&narrow, page));
            match build(&file, source, component, given) {
                // What does not fit together without the other pages may do so with them.
                Err(faults) if !overtaken() && faults.iter().any(|f| f.file == file) => {}
                done => return done,
            }
        }
        build(&file, None, component, given)
    }
}

/// The lock screen without the pages that are not called `page`; lines stay where they are.
fn only(screen: &str, page: &str) -> String {
    let (from, used) = (format!("\"pages/{page}_page.slint\""), format!("Page.{page}:"));
    let other = |line: &str| {
        (line.starts_with("import ") && line.contains("\"pages/") && !line.contains(&from))
            || (line.trim_start().starts_with("if root.page == Page.") && !line.contains(&used))
    };
    let kept = screen.lines().map(|line| if other(line) { "" } else { line });
    kept.collect::<Vec<_>>().join("\n")
}

/// Pages of `contract.slint` that Rust does not know: it has to be built with them before they can be shown.
#[must_use]
pub fn unknown_pages(ui: &Path) -> Vec<String> {
    let text = read(&ui.join("contract.slint")).unwrap_or_default();
    let known = value::names::<latchkey_screen::Page>();
    let names = text
        .split_once("enum Page {")
        .and_then(|(_, rest)| rest.split_once('}'))
        .map_or("", |(names, _)| names);
    names
        .split(',')
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty() && !known.contains(name))
        .collect()
}

/// Compiles `component` of `file` as it stands on disk.
///
/// # Errors
/// Every error of the compiler, with file and line.
pub fn compile(file: &Path, component: &str) -> Result<ComponentDefinition, Vec<Fault>> {
    build(file, None, component, None)
}

fn build(
    file: &Path,
    source: Option<String>,
    component: &str,
    given: Option<(&Rc<str>, &Overtaken)>,
) -> Result<ComponentDefinition, Vec<Fault>> {
    let mut compiler = Compiler::new();
    compiler.set_style(STYLE.into());
    if let Some((strings, overtaken)) = given {
        let (strings, overtaken) = (strings.clone(), overtaken.clone());
        compiler.set_file_loader(move |path| {
            let own = path.file_name().is_some_and(|name| name == "strings.slint");
            let text = if overtaken() {
                Some(Err(std::io::ErrorKind::Interrupted.into()))
            } else {
                own.then(|| Ok(strings.to_string()))
            };
            Box::pin(std::future::ready(text))
        });
    }
    let result = match source {
        Some(source) => at_once(compiler.build_from_source(source, file.to_owned())),
        None => at_once(compiler.build_from_path(file)),
    };
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
    pub fn show(&self, view: &View, language: &Language) -> Result<(), String> {
        let say = |e: &dyn fmt::Display| format!("contract.slint: {e}");
        self.set("Motion", "started", Value::Bool(false))?;
        self.look(view, language)?;
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
    pub fn look(&self, view: &View, language: &Language) -> Result<(), String> {
        let locale = language.words.locale;
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
        self.speak(language)
    }

    /// Every text without arguments, in the shape that the pages expect: a new one shows its English until then.
    fn speak(&self, language: &Language) -> Result<(), String> {
        let pages: Vec<String> = match self.instance.definition().global_properties("Strings") {
            Some(properties) => properties.map(|(name, _)| name).collect(),
            None => return Ok(()),
        };
        for page in pages {
            let Ok(sample) = self.instance.get_global_property("Strings", &page) else {
                continue;
            };
            let texts = language.texts(&page);
            let texts: Struct = texts
                .map(|(name, text)| (name, Value::String(text.into())))
                .collect();
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

    /// What stands in for `strings.slint` says the same as the file that the build writes.
    #[test]
    fn the_words_have_every_text_of_the_pages_and_no_other() {
        let _headless = Headless::install(Panel::FLOOR).unwrap();
        let i18n = Folders::own().i18n;
        let english = Language::read(&i18n, "en", None, &mut Vec::new());
        let strings: Rc<str> = english.strings().into();
        let written = Pages::new(&compile(&ui().join("lock_screen.slint"), "LockScreen").unwrap()).unwrap();
        let given = Pages::new(&Part::Whole.compile(&ui(), &strings).unwrap()).unwrap();
        let pages = |pages: &Pages| -> Vec<(String, Value)> {
            let definition = pages.instance.definition();
            let names = definition
                .global_properties("Strings")
                .unwrap()
                .map(|(name, _)| name);
            names
                .map(|name| {
                    let value = pages.instance.get_global_property("Strings", &name);
                    (name, value.unwrap())
                })
                .collect()
        };
        assert!(pages(&written).len() > 10);
        assert_eq!(pages(&written), pages(&given));
        for (page, sample) in pages(&given) {
            let texts = english
                .texts(&page)
                .map(|(name, text)| (name, Value::String(text.into())));
            assert_eq!(sample, Value::Struct(texts.collect()), "{page}");
        }
    }

    /// Every page by itself is what it is among the others: nothing else of the lock screen is left out.
    #[test]
    fn a_page_alone_is_found_by_its_name() {
        let strings: Rc<str> = Language::read(&Folders::own().i18n, "en", None, &mut Vec::new())
            .strings()
            .into();
        let screen = read(&ui().join("lock_screen.slint")).unwrap();
        for page in value::names::<latchkey_screen::Page>() {
            let narrow = only(&screen, &page);
            assert!(narrow.contains(&format!("Page.{page}: ")), "{page}");
            assert_eq!(narrow.matches("\"pages/").count(), 1, "{page}");
            assert_eq!(narrow.lines().count(), screen.lines().count());
        }
        assert!(Part::Page("pay".into()).compile(&ui(), &strings).is_ok());
    }
}
