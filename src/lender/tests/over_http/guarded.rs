//! Whom the limits count, what the stop switch holds back, and what nobody makes the server do without a proof.

use crate::clerk::*;
use crate::phone::*;
use latchkey_core::order::claims::*;
use latchkey_lender::{Options, Quotas, Sandbox};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

async fn with(dir: &std::path::Path, clock: &Hand, quotas: Quotas, proxies: &[&str]) -> Sandbox {
    let options = Options {
        quotas,
        trusted_proxies: proxies.iter().map(|proxy| proxy.parse().unwrap()).collect(),
        no_codes: true,
        ..clock.options()
    };
    Sandbox::start(dir, options).await.unwrap()
}

async fn from(address: &str, url: &str) -> Told {
    let asked = browser().get(url).header("x-forwarded-for", address);
    Told::of(asked.send().await.unwrap()).await
}

/// Asks until it is refused. Time gives more meanwhile, so nobody says after how many.
async fn until_refused(address: &str, url: &str) -> Told {
    for _ in 0..500 {
        let told = from(address, url).await;
        if told.status == 429 {
            return told;
        }
    }
    panic!("never refused");
}

#[tokio::test]
async fn who_guesses_pay_links_keeps_no_payer_from_paying() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let quotas = Quotas {
        address_pay: 2,
        payer: 4,
        ..Quotas::default()
    };
    let sandbox = with(dir.path(), &clock, quotas, &[]).await;
    let (base, pay_url) = (sandbox.base_url().to_owned(), sandbox.pay_url().to_owned());
    let told = until_refused("", &format!("{base}/p/AAAAAAAAAA")).await;
    assert_eq!(told.body["violated-policies"], json!(["address-pay"]));
    assert!(told.header("retry-after").parse::<u64>().unwrap() > 0);
    assert_eq!(told.header("ratelimit-policy"), "\"address-pay\";q=2;w=60");
    let page = from("", &pay_url).await;
    assert_eq!(page.status, 200, "the same address, with a link");
    // A link asks out of its own contract's bucket, whatever address it is opened from.
    let told = until_refused("", &pay_url).await;
    assert_eq!(told.body["violated-policies"], json!(["payer"]));
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn behind_a_named_proxy_each_address_has_buckets_of_its_own() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let quotas = Quotas {
        address_open: 2,
        ..Quotas::default()
    };
    let sandbox = with(dir.path(), &clock, quotas, &["127.0.0.0/8"]).await;
    let keys = format!("{}/v1/keys", sandbox.base_url());
    let told = until_refused("192.0.2.1, 198.51.100.1", &keys).await;
    assert_eq!(told.body["violated-policies"], json!(["address-open"]));
    // Another lie before the same address changes nothing.
    until_refused("192.0.2.9, 198.51.100.1", &keys).await;
    assert_eq!(from("198.51.100.2", &keys).await.status, 200);
    sandbox.shutdown().await.unwrap();

    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let sandbox = with(dir.path(), &clock, quotas, &["10.0.0.0/8"]).await;
    let keys = format!("{}/v1/keys", sandbox.base_url());
    let mut addresses = (1..=200).map(|n| format!("198.51.100.{n}"));
    let mut refused = false;
    while let Some(address) = addresses.next().filter(|_| !refused) {
        refused = from(&address, &keys).await.status == 429;
    }
    assert!(refused, "whoever is no proxy is one address, whatever it says");
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn what_one_purpose_uses_up_another_one_still_has() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let quotas = Quotas {
        address_open: 1,
        address: 1,
        address_pay: 1,
        ..Quotas::default()
    };
    let sandbox = with(dir.path(), &clock, quotas, &[]).await;
    let base = sandbox.base_url().to_owned();
    until_refused("", &format!("{base}/v1/keys")).await;
    until_refused("", &format!("{base}/v1/devices")).await;
    until_refused("", &format!("{base}/p/AAAAAAAAAA")).await;
    let clerk = Clerk::with(&sandbox, &clock, "devices:read").await;
    assert_eq!(clerk.get("/v1/devices").await.status, 200);
    let mut phone = Phone::new(&sandbox, &clock);
    let code = sandbox.enrol_code().await.unwrap();
    assert_eq!(phone.enrol(&code, sandbox.serial_hash()).await.status, 201);
    let page = browser().get(format!("{base}/console")).send().await.unwrap();
    assert_eq!(page.status(), 200);
    sandbox.shutdown().await.unwrap();
}

