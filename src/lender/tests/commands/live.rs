//! A lender that is no sandbox, as a program: begun, served, and everything that it refuses with what to do about it.

use super::{json, run, run_beside};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use latchkey_lender::{Options, Sandbox};
use serde_json::{Value, json};
use sha2::Sha256;
use sqlx::Connection as _;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

const SECRET: [u8; 24] = [7; 24];
const URL: [&str; 4] = ["serve", "--live", "--public-url", "https://phones.example"];

/// Begins one.
fn begin(dir: &Path, tenant: &str, secret: &str) -> Output {
    let file = dir.join("secret");
    std::fs::create_dir_all(dir).unwrap();
    std::fs::write(&file, format!("{secret}\n")).unwrap();
    let card = [
        "--name",
        "Acme Credit",
        "--address",
        "1 Main Road",
        "--licence",
        "L-2",
        "--hotline",
        "+9990100201",
    ];
    let asked = ["--json", "keys", "init-live", tenant, "--provider-secret"];
    let asked = [&asked[..], &[file.to_str().unwrap()], &card].concat();
    run(dir, &asked)
}

fn secret() -> String {
    format!("whsec_{}", STANDARD.encode(SECRET))
}

fn live() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let made = json(&begin(dir.path(), "acme", &secret()));
    assert_eq!(made["roots"].as_array().unwrap().len(), 3);
    dir
}

async fn sandbox() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(dir.path(), Options::default()).await.unwrap();
    sandbox.shutdown().await.unwrap();
    dir
}

/// A server in a process of its own.
struct Server {
    child: Child,
    base: String,
}

impl Server {
    fn start(dir: &Path) -> Server {
        let mut command = Command::new(env!("CARGO_BIN_EXE_latchkey-lender"));
        command.env_remove("LATCHKEY_DATABASE").arg("--store").arg(dir);
        command.args(URL).args(["--addr", "127.0.0.1:0"]);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let addr = lines.find_map(|line| {
            let line = line.unwrap();
            line.trim()
                .strip_prefix("listens at")
                .map(|addr| addr.trim().to_owned())
        });
        // It stops speaking before it is read no more.
        let last = lines.find(|line| line.as_ref().unwrap().starts_with("Stop with"));
        assert!(last.is_some());
        let base = format!("http://{}", addr.unwrap());
        Server { child, base }
    }

