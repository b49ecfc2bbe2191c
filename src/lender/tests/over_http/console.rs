//! The operators' console: who gets in, what each may do, and what is written down.

use crate::careful::Careful;
use crate::phone::*;
use latchkey_core::wire::ClaimKind;
use latchkey_lender::desk::whole;
use latchkey_lender::scopes::Scopes;
use latchkey_lender::{Sandbox, operators::Operators};
use reqwest::{StatusCode, header};

const ALL: &str = "devices:read claims:read claims:resolve grace:write releases:write codes:read audit:read";

/// A browser at the console: a cookie, and the page that was shown last.
pub struct Seat {
    client: reqwest::Client,
    base: String,
    cookie: String,
    pub name: String,
    pub page: String,
    pub status: StatusCode,
}

impl Seat {
    fn at(sandbox: &Sandbox) -> Seat {
        let _ = browser();
        Seat {
            client: reqwest::Client::builder()
                .no_proxy()
                .redirect(reqwest::redirect::Policy::none())
                .build()
                .unwrap(),
            base: sandbox.base_url().to_owned(),
            cookie: String::new(),
            name: String::new(),
            page: String::new(),
            status: StatusCode::OK,
        }
    }

    async fn send(&mut self, request: reqwest::RequestBuilder) {
        let mut response = request.header(header::COOKIE, &self.cookie).send().await.unwrap();
        while let Some(to) = response.headers().get(header::LOCATION).cloned() {
            if let Some(set) = response.headers().get(header::SET_COOKIE) {
                let set = set.to_str().unwrap();
                assert!(
                    set.contains("HttpOnly") && set.contains("SameSite=Strict"),
                    "{set}"
                );
                self.cookie = set.split(';').next().unwrap().to_owned();
            }
            let next = self.client.get(format!("{}{}", self.base, to.to_str().unwrap()));
            response = next.header(header::COOKIE, &self.cookie).send().await.unwrap();
        }
        self.status = response.status();
        self.page = response.text().await.unwrap();
    }

    pub async fn get(&mut self, path: &str) {
        let request = self.client.get(format!("{}{path}", self.base));
        self.send(request).await;
    }

    pub async fn post(&mut self, path: &str, form: &[(&str, &str)]) {
        let request = self.client.post(format!("{}{path}", self.base));
        let request = request.header(header::ORIGIN, self.base.clone()).form(form);
        self.send(request).await;
    }

    async fn sign_in(&mut self, name: &str, password: &str) {
        self.post("/console/sign-in", &[("operator", name), ("password", password)])
            .await;
    }

    pub fn hidden(&self, name: &str) -> String {
        let at = format!("name=\"{name}\" value=\"");
        let (_, rest) = self.page.split_once(&at).expect("a form");
        rest.split('"').next().unwrap().to_owned()
    }

    /// Somebody of a lender, who signed in.
    pub async fn of(sandbox: &Sandbox, tenant: Option<&str>, scopes: &str) -> Seat {
        let operators: Operators = sandbox.operators(tenant).unwrap();
        let name = format!("op-{}", fresh_id().as_str().to_lowercase().replace('_', "-"));
        let password = operators
            .add(&name, &Scopes::parse(scopes).unwrap())
            .await
            .unwrap();
        let mut seat = Seat::at(sandbox);
        seat.sign_in(&name, &password).await;
        assert!(seat.page.contains("Find a phone"), "{}", seat.page);
        seat.name = name;
        seat
    }

    /// Sends a form of this session that says why.
    pub async fn press(&mut self, path: &str, reason: &str) {
        let token = self.hidden("token");
        self.post(path, &[("token", &token), ("reason", reason)]).await;
    }

    /// Sends the same form as another site would.
    pub async fn press_from(&mut self, origin: Option<&str>, path: &str, token: &str) {
        let form = [("token", token), ("reason", "x")];
        let mut request = self.client.post(format!("{}{path}", self.base)).form(&form);
        if let Some(origin) = origin {
            request = request.header(header::ORIGIN, origin);
        }
        self.send(request).await;
    }