/// Sends a head that announces a body, and no body. What is answered all the same?
async fn head_alone(sandbox: &Sandbox, headers: &[(String, String)]) -> String {
    let mut stream = tokio::net::TcpStream::connect(sandbox.addr()).await.unwrap();
    let mut head = format!("POST /v1/bulk/locks HTTP/1.1\r\nhost: {}\r\n", sandbox.addr());
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("content-length: 8000000\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let mut part = [0; 4_096];
    loop {
        let n = stream.read(&mut part).await.unwrap_or(0);
        answer.extend_from_slice(&part[..n]);
        let text = String::from_utf8_lossy(&answer).into_owned();
        if n == 0 || text.contains("\"code\"") {
            return text;
        }
    }
}

#[tokio::test]
async fn nobody_makes_the_server_read_a_long_body_who_may_not_send_it() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let sandbox = with(dir.path(), &clock, Quotas::default(), &[]).await;
    let may = Clerk::with(&sandbox, &clock, "devices:read locks:write locks:bulk").await;
    let may_not = Clerk::with(&sandbox, &clock, "devices:read").await;
    let bearer = |clerk: &Clerk| ("authorization".to_owned(), format!("Bearer {}", clerk.token));
    for (headers, status, code) in [
        (vec![], " 401 ", "token_missing"),
        (vec![bearer(&may_not)], " 403 ", "scope_missing"),
        (vec![bearer(&may)], " 401 ", "sig_missing"),
    ] {
        let told = head_alone(&sandbox, &headers).await;
        assert!(told.contains(status) && told.contains(code), "{code}: {told}");
    }
    sandbox.shutdown().await.unwrap();
}

fn kinds(orders: &[latchkey_core::wire::Delivery]) -> Vec<String> {
    orders.iter().map(|order| typ(&order.jws)).collect()
}

/// A phone that has everything of the story but the lock, which is signed and on its way.
async fn before_its_lock(sandbox: &Sandbox, clock: &Hand) -> Phone {
    let mut phone = Phone::new(sandbox, clock);
    let code = sandbox.enrol_code().await.unwrap();
    assert_eq!(phone.enrol(&code, sandbox.serial_hash()).await.status, 201);
    phone
}

#[tokio::test]
async fn a_lock_on_its_way_is_held_back_while_locks_are_stopped_and_comes_afterwards() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let sandbox = with(dir.path(), &clock, Quotas::default(), &[]).await;
    let mut phone = before_its_lock(&sandbox, &clock).await;
    let clerk = Clerk::with(&sandbox, &clock, "devices:read locks:write locks:approve").await;
    let why = json!({"operator": "desk 4", "reason": "a wrong list"});
    assert_eq!(clerk.post("/v1/locks/stop", &why).await.status, 200);
    let first = phone.check_in(0).await;
    assert!(!kinds(&first.orders).contains(&typ::LOCK.to_owned()));
    assert_eq!(first.orders.len(), 3, "everything else comes");
    let status: Status = claims(&first.status);
    assert_eq!((status.lock_id.get(), status.lock_state), (0, LockState::None));
    phone.receipt(&first.orders, "ok", None).await;
    assert!(phone.check_in(0).await.orders.is_empty());

    assert_eq!(clerk.post("/v1/locks/resume", &why).await.status, 200);
    let later = phone.check_in(0).await;
    assert_eq!(kinds(&later.orders), [typ::LOCK]);
    let lock: Lock = claims(&later.orders[0].jws);
    assert_eq!(lock.lock_id.get(), 1);
    assert!(phone.check_in(0).await.orders.is_empty(), "once");
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_release_comes_while_locks_are_stopped_and_its_lock_never() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let sandbox = with(dir.path(), &clock, Quotas::default(), &[]).await;
    let mut phone = before_its_lock(&sandbox, &clock).await;
    let clerk = Clerk::with(&sandbox, &clock, "devices:read locks:write locks:approve").await;
    let why = json!({"operator": "desk 4", "reason": "a wrong list"});
    clerk.post("/v1/locks/stop", &why).await;
    let first = phone.check_in(0).await;
    phone.receipt(&first.orders, "ok", None).await;
    crate::careful::pay(&sandbox).await;
    let told = kinds(&phone.check_in(0).await.orders);
    assert_eq!(told, [typ::RELEASE, typ::TERMS]);
    assert_eq!(clerk.post("/v1/locks/resume", &why).await.status, 200);
    assert!(
        phone.check_in(0).await.orders.is_empty(),
        "nothing is owed any more"
    );
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_phone_that_lost_its_record_is_not_locked_again_while_locks_are_stopped() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let sandbox = with(dir.path(), &clock, Quotas::default(), &[]).await;
    let mut phone = Phone::locked(&sandbox, &clock).await;
    phone.used.window_s = 90.try_into().unwrap();
    phone.check_in(0).await;
    let clerk = Clerk::with(&sandbox, &clock, "devices:read locks:write locks:approve").await;
    let why = json!({"operator": "desk 4", "reason": "a wrong list"});
    clerk.post("/v1/locks/stop", &why).await;
    (phone.after, phone.lock_id, phone.used) = (None, 0, nothing());
    let lost = phone.check_in(0).await;
    assert!(!kinds(&lost.orders).contains(&typ::LOCK.to_owned()));
    assert!(kinds(&lost.orders).contains(&typ::NOTICE.to_owned()));
    phone.receipt(&lost.orders, "ok", None).await;
    clock.add(60);
    clerk.post("/v1/locks/resume", &why).await;
    let later = phone.check_in(0).await;
    assert_eq!(kinds(&later.orders), [typ::LOCK]);
    let lock: Lock = claims(&later.orders[0].jws);
    assert_eq!(
        (lock.lock_id.get(), lock.used.window_s.get()),
        (1, 90),
        "a wait refills nothing"
    );
    assert_eq!(lock.iat.get(), clock.now());
    sandbox.shutdown().await.unwrap();
}

