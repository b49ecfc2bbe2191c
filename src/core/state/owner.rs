//! What the owner asks for, and what runs beside it: commands, spoken codes, silence and reminders. All of it works
//! without network.

use super::held::{Held, Mode};
use super::{Phase, State};
use crate::backup::{Lease, TOTAL_S};
use crate::claim::Clock;
use crate::code::{self, CLOSED_AT, Challenge, CodeProof, Typed};
use crate::command::Command;
use crate::journal::Body;
use crate::order::claims::Commitment;
use crate::order::values::Id;
use crate::profile::next_reminder;
use crate::refusal::{Code, Refusal};
use crate::snapshot::CodeView;
use crate::time::{Now, Stamp};
use crate::wire::{ClaimKind, ClaimRequest};

/// Powered-on time between two reminders.
pub(super) const REMIND_MS: u64 = 24 * 3_600_000;
/// The slot whose code releases.
const RELEASE_SLOT: u8 = 4;

/// The reminder that was shown last.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Reminded {
    /// Number of its journal record.
    pub(super) record: u32,
    /// The lock that it was about.
    pub(super) lock_id: u32,
    /// Runs to the earliest next one.
    pub(super) clock: Clock,
}

/// What the owner is told beside a command that is carried out all the same: a second dispute of an instalment is sent,
/// and lowers nothing again. Asked before the command is judged.
#[must_use]
pub fn remark(state: &State, command: &Command) -> Option<Refusal> {
    match command {
        Command::Dispute(_) => {
            let held = state.held()?;
            let known = state.disputed.contains_key(&held.instalment());
            known.then(|| Code::DAlready.into())
        }
        Command::Consent
        | Command::CheckIn
        | Command::Paid
        | Command::StartBackup
        | Command::StopBackup
        | Command::Seen
        | Command::Hardship(_)
        | Command::Return
        | Command::StartOpening
        | Command::TypeCode(_)
        | Command::Leave => None,
    }
}

impl State {
    /// What the typed code of the stored, unanswered attempt is held against (`code::check`, off the agent's loop).
    #[must_use]
    pub fn challenge(&self) -> Option<Challenge> {
        let held = self.held()?;
        let commitment = held.commitment(held.attempt?)?;
        Some(Challenge {
            device: self.device.clone()?,
            lock_id: held.id(),
            commitment: commitment.clone(),
        })
    }

    /// Hours of working network without a word of the lender, since the last one (OWN-10). At 720 the lock lapses.
    #[must_use]
    pub fn silence_h(&self) -> u16 {
        self.silence_h
    }

    /// Number of the journal record of the reminder that stands, if one does. The page stands until the owner leaves it;
    /// that he has is no matter of the journal, so whoever keeps it keeps this number, and then wants no reminder.
    #[must_use]
    pub fn reminded_record(&self) -> Option<u32> {
        let held = self.held()?;
        let shown = self.reminded.as_ref().filter(|r| r.lock_id == held.id())?;
        let stands = held.mode == Mode::Locked && self.level(held) == 1;
        stands.then_some(shown.record)
    }

    pub(super) fn command(&self, command: Command, id: &Id, at: &Stamp) -> Result<Body, Refusal> {
        if self.settled() {
            return Err(Code::SSettled.into());
        }
        match command {
            // The agent's own matters, and what the owner has seen: nothing of it is stored here.
            Command::Consent | Command::CheckIn | Command::Seen | Command::Leave => {
                Err(Code::NNoEffect.into())
            }
            Command::Paid => self.says(ClaimKind::Paid, None, id),
            Command::Dispute(mistake) => self.says(ClaimKind::Dispute, Some(mistake.as_str()), id),
            Command::Hardship(help) => self.says(ClaimKind::Hardship, Some(help.as_str()), id),
            Command::Return => self.says(ClaimKind::Return, None, id),
            Command::StartBackup => self.start_backup(at),
            Command::StopBackup => match self.held() {
                Some(held) => match held.mode {
                    Mode::Backup(lease) => Ok(Body::LeaseEnd {
                        lock_id: held.id(),
                        used_s: lease.used_s(held.used_s, at),
                    }),
                    Mode::Locked | Mode::Open { .. } => Err(Code::NNoEffect.into()),
                },
                None => Err(Code::NNoEffect.into()),
            },
            Command::StartOpening => self.start_opening(),
            Command::TypeCode(typed) => self.typed(&typed, at),
        }
    }

