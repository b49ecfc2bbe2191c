//! Writes `tests/vectors/*.json` again: `cargo run -p latchkey-tests --bin vectors`.

use latchkey_tests::conformance::cases;
use std::path::Path;
use std::process::ExitCode;

#[expect(clippy::disallowed_methods, reason = "a tool that writes the files it names")]
#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool that says what it did"
)]
fn main() -> ExitCode {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
    for (name, file) in cases::files() {
        let path = folder.join(name);
        if let Err(why) = std::fs::write(&path, cases::written(&file)) {
            eprintln!("{}: {why}", path.display());
            return ExitCode::FAILURE;
        }
        println!("{}: {} cases", path.display(), file.cases.len());
    }
    ExitCode::SUCCESS
}
