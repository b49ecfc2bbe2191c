//! Locks: levels in steps, the evidence they stand on, and the commitments to spoken codes.

use crate::auth::Tenant;
use crate::clock::Moment;
use crate::codes::{SpokenCodes, hashed};
use crate::error::LenderError;
use crate::house::{Prepared, Ready, Work};
use crate::lawful::{self, Case};
use crate::orders::claims;
use crate::random;
use crate::sign;
use crate::store::orders::{Fate, StoredOrder};
use crate::store::{Conn, devices, orders, trust};
use latchkey_core::order::claims::*;
use latchkey_core::order::values::*;
use latchkey_core::profile::Profile;
use latchkey_core::wire::Delivery;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;
use std::sync::Arc;

/// What a lock is for.
#[derive(Clone, Debug)]
pub(crate) struct LockText {
    /// Level.
    pub level: Level,
    /// Instalment in arrears.
    pub instalment: No,
    /// The dispute that it answers.
    pub answers: Option<Id>,
    /// Approvals and court orders that the market asks for, and when they were given.
    pub refs: Vec<Reference>,
}

/// A regulator's approval or a court's order: kind, number, day.
pub type Reference = (RefKind, Text<40>, Secs);

/// A reference as a clerk writes it: `2026-11-01=R-77`, its day and number.
#[derive(Clone, Debug)]
pub struct RefText {
    given: Secs,
    number: Text<40>,
}

impl RefText {
    /// As an approval or a court order.
    #[must_use]
    pub fn of(self, kind: RefKind) -> Reference {
        (kind, self.number, self.given)
    }
}

impl FromStr for RefText {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<RefText, Self::Err> {
        let wrong = "a reference is DAY=NUMBER, like 2026-11-01=R-77, at most 40 characters";
        let (day, number) = text.split_once('=').ok_or(wrong)?;
        let day = crate::date::parse(day).ok_or(wrong)?;
        Ok(RefText {
            given: Moment::of_day(day).secs().map_err(|_| wrong)?,
            number: Text::try_from(number.to_owned()).map_err(|_| wrong)?,
        })
    }
}

