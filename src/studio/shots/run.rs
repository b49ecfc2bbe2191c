//! `cargo studio shots` on the command line: several processes, one bar, one report.

use super::baseline::{self, Baseline};
use super::{Change, Plan, Report, draw, groups, ms, now, sheet};
use crate::matrix::theme_name;
use crate::preview::devices;
use crate::scenes;
use crate::strings::{language, source};
use crate::tokens;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use latchkey_screen::Theme;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc::channel;
use std::thread;

/// What to draw, and where to.
#[derive(Args, Clone, Debug)]
pub struct ShotsArgs {
    /// Where pictures, index.html, frames.json and tokens.json go; without it nothing is written.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// The frames.json of an earlier run: what looks different is shown beside what it was.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Languages, e.g. en,ar.
    #[arg(long, value_delimiter = ',')]
    locale: Vec<String>,
    /// Read the words from this folder, and draw its languages, also those that the program does not have.
    #[arg(long, value_name = "DIR")]
    i18n: Option<PathBuf>,
    /// Panels, e.g. common or 480x854@1.5,1080x2340@2.625.
    #[arg(long, value_delimiter = ',')]
    size: Vec<String>,
    /// Text sizes in percent, e.g. 100,130,200.
    #[arg(long, value_delimiter = ',')]
    text: Vec<u16>,
    /// Colours: light, dark, sunlight.
    #[arg(long, value_delimiter = ',')]
    theme: Vec<String>,
    /// Only scenes whose name holds this.
    #[arg(long)]
    only: Option<String>,
    /// Worker processes.
    #[arg(long, default_value_t = 2, value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..=64))]
    workers: usize,
    /// Counts and times as JSON on one line, for programs.
    #[arg(long)]
    json: bool,
    /// Which part of how many: what a worker is told.
    #[arg(long, hide = true)]
    part: Option<String>,
}

/// What a worker tells on a line of its own.
#[derive(Serialize, Deserialize)]
enum Told {
    /// So many of so many frames.
    Done(usize, usize),
    /// All of them.
    Report(Report),
    /// What went wrong instead.
    Failed(String),
}

/// What `--json` says.
#[derive(Serialize)]
struct Summary {
    frames: usize,
    with_findings: usize,
    changed: usize,
    new: usize,
    gone: usize,
    seconds: f64,
    workers: usize,
    draw_ms_mean: f64,
    draw_ms_most: f64,
    judge_ms_mean: f64,
    panels: Vec<Panels>,
}

/// The frames of one panel in one set of colours.
#[derive(Serialize)]
struct Panels {
    panel: String,
    theme: String,
    frames: usize,
    written: usize,
    draw_ms_mean: f64,
    draw_ms_most: f64,
    judge_ms_mean: f64,
    write_ms_mean: f64,
}

impl Panels {
    fn of(panel: &str, theme: &str, report: &Report) -> Panels {
        let shown: Vec<_> = report
            .drawn()
            .filter(|s| s.record.panel == panel && s.record.theme == theme)
            .collect();
        let written = shown.iter().filter(|s| s.picture).count();
        let mean = |of: usize, ms: &dyn Fn(&super::Shown) -> f64| {
            shown.iter().map(|s| ms(s)).sum::<f64>() / of.max(1) as f64
        };
        Panels {
            panel: panel.to_owned(),
            theme: theme.to_owned(),
            frames: shown.len(),
            written,
            draw_ms_mean: mean(shown.len(), &|s| s.draw_ms),
            draw_ms_most: shown.iter().map(|s| s.draw_ms).fold(0.0, f64::max),
            judge_ms_mean: mean(shown.len(), &|s| s.judge_ms),
            write_ms_mean: mean(written, &|s| s.write_ms),
        }
    }
}

