//! The rule of the agreement's market, and whom a pay link or code pays.

use super::{Answer, Case, Script, case, expect};
use crate::signer::{Key, T, World, bundle, id, list, num, text};
use latchkey_core::agreement;
use latchkey_core::command::Command;
use latchkey_core::order::claims::{Channel, Lock, LockState, Notice, Order, RefKind, Terms, typ};
use latchkey_core::order::values::Sha;

pub(super) fn cases() -> Vec<Case> {
    let mut cases = rule();
    cases.extend(markets());
    cases.extend(strict());
    cases.extend(payee());
    cases
}

fn lock(change: impl FnOnce(&mut Lock)) -> Order {
    let mut claims = World::new().lock_claims(1);
    change(&mut claims);
    Order::Lock(claims)
}

/// What a lock on the sandbox's rules needs, one thing changed at a time.
fn rule() -> Vec<Case> {
    let world = World::new();
    let one = |id: &str, order: Order, code: &str| {
        let script = Script::new().order(&order, code, "unknown");
        case(id, "noticed", script.order(&lock(|_| {}), "ok", "locked"))
    };
    let noticed = |id: &str, change: fn(&mut [Notice; 2]), code: &str, earliest: Option<u64>| {
        let mut notices = [world.notice(1), world.notice(2)];
        change(&mut notices);
        let script = Script::new()
            .order(&Order::Notice(notices[0].clone()), "ok", "unknown")
            .order(&Order::Notice(notices[1].clone()), "ok", "unknown")
            .order(&lock(|_| {}), code, "unknown")
            .also(|e| e.earliest = earliest);
        case(id, "asked", script)
    };
    let due = |days: u64| num(u64::from(crate::signer::TODAY) - days);
    let mut late = [world.notice(1), world.notice(2)];
    for notice in &mut late {
        notice.instalment = num(5);
        notice.due = due(7);
        notice.iat = num(notice.iat.get() + 1);
    }
    vec![
        one(
            "another-agreement",
            lock(|l| l.agreement = Sha::from_bytes(&[1; 32])),
            "p_agreement",
        ),
        one("another-clause", lock(|l| l.clause = text("8")), "p_agreement"),
        one(
            "another-profile",
            lock(|l| l.profile = text("demo-hours")),
            "p_profile",
        ),
        one(
            "another-instalment",
            lock(|l| l.instalment = num(5)),
            "p_evidence",
        ),
        one("another-due-day", lock(|l| l.due = due(11)), "p_evidence"),
        one(
            "more-than-was-warned-of",
            lock(|l| l.amount.0.minor = num(325_001)),
            "p_evidence",
        ),
        one(
            "another-currency",
            lock(|l| l.amount.0.cur = text("INR")),
            "p_evidence",
        ),
        one(
            "one-notice-of-two",
            lock(|l| l.notices = list(vec![id("notice-1")])),
            "p_notice_count",
        ),
        noticed(
            "the-first-notice-twice",
            |n| n[1].notice_no = num(1),
            "p_notice_count",
            None,
        ),
        noticed(
            "five-clear-days-have-not-ended",
            |n| n[0].iat = num(T - 5 * 86_400),
            "p_notice_gap",
            Some(u64::from(crate::signer::TODAY + 1) * 86_400),
        ),
        noticed(
            "48-hours-have-not-ended",
            |n| n[1].iat = num(T - 48 * 3600 + 1),
            "p_notice_gap",
            Some(T + 1),
        ),
        noticed(
            "48-hours-to-the-second",
            |n| n[1].iat = num(T - 48 * 3600),
            "ok",
            None,
        )
        .locked(),
        noticed(
            "a-notice-before-the-agreement-was-signed-counts-from-there",
            |n| n[0].iat = num(T - 200 * 86_400),
            "ok",
            None,
        )
        .locked(),
    ]
}

trait Locked {
    fn locked(self) -> Self;
}

impl Locked for Case {
    /// The last step locks.
    fn locked(mut self) -> Case {
        if let Some(super::Step::Order(last)) = self.steps.last_mut() {
            last.expect.state = "locked".to_owned();
        }
        self
    }
}

/// A phone under another agreement.
fn under(agreement: &[u8], at: u64, outcome: &str, earliest: Option<u64>) -> Script {
    under_by(&World::new(), agreement, at, outcome, earliest)
}

