//! Signs whatever a test needs, good and bad: the only signer outside the lender, and never part of a product.
//!
//! Keys come from labelled seeds, `sha256("latchkey-test-key/" + name)`, so that everybody can make the vectors again.
//! [`World`] is one lender with its keys, one phone and one agreement; [`Key::token`] and [`Key::raw`] sign the rest.
//! This file is compiled twice: into the unit tests of `latchkey-core` and into the library of `latchkey-tests`.

use ed25519_dalek::Signer as _;
use latchkey_core::agreement;
use latchkey_core::envelope::{encode, sha256};
use latchkey_core::keys::Trust;
use latchkey_core::order::claims::{typ, *};
use latchkey_core::order::values::*;
use serde::Serialize;

/// 28 May 2026, 20:26:40 UTC: every test world starts here.
pub const T: u64 = 1_780_000_000;
/// The local day of [`T`].
pub const TODAY: u32 = 20_601;

/// A test key.
#[derive(Clone)]
pub struct Key {
    #[expect(clippy::disallowed_types, reason = "tests sign what the phone must refuse")]
    signing: ed25519_dalek::SigningKey,
}

impl Key {
    /// The key of that name.
    pub fn new(name: &str) -> Key {
        Key::of_seed(sha256(format!("latchkey-test-key/{name}").as_bytes()))
    }
    /// A key that stands in a file.
    #[expect(clippy::disallowed_types, reason = "tests sign what the phone must refuse")]
    pub fn of_seed(seed: [u8; 32]) -> Key {
        Key {
            signing: ed25519_dalek::SigningKey::from_bytes(&seed),
        }
    }
    /// Public key, raw.
    pub fn public(&self) -> [u8; 32] {
        self.signing.verifying_key().to_bytes()
    }
    /// Public key as claims write it.
    pub fn x(&self) -> Sha {
        Sha::from_bytes(&self.public())
    }
    /// Its id.
    pub fn kid(&self) -> Kid {
        Kid::of_key(&self.public())
    }
    /// Signs raw bytes.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.signing.sign(message).to_bytes()
    }
    /// A token over this header and payload, whatever they are.
    pub fn raw(&self, header: &str, payload: &[u8]) -> String {
        let signed = format!("{}.{}", encode(header.as_bytes()), encode(payload));
        format!("{signed}.{}", encode(&self.sign(signed.as_bytes())))
    }
    /// A token of a kind over a payload, whatever it is.
    pub fn json(&self, typ: &str, payload: &str) -> String {
        let header = format!(r#"{{"alg":"EdDSA","typ":"{typ}","kid":"{}"}}"#, self.kid());
        self.raw(&header, payload.as_bytes())
    }
    /// A token of a kind over claims.
    pub fn token<C: Serialize>(&self, typ: &str, claims: &C) -> String {
        self.json(
            typ,
            &serde_json::to_string(claims).expect("a test value within its bounds"),
        )
    }
    /// The key with roles, as a key set lists it.
    pub fn with(&self, roles: &[Role]) -> Obj<OrderKey> {
        Obj(OrderKey {
            kid: self.kid(),
            x: self.x(),
            iss: tenant(),
            roles: roles.to_vec().try_into().expect("a test value within its bounds"),
        })
    }
}

/// A bundle: one token a line, each by another key.
pub fn bundle<C: Serialize>(keys: &[&Key], typ: &str, claims: &C) -> String {
    let payload = serde_json::to_string(claims).expect("a test value within its bounds");
    json_bundle(keys, typ, &payload)
}

/// A bundle over a payload, whatever it is.
pub fn json_bundle(keys: &[&Key], typ: &str, payload: &str) -> String {
    let lines: Vec<String> = keys.iter().map(|key| key.json(typ, payload)).collect();
    lines.join("\n")
}

/// A value in its bounds.
pub fn num<N: TryFrom<u64, Error = OutOfBounds>>(n: u64) -> N {
    n.try_into().expect("a test value within its bounds")
}

