//! A Chromium without a window, over WebDriver (W3C), which is JSON over HTTP: the few calls that these tests need.

use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Fails instead of skipping.
const NEED: &str = "LATCHKEY_NEED_CHROMIUM";
/// Key of an element in WebDriver's JSON.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// `None`, loudly, for what is not installed; a failure where it must be.
fn skipped<T>(what: &str, install: &str) -> Option<T> {
    assert!(
        std::env::var(NEED).is_err(),
        "{what} is missing and {NEED} is set: {install}"
    );
    // Not `eprintln!`: the harness would keep it to itself.
    let line =
        format!("SKIPPED: {what} is not installed, so nothing was tested here. To test it: {install}\n");
    let _ = std::io::stderr().write_all(line.as_bytes());
    None
}

/// The rules of axe-core, as JavaScript.
pub fn axe() -> Option<String> {
    let path = root().join("target/axe/node_modules/axe-core/axe.min.js");
    match std::fs::read_to_string(path) {
        Ok(text) => Some(text),
        Err(_) => skipped("axe-core", "npm install --prefix target/axe axe-core"),
    }
}

/// What axe-core finds wrong with a page, as a script: roles, names, order of headings, targets, text at 7:1.
pub fn rules(axe: &str) -> String {
    format!(
        "const done = arguments[arguments.length - 1]; {axe};
         axe.run(document, {{preload: false, rules: {{'color-contrast-enhanced': {{enabled: true}}, 'target-size': {{enabled: true}}}}}})
            .then(r => done(r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 160))])))
            .catch(e => done(String(e)))"
    )
}

/// How the browser looks.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Width of the page, CSS pixels.
    pub width: u32,
    /// Dark colours are preferred.
    pub dark: bool,
    /// `Accept-Language`.
    pub language: &'static str,
}

/// A running browser with one page. Dropped, it ends.
pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
    client: reqwest::Client,
    _folder: tempfile::TempDir,
}