impl ShotsArgs {
    fn plan(&self) -> Result<Plan, String> {
        let mut plan = Plan {
            only: self.only.clone(),
            i18n: self.i18n.clone(),
            ..Plan::default()
        };
        if let Some(i18n) = &self.i18n {
            let tag = |folder: &source::Folder| language::locale(&folder.tag).map(|l| l.tag);
            plan.locales = source::languages(i18n)?
                .iter()
                .map(tag)
                .collect::<Result<_, _>>()?;
        }
        if !self.locale.is_empty() {
            let all = std::mem::take(&mut plan.locales);
            plan.locales = all
                .iter()
                .copied()
                .filter(|tag| self.locale.iter().any(|l| l == tag))
                .collect();
            if let Some(unknown) = self.locale.iter().find(|l| !all.contains(&l.as_str())) {
                return Err(format!("no language is called `{unknown}`: {}", all.join(", ")));
            }
        }
        if !self.size.is_empty() {
            let panel = |name: &String| devices::find(name).map(|device| device.panel);
            plan.panels = self.size.iter().map(panel).collect::<Result<_, _>>()?;
        }
        if !self.text.is_empty() {
            if let Some(percent) = self.text.iter().find(|percent| !(100..=200).contains(*percent)) {
                return Err(format!(
                    "a text size of {percent} % is not there: the screen has 100 to 200 %"
                ));
            }
            plan.percents.clone_from(&self.text);
        }
        if !self.theme.is_empty() {
            let theme = |name: &String| {
                let named = Theme::ALL.into_iter().find(|t| theme_name(*t) == name);
                named.ok_or_else(|| format!("no colours are called `{name}`: light, dark or sunlight"))
            };
            plan.themes = Some(self.theme.iter().map(theme).collect::<Result<_, _>>()?);
        }
        if let Some((which, of)) = self.part.as_deref().and_then(|p| p.split_once('/')) {
            plan.part = (which.parse().unwrap_or(0), of.parse().unwrap_or(1));
        }
        Ok(plan)
    }

    fn work(&self, progress: &dyn Fn(usize, usize)) -> Result<Report, String> {
        let plan = self.plan()?;
        let scenes = scenes::load(&scenes::folder())?;
        let chosen: Vec<_> = plan.scenes(&scenes).into_iter().cloned().collect();
        let baseline = self.baseline.as_deref().map(Baseline::read).transpose()?;
        draw(&plan, &chosen, self.out.as_deref(), baseline.as_ref(), progress)
    }
}

/// Draws and judges. `say` gets what is for people, `tell` what is for programs, a line each. Exit code 0: nothing is
/// wrong; 1: something is; 3: nothing is wrong, but something looks different from the baseline.
///
/// # Errors
/// What the command line, the files or the screen say.
pub fn run(args: &ShotsArgs, say: &dyn Fn(&str), tell: &dyn Fn(&str)) -> Result<ExitCode, String> {
    let line = |told: &Told| match serde_json::to_string(told) {
        Ok(line) => tell(&line),
        Err(e) => say(&e.to_string()),
    };
    if args.part.is_some() {
        let drawn = args.work(&|done, all| {
            if done % 10 == 0 || done == all {
                line(&Told::Done(done, all));
            }
        });
        line(&drawn.map_or_else(Told::Failed, Told::Report));
        return Ok(ExitCode::SUCCESS);
    }
    // What is misspelt is told before anything is drawn.
    let plan = args.plan()?;
    let scenes = scenes::load(&scenes::folder())?;
    if plan.scenes(&scenes).is_empty() {
        let names: Vec<_> = scenes.iter().map(|scene| scene.name.as_str()).collect();
        let only = args.only.as_deref().unwrap_or_default();
        return Err(format!("no scene's name holds `{only}`: {}", names.join(", ")));
    }
    if let Some(out) = &args.out {
        std::fs::create_dir_all(out).map_err(|e| format!("{}: {e}", out.display()))?;
    }
    let start = now();
    let bar = Bar::new(say);
    let mut report = if args.workers < 2 {
        args.work(&|done, all| bar.set(done, all))?
    } else {
        workers(args.workers, &bar)?
    };
    bar.end();
    let seconds = ms(start) / 1000.0;
    if let Some(file) = &args.baseline {
        Baseline::read(file)?.add_gone(&plan, &mut report, args.out.as_deref())?;
    }
    if let Some(out) = &args.out {
        save(&out.join("index.html"), &sheet::html(&report))?;
        save(
            &out.join("tokens.json"),
            &tokens::json(&crate::preview::sources::Folders::own())?,
        )?;
        baseline::write(&report, out)?;
    }
    Ok(conclude(args, &report, seconds, tell))
}

fn conclude(args: &ShotsArgs, report: &Report, seconds: f64, tell: &dyn Fn(&str)) -> ExitCode {
    let frames = report.drawn().count();
    let mean = |of: &dyn Fn(&super::Shown) -> f64| report.drawn().map(of).sum::<f64>() / frames.max(1) as f64;
    let summary = Summary {
        frames,
        with_findings: report.wrong().count(),
        changed: report.count(Change::Changed),
        new: report.count(Change::New),
        gone: report.count(Change::Gone),
        seconds,
        workers: args.workers,
        draw_ms_mean: mean(&|s| s.draw_ms),
        draw_ms_most: report.drawn().map(|s| s.draw_ms).fold(0.0, f64::max),
        judge_ms_mean: mean(&|s| s.judge_ms),
        panels: {
            let of = |s: &super::Shown| (s.record.panel.clone(), s.record.theme.clone());
            let panels: BTreeSet<_> = report.drawn().map(of).collect();
            let each = panels
                .iter()
                .map(|(panel, theme)| Panels::of(panel, theme, report));
            each.collect()
        },
    };
    if args.json {
        tell(&serde_json::to_string(&summary).unwrap_or_default());
    } else {
        people(args, report, &summary, tell);
    }
    let other = summary.changed + summary.new + summary.gone;
    match (summary.with_findings, other) {
        (0, 0) => ExitCode::SUCCESS,
        (0, _) => ExitCode::from(3),
        (..) => ExitCode::from(1),
    }
}