    /// Presses a button of the phone's page that is open.
    pub async fn does(&mut self, sandbox: &Sandbox, deed: &str, more: &[(&str, &str)]) {
        let (token, seen) = (self.hidden("token"), self.hidden("seen"));
        let mut form = vec![("token", token.as_str()), ("seen", seen.as_str())];
        form.extend_from_slice(more);
        let path = format!("/console/phones/{}/{deed}", sandbox.device());
        self.post(&path, &form).await;
    }
}

/// Wrong passwords from anywhere keep nobody out who knows the right one.
#[tokio::test]
async fn wrong_passwords_from_elsewhere_lock_no_operator_out() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let options = latchkey_lender::Options {
        trusted_proxies: vec!["127.0.0.1".parse().unwrap()],
        ..clock.options()
    };
    let sandbox = Sandbox::start(dir.path(), options).await.unwrap();
    let operators = sandbox.operators(None).unwrap();
    let password = operators.add("asha", &Scopes::parse(ALL).unwrap()).await.unwrap();
    let mut seat = Seat::at(&sandbox);
    let tried = async |seat: &mut Seat, from: &str, password: &str| {
        let form = [("operator", "asha"), ("password", password)];
        let request = seat.client.post(format!("{}/console/sign-in", seat.base));
        let request = request
            .header(header::ORIGIN, seat.base.clone())
            .header("x-forwarded-for", from)
            .form(&form);
        seat.send(request).await;
        seat.status
    };
    for n in 0..11 {
        let status = tried(&mut seat, "198.51.100.1", "2345 6789 ABCD EFGH JKLM").await;
        let often = StatusCode::TOO_MANY_REQUESTS;
        assert_eq!(status, if n < 10 { StatusCode::UNAUTHORIZED } else { often });
    }
    // Above fifty tries from many addresses the next one waits, and passes.
    for n in 0..40 {
        tried(&mut seat, &format!("203.0.113.{n}"), "x").await;
    }
    assert_eq!(tried(&mut seat, "192.0.2.7", &password).await, StatusCode::OK);
    assert!(seat.page.contains("Find a phone"), "{}", seat.page);
    sandbox.shutdown().await.unwrap();
}

/// A form counts by the server's own address: another name that leads here is another site.
#[tokio::test]
async fn a_form_that_went_to_another_name_of_this_server_does_nothing() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let sandbox = start(dir.path(), &clock).await;
    let operators = sandbox.operators(None).unwrap();
    let password = operators.add("asha", &Scopes::parse(ALL).unwrap()).await.unwrap();
    let mut seat = Seat::at(&sandbox);
    let form = [("operator", "asha"), ("password", password.as_str())];
    let url = format!("{}/console/sign-in", seat.base);
    let port = sandbox.addr().port();
    for (origin, host) in [
        ("http://rebound.example", "rebound.example"),
        (
            &format!("http://rebound.example:{port}"),
            &format!("rebound.example:{port}"),
        ),
        (&format!("https://127.0.0.1:{port}"), &format!("127.0.0.1:{port}")),
    ] {
        let request = seat.client.post(&url).header(header::ORIGIN, origin);
        seat.send(request.header(header::HOST, host).form(&form)).await;
        assert_eq!(seat.status, StatusCode::FORBIDDEN, "{origin}");
    }
    seat.sign_in("asha", &password).await;
    assert!(seat.page.contains("Find a phone"));
    sandbox.shutdown().await.unwrap();
}

pub async fn seat(sandbox: &Sandbox, scopes: &str) -> Seat {
    Seat::of(sandbox, None, scopes).await
}