    /// A message of the owner. One that still waits is not written twice.
    fn says(&self, kind: ClaimKind, choice: Option<&str>, id: &Id) -> Result<Body, Refusal> {
        let lock_id = self.lock_id().unwrap_or(0);
        let waits =
            |c: &ClaimRequest| c.kind == kind && c.lock_id.get() == lock_id && c.choice.as_deref() == choice;
        if self.device.is_none() || self.claims.iter().any(waits) {
            return Err(match kind {
                ClaimKind::Dispute if lock_id > 0 => Code::DAlready.into(),
                ClaimKind::Dispute | ClaimKind::Paid | ClaimKind::Hardship | ClaimKind::Return => {
                    Code::NNoEffect.into()
                }
            });
        }
        Ok(Body::Claim {
            id: id.clone(),
            kind,
            lock_id,
            instalment: self.held().map(Held::instalment),
            choice: choice.map(str::to_owned),
            text: None,
        })
    }

    fn start_backup(&self, at: &Stamp) -> Result<Body, Refusal> {
        let held = self.held().ok_or(Code::MNotLocked)?;
        match held.mode {
            Mode::Open { .. } => Err(Code::MOpen.into()),
            Mode::Backup(_) => Err(Code::NNoEffect.into()),
            Mode::Locked if held.used_s >= TOTAL_S => Err(Code::WSpent.into()),
            // OWN-07: on the owner's word alone, without any network
            Mode::Locked => Ok(Body::Lease {
                lock_id: held.id(),
                used_s: Lease::start(held.used_s, at).next_charge(held.used_s, at),
            }),
        }
    }

    /// OWN-16: on the owner's word alone, once a lock, or as often as contract or market grant it.
    fn start_opening(&self) -> Result<Body, Refusal> {
        let held = self.held().ok_or(Code::MNotLocked)?;
        if matches!(held.mode, Mode::Open { .. }) {
            return Err(Code::MOpen.into());
        }
        if !self.grants_opening() {
            return Err(Code::ONotGranted.into());
        }
        if held.openings >= self.owner().openings_per_lock {
            return Err(Code::OUsed.into());
        }
        Ok(Body::Opening { lock_id: held.id() })
    }

    /// Whether an emergency opening is granted at all: yes, unless the profile withholds it.
    pub(super) fn grants_opening(&self) -> bool {
        self.owner().openings_per_lock > 0
    }

    /// A typed code, before it is hashed. Only what passes here counts as a try.
    fn typed(&self, typed: &Typed, at: &Stamp) -> Result<Body, Refusal> {
        let held = self.held().ok_or(Code::MNotLocked)?;
        if !code::check_digit(typed) {
            return Err(Code::CCheckDigit.into());
        }
        if held.closed() {
            return Err(Code::CClosed.into());
        }
        let wait_ms = held.wait_ms(at);
        if wait_ms > 0 {
            let wait_s = u32::try_from(wait_ms.div_ceil(1000)).unwrap_or(u32::MAX);
            return Err(super::orders::later(Code::CWait, wait_s));
        }
        let slot = if typed.releases() {
            held.unused(RELEASE_SLOT)
        } else {
            held.next_grace()
        };
        let slot = slot.ok_or(Code::CUsed)?;
        // What a grace code brings is there already: it is not burned, and the try is not counted.
        if slot != RELEASE_SLOT && matches!(held.mode, Mode::Open { .. }) {
            return Err(Code::MOpen.into());
        }
        Ok(Body::Attempt {
            lock_id: held.id(),
            slot,
        })
    }