/// A text in its bounds.
pub fn text<V: TryFrom<String, Error = OutOfBounds>>(s: &str) -> V {
    s.to_owned().try_into().expect("a test value within its bounds")
}

/// A list in its bounds.
pub fn list<I, const A: usize, const B: usize>(items: Vec<I>) -> List<I, A, B> {
    items.try_into().expect("a test value within its bounds")
}

/// An id from a label.
pub fn id(label: &str) -> Id {
    let hash = sha256(label.as_bytes());
    Id::from_bytes(hash[..16].try_into().expect("a test value within its bounds"))
}

/// The lender of the test world.
pub fn tenant() -> Tenant {
    text("lender")
}

/// The phone of the test world.
pub fn device() -> DeviceId {
    text("K7Q42MAAAAAAAAAAAAAAAAAAAA")
}

/// One lender, one phone, one agreement.
#[derive(Clone)]
pub struct World {
    /// Root keys, threshold 2.
    pub roots: [Key; 3],
    /// Signs locks.
    pub lock: Key,
    /// Signs notices, terms, plans.
    pub terms: Key,
    /// Signs releases and graces.
    pub release: Key,
    /// Signs settles.
    pub settle: Key,
    /// Signs statuses and times.
    pub status: Key,
}

impl Default for World {
    fn default() -> Self {
        World::new()
    }
}

impl World {
    /// The world as every test begins it.
    pub fn new() -> World {
        World {
            roots: [Key::new("root-1"), Key::new("root-2"), Key::new("root-3")],
            lock: Key::new("lock"),
            terms: Key::new("terms"),
            release: Key::new("release"),
            settle: Key::new("settle"),
            status: Key::new("status"),
        }
    }

    /// Claims of root version 1: a sandbox's.
    pub fn root(&self) -> Root {
        let key = |key: &Key| {
            Obj(RootKey {
                kid: key.kid(),
                x: key.x(),
            })
        };
        Root {
            iss: tenant(),
            aud: AUDIENCE.to_owned(),
            iat: num(T - 130 * 86_400),
            version: num(1),
            threshold: num(2),
            roots: list(self.roots.iter().map(key).collect()),
            exp: num(T + 5 * 365 * 86_400),
            sandbox: true,
        }
    }

    /// Root version 1, signed by two.
    pub fn root_bundle(&self) -> String {
        bundle(&[&self.roots[0], &self.roots[1]], typ::ROOT, &self.root())
    }

    /// Claims of a key set with all keys.
    pub fn keys(&self, version: u64) -> Keys {
        Keys {
            iss: tenant(),
            aud: AUDIENCE.to_owned(),
            iat: num(T - 20 * 86_400),
            version: num(version),
            root_version: num(1),
            exp: num(T + 70 * 86_400),
            keys: list(vec![
                self.lock.with(&[Role::Lock]),
                self.terms.with(&[Role::Terms]),
                self.release.with(&[Role::Release, Role::Grace]),
                self.settle.with(&[Role::Settle]),
                self.status.with(&[Role::Status]),
            ]),
            void: list(vec![]),
            card: Obj(Card {
                name: text("Test Lender"),
                address: text("1 Test Road, Colombo"),
                licence: text("TEST-1"),
                hotlines: list(vec![(text("+94000000000"), text("Hotline"))]),
                hours: text("Mon-Fri 09:00-17:00"),
                payees: list(vec![text("Test Lender")]),
                pay_hosts: list(vec![text("pay.example.com"), text("127.0.0.1")]),
            }),
        }
    }

    /// A key set bundle, signed by two roots.
    pub fn keys_bundle(&self, version: u64) -> String {
        self.sign_keys(&self.keys(version))
    }

    /// Any key set, signed by two roots.
    pub fn sign_keys(&self, keys: &Keys) -> String {
        bundle(&[&self.roots[0], &self.roots[1]], typ::KEYS, keys)
    }

