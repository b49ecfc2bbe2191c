//! What is true now, for the screen: computed, never stored.

use super::held::{Held, Mode};
use super::{Phase, State};
use crate::claim::Claim;
use crate::pay::check_qr;
use crate::profile::{LocalTime, Profile};
use crate::snapshot::{self as view, Limits, Link, Proof, ProofPart, Snapshot};
use crate::time::{Now, Stamp};

/// What is true now, for the screen.
#[must_use]
pub fn snapshot(state: &State, now: &Now) -> Snapshot {
    let settled = state.settled();
    let at = state.stamp(now);
    let offset_s = state
        .local()
        .map_or(0, |local| local.offset_s(seconds(state.shown_s(now))));
    let lender = state.trust.card().filter(|_| state.device.is_some() && !settled);
    Snapshot {
        phase: state.phase(now, &at),
        sandbox: state.trust.sandbox(),
        reference: state.device.as_ref().map_or(String::new(), reference),
        lender: lender.map(|card| view::Lender {
            name: card.name.as_str().to_owned(),
            address: card.address.as_str().to_owned(),
            licence: card.licence.as_str().to_owned(),
            hotlines: card
                .hotlines
                .iter()
                .map(|(n, l)| (n.to_string(), l.as_str().to_owned()))
                .collect(),
            hours: card.hours.as_str().to_owned(),
        }),
        agreement: state.agreement().map(|agreement| view::Agreement {
            number: agreement.r#ref.as_str().to_owned(),
            signed: agreement.signed.get(),
            clause: agreement.clause.id.as_str().to_owned(),
            clause_text: agreement.clause.text.as_str().to_owned(),
            next: state.next_due(now),
        }),
        money: state.terms.as_ref().map(|terms| view::Money {
            cur: terms.cur.to_string(),
            total: terms.total.get(),
            paid: terms.paid.get(),
            due_now: terms.due_now.get(),
            unlocks_now: terms.unlocks_now.get(),
            left: terms.left.get(),
            fees: terms.fees.get(),
            rows: terms
                .rows
                .iter()
                .map(|r| (r.0.get(), r.1.get(), r.2.get(), r.3.get()))
                .collect(),
            as_of: terms.iat.get(),
        }),
        pay: state.pay(),
        market: state.market(),
        released: state.released.as_ref().map(|(_, released)| released.clone()),
        log: state.log.iter().rev().cloned().collect(),
        planned: state.planned_open(),
        unsent: u32::try_from(state.claims.len()).unwrap_or(u32::MAX),
        rollback_seen: false,
        link: Link::default(),
        limits: Limits::default(),
        now_s: now.shown_s(),
        utc_offset_min: i32::try_from(offset_s / 60).unwrap_or(0),
    }
}

/// The first six characters of the device id, as they are read out.
fn reference(device: &crate::order::values::DeviceId) -> String {
    let text = device.as_str();
    format!("{} {}", &text[..4], &text[4..6])
}

fn seconds(at: u64) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX)
}

impl State {
    fn phase(&self, now: &Now, at: &Stamp) -> view::Phase {
        if self.device.is_none() {
            return view::Phase::Welcome {
                provisioned: self.trust.root().is_some(),
            };
        }
        match &self.phase {
            Phase::Unknown => view::Phase::Unknown,
            Phase::Free => view::Phase::Free,
            Phase::Settled(settled) => view::Phase::Settled {
                day: settled.day,
                reported: settled.reported,
            },
            Phase::Lock(held) => view::Phase::Lock(self.lock_view(held, now, at)),
        }
    }

    fn lock_view(&self, held: &Held, now: &Now, at: &Stamp) -> view::Lock {
        let ends = |left_ms: u64| now.shown_s().map(|s| s + left_ms.div_ceil(1000));
        let days_late = now
            .shown_s()
            .map(|_| self.today(now).saturating_sub(held.lock.due.get()));
        view::Lock {
            id: held.id(),
            level: self.level(held),
            mode: match held.mode {
                Mode::Locked => view::Mode::Locked,
                Mode::Open { reason, clock } => view::Mode::Open {
                    reason,
                    left_ms: clock.left_ms(at),
                    ends_s: ends(clock.left_ms(at)),
                },
                Mode::Backup(lease) => view::Mode::Backup {
                    ends_s: ends(lease.left_ms(at)),
                },
            },
            instalment: held.instalment(),
            due: held.lock.due.get(),
            days_late,
            amount: self.amount(held),
            since: held.lock.since.get(),
            claim: match held.claim {
                Claim::None => view::Claim::None,
                Claim::Spent => view::Claim::Spent,
                Claim::Running { clock, said } => {
                    let ago_ms = at.boot_ms.saturating_sub(said.boot_ms);
                    let said_s = now.shown_s().filter(|_| said.boot == at.boot);
                    view::Claim::Running {
                        left_ms: clock.left_ms(at),
                        said_s: said_s.map(|s| s.saturating_sub(ago_ms / 1000)),
                        ends_s: ends(clock.left_ms(at)),
                    }
                }
            },
            backup_left_ms: held.window_left_ms(at),
            opening: held.openings < self.owner().openings_per_lock,
            disputed: self.disputes(held.instalment()),
            dispute: self.dispute_view(held.instalment()),
            code: self.code_view(held, at),
            remind: self.reminded_record().is_some(),
            proof: self.proof(held, now),
        }
    }

