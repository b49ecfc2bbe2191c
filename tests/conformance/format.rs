//! The files' format, `latchkey-vectors/1`.
//!
//! A case is a phone's life: it begins without a journal, under boot 0 at boot time 0, with `root` provisioned (the
//! case's own, else the file's); then the steps of `starts[start]` happen, then its own. Every step says what must come
//! of it: `outcome` is `ok` or a code of protocol §7, `state` the mode word after it.

use latchkey_core::code::Typed;
use latchkey_core::command::Command;
use latchkey_core::journal::LostWhy;
use latchkey_core::order::values::{DeviceId, Id, Seq};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Name of the format.
pub const FORMAT: &str = "latchkey-vectors/1";

/// One file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// [`FORMAT`].
    pub format: String,
    /// What the file is about.
    pub about: String,
    /// How to write it again.
    pub made_by: String,
    /// Root version 1.
    pub root: String,
    /// The phone.
    pub device: DeviceId,
    /// Beginnings that cases share.
    pub starts: BTreeMap<String, Vec<Step>>,
    /// The cases.
    pub cases: Vec<Case>,
}

/// One case.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Its name, unique in the file.
    pub id: String,
    /// Another root than the file's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<String>,
    /// A key of `starts`.
    pub start: String,
    /// What happens then.
    pub steps: Vec<Step>,
}

/// What must come of a step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// `ok`, or a code.
    pub outcome: String,
    /// `unknown` `free` `locked` `open` `backup` `settled`.
    pub state: String,
    /// Lock in force, 0 = none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lock_id: Option<u32>,
    /// Highest number released.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub released_through: Option<u32>,
    /// Seconds of the window used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_s: Option<u16>,
    /// Effective level of the lock in force, 0 = it shows nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// Whether a reminder stands that was not left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminds: Option<bool>,
    /// Unix seconds from which the order would pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earliest: Option<u64>,
}

/// An order as delivered.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delivered {
    /// Sequence number, the server's.
    pub seq: Seq,
    /// Id, the server's word.
    pub jti: Id,
    /// The token.
    pub token: String,
    /// What must come of it.
    pub expect: Expect,
}

/// A bundle as delivered.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Brought {
    /// Root or key set.
    pub bundle: String,
    /// What must come of it.
    pub expect: Expect,
}

/// One step.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Step {
    /// The phone is enrolled under an agreement.
    Enrol {
        /// Its bytes, base64url.
        agreement: String,
        /// What must come of it.
        expect: Expect,
    },
    /// The journal is gone; a new one begins, with the provisioned root. *Enrol* and key sets follow as at first.
    Lost {
        /// Why.
        why: LostWhy,
        /// What must come of it.
        expect: Expect,
    },
    /// A root or key set arrives outside an answer.
    Trust(Brought),
    /// An order arrives outside an answer: no time comes with it.
    Order(Delivered),
    /// The answer to a check-in, taken as trust, status (its time first), orders, status (its state last).
    CheckIn {
        /// Our nonce.
        nonce: Id,
        /// `lk-status+jwt`.
        status: String,
        /// Boot time between question and answer, milliseconds.
        took_ms: u64,
        /// What the server was asked to wait, seconds.
        wait_s: u32,
        /// Bundles.
        trust: Vec<Brought>,
        /// Orders.
        orders: Vec<Delivered>,
        /// What must come of the status: `ok` also when there is nothing to store.
        expect: Expect,
    },
    /// The public time token; took no time.
    Time {
        /// Our nonce.
        nonce: Id,
        /// `lk-time+jwt`.
        token: String,
        /// What must come of it.
        expect: Expect,
    },
    /// The owner wishes something. A second dispute of an instalment is stored and sent, and its outcome is `d_already`.
    Command {
        /// What.
        command: Command,
        /// Fresh id.
        id: Id,
        /// What must come of it.
        expect: Expect,
    },
    /// The owner types the same spoken code `times` times, `apart_ms` apart. Each time: the attempt is judged, and held
    /// against its slot; a right one opens or releases.
    Type {
        /// Twelve or sixteen digits.
        code: Typed,
        /// How often.
        times: u16,
        /// Boot time after each, milliseconds; alarms ring in it.
        apart_ms: u64,
        /// What must come of the last.
        expect: Expect,
    },
    /// The platform's network worked for `hours` without a word of the lender, `times` times.
    Silence {
        /// Hours of each try.
        hours: u8,
        /// How often.
        times: u16,
        /// What must come of the last.
        expect: Expect,
    },
    /// A tick: boot time passes, and every alarm rings at its time.
    Wait {
        /// Milliseconds.
        ms: u64,
        /// What must hold then; `outcome` is `ok`.
        expect: Expect,
    },
    /// Power off and on: another boot id, boot time from 0, no trusted time.
    Boot {
        /// What must hold then; `outcome` is `ok`.
        expect: Expect,
    },
    /// The process ends without a word and starts again `ms` later in the same boot.
    Restart {
        /// Milliseconds in between.
        ms: u64,
        /// What must hold then; `outcome` is `ok`.
        expect: Expect,
    },
}