    async fn page(&self, path: &str) -> (u16, String) {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let answer = client.get(format!("{}{path}", self.base)).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// What the provider tells, signed by a secret.
    async fn tells(&self, secret: &[u8]) -> (u16, Value) {
        let at = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let data = json!({"reference": "p-1", "about": "C-1", "minor": 325_000, "cur": "LKR"});
        let body = json!({"type": "payment.paid", "data": data}).to_string();
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
        mac.update(format!("m-1.{at}.{body}").as_bytes());
        let signature = STANDARD.encode(mac.finalize().into_bytes());
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let request = client
            .post(format!("{}/v1/providers/provider/events", self.base))
            .header("webhook-id", "m-1")
            .header("webhook-timestamp", at.to_string())
            .header("webhook-signature", format!("v1,{signature}"))
            .body(body);
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn import(dir: &Path, market: &str) -> Value {
    let file = dir.join("a.csv");
    let head = "ref,signed,market,clause_id,clause_text,paper,schedule";
    let paper = "A".repeat(43);
    let row = format!("C-1,2025-01-05,{market},7.2,Text,{paper},2025-02-01=325000 2025-03-01=325000");
    std::fs::write(&file, format!("{head}\n{row}\n")).unwrap();
    json(&run(dir, &["import", file.to_str().unwrap(), "--json"]))
}

#[tokio::test]
async fn a_live_lender_is_begun_served_and_paid_by_its_provider_alone() {
    let dir = live();
    let server = Server::start(dir.path());
    let (status, keys) = server.page("/v1/keys").await;
    assert_eq!(status, 200);
    let set = payload(&keys);
    assert_eq!(
        (&set["iss"], &set["card"]["name"], &set["card"]["pay_hosts"]),
        (&json!("acme"), &json!("Acme Credit"), &json!(["phones.example"]))
    );
    let (status, console) = server.page("/console").await;
    assert!(status == 200 && !console.contains("Sandbox"), "{console}");
    drop(server);

    let phones = json(&run(dir.path(), &["phones", "--json"]));
    assert_eq!(phones, json!([]), "no story");
    let told = import(dir.path(), "demo");
    assert_eq!(told["faults"][0]["column"], "market", "{told}");
    let told = import(dir.path(), "lk");
    assert_eq!(told["faults"], json!([]), "{told}");
    let rotated = ["--operator", "amal", "--reason", "test", "--json"];
    let rotated = [&["keys", "rotate"][..], &rotated].concat();
    assert_eq!(json(&run(dir.path(), &rotated))["version"], 2);

    let file = dir.path().join("lender/lender.db");
    let mut store = sqlx::SqliteConnection::connect(&format!("sqlite://{}", file.display()))
        .await
        .unwrap();
    let (token,): (String,) = sqlx::query_as("SELECT pay_token FROM contracts")
        .fetch_one(&mut store)
        .await
        .unwrap();
    store.close().await.unwrap();
    // What is rotated is a live lender's still.
    let server = Server::start(dir.path());
    let (status, page) = server.page(&format!("/p/{token}")).await;
    assert_eq!(status, 200);
    assert!(
        page.contains("Pay as your contract says") && !page.contains("<form") && !page.contains("Sandbox"),
        "{page}"
    );
    let told = server.tells(&[8; 24]).await;
    assert_eq!((told.0, &told.1["code"]), (401, &json!("sig_invalid")));
    let told = server.tells(&SECRET).await;
    assert_eq!((told.0, &told.1["outcome"]), (200, &json!("booked")));
}

#[cfg(unix)]
#[tokio::test]
async fn a_folder_that_others_may_enter_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = live();
    let folder = dir.path().join("lender");
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    let refused = run(dir.path(), &URL);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        !refused.status.success() && said.contains("key_custody") && said.contains("chmod 700"),
        "{said}"
    );
}

/// With live keys in the folder no sandbox starts there, also where the file beside them is lost: it would put people who
/// are made up into the lender's database.
#[tokio::test]
async fn a_live_store_never_becomes_a_sandbox() {
    let dir = live();
    std::fs::remove_file(dir.path().join("lender/live.json")).unwrap();
    let refused = Sandbox::start(dir.path(), Options::default()).await.unwrap_err();
    assert_eq!(refused.code(), "live_store");
    assert!(!dir.path().join("lender/lender.db").exists(), "nothing was begun");
}

/// A further lender of the house is no sandbox either: live keys, a secret of its provider's own, and the same custody.
#[tokio::test]
async fn a_further_lender_of_a_live_house_is_live_too() {
    let dir = live();
    drop(Server::start(dir.path()));
    let card = [
        "--name",
        "Beta",
        "--address",
        "2 Main Road",
        "--licence",
        "L-3",
        "--hotline",
        "+9990100202",
    ];
    let add = [&["tenant", "add", "beta", "--json"][..], &card].concat();
    assert_eq!(json(&run(dir.path(), &add))["tenant"], "beta");
    let server = Server::start(dir.path());
    let (status, keys) = server.page("/v1/keys?tenant=beta").await;
    assert_eq!(status, 200);
    let set = payload(&keys);
    assert_eq!(
        (&set["iss"], &set["card"]["name"]),
        (&json!("beta"), &json!("Beta"))
    );
    drop(server);
    let folder = dir.path().join("lender/tenants/beta");
    let played = sandbox().await;
    let keys = std::fs::read(played.path().join("lender/keys.json")).unwrap();
    std::fs::write(folder.join("keys.json"), keys).unwrap();
    let told = refused(dir.path(), &URL).await;
    assert!(told.0 == "key_custody" && told.1.contains("sandbox"), "{told:?}");
}

fn payload(bundle: &str) -> Value {
    let payload = bundle.lines().next().unwrap().split('.').nth(1).unwrap();
    let payload = latchkey_core::envelope::decode(payload.as_bytes()).unwrap();
    serde_json::from_slice(&payload).unwrap()
}

/// Code and text of what was refused.
async fn refused(dir: &Path, asked: &[&str]) -> (String, String) {
    let told = run_beside(dir, &[&["--json"][..], asked].concat()).await;
    assert!(!told.status.success(), "{asked:?} {told:?}");
    let line = String::from_utf8_lossy(&told.stderr).into_owned();
    let told: Value = serde_json::from_str(line.lines().last().unwrap()).unwrap();
    let text = |name: &str| told["error"][name].as_str().unwrap().to_owned();
    (text("code"), text("detail"))
}

#[tokio::test]
async fn what_a_live_lender_refuses_says_what_to_do() {
    let (empty, played) = (tempfile::tempdir().unwrap(), sandbox().await);
    for dir in [&empty, &played] {
        let (code, next) = refused(dir.path(), &URL).await;
        assert!(
            code == "not_live" && next.contains("keys init-live"),
            "{code} {next}"
        );
    }
    assert!(!empty.path().join("lender").exists(), "nothing was made");
    let dir = live();
    let (code, next) = refused(dir.path(), &["serve"]).await;
    assert!(
        code == "live_store" && next.contains("serve --live"),
        "{code} {next}"
    );
    for url in [
        &["serve", "--live"][..],
        &["serve", "--live", "--public-url", "http://127.0.0.1:8080"],
        &["serve", "--live", "--public-url", "https://phones.example:8443"],
        &["serve", "--live", "--public-url", "https://10.0.0.1"],
        &["serve", "--live", "--public-url", "https://localhost"],
    ] {
        let (code, next) = refused(dir.path(), url).await;
        assert!(
            code == "public_url" && next.contains("https://"),
            "{url:?} {next}"
        );
    }
    for (more, step) in [
        (&["--phones", "3"][..], "take it out"),
        (&["--lan", "127.0.0.1"], "--public-url"),
        (&["--webhooks-to-loopback"], "take it out"),
    ] {
        let (code, next) = refused(dir.path(), &[&URL[..], more].concat()).await;
        assert!(code == "live" && next.contains(step), "{more:?} {next}");
    }
    for (folder, tenant, secret, expected) in [
        (dir.path(), "acme", secret(), "keys_exist"),
        (played.path(), "acme", secret(), "keys_exist"),
        (empty.path(), "sandbox", secret(), "live"),
        (empty.path(), "Acme!", secret(), "out_of_bounds"),
        (empty.path(), "acme", "whsec_".to_owned(), "provider_secret"),
    ] {
        let told = begin(folder, tenant, &secret);
        let told = String::from_utf8_lossy(&told.stderr).into_owned();
        assert!(told.contains(&format!("\"{expected}\"")), "{expected}: {told}");
    }
}

/// Nothing starts on keys that are missing, open to others, a sandbox's or another lender's, or without the provider's secret.
#[tokio::test]
async fn a_live_lender_starts_on_its_own_well_kept_keys_alone() {
    let (played, other) = (sandbox().await, live());
    let from =
        |dir: &tempfile::TempDir, name: &str| std::fs::read(dir.path().join("lender").join(name)).unwrap();
    let changes: [(&str, Option<Vec<u8>>, &str, &str); 10] = [
        ("root.json", None, "key_custody", "copy it"),
        ("codes.json", None, "key_custody", "copy it"),
        ("webhook.json", None, "key_custody", "copy it"),
        (
            "root.json",
            Some(from(&played, "root.json")),
            "key_custody",
            "init-live",
        ),
        (
            "keys.json",
            Some(from(&played, "keys.json")),
            "key_custody",
            "init-live",
        ),
        (
            "issuer.json",
            Some(from(&played, "issuer.json")),
            "key_custody",
            "init-live",
        ),
        ("root.json", Some(from(&other, "root.json")), "other_keys", "copy"),
        ("provider.json", None, "provider_secret", "provider.json"),
        (
            "provider.json",
            Some(b"{\"secrets\":[]}".to_vec()),
            "provider_secret",
            "whsec_",
        ),
        (
            "lender.db",
            Some(from(&played, "lender.db")),
            "sandbox_store",
            "empty database",
        ),
    ];
    for (name, bytes, code, step) in changes {
        let dir = live();
        let path = dir.path().join("lender").join(name);
        match bytes {
            Some(bytes) => {
                if !path.exists() {
                    std::fs::write(&path, b"").unwrap();
                }
                std::fs::write(&path, bytes).unwrap();
            }
            None => std::fs::remove_file(&path).unwrap(),
        }
        let told = refused(dir.path(), &URL).await;
        assert!(told.0 == code && told.1.contains(step), "{name} {code}: {told:?}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = live();
        let path = dir.path().join("lender/keys.json");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        let told = refused(dir.path(), &URL).await;
        assert!(
            told.0 == "key_custody" && told.1.contains("chmod 600"),
            "{told:?}"
        );
    }
}
