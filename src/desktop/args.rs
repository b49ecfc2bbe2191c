//! What a person types after `latchkey`.

use clap::{Args, Parser, Subcommand, ValueEnum};
use latchkey_screen::Panel;
use std::path::PathBuf;

/// The lock screen for phones bought on instalments, to try on a desktop: a phone's screen and a sandbox lender.
#[derive(Debug, Parser)]
#[command(name = "latchkey", version, about, max_term_width = 100)]
pub struct Cli {
    /// What to do instead of showing the screen.
    #[command(subcommand)]
    pub tool: Option<Tool>,
    /// How to show the screen.
    #[command(flatten)]
    pub show: Show,
}

/// Options of the screen.
#[derive(Args, Clone, Debug)]
pub struct Show {
    /// Open no window: run the whole cycle alone and write its pictures and timings here
    #[arg(long, value_name = "DIR")]
    pub frames: Option<PathBuf>,
    /// Serve the pay page on this machine's LAN address too, so that a real phone can scan the code
    #[arg(long)]
    pub lan: bool,
    /// Language of the screen: en, hi, ar (default: en, or what the store remembers)
    #[arg(long, value_name = "LOCALE")]
    pub locale: Option<String>,
    /// Market whose rules, money and numbers the phone has, e.g. lk (default: demo, the only one that locks)
    #[arg(long, value_name = "NAME", value_parser = market)]
    pub market: Option<String>,
    /// Panel in pixels and its scale
    #[arg(long, value_name = "WxH@S", default_value = "720x1560@2")]
    pub size: Panel,
    /// Colours of the screen (default: light, or what the store remembers)
    #[arg(long, value_enum)]
    pub theme: Option<ThemeName>,
    /// Text size, 1 to 2 (default: 1, or what the store remembers)
    #[arg(long, value_name = "FACTOR", value_parser = text_scale)]
    pub text_scale: Option<f32>,
    /// Keep phone and lender here, and go on from there next time (default: a folder that goes away)
    #[arg(long, value_name = "DIR")]
    pub store: Option<PathBuf>,
}

/// Colour schemes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ThemeName {
    /// Ink on paper.
    Light,
    /// For the night.
    Dark,
    /// For bright sun: black, white, wide lines.
    Sunlight,
}

/// Tools beside the screen.
#[derive(Debug, Subcommand)]
pub enum Tool {
    /// The owner's log and certificate
    Log {
        /// What to do with it.
        #[command(subcommand)]
        what: LogTool,
    },
}

/// Tools for logs.
#[derive(Debug, Subcommand)]
pub enum LogTool {
    /// Print the log of a phone in plain words
    Show {
        /// Folder that was given as --store
        #[arg(long, value_name = "DIR")]
        store: PathBuf,
        /// For programs
        #[arg(long)]
        json: bool,
    },
    /// Write the log of a phone as JSON lines that anyone can verify
    Export {
        /// Folder that was given as --store
        #[arg(long, value_name = "DIR")]
        store: PathBuf,
        /// Where to write (default: standard output)
        #[arg(value_name = "FILE")]
        to: Option<PathBuf>,
    },
    /// Prove an exported log or certificate: exit 0 whole, 1 broken, 2 unreadable
    Verify {
        /// The exported file
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The lender's root fingerprint, from a source you trust
        #[arg(long, value_name = "FINGERPRINT")]
        root: Option<String>,
        /// For programs
        #[arg(long)]
        json: bool,
    },
}

fn market(text: &str) -> Result<String, String> {
    let known = latchkey_core::profile::IDS;
    if known.contains(&text) {
        Ok(text.to_owned())
    } else {
        Err(format!("there are: {}", known.join(", ")))
    }
}

fn text_scale(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(factor) if (1.0..=2.0).contains(&factor) => Ok(factor),
        Ok(_) | Err(_) => Err("a text size is a number from 1 to 2, e.g. 1.3".to_owned()),
    }
}