impl Browser {
    /// Starts one, or says that there is none.
    pub async fn start(look: Look) -> Option<Browser> {
        let folder = tempfile::tempdir().unwrap();
        // The pages name no font to fetch. These are the ones that cheap phones bring, so that lines break as they do there.
        let fonts = folder.path().join("fonts.conf");
        let list = format!(
            "<fontconfig><dir>{}</dir><cachedir>{}</cachedir></fontconfig>",
            root().join("assets/fonts").canonicalize().unwrap().display(),
            folder.path().display()
        );
        std::fs::write(&fonts, list).unwrap();
        let driver = Command::new("chromedriver")
            .arg("--port=0")
            .env("FONTCONFIG_FILE", &fonts)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let Ok(mut driver) = driver else {
            return skipped("Chromium", "apt-get install chromium chromium-driver");
        };
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = lines
            .find_map(|line| {
                let line = line.unwrap();
                let port = line.split_once("successfully on port ")?.1.trim_end_matches('.');
                port.parse().ok()
            })
            .expect("chromedriver names its port");
        let mut browser = Browser {
            driver,
            port,
            session: String::new(),
            client: crate::phone::browser(),
            _folder: folder,
        };
        let profile = browser._folder.path().join("profile");
        let arguments = [
            "--headless".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            // As on a phone, where a scroll bar takes no room.
            "--hide-scrollbars".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--disable-quic".to_owned(),
            "--no-first-run".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            format!("--accept-lang={}", look.language),
            format!("--user-data-dir={}", profile.display()),
        ];
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": {"args": arguments},
            "goog:loggingPrefs": {"browser": "ALL"},
        }}});
        let made = browser.post("", wanted).await;
        browser.session = made["sessionId"].as_str().unwrap().to_owned();
        browser.post("timeouts", json!({"implicit": 30_000})).await;
        browser.look(look.width, look.dark).await;
        Some(browser)
    }

    /// Another width, other colours.
    pub async fn look(&self, width: u32, dark: bool) {
        let metrics = json!({"width": width, "height": 640, "deviceScaleFactor": 2, "mobile": false});
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
        let scheme = if dark { "dark" } else { "light" };
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.devtools("Emulation.setEmulatedMedia", media).await;
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        let url = if self.session.is_empty() {
            format!("http://127.0.0.1:{}/session", self.port)
        } else {
            format!("http://127.0.0.1:{}/session/{}/{path}", self.port, self.session)
        };
        let response = self.client.post(url).json(&body).send().await.unwrap();
        let ok = response.status().is_success();
        let mut answer: Value = response.json().await.unwrap();
        assert!(ok, "{path}: {}", answer["value"]["message"]);
        answer["value"].take()
    }

    async fn devtools(&self, cmd: &str, params: Value) -> Value {
        self.post("goog/cdp/execute", json!({"cmd": cmd, "params": params}))
            .await
    }

    /// Opens an address.
    pub async fn open(&self, url: &str) {
        self.post("url", json!({"url": url})).await;
    }

    /// The element that a CSS selector finds, now or within half a minute.
    async fn find(&self, css: &str) -> String {
        let found = self
            .post("element", json!({"using": "css selector", "value": css}))
            .await;
        found[ELEMENT].as_str().unwrap().to_owned()
    }

    /// Clicks, and waits for the page that it leads to: the one which has the element `then`.
    pub async fn click(&self, css: &str, then: &str) {
        let element = self.find(css).await;
        self.post(&format!("element/{element}/click"), json!({})).await;
        self.find(then).await;
    }

    /// Types into a field.
    pub async fn type_into(&self, css: &str, text: &str) {
        let element = self.find(css).await;
        self.post(&format!("element/{element}/value"), json!({"text": text}))
            .await;
    }

    /// What a script returns; it runs outside the page's policy.
    pub async fn run(&self, script: &str) -> Value {
        self.post("execute/sync", json!({"script": script, "args": []}))
            .await
    }

    /// What a script hands to its last argument.
    pub async fn later(&self, script: &str) -> Value {
        self.post("execute/async", json!({"script": script, "args": []}))
            .await
    }

    /// What the page says, as it is read.
    pub async fn text(&self) -> String {
        let text = self.run("return document.body.innerText").await;
        text.as_str().unwrap().to_owned()
    }

    /// Everything in the console since the last time: errors, and what the policy held back.
    pub async fn console(&self) -> Vec<String> {
        let log = self.post("se/log", json!({"type": "browser"})).await;
        let lines = log.as_array().unwrap().iter();
        lines.map(|line| line["message"].to_string()).collect()
    }

    /// What stands over the edge of the page, sideways.
    pub async fn overflowing(&self) -> Value {
        self.run(
            "const wide = document.documentElement.clientWidth, out = [];
             if (document.documentElement.scrollWidth > wide) out.push('page ' + document.documentElement.scrollWidth);
             for (const e of document.body.querySelectorAll('*')) {
               if (e.closest('thead')) continue;
               const r = e.getBoundingClientRect();
               if (r.right > wide + 0.5 || r.left < -0.5) out.push(e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 40));
             }
             return out",
        )
        .await
    }

    /// Keeps a picture of the whole page, if `LATCHKEY_SHOTS` names a folder.
    pub async fn picture(&self, name: &str) {
        let Some(folder) = std::env::var("LATCHKEY_SHOTS").ok().map(PathBuf::from) else {
            return;
        };
        std::fs::create_dir_all(&folder).unwrap();
        let shot = json!({"format": "png", "captureBeyondViewport": true});
        let shot = self.devtools("Page.captureScreenshot", shot).await;
        std::fs::write(folder.join(format!("{name}.png")), bytes(&shot)).unwrap();
    }

    /// Shows the page as a printer would lay it out.
    pub async fn emulate_print(&self) {
        let media = json!({"media": "print"});
        self.devtools("Emulation.setEmulatedMedia", media).await;
    }

    /// Goes back to the page before, without loading a new one by hand.
    pub async fn back(&self) {
        self.post("back", json!({})).await;
    }

    /// The page as it is printed: a PDF.
    pub async fn print(&self) -> Vec<u8> {
        bytes(&self.devtools("Page.printToPDF", json!({})).await)
    }
}

fn bytes(answer: &Value) -> Vec<u8> {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    STANDARD.decode(answer["data"].as_str().unwrap()).unwrap()
}

impl Drop for Browser {
    /// Asks the driver to end its browser before the driver itself is ended, or the browser would stay behind.
    fn drop(&mut self) {
        if let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) {
            let path = format!("/session/{}", self.session);
            let _ = write!(
                stream,
                "DELETE {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n",
                self.port
            );
            // It answers when the browser has ended, and keeps the connection open.
            let _ = stream.read(&mut [0; 512]);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
