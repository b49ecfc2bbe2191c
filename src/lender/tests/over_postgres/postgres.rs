//! A PostgreSQL of the tests' own: made in a temporary folder, reached by a socket in it, gone with the tests.

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Servers refuse to run as root; this is nobody.
const NOBODY: u32 = 65_534;

/// It stops when its stdin is closed: when the tests are over, however they end.
const RUN: &str = r#"
"$1/initdb" -D "$2/data" -A trust -U latchkey --no-sync -E UTF8 --locale=C >/dev/null || exit 1
"$1/postgres" -D "$2/data" -k "$2" -h "" -c fsync=off -c max_connections=400 &
cat >/dev/null
kill -INT $!
wait $!
rm -rf "$2"
"#;

struct Server {
    socket: PathBuf,
    _child: Child,
}

/// A new, empty database. `None`: no PostgreSQL is installed here.
pub fn fresh() -> Option<String> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let server = SERVER.get_or_init(start).as_ref()?;
    let name = format!("t{}", NEXT.fetch_add(1, Ordering::SeqCst));
    run(&server.url("postgres"), format!("CREATE DATABASE {name}"));
    Some(server.url(&name))
}

/// Runs one statement, from wherever a test is.
pub fn run(url: &str, sql: String) {
    let url = url.to_owned();
    let done = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let mut conn = PgConnection::connect(&url).await.unwrap();
            conn.execute(AssertSqlSafe(sql)).await.unwrap();
            conn.close().await.unwrap();
        });
    });
    done.join().unwrap();
}

impl Server {
    fn url(&self, database: &str) -> String {
        format!(
            "postgres:///{database}?host={}&user=latchkey",
            self.socket.display()
        )
    }
}

/// Not `eprintln!`: a test that passes would keep it for itself.
fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

fn start() -> Option<Server> {
    let Some(bin) = binaries() else {
        let needed = std::env::var("LATCHKEY_NEED_POSTGRES").is_ok_and(|need| need == "1");
        assert!(!needed, "PostgreSQL is needed here and not installed");
        say(
            "SKIPPED: no PostgreSQL is installed, so these tests run on SQLite; install the package postgresql.",
        );
        return None;
    };
    // Some machines keep their temporary folder to themselves, and nobody cannot enter it.
    let folders = [std::env::temp_dir(), "/var/tmp".into(), "/dev/shm".into()];
    let (socket, mut child) = folders
        .iter()
        .find_map(|folder| shell(&bin, folder))
        .expect("a temporary folder that another user may enter");
    let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
    let ready = log.by_ref().map_while(Result::ok).inspect(|line| {
        if line.contains("FATAL") || line.contains("rror:") {
            say(line);
        }
    });
    let ready = { ready }.any(|line| line.contains("ready to accept connections"));
    assert!(ready, "PostgreSQL does not start");
    // It goes on to write, and would stop at a full pipe.
    std::thread::spawn(move || log.for_each(drop));
    Some(Server {
        socket,
        _child: child,
    })
}

/// Starts the server in a new folder inside `folder`; `None` where its user cannot go.
fn shell(bin: &Path, folder: &Path) -> Option<(PathBuf, Child)> {
    let socket = tempfile::tempdir_in(folder).ok()?.keep();
    let mut shell = Command::new("sh");
    shell.args(["-c", RUN, "sh"]).arg(bin).arg(&socket);
    shell.stdin(Stdio::piped()).stderr(Stdio::piped());
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, chown};
        use std::os::unix::process::CommandExt as _;
        shell.current_dir(&socket);
        if std::fs::metadata(&socket).unwrap().uid() == 0 {
            chown(&socket, Some(NOBODY), Some(NOBODY)).unwrap();
            shell.uid(NOBODY).gid(NOBODY);
        }
    }
    match shell.spawn() {
        Ok(child) => Some((socket, child)),
        Err(_) => {
            let _ = std::fs::remove_dir_all(&socket);
            None
        }
    }
}

/// The folder of `postgres` and `initdb`: in PATH, else where Debian keeps the newest.
fn binaries() -> Option<PathBuf> {
    let path = std::env::var("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|found| found.flatten().map(|entry| entry.path().join("bin")).collect())
        .unwrap_or_default();
    versions.sort();
    folders.extend(versions.into_iter().rev());
    let whole = |folder: &PathBuf| {
        ["postgres", "initdb"]
            .iter()
            .all(|name| Path::exists(&folder.join(name)))
    };
    folders.into_iter().find(whole)
}
