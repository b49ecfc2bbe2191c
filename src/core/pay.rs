//! Pay links and QR payloads: whom they pay, and how much (protocol §1 *Payee*, OWN-15).
//!
//! A stolen terms key must not be able to send the owner's money elsewhere: what a link or a code pays stands on the
//! lender's card, which only the root can sign. What fails is not shown at all, never "as it came".

use crate::money::minor;
use crate::order::claims::{Card, Terms};
use crate::profile::{Profile, Rail};
use crate::refusal::{Code, Refusal};

/// Longest text that a QR code of version 8, level M, holds in bytes: larger codes are hard to scan off a phone.
pub const MAX_QR_BYTES: usize = 152;

/// Who may be paid, and how much.
#[derive(Clone, Copy, Debug)]
pub struct Payee<'a> {
    /// The card in force.
    pub card: &'a Card,
    /// The market.
    pub profile: &'a Profile,
    /// Whether the root is a sandbox's.
    pub sandbox: bool,
    /// Minor units that the screen shows.
    pub amount: u64,
    /// Their currency.
    pub cur: &'a str,
}

/// What of the terms may be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The link.
    pub link: Option<String>,
    /// What the QR code says: the market's payload, else the link; `None` also when neither fits into a code.
    pub qr: Option<String>,
    /// Why something is left out: `t_pay_host`, then `t_pay_qr`.
    pub code: Option<Code>,
}

/// Checks link and code of terms. The terms themselves are taken in any case.
#[must_use]
pub fn check_terms(terms: &Terms, payee: &Payee<'_>) -> Shown {
    let url = terms.pay_url.as_str();
    if let Err(refusal) = check_url(url, payee.card, payee.sandbox) {
        return Shown {
            code: Some(refusal.code),
            ..Shown::default()
        };
    }
    let link = Some(url.to_owned());
    let payload = terms.pay_qr.as_ref().map_or(url, |qr| qr.as_str());
    match check_qr(payload, payee) {
        Ok(()) => Shown {
            link,
            qr: Some(payload.to_owned()),
            code: None,
        },
        Err(refusal) => Shown {
            link,
            qr: None,
            code: Some(refusal.code),
        },
    }
}

/// Checks a pay link.
///
/// # Errors
/// `t_pay_host`: no plain https link to a host of the card. Under a sandbox root also http, and any port, but to
/// loopback and private addresses alone.
pub fn check_url(url: &str, card: &Card, sandbox: bool) -> Result<(), Refusal> {
    match link(url, card, sandbox) {
        Some(()) => Ok(()),
        None => Err(Code::TPayHost.into()),
    }
}

fn link(url: &str, card: &Card, sandbox: bool) -> Option<()> {
    let fits = |b: u8| b.is_ascii_graphic() && !b"#\\\"<>^`{|}".contains(&b);
    if !url.bytes().all(fits) {
        return None;
    }
    let (scheme, rest) = url.split_once("://")?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let authority = &rest[..end];
    if authority.is_empty() || authority.contains('@') {
        return None;
    }
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    let name = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'-';
    if host.is_empty() || !host.bytes().all(name) {
        return None;
    }
    let listed = |entry: &str| entry == authority || entry == host;
    if !card.pay_hosts.iter().any(|entry| listed(entry.as_str())) {
        return None;
    }
    let port_written = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|n| n.to_string() == port));
    let near = near(host);
    let allowed = match scheme {
        // A name that is a private address would be another machine on every network.
        "https" => port_written && (sandbox || (port.is_none() && !near)),
        "http" => port_written && sandbox && near,
        _ => false,
    };
    allowed.then_some(())
}

/// Loopback and addresses that no public network has: RFC 1918, shared (RFC 6598), link-local, documentation (RFC 5737).
#[must_use]
pub fn near(host: &str) -> bool {
    use std::net::Ipv4Addr;
    host == "localhost"
        || host.parse::<Ipv4Addr>().is_ok_and(|ip| {
            let shared = ip.octets()[0] == 100 && ip.octets()[1] & 0xc0 == 64;
            ip.is_loopback() || ip.is_private() || ip.is_link_local() || shared || ip.is_documentation()
        })
}

/// Checks a QR payload: a pay link, `upi://pay`, or EMV merchant-presented data.
///
/// # Errors
/// `t_pay_qr`: too long for a code that scans, of a kind the market does not have, or with another payee, amount or
/// currency than the card and the screen say.
pub fn check_qr(payload: &str, payee: &Payee<'_>) -> Result<(), Refusal> {
    let rails = &payee.profile.screen.pay;
    let fits = payload.len() <= MAX_QR_BYTES && !payload.chars().any(char::is_control);
    let right = if payload.starts_with("https://") || payload.starts_with("http://") {
        link(payload, payee.card, payee.sandbox)
    } else if payload.starts_with("upi://") {
        rails.contains(&Rail::Upi).then(|| upi(payload, payee)).flatten()
    } else {
        rails.contains(&Rail::Emv).then(|| emv(payload, payee)).flatten()
    };
    match right {
        Some(()) if fits => Ok(()),
        Some(()) | None => Err(Code::TPayQr.into()),
    }
}

