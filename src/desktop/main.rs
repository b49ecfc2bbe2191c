//! `latchkey`: see the library's manual.

use clap::Parser as _;
use latchkey_desktop::args::{Cli, Show, Tool};
use latchkey_desktop::session::DesktopError;
use latchkey_desktop::{display, frames, log_tool, say, window};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = Cli::parse();
    if let Some(Tool::Log { what }) = &cli.tool {
        return log_tool::run(what);
    }
    match show(&cli.show) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain(&error),
    }
}

fn show(options: &Show) -> Result<(), DesktopError> {
    if let Some(dir) = &options.frames {
        return alone(options, dir);
    }
    match display::window_possible() {
        Ok(()) => window::run(options),
        Err(missing) => {
            say(&format!("There is {missing}: the cycle runs by itself."));
            alone(options, &PathBuf::from("out"))
        }
    }
}

fn alone(options: &Show, dir: &Path) -> Result<(), DesktopError> {
    let timings = frames::run(options, dir)?;
    say(&format!(
        "Unlocked by release {} ({:.1} ms from its last byte to the drawn frame). Pictures: {}",
        timings.order.jti,
        timings.release_to_unlocked_frame_ms,
        dir.display()
    ));
    Ok(())
}

#[expect(clippy::print_stderr, reason = "errors go to standard error")]
fn complain(error: &DesktopError) -> ExitCode {
    eprintln!("latchkey: {error}");
    ExitCode::FAILURE
}