#[tokio::test]
async fn nobody_gets_in_without_the_password_and_ten_tries_are_enough() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let operators = sandbox.operators(None).unwrap();
    let scopes = Scopes::parse(ALL).unwrap();
    let password = operators.add("asha", &scopes).await.unwrap();
    assert_eq!(
        operators.add("asha", &scopes).await.unwrap_err().code(),
        "operator"
    );
    let mut seat = Seat::at(&sandbox);
    let phone = format!("/console/phones/{}", sandbox.device());
    seat.get(&phone).await;
    assert_eq!(seat.status, StatusCode::UNAUTHORIZED);
    for _ in 0..9 {
        seat.sign_in("asha", "2345 6789 ABCD EFGH JKLM").await;
        assert!(seat.page.contains("Name or password is wrong"), "{}", seat.page);
    }
    // As it is read from paper.
    seat.sign_in(" Asha", &password.to_lowercase().replace(' ', ""))
        .await;
    assert!(seat.page.contains("Find a phone"), "{}", seat.page);
    for _ in 0..10 {
        Seat::at(&sandbox).sign_in("nobody", "x").await;
    }
    let mut often = Seat::at(&sandbox);
    often.sign_in("nobody", "x").await;
    assert_eq!(often.status, StatusCode::TOO_MANY_REQUESTS);
    clock.add(901);
    often.sign_in("nobody", "x").await;
    assert_eq!(often.status, StatusCode::UNAUTHORIZED);
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_session_ends_unused_by_its_button_and_with_its_operator() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut idle = seat(&sandbox, ALL).await;
    clock.add(1_700);
    idle.get("/console").await;
    clock.add(1_700);
    idle.get("/console").await;
    assert!(idle.page.contains("Find a phone"), "use keeps it");
    clock.add(1_801);
    idle.get("/console").await;
    assert!(idle.page.contains("Sign in"));

    let mut out = seat(&sandbox, ALL).await;
    let before = out.cookie.clone();
    let token = out.hidden("token");
    out.post("/console/sign-out", &[("token", &token)]).await;
    assert!(out.page.contains("<h1>Sign in</h1>"), "{}", out.page);
    out.cookie = before;
    out.get(&format!("/console/phones/{}", sandbox.device())).await;
    assert_eq!(
        out.status,
        StatusCode::UNAUTHORIZED,
        "the old cookie is worth nothing"
    );

    let operators = sandbox.operators(None).unwrap();
    let mut closed = seat(&sandbox, ALL).await;
    for one in operators.list().await.unwrap() {
        operators.close(&one.name).await.unwrap();
    }
    closed.get(&format!("/console/phones/{}", sandbox.device())).await;
    assert_eq!(closed.status, StatusCode::UNAUTHORIZED);
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_form_from_elsewhere_does_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Phone::locked(&sandbox, &clock).await;
    let mut seat = seat(&sandbox, ALL).await;
    seat.get("/console/phones?q=SANDBOX-1").await;
    let (token, seen) = (seat.hidden("token"), seat.hidden("seen"));
    let path = format!("{}/console/phones/{}/release", seat.base, sandbox.device());
    let form = [
        ("token", token.as_str()),
        ("seen", &seen),
        ("reason", "x"),
        ("why", "goodwill"),
    ];
    let wrong = [
        ("token", "x"),
        ("seen", &seen),
        ("reason", "x"),
        ("why", "goodwill"),
    ];
    for (origin, form) in [
        (Some("http://elsewhere.example"), &form),
        (Some("null"), &form),
        (None, &form),
        (Some(seat.base.clone().as_str()), &wrong),
    ] {
        let mut request = seat.client.post(&path).form(form);
        if let Some(origin) = origin {
            request = request.header(header::ORIGIN, origin);
        }
        seat.send(request).await;
        assert_eq!(seat.status, StatusCode::FORBIDDEN, "{origin:?}");
    }
    assert!(phone.check_in(0).await.orders.is_empty());
    sandbox.shutdown().await.unwrap();
}