fn on_card(payee: &Payee<'_>, name: &str) -> bool {
    payee.card.payees.iter().any(|known| known.as_str() == name)
}

/// The amount as payment apps write it: `.` and the currency's own digits.
fn amount(payee: &Payee<'_>, text: &str) -> Option<()> {
    (minor(text, payee.profile.money.iso_digits)? == payee.amount).then_some(())
}

/// UPI linking: exactly one each of `pa`, `am`, `cu`; the address that is paid stands on the card, and so does the
/// name, if there is one.
fn upi(payload: &str, payee: &Payee<'_>) -> Option<()> {
    if !payload.bytes().all(|b| b.is_ascii_graphic() && b != b'#') {
        return None;
    }
    let query = payload.strip_prefix("upi://pay?")?;
    let mut pairs: Vec<(&str, String)> = Vec::new();
    for pair in query.split('&') {
        let (name, value) = pair.split_once('=')?;
        // A name that an app reads and we do not would hide a second payee: letters alone, in one spelling.
        let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphabetic());
        if !plain || pairs.iter().any(|(seen, _)| seen.eq_ignore_ascii_case(name)) {
            return None;
        }
        pairs.push((name, percent(value)?));
    }
    let get = |name: &str| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| v.as_str());
    if !on_card(payee, get("pa")?) || get("pn").is_some_and(|name| !on_card(payee, name)) {
        return None;
    }
    if get("cu")? != payee.cur || payee.cur != "INR" || get("mam").is_some() {
        return None;
    }
    amount(payee, get("am")?)
}

fn percent(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(b) = rest.next() {
        let hex = |b: Option<u8>| b.and_then(|b| char::from(b).to_digit(16));
        bytes.push(match b {
            b'%' => u8::try_from(hex(rest.next())? * 16 + hex(rest.next())?).ok()?,
            b'+' => b' ',
            b => b,
        });
    }
    let text = String::from_utf8(bytes).ok()?;
    (!text.chars().any(char::is_control)).then_some(text)
}

/// EMV QRCPS merchant-presented mode: top-level data objects, first 00, last 63 with the CRC over all before it.
fn emv(payload: &str, payee: &Payee<'_>) -> Option<()> {
    let objects = tlv(payload)?;
    let get = |id: u8| objects.iter().find(|(i, _)| *i == id).map(|(_, v)| *v);
    if *objects.first()? != (0, "01") || objects.last()?.0 != 63 {
        return None;
    }
    let (body, crc) = payload.split_at(payload.len().checked_sub(4)?);
    if format!("{:04X}", crc16(body.as_bytes())) != crc {
        return None;
    }
    let country = payee.profile.country();
    let there = get(58)?;
    if country.is_some_and(|country| country != there) || there.len() != 2 {
        return None;
    }
    let style = &payee.profile.money;
    if get(53)? != format!("{:03}", style.numeric) || style.code != payee.cur || !on_card(payee, get(59)?) {
        return None;
    }
    // The name is for people; money goes to the accounts, so each of them stands on the card, too.
    let mut accounts = objects.iter().filter(|(id, _)| (2..=51).contains(id)).peekable();
    if accounts.peek().is_none() || !accounts.all(|(id, value)| account_on_card(payee, *id, value)) {
        return None;
    }
    // 01 must not say "static", 55 to 57 must not add a tip: the amount paid is the amount shown.
    if get(1) != Some("12") || (55..=57).any(|id| get(id).is_some()) {
        return None;
    }
    amount(payee, get(54)?)
}

/// Merchant account information: 02 to 25 is the account itself, 26 to 51 a scheme's template whose object 00 names the
/// scheme and at least one other one the account.
fn account_on_card(payee: &Payee<'_>, id: u8, value: &str) -> bool {
    if id < 26 {
        return on_card(payee, value);
    }
    let parts = tlv(value).unwrap_or_default();
    parts.first().is_some_and(|(id, _)| *id == 0)
        && parts.iter().skip(1).any(|(_, part)| on_card(payee, part))
}

/// Objects of two digits id, two digits length, value; nothing left over, no id twice.
fn tlv(text: &str) -> Option<Vec<(u8, &str)>> {
    if !text.is_ascii() {
        return None;
    }
    let mut rest = text;
    let mut objects: Vec<(u8, &str)> = Vec::new();
    while !rest.is_empty() {
        let digits = |from: usize| -> Option<u8> {
            let two = rest.get(from..from + 2)?;
            two.bytes()
                .all(|b| b.is_ascii_digit())
                .then(|| two.parse().ok())?
        };
        let (id, len) = (digits(0)?, usize::from(digits(2)?));
        let value = rest.get(4..4 + len)?;
        if len == 0 || objects.iter().any(|(seen, _)| *seen == id) {
            return None;
        }
        objects.push((id, value));
        rest = &rest[4 + len..];
    }
    Some(objects)
}

