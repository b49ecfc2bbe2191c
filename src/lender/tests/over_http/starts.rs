//! First start, second start, and what they leave on disk.

use crate::phone::*;
use latchkey_core::agreement::Agreement;
use latchkey_core::envelope::decode;
use latchkey_core::order::claims::*;
use latchkey_core::order::values::Obj;
use latchkey_core::wire::*;
use latchkey_lender::Sandbox;

#[tokio::test]
async fn the_first_start_tells_the_story() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let mut phone = Phone::new(&sandbox, &clock);
    let code = sandbox.enrol_code().await.unwrap();
    let enrolment: Enrolment = phone.enrol(&code, sandbox.serial_hash()).await.json();
    assert_eq!(enrolment.trust.len(), 2);

    let d = T / 86_400;
    let bytes = decode(enrolment.agreement.as_bytes()).unwrap();
    let agreement: Obj<Agreement> = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(u64::from(agreement.signed.get()), d - 130);
    assert_eq!(agreement.schedule.len(), 12);
    assert_eq!(u64::from(agreement.schedule[3].1.get()), d - 10);

    let answer = phone.check_in(0).await;
    let kinds: Vec<_> = answer.orders.iter().map(|o| (o.seq.get(), typ(&o.jws))).collect();
    let told = [
        (1, typ::NOTICE.to_owned()),
        (2, typ::NOTICE.to_owned()),
        (3, typ::TERMS.to_owned()),
        (4, typ::LOCK.to_owned()),
    ];
    assert_eq!(kinds, told);
    let first: Notice = claims(&answer.orders[0].jws);
    let second: Notice = claims(&answer.orders[1].jws);
    assert_eq!(
        (first.iat.get(), second.iat.get()),
        (T - 9 * 86_400, T - 3 * 86_400)
    );
    let terms: Terms = claims(&answer.orders[2].jws);
    let sums = [
        terms.total,
        terms.paid,
        terms.due_now,
        terms.unlocks_now,
        terms.left,
        terms.fees,
    ];
    assert_eq!(
        sums.map(|m| m.get()),
        [3_900_000, 975_000, 325_000, 325_000, 2_925_000, 0]
    );
    assert_eq!(terms.pay_url.as_str(), sandbox.pay_url());
    let lock: Lock = claims(&answer.orders[3].jws);
    assert_eq!(
        (lock.lock_id.get(), lock.level.get(), lock.instalment.get()),
        (1, 3, 4)
    );
    assert_eq!(lock.notices.to_vec(), [first.jti, second.jti]);
    assert_eq!((lock.iat.get(), lock.since.get()), (T, T));

    let status: Status = claims(&answer.status);
    assert_eq!(status.head_seq.get(), 4);
    assert_eq!(status.head_jti, answer.orders[3].jti.as_str());
    assert_eq!(status.lock_state, LockState::Locked);
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_second_start_keeps_keys_port_and_phone() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let phone_dir = dir.path().join("phone");
    sandbox.ensure_provision(&phone_dir).await.unwrap();
    let mut phone = Phone::locked(&sandbox, &clock).await;
    let before = (
        sandbox.addr(),
        sandbox.pay_url().to_owned(),
        sandbox.device().clone(),
    );
    let kid = sandbox.desk().kid(Role::Lock).unwrap();
    sandbox.shutdown().await.unwrap();

    clock.add(3_600);
    let sandbox = start(dir.path(), &clock).await;
    let after = (
        sandbox.addr(),
        sandbox.pay_url().to_owned(),
        sandbox.device().clone(),
    );
    assert_eq!(before, after);
    assert_eq!(sandbox.desk().kid(Role::Lock).unwrap(), kid);
    let answer = phone.check_in(0).await;
    assert!(answer.orders.is_empty() && answer.trust.is_empty(), "nothing new");
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn another_port_brings_a_key_set_with_the_new_host_and_new_terms() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let phone = Phone::locked(&sandbox, &clock).await;
    let taken = std::net::TcpListener::bind(("127.0.0.1", {
        let port = sandbox.addr().port();
        sandbox.shutdown().await.unwrap();
        port
    }))
    .unwrap();

    let sandbox = start(dir.path(), &clock).await;
    assert_ne!(sandbox.addr(), taken.local_addr().unwrap());
    let mut phone = Phone {
        base: sandbox.base_url().to_owned(),
        ..phone
    };
    let answer = phone.check_in(0).await;
    assert_eq!(answer.trust.len(), 1);
    let keys: Keys = claims(answer.trust[0].lines().next().unwrap());
    assert_eq!(keys.version.get(), 2);
    let host = sandbox.addr().to_string();
    assert!(keys.card.pay_hosts.iter().any(|h| h.as_str() == host));
    assert_eq!(answer.orders.len(), 1);
    let terms: Terms = claims(&answer.orders[0].jws);
    assert_eq!(terms.pay_url.as_str(), sandbox.pay_url());
    assert_eq!(terms.terms_seq.get(), 2);
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_key_set_near_its_end_is_followed_by_the_next() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    start(dir.path(), &clock).await.shutdown().await.unwrap();
    clock.add(29 * 86_400);
    let sandbox = start(dir.path(), &clock).await;
    assert_eq!(newest_version(&sandbox).await, 1);
    sandbox.shutdown().await.unwrap();
    clock.add(2 * 86_400);
    let sandbox = start(dir.path(), &clock).await;
    assert_eq!(newest_version(&sandbox).await, 2);
    sandbox.shutdown().await.unwrap();
}