    /// The provisioned root and key set 1.
    pub fn trust(&self) -> Trust {
        let root = Trust::provisioned(&self.root_bundle()).expect("a test value within its bounds");
        root.accept(&self.keys_bundle(1))
            .expect("a test value within its bounds")
    }

    /// The agreement's bytes: profile `demo`, twelve instalments of 3,250.00 LKR, number 4 due ten days ago.
    pub fn agreement(&self) -> Vec<u8> {
        let row = |k: u64| format!("[{k},{},325000]", u64::from(TODAY) - 100 + 30 * (k - 1));
        let rows: Vec<String> = (1..=12).map(row).collect();
        format!(
            concat!(
                r#"{{"v":1,"tenant":"lender","ref":"T-1","signed":{},"market":"demo","profile":"demo","#,
                r#""period":"month","purpose":"own_device","clause":{{"id":"7.2","text":"The phone may be locked."}},"#,
                r#""schedule":[{}],"cur":"LKR","utc_offset_min":0,"clock_changes":[],"paper":"{}"}}"#
            ),
            TODAY - 130,
            rows.join(","),
            Sha::from_bytes(&[7; 32]),
        )
        .into_bytes()
    }

    /// Notice `no` for instalment 4: the first nine days ago, the second three days ago. Its id is `id("notice-<no>")`.
    pub fn notice(&self, no: u64) -> Notice {
        Notice {
            iss: tenant(),
            aud: AUDIENCE.to_owned(),
            sub: device(),
            jti: id(&format!("notice-{no}")),
            iat: num(T - if no == 1 { 9 } else { 3 } * 86_400),
            notice_no: num(no),
            instalment: num(4),
            due: num(u64::from(TODAY) - 10),
            amount: money(325_000),
            channels: list(vec![Channel::Phone]),
        }
    }

    /// Terms of the day.
    pub fn terms_claims(&self, terms_seq: u64) -> Terms {
        Terms {
            iss: tenant(),
            aud: AUDIENCE.to_owned(),
            sub: device(),
            jti: id(&format!("terms-{terms_seq}")),
            iat: num(T),
            exp: num(T + 7 * 86_400),
            terms_seq: num(terms_seq),
            cur: text("LKR"),
            total: num(3_900_000),
            paid: num(975_000),
            due_now: num(325_000),
            unlocks_now: num(325_000),
            left: num(2_925_000),
            fees: num(0),
            rows: list(vec![(num(4), num(u64::from(TODAY) - 10), num(325_000), num(0))]),
            pay_url: text("https://pay.example.com/p/T-1"),
            pay_qr: None,
        }
    }

    /// Lock `lock_id` for instalment 4 by the two notices.
    pub fn lock_claims(&self, lock_id: u64) -> Lock {
        Lock {
            iss: tenant(),
            aud: AUDIENCE.to_owned(),
            sub: device(),
            jti: id(&format!("lock-{lock_id}")),
            iat: num(T),
            exp: num(T + 7 * 86_400),
            lock_id: num(lock_id),
            level: num(3),
            instalment: num(4),
            due: num(u64::from(TODAY) - 10),
            amount: money(325_000),
            notices: list(vec![id("notice-1"), id("notice-2")]),
            steps: list(vec![]),
            since: num(T),
            profile: text("demo"),
            profile_version: num(1),
            agreement: agreement::sha(&self.agreement()),
            clause: text("7.2"),
            answers: None,
            refs: list(vec![]),
            used: Obj(Used {
                window_s: num(0),
                opening: num(0),
                provisional: num(0),
                codes: num(0),
            }),
            codes: list(vec![]),
        }
    }

    /// A release of `lock_id` that clears instalments.
    pub fn release_claims(&self, lock_id: u64, why: Why, instalments: &[u64]) -> Release {
        Release {
            iss: tenant(),
            aud: AUDIENCE.to_owned(),
            sub: device(),
            jti: id(&format!("release-{lock_id}")),
            iat: num(T + 60),
            lock_id: num(lock_id),
            why,
            instalments: list(instalments.iter().map(|n| num(*n)).collect()),
            paid_at: None,
        }
    }

