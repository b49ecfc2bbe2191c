//! Python with the packages of `requirements.txt`, in a virtual environment below `target/`, made once.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

const NEED: &str = "LATCHKEY_NEED_PYTHON";
const REQUIREMENTS: &str = include_str!("requirements.txt");

/// The environment.
#[derive(Clone, Debug)]
pub struct Python {
    folder: PathBuf,
}

impl Python {
    /// `None`: there is no Python with venv and pip here, or the packages cannot be had.
    #[expect(clippy::print_stderr, reason = "a skipped test says so")]
    pub fn ready() -> Option<Python> {
        static MADE: OnceLock<Option<Python>> = OnceLock::new();
        MADE.get_or_init(|| match Python::make() {
            Ok(python) => Some(python),
            Err(why) => {
                assert!(
                    std::env::var_os(NEED).is_none_or(|v| v != "1"),
                    "{NEED}=1, and {why}"
                );
                eprintln!(
                    "SKIPPED: clients from outside ({why}); install python3-venv, or set {NEED}=1 to fail"
                );
                None
            }
        })
        .clone()
    }

    fn make() -> Result<Python, String> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("outside-venv");
        let done = folder.join("requirements.txt");
        if std::fs::read_to_string(&done).is_ok_and(|made| made == REQUIREMENTS) {
            return Ok(Python { folder });
        }
        let run = |mut command: Command| match command.output() {
            Ok(output) if output.status.success() => Ok(()),
            Ok(output) => Err(String::from_utf8_lossy(&output.stderr)
                .lines()
                .last()
                .unwrap_or_default()
                .to_owned()),
            Err(error) => Err(error.to_string()),
        };
        let mut venv = Command::new("python3");
        venv.args(["-m", "venv", "--clear"]).arg(&folder);
        run(venv).map_err(|why| format!("python3 -m venv failed: {why}"))?;
        let mut pip = Command::new(folder.join("bin/pip"));
        pip.args([
            "install",
            "--quiet",
            "--retries",
            "1",
            "--disable-pip-version-check",
            "--requirement",
        ])
        .arg(here("requirements.txt"));
        run(pip).map_err(|why| format!("pip install failed: {why}"))?;
        std::fs::write(&done, REQUIREMENTS).map_err(|e| e.to_string())?;
        Ok(Python { folder })
    }

    /// Runs a program of the environment.
    pub fn run(
        &self,
        program: &str,
        first: &[&str],
        then: &[&str],
        environment: &[(&str, String)],
    ) -> Output {
        let mut command = Command::new(self.folder.join("bin").join(program));
        let bin = format!(
            "{}:{}",
            self.folder.join("bin").display(),
            std::env::var("PATH").unwrap_or_default()
        );
        command
            .env("PATH", bin)
            .envs(environment.iter().map(|(name, value)| (name, value)));
        command
            .current_dir(env!("CARGO_TARGET_TMPDIR"))
            .args(first)
            .args(then)
            .output()
            .unwrap()
    }

    /// Where Python looks for modules: the example, the scripts here, and what else is named.
    pub fn paths(&self, more: &[&Path]) -> String {
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/examples");
        let all = [examples, here("")]
            .into_iter()
            .chain(more.iter().map(|path| (*path).to_owned()));
        all.map(|path| path.to_str().unwrap().to_owned())
            .collect::<Vec<_>>()
            .join(":")
    }

    /// A script that stands here.
    pub fn script(&self, name: &str) -> String {
        here(name).to_str().unwrap().to_owned()
    }
}

fn here(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/outside")
        .join(name)
}