    /// A right code opens or releases only where its attempt was counted before.
    pub(super) fn code_proven(&self, proof: &CodeProof) -> Result<Body, Refusal> {
        let held = self.held().ok_or(Code::MNotLocked)?;
        if held.id() != proof.lock_id() || held.attempt != Some(proof.slot()) {
            return Err(Code::CWrong.into());
        }
        Ok(Body::Code {
            lock_id: held.id(),
            slot: proof.slot(),
        })
    }

    /// OWN-10: silence counts only while a lock is held; it can end one and never begin one.
    pub(super) fn silent(&self, hours: u8) -> Result<Body, Refusal> {
        if self.settled() {
            return Err(Code::SSettled.into());
        }
        if !matches!(self.phase, Phase::Lock(_)) || !(1..=6).contains(&hours) {
            return Err(Code::NNoEffect.into());
        }
        Ok(Body::Silence { hours })
    }

    /// Boot milliseconds at which the next reminder is due: effective level 1, by the lender's time alone, inside the
    /// profile's hours for messages (OWN-13), a day of powered-on time after the last.
    pub(super) fn reminder_ms(&self, now: &Now) -> Option<u64> {
        let held = self.held().filter(|held| held.mode == Mode::Locked)?;
        if self.level(held) != 1 {
            return None;
        }
        let trusted_s = now.trusted_s()?;
        let not_before_ms = match &self.reminded {
            // Under another boot than the clock's nothing rings before `Started` was judged.
            Some(shown) => shown.clock.ends_ms(now.boot)?.max(now.boot_ms),
            None => now.boot_ms,
        };
        let from_s = trusted_s + (not_before_ms - now.boot_ms) / 1000;
        let at_s = next_reminder(self.profile()?, self.agreement()?, from_s)?;
        let wait_ms = at_s.saturating_sub(from_s) * 1000;
        Some(not_before_ms.saturating_add(wait_ms))
    }

    pub(super) fn code_view(&self, held: &Held, at: &Stamp) -> Option<CodeView> {
        if held.lock.codes.is_empty() {
            return None;
        }
        Some(CodeView {
            slot: held.next_grace().unwrap_or(0),
            release: held.unused(RELEASE_SLOT).is_some(),
            wait_ms: held.wait_ms(at),
            closed: held.closed(),
            tries: held.tries,
        })
    }
}

impl Held {
    /// The commitment of a slot.
    fn commitment(&self, slot: u8) -> Option<&Commitment> {
        let is = |c: &&Commitment| c.slot.get() == slot;
        self.lock.codes.iter().map(|c| &c.0).find(is)
    }

    /// The slot, if the lock commits to a code for it that was not used.
    fn unused(&self, slot: u8) -> Option<u8> {
        let used = self.codes & (1 << (slot - 1)) != 0;
        (!used && self.commitment(slot).is_some()).then_some(slot)
    }

    /// The slot that the next code of 12 digits is held against.
    fn next_grace(&self) -> Option<u8> {
        (1..RELEASE_SLOT).find_map(|slot| self.unused(slot))
    }

    /// Too many wrong codes: closed until a check-in.
    pub(super) fn closed(&self) -> bool {
        self.tries >= CLOSED_AT
    }

    /// Milliseconds until the next try.
    fn wait_ms(&self, at: &Stamp) -> u64 {
        self.wait.map_or(0, |clock| clock.left_ms(at))
    }

    /// Counts an attempt as wrong, until a right code says otherwise.
    pub(super) fn attempted(&mut self, slot: u8, at: &Stamp) {
        self.tries = self.tries.saturating_add(1);
        self.attempt = Some(slot);
        self.wait = Some(Clock::start(code::wait_ms(self.tries), at));
    }

    /// A check-in came: typing is open again.
    pub(super) fn reopen_typing(&mut self) {
        if self.closed() {
            self.tries = 0;
            self.wait = None;
        }
    }
}
