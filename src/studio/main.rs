//! `cargo studio`: the designer's and the translator's tools.

use clap::{Parser, Subcommand};
use latchkey_studio::preview::args::PreviewArgs;
use latchkey_studio::preview::{self, sources::Folders};
use latchkey_studio::shots::{self, run::ShotsArgs};
use latchkey_studio::strings::{self, cli::StringsArgs};
use latchkey_studio::terminal;
use std::process::ExitCode;

/// The designer's and the translator's tools.
#[derive(Parser)]
#[command(name = "cargo studio", disable_version_flag = true)]
struct Args {
    #[command(subcommand)]
    tool: Tool,
}

#[derive(Subcommand)]
enum Tool {
    /// Draw every scene in every language, size and text size; say what is wrong (exit code 1) or different (3).
    Shots(ShotsArgs),
    /// Look at pages as they stand on disk, in a window with switches; what is saved is seen at once.
    Preview(PreviewArgs),
    /// Print colours, sizes and times of ui/theme.slint as design tokens (W3C format).
    Tokens,
    Strings(StringsArgs),
}

fn main() -> ExitCode {
    let done = match Args::parse().tool {
        Tool::Shots(args) => shots::run::run(&args, &terminal::note, &terminal::line),
        Tool::Tokens => latchkey_studio::tokens::json(&Folders::own()).map(|tokens| {
            terminal::line(&tokens);
            ExitCode::SUCCESS
        }),
        Tool::Strings(args) => strings::cli::run(&args).map(|clean| ExitCode::from(u8::from(!clean))),
        Tool::Preview(args) => preview::args::run(&args, terminal::note),
    };
    match done {
        Ok(code) => code,
        Err(e) => {
            terminal::note(&format!("error: {e}"));
            ExitCode::from(2)
        }
    }
}