/// Of a lock that was offered twice, kept back and let go, one offer is left.
#[tokio::test]
async fn a_lock_that_was_offered_twice_comes_once_after_the_stop() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let sandbox = with(dir.path(), &clock, Quotas::default(), &[]).await;
    let mut phone = before_its_lock(&sandbox, &clock).await;
    let first = phone.check_in(0).await;
    phone.receipt(&first.orders[..3], "ok", None).await;
    phone.receipt(&first.orders[3..], "p_hours", Some(7_200)).await;
    clock.add(7_200);
    let second = phone.check_in(0).await;
    assert_eq!(kinds(&second.orders), [typ::LOCK]);
    phone.lock_id = 1;
    phone.receipt(&second.orders, "ok", None).await;
    let clerk = Clerk::with(&sandbox, &clock, "devices:read locks:write locks:approve").await;
    let why = json!({"operator": "desk 4", "reason": "a wrong list"});
    clerk.post("/v1/locks/stop", &why).await;
    let still = phone.check_in(0).await;
    assert_eq!(
        claims::<Status>(&still.status).lock_id.get(),
        1,
        "what is taken stays"
    );
    (phone.after, phone.lock_id) = (None, 0);
    let lost = phone.check_in(0).await;
    assert_eq!(claims::<Status>(&lost.status).lock_state, LockState::None);
    phone.receipt(&lost.orders, "ok", None).await;
    clerk.post("/v1/locks/resume", &why).await;
    let later = phone.check_in(0).await;
    assert_eq!(kinds(&later.orders), [typ::LOCK]);
    phone.lock_id = 1;
    phone.receipt(&later.orders, "ok", None).await;
    let status: Status = claims(&phone.check_in(0).await.status);
    assert_eq!((status.lock_id.get(), status.lock_state), (1, LockState::Locked));
    sandbox.shutdown().await.unwrap();
}

/// What a phone refused for good while it was kept back never comes again.
#[tokio::test]
async fn a_lock_that_was_refused_while_it_was_kept_back_never_comes() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let sandbox = with(dir.path(), &clock, Quotas::default(), &[]).await;
    let mut phone = before_its_lock(&sandbox, &clock).await;
    let first = phone.check_in(0).await;
    let clerk = Clerk::with(&sandbox, &clock, "devices:read locks:write locks:approve").await;
    let why = json!({"operator": "desk 4", "reason": "a wrong list"});
    clerk.post("/v1/locks/stop", &why).await;
    // It asks from before the lock, which it had, and then tells what became of it.
    phone.after = None;
    assert!(!kinds(&phone.check_in(0).await.orders).contains(&typ::LOCK.to_owned()));
    phone.receipt(&first.orders, "p_days", None).await;
    clerk.post("/v1/locks/resume", &why).await;
    let told = phone.check_in(0).await;
    assert!(!kinds(&told.orders).contains(&typ::LOCK.to_owned()));
    assert_eq!(claims::<Status>(&told.status).lock_state, LockState::None);
    sandbox.shutdown().await.unwrap();
}

/// The breaker counts what goes out again as it counts what is new: a store that was restored from an old copy locks no
/// whole fleet.
#[tokio::test]
async fn locks_that_come_again_pass_the_breaker_too() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hand::at(T));
    let options = Options {
        phones: 20,
        no_codes: true,
        by_hand: true,
        ..clock.options()
    };
    let sandbox = Sandbox::start(dir.path(), options).await.unwrap();
    let mut phone = Phone::locked(&sandbox, &clock).await;
    // Two hours later its own signature counts no more, and twenty others are issued.
    clock.add(7_200);
    let desk = sandbox.desk();
    let (level, instalment) = (3.try_into().unwrap(), 1.try_into().unwrap());
    for device in desk.phones().await.unwrap() {
        if device != *sandbox.device() {
            desk.for_phone(&device).lock(level, instalment).await.unwrap();
        }
    }
    (phone.after, phone.lock_id) = (None, 0);
    let lost = phone.check_in(0).await;
    assert!(!kinds(&lost.orders).contains(&typ::LOCK.to_owned()));
    phone.receipt(&lost.orders, "ok", None).await;
    clock.add(3_601);
    let later = phone.check_in(0).await;
    assert_eq!(kinds(&later.orders), [typ::LOCK], "as soon as there is room");
    sandbox.shutdown().await.unwrap();
}