async fn newest_version(sandbox: &Sandbox) -> u32 {
    let client = browser();
    let url = format!("{}/v1/keys", sandbox.base_url());
    let bundle = client.get(url).send().await.unwrap().text().await.unwrap();
    assert_eq!(bundle.lines().count(), 2, "two of three sign");
    claims::<Keys>(bundle.lines().next().unwrap()).version.get()
}

#[tokio::test]
async fn provisioning_gives_a_code_once_and_then_only_follows_the_address() {
    let dir = tempfile::tempdir().unwrap();
    let phone_dir = dir.path().join("phone");
    let clock = Hand::at(T);
    let sandbox = start(dir.path(), &clock).await;
    let path = sandbox.ensure_provision(&phone_dir).await.unwrap();
    let read = || -> Provision { serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap() };
    let first = read();
    assert_eq!(first.base_url, sandbox.base_url());
    assert!(first.agreed && first.market == "demo" && first.root.lines().count() == 2);
    sandbox.ensure_provision(&phone_dir).await.unwrap();
    assert_ne!(
        read().enrol_code,
        first.enrol_code,
        "no identity yet: a fresh code"
    );
    let given = read().enrol_code;
    std::fs::write(phone_dir.join("identity"), "x").unwrap();
    sandbox.ensure_provision(&phone_dir).await.unwrap();
    assert_ne!(
        read().enrol_code,
        given,
        "a damaged identity enrols again (OWN-04)"
    );
    let given = read();
    std::fs::write(
        phone_dir.join("identity"),
        r#"{"device":"K7Q42MAAAAAAAAAAAAAAAAAAAA"}"#,
    )
    .unwrap();
    sandbox.ensure_provision(&phone_dir).await.unwrap();
    assert_eq!(read(), given, "an enrolled phone keeps what it has");
    sandbox.shutdown().await.unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn key_files_are_for_the_user_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = tempfile::tempdir().unwrap();
    start(dir.path(), &Hand::at(T)).await.shutdown().await.unwrap();
    for name in ["root.json", "keys.json"] {
        let mode = std::fs::metadata(dir.path().join("lender").join(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[tokio::test]
async fn behind_a_proxy_signatures_cover_the_public_address() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hand::at(T);
    let options = latchkey_lender::Options {
        public_url: Some("http://localhost:1".to_owned()),
        ..clock.options()
    };
    let sandbox = Sandbox::start(dir.path(), options).await.unwrap();
    assert!(sandbox.pay_url().starts_with("http://localhost:1/p/"));
    let phone = Phone::new(&sandbox, &clock);
    let code = sandbox.enrol_code().await.unwrap();
    let body = serde_json::to_vec(&phone.enrol_body(&code, sandbox.serial_hash())).unwrap();
    let mut prepared = phone.prepare("POST", "/v1/device/enrol", Some(body));
    prepared.url = format!("http://{}/v1/device/enrol", sandbox.addr());
    let enrolment: Enrolment = prepared.send().await.json();
    let keys: Keys = claims(enrolment.trust[1].lines().next().unwrap());
    assert_eq!(keys.card.pay_hosts[0].as_str(), "localhost:1");
    sandbox.shutdown().await.unwrap();
}