fn people(args: &ShotsArgs, report: &Report, summary: &Summary, tell: &dyn Fn(&str)) {
    groups::lines(report).iter().for_each(|line| tell(line));
    for (name, shown) in report.frames.iter().filter(|(_, s)| s.change != Change::Same) {
        tell(&format!("{}: {name}", shown.change.name()));
    }
    let Summary {
        frames,
        with_findings,
        changed,
        new,
        gone,
        seconds,
        ..
    } = summary;
    let beside = match args.baseline {
        Some(_) => format!(", {changed} changed, {new} new, {gone} gone"),
        None => String::new(),
    };
    tell(&format!(
        "{frames} frames in {seconds:.1} s, {with_findings} with findings{beside}"
    ));
    if let Some(out) = &args.out {
        tell(&out.join("index.html").display().to_string());
    }
}

#[expect(clippy::disallowed_methods, reason = "a tool writes its page")]
fn save(path: &Path, text: &str) -> Result<(), String> {
    std::fs::write(path, text).map_err(|e| format!("{}: {e}", path.display()))
}

/// A bar on a terminal; elsewhere a line every tenth.
struct Bar<'a> {
    bar: ProgressBar,
    told: std::cell::Cell<usize>,
    say: &'a dyn Fn(&str),
}

impl<'a> Bar<'a> {
    fn new(say: &'a dyn Fn(&str)) -> Self {
        let style = ProgressStyle::with_template("{bar:40} {pos} of {len} frames, {eta} left");
        let bar = ProgressBar::new(0);
        if let Ok(style) = style {
            bar.set_style(style);
        }
        Bar {
            bar,
            told: std::cell::Cell::new(0),
            say,
        }
    }

    fn set(&self, done: usize, all: usize) {
        self.bar.set_length(all as u64);
        self.bar.set_position(done as u64);
        let tenth = done * 10 / all.max(1);
        if self.bar.is_hidden() && self.told.replace(tenth) != tenth {
            (self.say)(&format!("{done} of {all} frames"));
        }
    }

    fn end(&self) {
        self.bar.finish_and_clear();
    }
}

/// Slint lives on one thread, and its fonts are shared by a process: more cores are more processes.
fn workers(count: usize, bar: &Bar<'_>) -> Result<Report, String> {
    let program = std::env::current_exe().map_err(|e| e.to_string())?;
    let (told, hear) = channel();
    let mut children: Vec<Child> = Vec::new();
    for i in 0..count {
        let mut child = Command::new(&program)
            .args(std::env::args_os().skip(1))
            .arg(format!("--part={i}/{count}"))
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| e.to_string())?;
        if let Some(out) = child.stdout.take() {
            let told = told.clone();
            thread::spawn(move || {
                for line in BufReader::new(out).lines().map_while(Result::ok) {
                    let _ = told.send((i, line));
                }
            });
        }
        children.push(child);
    }
    drop(told);
    let mut at = vec![(0, 0); count];
    let mut report = Report::default();
    for (i, line) in hear {
        match serde_json::from_str(&line) {
            Ok(Told::Done(done, all)) => {
                at[i] = (done, all);
                bar.set(at.iter().map(|a| a.0).sum(), at.iter().map(|a| a.1).sum());
            }
            Ok(Told::Report(part)) => report.join(part),
            Ok(Told::Failed(why)) => return Err(stop(children, why)),
            Err(e) => return Err(stop(children, format!("a worker said {line}: {e}"))),
        }
    }
    for mut child in children {
        let status = child.wait().map_err(|e| e.to_string())?;
        if !status.success() {
            return Err(format!("a worker ended with {status}"));
        }
    }
    Ok(report)
}

/// Ends the workers that go on though one of them cannot.
fn stop(children: Vec<Child>, why: String) -> String {
    for mut child in children {
        let _ = child.kill();
        let _ = child.wait();
    }
    why
}