/// What an operator reads out or does stands in the audit with a name and a reason, or it does not happen.
#[tokio::test]
async fn every_deed_has_its_scope_and_its_reason_and_stands_in_the_audit() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Careful::enrolled(&sandbox, &clock).await;
    phone.check_in().await;
    clock.add(60);
    // A lock with codes: the story's one has none.
    sandbox
        .desk()
        .lock(2.try_into().unwrap(), 4.try_into().unwrap())
        .await
        .unwrap();
    phone.check_in().await;

    let mut reader = seat(&sandbox, "devices:read").await;
    reader.get("/console/phones?q=SANDBOX-1").await;
    assert!(
        reader.page.contains("Limited: lock 2") && !reader.page.contains("Lift the lock"),
        "{}",
        reader.page
    );
    let mut seat = seat(&sandbox, ALL).await;
    seat.get(&format!(
        "/console/phones?q={}",
        &sandbox.device().as_str()[..6].to_lowercase()
    ))
    .await;
    assert!(seat.page.contains("Contract SANDBOX-1"), "{}", seat.page);
    // The reader's own form, with a button that was not offered.
    let token = reader.hidden("token");
    let seen = seat.hidden("seen");
    let path = format!("/console/phones/{}/release", sandbox.device());
    reader
        .post(&path, &[("token", &token), ("seen", &seen), ("reason", "x")])
        .await;
    assert_eq!(reader.status, StatusCode::FORBIDDEN);
    assert!(reader.page.contains("releases:write"), "{}", reader.page);

    seat.does(&sandbox, "grace", &[("hours", "24"), ("reason", "  ")])
        .await;
    assert!(seat.page.contains("Say why"), "{}", seat.page);
    let code = [("slot", "1"), ("language", "hi"), ("reason", "no network")];
    seat.does(&sandbox, "code", &code).await;
    let digits = seat
        .page
        .split_once("class=\"code\">")
        .unwrap()
        .1
        .split('<')
        .next()
        .unwrap()
        .to_owned();
    assert!(seat.page.contains("3 दिन"), "{}", seat.page);
    phone.types(&digits).unwrap();
    assert_eq!(phone.state.mode_word(), "open");

    let grace = [("hours", "24"), ("reason", "hospital")];
    let before = (seat.hidden("token"), seat.hidden("seen"));
    seat.does(&sandbox, "grace", &grace).await;
    assert!(seat.page.contains("The grace is on its way"), "{}", seat.page);
    let path = format!("/console/phones/{}/grace", sandbox.device());
    let again = [
        ("token", before.0.as_str()),
        ("seen", &before.1),
        ("hours", "24"),
        ("reason", "hospital"),
    ];
    seat.post(&path, &again).await;
    assert!(
        seat.page.contains("Something was sent"),
        "pressed twice, it acts once: {}",
        seat.page
    );
    seat.does(
        &sandbox,
        "release",
        &[("why", "goodwill"), ("reason", "paid <at> the desk")],
    )
    .await;
    assert!(seat.page.contains("The release is on its way"), "{}", seat.page);
    assert!(
        seat.page.contains("paid &lt;at&gt; the desk") && seat.page.contains("Not limited"),
        "{}",
        seat.page
    );
    phone.check_in().await;
    assert_eq!(phone.state.mode_word(), "free");

    let rows = sandbox.desk().audit().await.unwrap();
    let told: Vec<_> = rows
        .iter()
        .map(|row| (row.action.as_str(), row.reason.as_str(), row.lock_id))
        .collect();
    assert_eq!(
        told,
        [
            ("code.read", "no network", 2),
            ("grace", "hospital", 2),
            ("release.goodwill", "paid <at> the desk", 2)
        ]
    );
    assert!(whole(&rows) && rows.iter().all(|row| row.operator.starts_with("op-")));
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_dispute_is_read_and_answered() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Careful::enrolled(&sandbox, &clock).await;
    phone.check_in().await;
    let claim = latchkey_core::wire::ClaimRequest {
        id: fresh_id(),
        kind: ClaimKind::Dispute,
        lock_id: 1.try_into().unwrap(),
        instalment: Some(4.try_into().unwrap()),
        choice: Some("paid".into()),
        text: Some("I paid <here>".into()),
    };
    assert_eq!(phone.phone.post("/v1/device/claims", &claim).await.status, 202);
    let mut seat = seat(&sandbox, ALL).await;
    seat.get("/console/phones?q=SANDBOX-1").await;
    assert!(seat.page.contains("I paid &lt;here&gt;"), "{}", seat.page);
    let answer = [
        ("claim", claim.id.as_str()),
        ("answer", "reject"),
        ("reason", "no payment"),
    ];
    seat.does(&sandbox, "answer", &answer).await;
    assert!(
        seat.page.contains("locks:write"),
        "a rejection signs a lock: {}",
        seat.page
    );
    seat.get("/console/phones?q=SANDBOX-1").await;
    let answer = [
        ("claim", claim.id.as_str()),
        ("answer", "accept"),
        ("reason", "found it"),
    ];
    seat.does(&sandbox, "answer", &answer).await;
    assert!(seat.page.contains("Ended: accepted"), "{}", seat.page);
    phone.check_in().await;
    assert_eq!(phone.state.mode_word(), "free");
    let audit = sandbox.desk().audit().await.unwrap();
    assert_eq!(audit.last().unwrap().action, "claim.accept");
    sandbox.shutdown().await.unwrap();
}
