//! The sandbox's story: ten days of signed history under the sandbox's own rule, so that the phone is lawfully locked
//! at its first check-in (protocol §8). Everything here says that it is a sandbox.

use crate::auth::Tenant;
use crate::clock::{DAY_S, Moment};
use crate::error::LenderError;
use crate::house::Work;
use crate::lock::LockText;
use crate::orders::NoticeText;
use crate::random;
use crate::store::{contracts, devices};
use latchkey_core::agreement::{Agreement, Clause, Period, Purpose};
use latchkey_core::order::claims::{Card, Channel, RefKind};
use latchkey_core::order::values::{
    Currency, Day, DeviceId, Hotline, Level, Minor, No, NoticeNo, Obj, ProfileId, Secs, Sha, Text,
};
use latchkey_core::profile::{Need, Profile};

/// The sandbox's tenant.
pub const TENANT: &str = "sandbox";
/// Its market and profile, if none is named.
pub const MARKET: &str = "demo";
/// Each of the twelve instalments: Rs 3,250.00.
const INSTALMENT: u64 = 325_000;
/// Instalments of the contract.
const INSTALMENTS: u64 = 12;
/// Paid before the story begins.
const PAID: u64 = 3;
/// Characters of a pay link's token, five bits each.
pub(crate) const TOKEN: usize = 16;

fn text<const MAX: usize>(text: &str) -> Result<Text<MAX>, LenderError> {
    Ok(Text::try_from(text.to_owned())?)
}

/// The lender's card. The hotline is a number that no country assigns.
pub(crate) fn card(pay_hosts: Vec<String>) -> Result<Card, LenderError> {
    let hosts = pay_hosts
        .into_iter()
        .map(Text::try_from)
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Card {
        name: text("Sandbox Lender")?,
        address: text("Sandbox, not a real address")?,
        licence: text("SANDBOX-0000")?,
        hotlines: vec![(Hotline::try_from("+9990100200")?, text("Sandbox hotline")?)].try_into()?,
        hours: text("Every day, sandbox hours")?,
        payees: vec![text("Sandbox Lender")?].try_into()?,
        pay_hosts: hosts.try_into()?,
    })
}

/// The agreement of a story in `market` that begins on day `d`: the market's money and clock, the sandbox's numbers.
pub(crate) fn agreement(tenant: &Tenant, d: u64, market: &str) -> Result<Agreement, LenderError> {
    let market = ProfileId::try_from(market)?;
    let profile = Profile::by_id(&market).ok_or(LenderError::NotFound(
        "no such market; `latchkey --help` names them",
    ))?;
    let changes = |(at, min): &(u64, i16)| Ok((Secs::try_from(*at)?, *min));
    let first_due = d - 100;
    let schedule = (0..INSTALMENTS).map(|k| {
        Ok((
            No::try_from(k + 1)?,
            Day::try_from(first_due + 30 * k)?,
            Minor::try_from(INSTALMENT)?,
        ))
    });
    Ok(Agreement {
        v: 1,
        tenant: tenant.name().clone(),
        r#ref: text("SANDBOX-1")?,
        signed: Day::try_from(d - 130)?,
        market: market.clone(),
        profile: market,
        period: Period::Month,
        purpose: Purpose::OwnDevice,
        clause: Obj(Clause {
            id: text("7.2")?,
            text: text(
                "If an instalment is more than 7 days late, and after two notices, the lender may limit \
                 this phone until the instalment is paid. Emergency calls always work. Sandbox contract.",
            )?,
        }),
        schedule: schedule.collect::<Result<Vec<_>, LenderError>>()?.try_into()?,
        cur: Currency::try_from(profile.money.code.as_str())?,
        utc_offset_min: profile.utc_offset_min,
        clock_changes: profile
            .clock_changes
            .iter()
            .map(changes)
            .collect::<Result<Vec<_>, LenderError>>()?
            .try_into()?,
        softer: None,
        paper: Sha::try_from(crate::sign::sha256(b"Sandbox contract SANDBOX-1"))?,
    })
}