/// CRC-16/CCITT-FALSE: polynomial 0x1021, initial value 0xFFFF, nothing reflected, no final XOR.
fn crc16(bytes: &[u8]) -> u16 {
    let mut crc = 0xffff_u16;
    for byte in bytes {
        crc ^= u16::from(*byte) << 8;
        for _ in 0..8 {
            let carry = crc & 0x8000 != 0;
            crc <<= 1;
            if carry {
                crc ^= 0x1021;
            }
        }
    }
    crc
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order::claims::Card;
    use crate::signer::{World, list, text};

    fn card() -> Card {
        let mut card = World::new().keys(1).card.0;
        card.payees = list(vec![text("Test Lender"), text("lender@bank")]);
        card
    }

    fn profile() -> Profile {
        Profile::parse(crate::profile::FILES[0]).unwrap()
    }

    #[test]
    fn a_link_pays_only_a_host_of_the_card() {
        let card = card();
        let plain = |url| check_url(url, &card, false).is_ok();
        assert!(plain("https://pay.example.com/p/T-1?a=1"));
        assert!(plain("https://pay.example.com"));
        for url in [
            "http://pay.example.com/p",
            "https://pay.example.com.evil.com/p",
            "https://evil.com/pay.example.com",
            "https://apay.example.com/",
            "https://pay.example.com@evil.com/",
            "https://user@pay.example.com/",
            "https://pay.example.com:8443/p",
            "https://pay.example.com:/p",
            "https://pay.example.com/p#x",
            "https://PAY.example.com/p",
            "https://pay.example.com\\@evil.com/",
            "https://pаy.example.com/p",
            "https:///p",
            "https:pay.example.com",
            "HTTPS://pay.example.com/",
            "https://127.0.0.1/p",
            "javascript://pay.example.com/",
            "upi://pay.example.com/",
            "",
        ] {
            assert!(!plain(url), "{url}");
        }
    }

    #[test]
    fn loopback_and_plain_http_are_the_sandboxs_alone() {
        let card = card();
        assert!(check_url("http://127.0.0.1:8080/p", &card, true).is_ok());
        assert!(check_url("https://pay.example.com:8443/p", &card, true).is_ok());
        for url in [
            "http://pay.example.com/p",
            "http://127.0.0.1:080/p",
            "http://127.0.0.1:99999/p",
            "http://127.0.0.1:+80/p",
            "http://10.0.0.1/p",
            "http://2130706433/p",
        ] {
            assert!(check_url(url, &card, true).is_err(), "{url}");
        }
        assert!(check_url("http://127.0.0.1:8080/p", &card, false).is_err());
    }

    fn payee_with<R>(amount: u64, cur: &str, profile: &Profile, f: impl FnOnce(&Payee<'_>) -> R) -> R {
        let card = card();
        f(&Payee {
            card: &card,
            profile,
            sandbox: true,
            amount,
            cur,
        })
    }

    fn emv_text(objects: &[(&str, &str)]) -> String {
        let object = |(id, value): &(&str, &str)| format!("{id}{:02}{value}", value.len());
        let body: String = objects.iter().map(object).collect();
        let body = format!("{body}6304");
        format!("{body}{:04X}", crc16(body.as_bytes()))
    }

    const EMV: [(&str, &str); 8] = [
        ("00", "01"),
        ("01", "12"),
        ("26", "0009lk.test.q0111lender@bank"),
        ("53", "144"),
        ("54", "3250.00"),
        ("58", "LK"),
        ("59", "Test Lender"),
        ("60", "Colombo"),
    ];

    fn emv_ok(objects: &[(&str, &str)]) -> bool {
        payee_with(325_000, "LKR", &profile(), |p| {
            check_qr(&emv_text(objects), p).is_ok()
        })
    }

    #[test]
    fn an_emv_code_pays_the_payee_of_the_card_the_amount_of_the_screen() {
        assert!(emv_ok(&EMV));
        let with = |n: usize, value: &'static str| {
            let mut objects = EMV;
            objects[n].1 = value;
            emv_ok(&objects)
        };
        assert!(with(4, "3250"));
        assert!(with(4, "3250.0"));
        for (n, value) in [
            (0, "02"),
            (2, "0009lk.test.q"),
            (2, "0009lk.test.q0110thief@bank"),
            (2, "lender@bank"),
            (1, "11"),
            (3, "356"),
            (4, "3250.01"),
            (4, "3250.000"),
            (4, "325000"),
            (4, "3,250.00"),
            (4, "+3250.00"),
            (4, "3250."),
            (5, "LKA"),
            (6, "Test Lender "),
            (6, "Somebody"),
        ] {
            assert!(!with(n, value), "{n} {value}");
        }
        let mut swapped = EMV;
        swapped.swap(0, 1);
        assert!(!emv_ok(&swapped));
        assert!(!emv_ok(&[&EMV[..], &[("55", "01")]].concat()), "a tip");
        assert!(!emv_ok(&[&EMV[..], &[("59", "Test Lender")]].concat()), "twice");
        assert!(!emv_ok(&EMV[..6]), "no name");
        assert!(!emv_ok(&[&EMV[..2], &EMV[3..]].concat()), "no account");
        let second = [&EMV[..3], &[("27", "0009lk.test.q0110thief@bank")], &EMV[3..]].concat();
        assert!(!emv_ok(&second), "a second account");
        let text = emv_text(&EMV);
        payee_with(325_000, "LKR", &profile(), |p| {
            for n in 0..text.len() {
                let mut bytes = text.clone().into_bytes();
                bytes[n] ^= 1;
                let changed = String::from_utf8(bytes).unwrap();
                assert!(check_qr(&changed, p).is_err(), "{n}");
            }
            assert!(check_qr(&text[..text.len() - 1], p).is_err());
            assert!(check_qr(&format!("{text}0"), p).is_err());
        });
    }

    #[test]
    fn the_crc_is_the_one_of_the_standard() {
        assert_eq!(crc16(b"123456789"), 0x29b1);
    }

    #[test]
    fn a_upi_code_pays_the_address_of_the_card() {
        let mut india = profile();
        india.money.code = "INR".to_owned();
        india.money.numeric = 356;
        let ok = |qr: &str| payee_with(325_000, "INR", &india, |p| check_qr(qr, p).is_ok());
        assert!(ok(
            "upi://pay?pa=lender%40bank&pn=Test%20Lender&am=3250.00&cu=INR&tr=T1"
        ));
        assert!(ok("upi://pay?pa=lender@bank&am=3250.00&cu=INR"));
        for qr in [
            "upi://pay?pa=thief@bank&pn=Test%20Lender&am=3250.00&cu=INR",
            "upi://pay?pa=lender@bank&pn=Thief&am=3250.00&cu=INR",
            "upi://pay?pa=lender@bank&pa=thief@bank&am=3250.00&cu=INR",
            "upi://pay?pa=lender@bank&am=3250.01&cu=INR",
            "upi://pay?pa=lender@bank&am=3250.00&cu=USD",
            "upi://pay?pa=lender@bank&am=3250.00",
            "upi://pay?pa=lender@bank&cu=INR",
            "upi://pay?pa=lender@bank&am=3250.00&cu=INR&mam=1.00",
            "upi://mandate?pa=lender@bank&am=3250.00&cu=INR",
            "upi://pay?pa=lender@bank&am=3250.00&cu=INR&tn=%0a",
            "upi://pay?pa=lender@bank&am=3250.00&cu=INR#x",
            "upi://pay?p%61=thief@bank&pa=lender@bank&am=3250.00&cu=INR",
            "upi://pay?PA=thief@bank&pa=lender@bank&am=3250.00&cu=INR",
            "upi://pay?=x&pa=lender@bank&am=3250.00&cu=INR",
        ] {
            assert!(!ok(qr), "{qr}");
        }
        let mut card_only = india.clone();
        card_only.screen.pay.clear();
        let qr = "upi://pay?pa=lender@bank&am=3250.00&cu=INR";
        assert!(payee_with(325_000, "INR", &card_only, |p| check_qr(qr, p)).is_err());
    }

    #[test]
    fn terms_with_a_wrong_link_or_code_are_shown_without_it() {
        let world = World::new();
        let mut terms = world.terms_claims(1);
        let shown = |terms: &Terms| payee_with(325_000, "LKR", &profile(), |p| check_terms(terms, p));
        let good = shown(&terms);
        assert_eq!(
            (good.code, good.qr.is_some(), good.link == good.qr),
            (None, true, true)
        );
        terms.pay_qr = Some(text("what is this"));
        let no_code = shown(&terms);
        assert_eq!((no_code.code, no_code.qr), (Some(Code::TPayQr), None));
        assert!(no_code.link.is_some());
        terms.pay_qr = None;
        terms.pay_url = text(&format!("https://pay.example.com/{}", "a".repeat(140)));
        assert_eq!((shown(&terms).qr, shown(&terms).code), (None, Some(Code::TPayQr)));
        terms.pay_url = text("https://evil.example/p");
        assert_eq!(
            shown(&terms),
            Shown {
                code: Some(Code::TPayHost),
                ..Shown::default()
            }
        );
    }
}