impl Work<'_> {
    /// A lock, standing on the newest notices for its instalment, under the next number. A higher level than the lock
    /// in force is an escalation: `since` stays, and `steps` names the lower levels.
    pub(crate) async fn lock(&mut self, device: &DeviceId, text: &LockText) -> Result<Delivery, LenderError> {
        let contract = self.open_contract(device).await?;
        self.lapse_disputes(device).await?;
        let timeline = self.timeline(&contract).await?;
        let late = timeline.arrears(text.instalment)?;
        let now = self.now.secs()?;
        let before: Option<Lock> = match self.lock_outstanding(device).await? {
            Some(lock) => Some(claims(&lock.jws)?),
            None => None,
        };
        let before = before.filter(|lock| lock.instalment == text.instalment);
        if text.answers.is_none() && before.as_ref().is_some_and(|lock| lock.level == text.level) {
            return Err(LenderError::AlreadyLocked);
        }
        let spent_until = self.spent_until(device, text.instalment).await?;
        let notices = self.unspent_notices(device, text.instalment, spent_until).await?;
        let levels = self.levels(device, text.instalment, spent_until).await?;
        let steps: Vec<_> = levels
            .iter()
            .filter(|(level, _)| *level < text.level && level.get() <= 2)
            .copied()
            .collect();
        let version = Profile::by_id(&contract.read.profile).map(|p| p.version);
        let mut lock = Lock {
            iss: self.tenant.name().clone(),
            aud: AUDIENCE.to_owned(),
            sub: device.clone(),
            jti: random::id()?,
            iat: now,
            exp: self.exp()?,
            lock_id: devices::take_lock_id(&mut self.tx, self.tenant, device).await?,
            level: text.level,
            instalment: text.instalment,
            due: late.due,
            amount: Obj(Money {
                minor: Minor::try_from(late.open())?,
                cur: contract.read.cur.clone(),
            }),
            notices: notices
                .iter()
                .map(|n| n.jti.clone())
                .collect::<Vec<_>>()
                .try_into()?,
            steps: steps.try_into()?,
            since: before.as_ref().map_or(now, |lock| lock.since),
            profile: contract.read.profile.clone(),
            profile_version: version.unwrap_or(ProfileVersion::MIN),
            agreement: Sha::try_from(contract.agreement_hash())?,
            clause: contract.read.clause.id.clone(),
            answers: text.answers.clone(),
            refs: match (&before, text.refs.is_empty()) {
                (Some(lock), true) => lock.refs.clone(),
                (Some(_) | None, _) => text.refs.clone().try_into()?,
            },
            used: Obj(unused()?),
            codes: Vec::new().try_into()?,
        };
        let sandbox = trust::sandbox(&mut self.tx, self.tenant).await?;
        // OWN-03: what the phone would refuse is not signed, for the same reason.
        lawful::check(&Case {
            agreement: &contract.read,
            lock: &lock,
            notices: &notices,
            planned: &timeline.planned(),
            levels: &levels,
            sandbox,
            fresh: false,
        })?;
        self.may_issue(device, lock.lock_id).await?;
        lock.codes = self.commitments(device, lock.lock_id).await?.try_into()?;
        self.queue(device, &Order::Lock(lock)).await
    }

    /// The commitments to spoken codes, off the runtime's threads: they take about a second of a processor.
    async fn commitments(
        &mut self,
        device: &DeviceId,
        lock_id: LockId,
    ) -> Result<Vec<Obj<Commitment>>, LenderError> {
        let Some(codes) = self.codes.clone() else {
            return Ok(Vec::new());
        };
        if let Some(ready) = self.prepared.ready.take()
            && (&ready.device, ready.lock_id) == (device, lock_id)
        {
            return Ok(ready.commitments);
        }
        Ok(ready(codes, device.clone(), lock_id).await?.commitments)
    }

    /// Takes the codes away: what is signed from here on is taken back, and counted nowhere. `None`: there are none.
    pub(crate) fn rehearses(&mut self) -> Option<Arc<SpokenCodes>> {
        self.rehearsal = true;
        self.codes.take()
    }

    /// The levels that the phone took for an instalment after `spent_until` (Unix seconds), lowest first, and since when.
    pub(crate) async fn levels(
        &mut self,
        device: &DeviceId,
        instalment: No,
        spent_until: u64,
    ) -> Result<Vec<(Level, Secs)>, LenderError> {
        let mut levels: Vec<(Level, Secs)> = Vec::new();
        let void = trust::void(&mut self.tx, self.tenant).await?;
        let by_void = |jws: &str| sign::kid_of(jws).is_none_or(|kid| void.contains(&kid));
        let notices = orders::ever_of_kind(&mut self.tx, self.tenant, device, typ::NOTICE).await?;
        for stored in orders::ever_of_kind(&mut self.tx, self.tenant, device, typ::LOCK).await? {
            let lock: Lock = claims(&stored.jws)?;
            let new = !levels.iter().any(|(level, _)| *level == lock.level);
            let counts = lock.instalment == instalment && lock.iat.get() > spent_until;
            // What stands on a void key was never reached; the phone forgets it too.
            let genuine = !by_void(&stored.jws)
                && lock.notices.iter().all(|jti| {
                    let mut offers = notices.iter().filter(|n| n.jti == jti.as_str()).peekable();
                    offers.peek().is_none() || offers.any(|n| !by_void(&n.jws))
                });
            if counts && genuine && stored.fate() == Fate::Taken && new {
                levels.push((lock.level, lock.iat));
            }
        }
        levels.sort_unstable();
        Ok(levels)
    }

    /// Until when the evidence for an instalment is spent, Unix seconds.
    pub(crate) async fn spent_until(
        &mut self,
        device: &DeviceId,
        instalment: No,
    ) -> Result<u64, LenderError> {
        let releases: Vec<Release> = self.ever(device, typ::RELEASE).await?;
        let locks: Vec<Lock> = self.ever(device, typ::LOCK).await?;
        let mut spent_until = lawful::spent_until(instalment, &releases, &locks);
        // What the phone lifted by itself spends its evidence too: the phone would refuse it (`s_notice_used`).
        for (through, told) in devices::lifted(&mut self.tx, self.tenant, device).await? {
            let its = |l: &&Lock| l.instalment == instalment && i64::from(l.lock_id.get()) <= through;
            if let Some(last) = locks.iter().filter(its).map(|l| l.lock_id).max()
                && !lifted_by_release(&releases, last)
            {
                spent_until = spent_until.max(told.unix_s());
            }
        }
        Ok(spent_until)
    }

    /// The newest notice of each number for an instalment from after `spent_until`, in the order of their numbers.
    async fn unspent_notices(
        &mut self,
        device: &DeviceId,
        instalment: No,
        spent_until: u64,
    ) -> Result<Vec<Notice>, LenderError> {
        let mut newest: Vec<Notice> = Vec::new();
        for stored in orders::of_kind(&mut self.tx, self.tenant, device, typ::NOTICE).await? {
            let notice: Notice = claims(&stored.jws)?;
            if notice.instalment == instalment && notice.iat.get() > spent_until {
                newest.retain(|n| n.notice_no != notice.notice_no);
                newest.push(notice);
            }
        }
        newest.sort_by_key(|n| n.notice_no);
        Ok(newest)
    }

    pub(crate) async fn ever<C: DeserializeOwned>(
        &mut self,
        device: &DeviceId,
        kind: &str,
    ) -> Result<Vec<C>, LenderError> {
        let tokens = orders::ever_of_kind(&mut self.tx, self.tenant, device, kind).await?;
        tokens.iter().map(|stored| claims(&stored.jws)).collect()
    }

    /// See [`standing`].
    pub(crate) async fn locks_standing(&mut self, device: &DeviceId) -> Result<Vec<Lock>, LenderError> {
        self.hold(device).await?;
        let locks = standing(&mut self.tx, self.tenant, device).await?;
        locks.iter().map(|lock| claims(&lock.jws)).collect()
    }

    /// The lock that somebody asks about by the number on the phone, if it may be in force there; without a number the
    /// only one that may be.
    ///
    /// # Errors
    /// `several_locks`: no number, and more than one: whichever the server took might be the wrong one.
    pub(crate) async fn lock_named(
        &mut self,
        device: &DeviceId,
        asked: Option<LockId>,
    ) -> Result<Option<Lock>, LenderError> {
        let mut locks = self.locks_standing(device).await?;
        match asked {
            Some(asked) => Ok(locks.into_iter().find(|lock| lock.lock_id == asked)),
            None if locks.len() > 1 => {
                locks.sort_by_key(|lock| lock.lock_id);
                let open = locks.into_iter().map(|lock| lock.lock_id);
                Err(LenderError::SeveralLocks(open.collect()))
            }
            None => Ok(locks.pop()),
        }
    }

    /// See [`outstanding`].
    pub(crate) async fn lock_outstanding(
        &mut self,
        device: &DeviceId,
    ) -> Result<Option<StoredOrder>, LenderError> {
        self.hold(device).await?;
        outstanding(&mut self.tx, self.tenant, device).await
    }
}

