//! `cargo studio strings`: the command line.

use super::check::{Coverage, check};
use super::english::Catalogue;
use super::glossary::Glossary;
use super::layout::{self, Laid};
use super::report::{self, Language};
use super::source::{self, Folder};
use super::{Code, Finding, command, fix, language, own_folder, pseudo, written};
use crate::scenes::{self, Scene};
use crate::stage::Stage;
use crate::terminal;
use clap::{Args, Subcommand};
use latchkey_screen::Panel;
use std::path::{Path, PathBuf};

/// Are the translations whole, true to English, and do they fit the screen? Exit code 0: yes. 1: findings. 2: could
/// not look.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct StringsArgs {
    #[command(subcommand)]
    job: Option<Job>,
    /// The language to look at, e.g. hi; without it all.
    locale: Option<String>,
    #[command(flatten)]
    place: Place,
    /// The answer as JSON.
    #[arg(long)]
    json: bool,
    /// Write what is missing into the files first, as comments with the English text.
    #[arg(long)]
    fix: bool,
    /// Read the files alone: no page is laid out, no message gets its shots.
    #[arg(long)]
    no_layout: bool,
    /// Panels to lay out on, e.g. 480x854@1.5.
    #[arg(long, value_delimiter = ',')]
    size: Vec<Panel>,
}