/// Tells the story in one transaction: contract, phone, payments, and orders 1 to 4.
pub(crate) async fn tell(work: &mut Work<'_>, market: &str) -> Result<DeviceId, LenderError> {
    let (tenant, t) = (work.tenant, work.now);
    let agreement = agreement(tenant, t.unix_s() / DAY_S, market)?;
    let bytes = serde_json::to_vec(&agreement)?;
    let token = random::typed(TOKEN)?;
    let contract = contracts::insert(&mut work.tx, tenant, &bytes, &token, t).await?;
    let device = random::device_id()?;
    devices::insert(&mut work.tx, tenant, &device, &contract, t).await?;
    for (no, due, minor) in agreement.schedule.iter().take(PAID as usize) {
        history(work, &contract, *no, *due, *minor).await?;
    }
    let late = No::try_from(PAID + 1)?;
    // Late from d−10+7+1 = d−2; first notice clear from d−9+5+1 = d−3; second + 48 h = T − 1 day.
    for (notice_no, days_ago, channels) in [
        (1, 9, vec![Channel::Sms]),
        (2, 3, vec![Channel::Sms, Channel::Call]),
    ] {
        let text = NoticeText {
            notice_no: NoticeNo::try_from(notice_no)?,
            instalment: late,
            channels,
        };
        work.notice(&device, &text, t.plus_s(-days_ago * 86_400)).await?;
    }
    work.terms(&device).await?;
    // The first minute needs no code and shall not wait for their hashes (protocol §8).
    let codes = work.codes.take();
    let profile = Profile::by_id(&agreement.profile);
    let approved = profile.is_some_and(|p| p.permission.needs.contains(&Need::ApprovalRef));
    let approval = (
        RefKind::Approval,
        Text::try_from("SANDBOX-1".to_owned())?,
        Moment::of_day(agreement.signed).secs()?,
    );
    let text = LockText {
        // Where levels come in order the story is at its first.
        level: Level::try_from(if profile.is_some_and(|p| p.permission.levels_in_order) {
            1
        } else {
            3
        })?,
        instalment: late,
        answers: None,
        refs: if approved { vec![approval] } else { Vec::new() },
    };
    // Where no lock is lawful none is signed: the phone of that market is what its owner would hold.
    let locked = work.lock(&device, &text).await;
    work.codes = codes;
    match locked {
        Ok(_) | Err(LenderError::Refused(_)) => {}
        Err(error) => return Err(error),
    }
    Ok(device)
}

/// More contracts whose first instalment is late and warned about, with phones that nobody holds: for trying out locks
/// in bulk. `names` are the contracts' numbers; one that is there already stays as it is.
pub(crate) async fn late(
    work: &mut Work<'_>,
    market: &str,
    names: impl Iterator<Item = String>,
) -> Result<Vec<DeviceId>, LenderError> {
    let mut made = Vec::new();
    for name in names {
        if contracts::get(&mut work.tx, work.tenant, &name).await.is_ok() {
            continue;
        }
        let device = bare(work, market, &name).await?;
        for (no, days_ago) in [(1, 20), (2, 10)] {
            let text = NoticeText {
                notice_no: NoticeNo::try_from(no)?,
                instalment: No::try_from(1)?,
                channels: vec![Channel::Sms, Channel::Call],
            };
            let given = work.now.plus_s(-days_ago * 86_400);
            work.notice(&device, &text, given).await?;
        }
        made.push(device);
    }
    Ok(made)
}

/// A contract with a phone, and no word about either.
pub(crate) async fn bare(work: &mut Work<'_>, market: &str, name: &str) -> Result<DeviceId, LenderError> {
    let (tenant, now) = (work.tenant, work.now);
    let agreement = Agreement {
        r#ref: text(name)?,
        ..agreement(tenant, now.unix_s() / DAY_S, market)?
    };
    let bytes = serde_json::to_vec(&agreement)?;
    let contract = contracts::insert(&mut work.tx, tenant, &bytes, &random::typed(TOKEN)?, now).await?;
    let device = random::device_id()?;
    devices::insert(&mut work.tx, tenant, &device, &contract, now).await?;
    Ok(device)
}

/// A payment of the past: booked on its due day, without any order.
async fn history(
    work: &mut Work<'_>,
    contract: &str,
    no: No,
    due: Day,
    minor: Minor,
) -> Result<(), LenderError> {
    use crate::store::payments::{Payment, book, book_part};
    let id = random::id()?;
    let payment = Payment {
        id: id.as_str(),
        contract,
        provider: "history",
        reference: id.as_str(),
        minor,
        paid: Moment::of_day(due),
    };
    book(&mut work.tx, work.tenant, &payment).await?;
    book_part(&mut work.tx, work.tenant, &payment, no, minor).await
}