    /// The five parts of the proof, as this phone can check them now.
    fn proof(&self, held: &Held, now: &Now) -> Vec<Proof> {
        let lock = &held.lock;
        let part = |part, holds, count, day| Proof {
            part,
            holds,
            count,
            day,
        };
        let notices: Vec<_> = self
            .notices
            .iter()
            .filter(|kept| lock.notices.contains(&kept.notice.jti))
            .collect();
        let last = notices.iter().map(|kept| kept.counts_from_s).max().unwrap_or(0);
        let agreed = self.contract.as_ref().is_some_and(|c| {
            c.sha == lock.agreement && c.terms.profile == lock.profile && c.terms.clause.id == lock.clause
        });
        let late = self
            .agreement()
            .zip(self.profile())
            .map(|(a, p)| u32::from(p.late_days(a)));
        let first_day = lock.due.get() + late.unwrap_or(0) + 1;
        let doubted = self.doubted(lock);
        let part = |which, holds, count, day| part(which, holds && doubted != Some(which), count, day);
        let late_now = self.today(now).saturating_sub(lock.due.get());
        vec![
            part(
                ProofPart::Key,
                !self.trust.is_void(&held.kid) && self.trust.card().is_some(),
                0,
                0,
            ),
            part(ProofPart::Agreement, agreed, 0, 0),
            part(
                ProofPart::Notices,
                notices.len() == lock.notices.len(),
                u32::try_from(notices.len()).unwrap_or(0),
                self.day(last),
            ),
            part(
                ProofPart::Days,
                late.is_some() && self.day(lock.iat.get()) >= first_day,
                late_now,
                first_day,
            ),
            part(
                ProofPart::Level,
                self.profile().is_some(),
                u32::from(lock.level.get()),
                0,
            ),
        ]
    }

    fn local(&self) -> Option<LocalTime> {
        self.agreement().map(|a| LocalTime::of(a, self.profile()))
    }

    fn day(&self, at_s: u64) -> u32 {
        let day = self.local().map_or(0, |local| local.day(seconds(at_s)));
        u32::try_from(day).unwrap_or(0)
    }

    fn shown_s(&self, now: &Now) -> u64 {
        now.shown_s().unwrap_or_else(|| self.floor_s())
    }

    fn today(&self, now: &Now) -> u32 {
        self.day(self.shown_s(now))
    }

    fn dispute_view(&self, instalment: u16) -> Option<view::Dispute> {
        let dispute = self.disputed.get(&instalment)?;
        let waits = |c: &crate::wire::ClaimRequest| dispute.ids.contains(&c.id);
        Some(if dispute.answered {
            view::Dispute::Answered
        } else if self.claims.iter().any(waits) {
            view::Dispute::Waiting
        } else {
            view::Dispute::Sent
        })
    }

    /// What an agreed plan asks for and nobody paid yet.
    fn planned_open(&self) -> Vec<(u16, u32, u64)> {
        let open = self.planned.iter().filter(|row| {
            let no = row.0.get();
            !self.paid(no) && !self.replaced.contains(&no)
        });
        open.map(|row| (row.0.get(), row.1.get(), row.2.get())).collect()
    }

    fn paid(&self, no: u16) -> bool {
        let rows = self.terms.as_ref().map_or(&[][..], |t| &t.rows[..]);
        rows.iter().any(|row| row.0.get() == no && row.3 >= row.2)
    }

    /// The next instalment from today on that is neither paid nor replaced.
    fn next_due(&self, now: &Now) -> Option<(u16, u32, u64)> {
        let today = self.today(now);
        let schedule = self.agreement().map_or(&[][..], |a| &a.schedule[..]);
        schedule
            .iter()
            .chain(&self.planned)
            .map(|row| (row.0.get(), row.1.get(), row.2.get()))
            .filter(|(no, day, _)| *day >= today && !self.paid(*no) && !self.replaced.contains(no))
            .min_by_key(|(_, day, _)| *day)
    }

    /// How to pay: only where the payee is on the card in force. While locked the smaller of terms and lock is asked.
    fn pay(&self) -> Option<view::Pay> {
        let terms = self
            .terms
            .as_ref()
            .filter(|terms| self.payee_fault(terms).is_none())?;
        let (asked, amount) = match self.held() {
            Some(held) => (terms.unlocks_now.get(), self.amount(held)),
            None => (terms.due_now.get(), terms.due_now.get()),
        };
        let payee = self.payee(terms, amount).filter(|_| amount > 0)?;
        // OWN-15: the amount in the code is the amount on the screen, always. Where the lock asks for less than the
        // terms' payload says, the code is the link.
        let link = terms.pay_url.as_str();
        let payload = terms.pay_qr.as_ref().filter(|_| asked == amount);
        let qr = payload.map_or(link, |qr| qr.as_str());
        check_qr(qr, &payee).ok()?;
        Some(view::Pay {
            payees: payee.card.payees.iter().map(|p| p.as_str().to_owned()).collect(),
            link: link.to_owned(),
            qr: qr.to_owned(),
            amount,
        })
    }

    fn market(&self) -> view::Market {
        let profile = self.profile().or_else(Profile::unknown);
        let Some(profile) = profile else {
            return view::Market {
                id: "unknown".to_owned(),
                name: String::new(),
                style: crate::money::MoneyStyle {
                    code: "XXX".to_owned(),
                    numeric: 999,
                    iso_digits: 2,
                    shown_digits: 2,
                    groups: vec![3],
                    decimal: ".".to_owned(),
                    group: ",".to_owned(),
                    symbol: String::new(),
                    side: crate::money::Side::Before,
                    space: false,
                },
                emergency: vec![view::EmergencyNumber {
                    kind: view::EmergencyKind::All,
                    number: "112".to_owned(),
                }],
                help: Vec::new(),
            };
        };
        let help = profile.screen.help.iter();
        view::Market {
            id: profile.id.to_string(),
            name: profile.name.clone(),
            style: profile.money.clone(),
            emergency: profile.screen.emergency.clone(),
            help: help
                .map(|h| (h.name.clone(), h.number.clone(), h.url.clone()))
                .collect(),
        }
    }
}