#[derive(Args)]
struct Place {
    /// The folder with one folder a language.
    #[arg(long, value_name = "DIR")]
    i18n: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Job {
    /// Start a language: its files, with every message as a comment.
    New {
        /// Language tag, e.g. sw or pt-BR.
        locale: String,
        #[command(flatten)]
        place: Place,
    },
    /// Lay the pages out with two languages that nobody speaks: longer and accented, and from right to left.
    Pseudo {
        /// Where their files go; without it they are not written.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
        /// The answer as JSON.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        place: Place,
    },
}

impl Place {
    /// What was asked for, else `own_folder`.
    fn folder(&self) -> PathBuf {
        self.i18n.clone().unwrap_or_else(own_folder)
    }
}

/// Does what was asked, prints the answer, and says whether everything is fine.
///
/// # Errors
/// What cannot be read, written or drawn.
pub fn run(args: &StringsArgs) -> Result<bool, String> {
    match &args.job {
        Some(Job::New { locale, place }) => new(&place.folder(), locale),
        Some(Job::Pseudo { out, json, place }) => {
            let scenes = scenes::load(&scenes::folder())?;
            let languages = pseudo_languages(&place.folder(), out.as_deref(), &scenes)?;
            Ok(answer(&languages, *json))
        }
        None => {
            let i18n = args.place.folder();
            if args.fix {
                for file in fix_all(&i18n, args.locale.as_deref())? {
                    terminal::note(&format!("written: {file}"));
                }
            }
            let panels: &[Panel] = match args.size.as_slice() {
                _ if args.no_layout => &[],
                // Some words stand only where a page has room for them.
                [] => &[Panel::FLOOR, Panel::COMMON],
                sizes => sizes,
            };
            let scenes = scenes::load(&scenes::folder())?;
            let languages = look(&i18n, args.locale.as_deref(), &scenes, panels)?;
            Ok(answer(&languages, args.json))
        }
    }
}

fn answer(languages: &[Language], as_json: bool) -> bool {
    if as_json {
        terminal::line(&format!("{:#}", report::json(languages)));
    } else {
        terminal::line(report::text(languages).trim_end());
    }
    languages.iter().all(|l| l.findings.is_empty())
}

fn new(i18n: &Path, tag: &str) -> Result<bool, String> {
    let files = fix::start(i18n, tag)?;
    let tag = language::canonical(tag)?;
    terminal::line(&format!("{} files in {}", files.len(), written(&i18n.join(&tag))));
    terminal::line(&format!("Translate what you can, then: {}", command(&tag, i18n)));
    match language::script(&tag) {
        None => terminal::line(&format!(
            "Nothing is known of a language `{tag}`: look at its tag. Its plurals are counted as in English."
        )),
        Some(script) if !language::is_drawn(&script) => terminal::line(&format!(
            "No bundled font draws its script ({script}) yet: docs/translators.md says what to ask a developer for."
        )),
        Some(_) => {}
    }
    terminal::line("What you leave out is shown in English. docs/translators.md says how.");
    Ok(true)
}

fn chosen(i18n: &Path, tag: Option<&str>) -> Result<Vec<Folder>, String> {
    let tags = source::tags(i18n)?;
    let read = |tag: &String| Folder::read(i18n, tag);
    let Some(tag) = tag else {
        return tags.iter().map(read).collect();
    };
    let tag = language::canonical(tag)?;
    let same = |own: &&String| **own == tag || language::canonical(own).is_ok_and(|t| t == tag);
    let found: Vec<Folder> = tags.iter().filter(same).map(read).collect::<Result<_, _>>()?;
    if found.is_empty() {
        return Err(format!(
            "no folder `{tag}` in {}: there are {}; `{}` starts it",
            written(i18n),
            tags.join(", "),
            command(&format!("new {tag}"), i18n)
        ));
    }
    Ok(found)
}

fn fix_all(i18n: &Path, tag: Option<&str>) -> Result<Vec<String>, String> {
    let english = Folder::read(i18n, "en")?;
    let catalogue = Catalogue::of(&english);
    let mut changed = Vec::new();
    for folder in chosen(i18n, tag)?.iter().filter(|f| f.tag != "en") {
        changed.extend(fix::fix(&english, &catalogue, folder)?);
    }
    Ok(changed)
}

/// Judges the language `tag` of `i18n`, or all: by their files, and on the pages of `scenes` if there are panels.
///
/// # Errors
/// What cannot be read or drawn.
pub fn look(
    i18n: &Path,
    tag: Option<&str>,
    scenes: &[Scene],
    panels: &[Panel],
) -> Result<Vec<Language>, String> {
    let folders = chosen(i18n, tag)?;
    let english = Folder::read(i18n, "en")?;
    let catalogue = Catalogue::of(&english);
    let glossary = Glossary::read(i18n)?;
    let stage = if panels.is_empty() {
        None
    } else {
        Some(Stage::new()?)
    };
    let mut languages = Vec::new();
    // Whoever asks for one translation is told of the source too; else English stands among the languages.
    let mut source = if folders.iter().any(|f| f.tag == "en") {
        Vec::new()
    } else {
        of_source(&catalogue, &english)
    };
    for folder in &folders {
        let (mut findings, coverage) = check(&catalogue, folder, &glossary);
        findings.append(&mut source);
        let mut laid = Laid::default();
        if let Some(stage) = &stage {
            let locale = language::locale(&folder.tag)?;
            let shots = layout::shots(scenes, locale, panels);
            let texts = folder.files.iter().map(|f| f.text.as_str());
            laid = layout::lay_out(stage, locale, texts, &shots, &progress(&folder.tag));
            findings.extend(misfits(&laid, &coverage, &catalogue, &english));
        }
        languages.push(finish(findings, coverage, laid));
    }
    Ok(languages)
}

/// What is wrong with what the English of a folder says: a translation cannot be right under it.
fn of_source(catalogue: &Catalogue, english: &Folder) -> Vec<Finding> {
    let found = check(catalogue, english, &Glossary::default()).0.into_iter();
    found
        .filter(|f| f.code.changes_the_text())
        .map(|f| Finding {
            next: format!("this is English, the source of all translations: {}", f.next),
            ..f
        })
        .collect()
}

fn progress(tag: &str) -> impl Fn(usize, usize) {
    move |done, all| {
        if done % 100 == 0 && done < all {
            terminal::note(&format!("{tag}: {done} of {all} pages"));
        }
    }
}

fn finish(mut findings: Vec<Finding>, coverage: Coverage, laid: Laid) -> Language {
    for finding in &mut findings {
        if finding.shots.is_empty() {
            finding.shots = laid.index.get(&finding.message).cloned().unwrap_or_default();
        }
    }
    findings.sort_by(|a, b| (&a.file, a.line, a.code).cmp(&(&b.file, b.line, b.code)));
    Language {
        coverage,
        findings,
        shots: laid.shots,
        index: laid.index,
        seen: laid.seen,
    }
}

/// What lies wrong on a page, at the file and line of its message; where the language lacks it, at the English one.
fn misfits(laid: &Laid, coverage: &Coverage, catalogue: &Catalogue, english: &Folder) -> Vec<Finding> {
    let place = |message: Option<&str>, page: &str| {
        let own = message.and_then(|id| coverage.lines.get(id).cloned());
        let source = || {
            let text = catalogue.get(message?)?;
            Some((written(&english.path.join(&text.file)), text.line))
        };
        own.or_else(source)
            .unwrap_or_else(|| (format!("ui/pages/{page}_page.slint"), 1))
    };
    laid.misfits
        .iter()
        .map(|misfit| {
            let (file, line) = place(misfit.message.as_deref(), &misfit.page);
            let next = match (&misfit.message, misfit.code) {
                (None, _) => "it is of the page itself, not of a translation: for a developer to mend",
                (Some(_), Code::SameName) => "two things to press on one page need two names",
                (Some(_), _) => "say it in fewer or shorter words, and look at the shot",
            };
            Finding {
                file,
                line,
                code: misfit.code,
                message: misfit.message.clone().unwrap_or_default(),
                what: format!("on page {}: {}", misfit.page, misfit.what),
                next: next.to_owned(),
                shots: misfit.shots.clone(),
            }
        })
        .collect()
}

/// Lays the pages of `scenes` out with the languages that nobody speaks, and writes their files into `out`.
///
/// # Errors
/// What cannot be read, written or drawn.
pub fn pseudo_languages(i18n: &Path, out: Option<&Path>, scenes: &[Scene]) -> Result<Vec<Language>, String> {
    let english = Folder::read(i18n, "en")?;
    let catalogue = Catalogue::of(&english);
    let stage = Stage::new()?;
    let mut languages = Vec::new();
    let mut source = of_source(&catalogue, &english);
    for locale in [pseudo::ACCENTED, pseudo::MIRRORED] {
        let made = pseudo::folder(&english, &catalogue, locale);
        if let Some(out) = out {
            fix::write_all(&out.join(locale.tag), &made.files)?;
        }
        let shots = layout::shots(scenes, locale, &[Panel::FLOOR]);
        let texts = made.files.iter().map(|f| f.text.as_str());
        let laid = layout::lay_out(&stage, locale, texts, &shots, &progress(locale.tag));
        // Its files are English under another tag: a finding points to the English line.
        let (_, coverage) = check(&catalogue, &made, &Glossary::default());
        let mut findings = misfits(&laid, &coverage, &catalogue, &english);
        findings.append(&mut source);
        languages.push(finish(findings, coverage, laid));
    }
    Ok(languages)
}