    /// A grace for `lock_id`.
    pub fn grace_claims(&self, lock_id: u64, dur_s: u64) -> Grace {
        Grace {
            iss: tenant(),
            aud: AUDIENCE.to_owned(),
            sub: device(),
            jti: id(&format!("grace-{lock_id}-{dur_s}")),
            iat: num(T + 30),
            lock_id: num(lock_id),
            dur_s: num(dur_s),
        }
    }

    /// A settle.
    pub fn settle_claims(&self) -> Settle {
        Settle {
            iss: tenant(),
            aud: AUDIENCE.to_owned(),
            sub: device(),
            jti: id("settle"),
            iat: num(T + 90),
            settled_on: num(u64::from(TODAY)),
        }
    }

    /// A plan that replaces instalment 4 by 101 and 102.
    pub fn plan_claims(&self) -> Plan {
        let day = u64::from(TODAY);
        Plan {
            iss: tenant(),
            aud: AUDIENCE.to_owned(),
            sub: device(),
            jti: id("plan"),
            iat: num(T),
            plan_id: id("plan-id"),
            replaces: list(vec![num(4)]),
            cur: text("LKR"),
            schedule: list(vec![
                (num(101), num(day + 30), num(162_500)),
                (num(102), num(day + 60), num(162_500)),
            ]),
        }
    }

    /// A status that answers `nonce`, with its head.
    pub fn status_claims(&self, nonce: &Id, now: u64, head: Option<(u64, &Id)>) -> Status {
        Status {
            iss: tenant(),
            aud: AUDIENCE.to_owned(),
            sub: device(),
            jti: id(&format!("status-{nonce}")),
            iat: num(now),
            nonce: nonce.clone(),
            now: num(now),
            head_seq: num(head.map_or(0, |h| h.0)),
            head_jti: head.map_or(String::new(), |h| h.1.to_string()),
            lock_id: num(0),
            lock_state: LockState::None,
            keys_version: num(1),
            poll_s: num(60),
        }
    }

    /// A time token that answers `nonce`.
    pub fn time_claims(&self, nonce: &Id, now: u64) -> Time {
        Time {
            iss: tenant(),
            aud: AUDIENCE.to_owned(),
            iat: num(now),
            nonce: nonce.clone(),
            now: num(now),
        }
    }

    /// Signs an order with the key whose role it is.
    pub fn sign(&self, order: &Order) -> String {
        match order {
            Order::Notice(c) => self.terms.token(typ::NOTICE, c),
            Order::Terms(c) => self.terms.token(typ::TERMS, c),
            Order::Plan(c) => self.terms.token(typ::PLAN, c),
            Order::Lock(c) => self.lock.token(typ::LOCK, c),
            Order::Release(c) => self.release.token(typ::RELEASE, c),
            Order::Grace(c) => self.release.token(typ::GRACE, c),
            Order::Settle(c) => self.settle.token(typ::SETTLE, c),
        }
    }

    /// Signs a status.
    pub fn sign_status(&self, status: &Status) -> String {
        self.status.token(typ::STATUS, status)
    }

    /// One good order of each kind.
    pub fn orders(&self) -> Vec<Order> {
        vec![
            Order::Notice(self.notice(1)),
            Order::Terms(self.terms_claims(1)),
            Order::Plan(self.plan_claims()),
            Order::Lock(self.lock_claims(1)),
            Order::Release(self.release_claims(1, Why::Paid, &[4])),
            Order::Grace(self.grace_claims(1, 3600)),
            Order::Settle(self.settle_claims()),
        ]
    }
}

/// An amount of the test world.
pub fn money(minor: u64) -> Obj<Money> {
    Obj(Money {
        minor: num(minor),
        cur: text("LKR"),
    })
}