/// The lock that the lender means to be in force: the highest one that is neither lifted nor refused for good.
pub(crate) async fn outstanding(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
) -> Result<Option<StoredOrder>, LenderError> {
    let row = devices::get(conn, tenant, device).await?;
    let mut locks = orders::of_kind(conn, tenant, device, typ::LOCK).await?;
    locks.retain(|lock| lock.lock_id > row.released_through);
    Ok(in_force(&locks).cloned())
}

/// The locks that may be in force on the phone, those that are lifted or refused for good left out: the one that it took
/// last comes first, then those on their way, the highest first. It holds the first, whatever the lender means.
pub(crate) async fn standing(
    conn: &mut Conn,
    tenant: &Tenant,
    device: &DeviceId,
) -> Result<Vec<StoredOrder>, LenderError> {
    let row = devices::get(conn, tenant, device).await?;
    let mut offers = orders::of_kind(conn, tenant, device, typ::LOCK).await?;
    offers.retain(|lock| lock.lock_id > row.released_through);
    // Of one lock its newest offer counts.
    let newest: BTreeMap<i64, StoredOrder> = offers.iter().map(|l| (l.lock_id, l.clone())).collect();
    let taken = offers.iter().filter(|l| l.fate() == Fate::Taken);
    let taken: BTreeSet<i64> = taken.map(|l| l.lock_id).collect();
    let mut locks: Vec<_> = newest
        .into_values()
        .filter(|l| l.fate() != Fate::Refused)
        .collect();
    let held = locks.iter().rposition(|l| taken.contains(&l.lock_id));
    // What it took before that one is over.
    locks.drain(..held.unwrap_or(0));
    locks.reverse();
    if held.is_some() {
        locks.rotate_right(1);
    }
    Ok(locks)
}

/// Of several locks the highest that was not refused for good; of one lock its newest offer counts.
pub(crate) fn in_force(locks: &[StoredOrder]) -> Option<&StoredOrder> {
    let mut best: Option<&StoredOrder> = None;
    for lock in locks {
        let newest = locks
            .iter()
            .filter(|l| l.lock_id == lock.lock_id)
            .max_by_key(|l| l.seq)
            .unwrap_or(lock);
        if newest.fate() != Fate::Refused && best.is_none_or(|b| newest.lock_id > b.lock_id) {
            best = Some(newest);
        }
    }
    best
}

/// The commitments of a lock, off the runtime's threads.
pub(crate) async fn ready(
    codes: Arc<SpokenCodes>,
    device: DeviceId,
    lock_id: LockId,
) -> Result<Ready, LenderError> {
    hashed(move || {
        let commitments = codes.commitments(&device, lock_id)?;
        Ok(Ready {
            device,
            lock_id,
            commitments,
        })
    })
    .await
}

/// The same, for a lock that was rehearsed.
pub(crate) async fn prepared(
    codes: Arc<SpokenCodes>,
    device: DeviceId,
    rehearsed: &Delivery,
) -> Result<Prepared, LenderError> {
    let lock: Lock = claims(&rehearsed.jws)?;
    Ok(Prepared {
        ready: Some(ready(codes, device, lock.lock_id).await?),
        ..Prepared::default()
    })
}

fn lifted_by_release(releases: &[Release], lock_id: LockId) -> bool {
    releases.iter().any(|r| r.lock_id.get() >= lock_id.get())
}

/// No allowance used yet.
pub(crate) fn unused() -> Result<Used, LenderError> {
    Ok(Used {
        window_s: WindowSecs::try_from(0)?,
        opening: Bit::try_from(0)?,
        provisional: Bit::try_from(0)?,
        codes: CodeBits::try_from(0)?,
    })
}