fn under_by(world: &World, agreement: &[u8], at: u64, outcome: &str, earliest: Option<u64>) -> Script {
    let mut claims = world.lock_claims(1);
    claims.agreement = agreement::sha(agreement);
    if let Ok(parsed) = agreement::Agreement::parse(agreement) {
        claims.profile = parsed.profile;
    }
    let token = world.lock.token(typ::LOCK, &claims);
    let state = if outcome == "ok" { "locked" } else { "unknown" };
    let mut expected = expect(outcome, state);
    expected.earliest = earliest;
    Script::new()
        .enrol(agreement, "ok")
        .keys(&world.keys_bundle(1), "ok")
        .answer(
            Answer::at(at)
                .state(LockState::Locked)
                .order(&Order::Notice(world.notice(1)), "ok", "unknown")
                .order(&Order::Notice(world.notice(2)), "ok", "unknown")
                .token(token, expected),
            state,
        )
}

fn markets() -> Vec<Case> {
    let world = World::new();
    let agreement = |from: &str, to: &str| {
        let text = String::from_utf8(world.agreement()).unwrap_or_default();
        text.replacen(from, to, 1).into_bytes()
    };
    let softer = |member: &str| agreement(r#""paper""#, &format!(r#""softer":{{{member}}},"paper""#));
    let day = 86_400;
    let midnight = u64::from(crate::signer::TODAY) * day;
    // T is a Thursday, 20:26:40; the phone is fresh, so Friday at 9 is early enough.
    let friday = midnight + day + 9 * 3600;
    let mut morning = World::new().lock_claims(1);
    morning.agreement = agreement::sha(&under_profile("demo-hours"));
    morning.profile = text("demo-hours");
    let hours = under(&under_profile("demo-hours"), T, "p_hours", Some(friday)).answer(
        Answer::at(friday)
            .state(LockState::Locked)
            .order(&Order::Lock(morning), "ok", "locked"),
        "locked",
    );
    let mut real_world = World::new();
    real_world.roots = [Key::new("real-1"), Key::new("real-2"), Key::new("real-3")];
    let mut real = real_world.root();
    real.sandbox = false;
    let [a, b, _] = &real_world.roots;
    let malformed = Script::new().enrol(br#"{"v":1}"#, "p_agreement");
    vec![
        case(
            "a-market-nobody-knows",
            "empty",
            under(&under_profile("zz"), T, "p_unknown_market", None),
        ),
        case(
            "a-market-that-allows-nothing",
            "empty",
            under(&under_profile("unknown"), T, "p_not_allowed", None),
        ),
        Case {
            root: Some(bundle(&[a, b], typ::ROOT, &real)),
            ..case(
                "the-sandboxs-rules-under-a-real-root",
                "empty",
                under_by(&real_world, &world.agreement(), T, "p_not_allowed", None),
            )
        },
        case("an-agreement-of-another-form", "empty", malformed),
        case(
            "the-contract-waits-longer",
            "empty",
            under(
                &softer(r#""late_days":30"#),
                T,
                "p_days",
                Some(midnight + 21 * day),
            ),
        ),
        case(
            "the-contract-waits-less",
            "empty",
            under(&softer(r#""late_days":1"#), T, "ok", None),
        ),
        case(
            "the-contract-allows-less",
            "empty",
            under(&softer(r#""max_level":2"#), T, "p_level", None),
        ),
        case("at-night-a-lock-waits-for-the-morning", "empty", hours),
    ]
}

/// The agreement under another profile.
fn under_profile(id: &str) -> Vec<u8> {
    let text = String::from_utf8(World::new().agreement()).unwrap_or_default();
    let to = format!(r#""profile":"{id}""#);
    text.replacen(r#""profile":"demo""#, &to, 1).into_bytes()
}

/// What the strict sandbox asks beside the other's rules: approval, levels in order, a second notice after the first and
/// by two channels.
fn strict() -> Vec<Case> {
    let agreement = under_profile("demo-strict");
    let one = |id: &str, change: fn(&mut Lock, &mut [Notice; 2]), code: &str, earliest: Option<u64>| {
        let world = World::new();
        let mut lock = world.lock_claims(1);
        lock.agreement = agreement::sha(&agreement);
        (lock.profile, lock.level) = (text("demo-strict"), num(1));
        lock.refs = list(vec![(RefKind::Approval, text("R-77"), num(T - 20 * 86_400))]);
        let mut notices = [world.notice(1), world.notice(2)];
        notices[1].channels = list(vec![Channel::Phone, Channel::Letter]);
        change(&mut lock, &mut notices);
        let state = if code == "ok" { "locked" } else { "unknown" };
        let mut expected = expect(code, state);
        expected.earliest = earliest;
        let script = Script::new()
            .enrol(&agreement, "ok")
            .keys(&world.keys_bundle(1), "ok")
            .answer(
                Answer::at(T)
                    .state(LockState::Locked)
                    .order(&Order::Notice(notices[0].clone()), "ok", "unknown")
                    .order(&Order::Notice(notices[1].clone()), "ok", "unknown")
                    .token(world.lock.token(typ::LOCK, &lock), expected),
                state,
            );
        case(id, "empty", script)
    };
    let mut withheld = one("the-strict-sandbox-withholds-the-opening", |_, _| {}, "ok", None);
    let script = Script::on("locked").command(Command::StartOpening, "o_not_granted", "locked");
    withheld.steps.extend(script.steps);
    vec![
        withheld,
        one("no-approval", |l, _| l.refs = list(vec![]), "p_needs", None),
        one(
            "an-approval-that-is-yet-to-come",
            |l, _| l.refs = list(vec![(RefKind::Approval, text("R-77"), num(T + 60))]),
            "p_needs",
            Some(T + 60),
        ),
        one(
            "a-court-order-is-no-approval",
            |l, _| l.refs = list(vec![(RefKind::Court, text("7/26"), num(T - 60))]),
            "p_needs",
            None,
        ),
        one(
            "the-first-notice-on-the-due-day",
            |_, n| n[0].iat = num(T - 10 * 86_400),
            "p_notice_early",
            None,
        ),
        one(
            "the-second-notice-before-the-first-has-run-out",
            |_, n| n[1].iat = num(T - 4 * 86_400),
            "p_notice_order",
            None,
        ),
        one(
            "the-second-notice-by-one-channel",
            |_, n| n[1].channels = list(vec![Channel::Letter]),
            "p_notice_modes",
            None,
        ),
        one(
            "a-level-without-the-ones-below",
            |l, _| l.level = num(2),
            "p_level",
            None,
        ),
        one(
            "after-a-wipe-the-steps-are-believed",
            |l, _| {
                l.level = num(3);
                l.steps = list(vec![(num(1), num(T - 2 * 86_400)), (num(2), num(T - 86_400))]);
            },
            "ok",
            None,
        ),
    ]
}

fn payee() -> Vec<Case> {
    let world = World::new();
    let terms = |id: &str, change: fn(&mut Terms), code: &str| {
        let mut claims = world.terms_claims(2);
        change(&mut claims);
        let stale = Order::Terms(claims.clone());
        // Taken all the same: the sums are newer.
        let script = Script::on("locked")
            .order(&Order::Terms(claims), code, "locked")
            .order(&stale, "f_terms_stale", "locked");
        case(id, "locked", script)
    };
    vec![
        terms(
            "a-link-to-a-host-of-the-card",
            |t| t.pay_url = text("https://pay.example.com/x"),
            "ok",
        ),
        terms(
            "a-link-to-another-host",
            |t| t.pay_url = text("https://evil.example/x"),
            "t_pay_host",
        ),
        terms(
            "a-link-to-a-longer-host",
            |t| t.pay_url = text("https://pay.example.com.evil.example/"),
            "t_pay_host",
        ),
        terms(
            "a-link-with-a-user",
            |t| t.pay_url = text("https://pay.example.com@evil.example/"),
            "t_pay_host",
        ),
        terms(
            "a-link-without-tls",
            |t| t.pay_url = text("http://pay.example.com/x"),
            "t_pay_host",
        ),
        terms(
            "a-link-to-loopback-in-the-sandbox",
            |t| t.pay_url = text("http://127.0.0.1:8080/x"),
            "ok",
        ),
        terms(
            "a-link-with-a-fragment",
            |t| t.pay_url = text("https://pay.example.com/x#y"),
            "t_pay_host",
        ),
        terms(
            "a-code-that-pays-somebody-else",
            |t| t.pay_qr = Some(text("upi://pay?pa=thief@bank&am=3250.00&cu=LKR")),
            "t_pay_qr",
        ),
        terms(
            "a-code-of-the-card",
            |t| {
                t.pay_qr = Some(text(
                    "00020101021226280009lk.test.q0111Test Lender530314454073250.005802LK5911Test Lender6304F8DC",
                ))
            },
            "ok",
        ),
        terms(
            "a-code-with-another-account-under-the-cards-name",
            |t| {
                t.pay_qr = Some(text(
                    "00020101021226270009lk.test.q0110thief@bank530314454073250.005802LK5911Test Lender63045A0B",
                ))
            },
            "t_pay_qr",
        ),
        terms(
            "a-code-with-a-wrong-check",
            |t| {
                t.pay_qr = Some(text(
                    "00020101021226280009lk.test.q0111Test Lender530314454073250.005802LK5911Test Lender6304F8D0",
                ))
            },
            "t_pay_qr",
        ),
        terms(
            "a-code-of-no-kind",
            |t| t.pay_qr = Some(text("pay me")),
            "t_pay_qr",
        ),
    ]
}
