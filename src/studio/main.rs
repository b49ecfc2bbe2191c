//! `cargo studio`: the designer's and the translator's tools.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line speaks")]

use clap::{Parser, Subcommand};
use latchkey_screen::{Panel, Theme};
use latchkey_studio::scenes;
use latchkey_studio::shots::{self, Plan, Report};
use latchkey_studio::strings::{self, cli::StringsArgs};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

/// The designer's and the translator's tools.
#[derive(Parser)]
#[command(name = "cargo studio", disable_version_flag = true)]
struct Args {
    #[command(subcommand)]
    tool: Tool,
}

#[derive(Subcommand)]
enum Tool {
    /// Draw every scene in every language, size and text size; say what is wrong. Exit code 1 when something is.
    Shots(ShotsArgs),
    Strings(StringsArgs),
}

#[derive(clap::Args)]
struct ShotsArgs {
    /// Where pictures and index.html go; without it nothing is written.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Languages, e.g. en,ar.
    #[arg(long, value_delimiter = ',')]
    locale: Vec<String>,
    /// Panels, e.g. 480x854@1.5,1080x2340@2.625.
    #[arg(long, value_delimiter = ',')]
    size: Vec<Panel>,
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
    #[arg(long, default_value_t = 2)]
    workers: usize,
    /// Which part of how many: what a worker is told.
    #[arg(long, hide = true)]
    part: Option<String>,
}

fn main() -> ExitCode {
    let done = match Args::parse().tool {
        Tool::Shots(args) => run(&args),
        Tool::Strings(args) => strings::cli::run(&args),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(e) => {
            eprintln!("error: {e}");
            ExitCode::from(2)
        }
    }
}

fn plan(args: &ShotsArgs) -> Result<Plan, String> {
    let mut plan = Plan {
        only: args.only.clone(),
        ..Plan::default()
    };
    if !args.locale.is_empty() {
        plan.locales.retain(|tag| args.locale.iter().any(|l| l == tag));
    }
    if !args.size.is_empty() {
        plan.panels.clone_from(&args.size);
    }
    if !args.text.is_empty() {
        plan.percents = args.text.iter().map(|p| *p.clamp(&100, &200)).collect();
    }
    if !args.theme.is_empty() {
        let theme = |name: &String| match name.as_str() {
            "light" => Ok(Theme::Light),
            "dark" => Ok(Theme::Dark),
            "sunlight" => Ok(Theme::Sunlight),
            _ => Err(format!("no colours are called `{name}`: light, dark or sunlight")),
        };
        plan.themes = args.theme.iter().map(theme).collect::<Result<_, _>>()?;
    }
    if let Some((which, of)) = args.part.as_deref().and_then(|p| p.split_once('/')) {
        plan.part = (which.parse().unwrap_or(0), of.parse().unwrap_or(1));
    }
    Ok(plan)
}

fn run(args: &ShotsArgs) -> Result<bool, String> {
    if let Some(out) = &args.out {
        std::fs::create_dir_all(out).map_err(|e| format!("{}: {e}", out.display()))?;
    }
    let report = if args.part.is_some() || args.workers < 2 {
        worker(args)?
    } else {
        workers(args)?
    };
    if args.part.is_some() {
        println!("{}", serde_json::to_string(&report).map_err(|e| e.to_string())?);
        return Ok(true);
    }
    let wrong: Vec<_> = report
        .iter()
        .filter(|(_, findings)| !findings.is_empty())
        .collect();
    for (name, findings) in &wrong {
        println!("{name}");
        for finding in *findings {
            println!("    {finding}");
        }
    }
    println!("{} frames, {} with findings", report.len(), wrong.len());
    if let Some(out) = &args.out {
        write(&out.join("index.html"), &shots::html(&report))?;
        println!("{}", out.join("index.html").display());
    }
    Ok(wrong.is_empty())
}

#[expect(clippy::disallowed_methods, reason = "a tool writes its page")]
fn write(path: &Path, text: &str) -> Result<(), String> {
    std::fs::write(path, text).map_err(|e| format!("{}: {e}", path.display()))
}

fn worker(args: &ShotsArgs) -> Result<Report, String> {
    let plan = plan(args)?;
    let scenes = scenes::load(&scenes::folder())?;
    let chosen: Vec<_> = plan.scenes(&scenes).into_iter().cloned().collect();
    shots::draw(&plan, &chosen, args.out.as_deref(), &|done, all| {
        if done % 100 == 0 || done == all {
            eprintln!("{done} of {all}");
        }
    })
}

/// Slint lives on one thread: more cores are more processes.
fn workers(args: &ShotsArgs) -> Result<Report, String> {
    let program = std::env::current_exe().map_err(|e| e.to_string())?;
    let started: Vec<_> = (0..args.workers)
        .map(|i| {
            Command::new(&program)
                .args(std::env::args_os().skip(1))
                .arg(format!("--part={i}/{}", args.workers))
                .stdout(Stdio::piped())
                .spawn()
                .map_err(|e| e.to_string())
        })
        .collect::<Result<_, _>>()?;
    let mut report = Report::new();
    for child in started {
        let output = child.wait_with_output().map_err(|e| e.to_string())?;
        if !output.status.success() {
            return Err(format!("a worker ended with {}", output.status));
        }
        report.append(&mut serde_json::from_slice(&output.stdout).map_err(|e| e.to_string())?);
    }
    Ok(report)
}
