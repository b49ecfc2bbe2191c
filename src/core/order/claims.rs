//! What each kind of token says (protocol §2, §9). The lender fills these structs in, the phone reads them.
//!
//! Every kind is refused as `e_claims` when a member is missing, unknown, twice, null, or out of bounds.
//! `aud` is a plain string here, because another audience is `b_aud`, not `e_claims`.

use super::values::*;
use serde::{Deserialize, Serialize};

macro_rules! claims {
    ($($(#[$doc:meta])* $name:ident { $($fields:tt)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($fields)* }
    )*};
}

macro_rules! device_claims {
    ($($(#[$doc:meta])* $name:ident { $($fields:tt)* })*) => {$(
        claims! { $(#[$doc])* $name {
            /// Tenant that issued it.
            pub iss: Tenant,
            /// Audience, `latchkey-device`.
            pub aud: String,
            /// The phone it is for.
            pub sub: DeviceId,
            /// 128 random bits.
            pub jti: Id,
            /// When it was signed.
            pub iat: Secs,
            $($fields)*
        } }
        impl Addressed for $name {
            fn iss(&self) -> &Tenant { &self.iss }
            fn aud(&self) -> &str { &self.aud }
            fn sub(&self) -> Option<&DeviceId> { Some(&self.sub) }
        }
    )*};
}

/// Whom a token is from and for (check 10).
pub trait Addressed {
    /// Tenant that issued it.
    fn iss(&self) -> &Tenant;
    /// Audience.
    fn aud(&self) -> &str;
    /// The phone it is for; public tokens name none.
    fn sub(&self) -> Option<&DeviceId>;
}

claims! {
    /// `lk-root+jwt`: the root keys.
    Root {
        /// Tenant.
        pub iss: Tenant,
        /// Audience.
        pub aud: String,
        /// When it was signed.
        pub iat: Secs,
        /// Version, rises by one.
        pub version: Version,
        /// Signatures needed; never more than there are roots.
        pub threshold: RootCount,
        /// The root keys.
        pub roots: List<Obj<RootKey>, 2, 8>,
        /// End of life.
        pub exp: Secs,
        /// Whether this is a sandbox: `demo` profiles, loopback and plain http are allowed only then.
        pub sandbox: bool,
    }
    /// A root key.
    RootKey {
        /// Key id.
        pub kid: Kid,
        /// Public key.
        pub x: Sha,
    }
    /// `lk-keys+jwt`: the key set in force and the lender's card.
    Keys {
        /// Tenant.
        pub iss: Tenant,
        /// Audience.
        pub aud: String,
        /// When it was signed.
        pub iat: Secs,
        /// Version, rises.
        pub version: Version,
        /// The root it stands on.
        pub root_version: Version,
        /// Binding orders need a set that has not expired.
        pub exp: Secs,
        /// The keys.
        pub keys: List<Obj<OrderKey>, 1, 8>,
        /// Void keys, cumulative.
        pub void: List<Kid, 0, 32>,
        /// The lender's card.
        pub card: Obj<Card>,
    }
    /// A key that signs orders.
    OrderKey {
        /// Key id.
        pub kid: Kid,
        /// Public key.
        pub x: Sha,
        /// Tenant.
        pub iss: Tenant,
        /// What it may sign.
        pub roles: List<Role, 1, 6>,
    }
    /// The lender's card: who they are, whom to call, who may be paid.
    Card {
        /// Name.
        pub name: Text<48>,
        /// Postal address.
        pub address: Text<120>,
        /// Licence number.
        pub licence: Text<32>,
        /// Number and label.
        pub hotlines: List<(Hotline, Text<32>), 1, 3>,
        /// Opening hours.
        pub hours: Text<64>,
        /// Payee names as a payment app shows them.
        pub payees: List<Text<48>, 1, 3>,
        /// Hosts (`host` or `host:port`) that a pay link may have.
        pub pay_hosts: List<Text<64>, 1, 4>,
    }
    /// Allowances used before a wipe; counts only in the lock that ends *fresh*.
    Used {
        /// Seconds of the backup window.
        pub window_s: WindowSecs,
        /// Emergency openings.
        pub opening: Bit,
        /// Provisional openings.
        pub provisional: Bit,
        /// Spoken codes.
        pub codes: CodeBits,
    }
    /// Commitment to a spoken code.
    Commitment {
        /// Slot: 1 to 3 grant time, 4 releases.
        pub slot: Slot,
        /// Salt.
        pub salt: Id,
        /// Memory, KiB.
        pub m: Memory,
        /// Passes.
        pub t: Passes,
        /// Argon2id output.
        pub h: Sha,
    }
    /// `lk-time+jwt`: signed time for anyone who asks; no word of the lender.
    Time {
        /// Tenant.
        pub iss: Tenant,
        /// Audience.
        pub aud: String,
        /// When it was signed.
        pub iat: Secs,
        /// The question's nonce.
        pub nonce: Id,
        /// The time.
        pub now: Secs,
    }
}

device_claims! {
    /// `lk-notice+jwt`: a warning before a lock.
    Notice {
        /// Number in the profile's order.
        pub notice_no: NoticeNo,
        /// Instalment in arrears.
        pub instalment: No,
        /// Its due day.
        pub due: Day,
        /// Arrears.
        pub amount: Obj<Money>,
        /// Distinct channels already used.
        pub channels: List<Channel, 1, 4>,
    }
    /// `lk-terms+jwt`: what is owed and how to pay.
    Terms {
        /// Expiry.
        pub exp: Secs,
        /// Rises.
        pub terms_seq: TermsSeq,
        /// Currency of all sums.
        pub cur: Currency,
        /// Whole contract.
        pub total: Minor,
        /// Paid.
        pub paid: Minor,
        /// Due now.
        pub due_now: Minor,
        /// Unlocks now.
        pub unlocks_now: Minor,
        /// Left in all.
        pub left: Minor,
        /// Agreed fees.
        pub fees: Minor,
        /// Instalment, due day, amount, paid.
        pub rows: List<(No, Day, Minor, Minor), 0, 12>,
        /// Pay link.
        pub pay_url: Text<200>,
        /// Market QR payload.
        #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
        pub pay_qr: Option<Text<512>>,
    }
    /// `lk-plan+jwt`: an agreed plan; instalments it replaces can never lock again.
    Plan {
        /// Plan id.
        pub plan_id: Id,
        /// Replaced instalments.
        pub replaces: List<No, 1, 12>,
        /// Currency.
        pub cur: Currency,
        /// New instalments: number, due day, amount.
        pub schedule: List<(No, Day, Minor), 1, 12>,
    }
    /// `lk-lock+jwt`.
    Lock {
        /// Expiry.
        pub exp: Secs,
        /// Number.
        pub lock_id: LockId,
        /// Level.
        pub level: Level,
        /// Instalment in arrears.
        pub instalment: No,
        /// Its due day.
        pub due: Day,
        /// Amount that unlocks.
        pub amount: Obj<Money>,
        /// Ids of the notices.
        pub notices: List<Id, 0, 4>,
        /// Lower levels and since when.
        pub steps: List<(Level, Secs), 0, 2>,
        /// Since when; shown only.
        pub since: Secs,
        /// Profile it was judged by.
        pub profile: ProfileId,
        /// Its version; for the log.
        pub profile_version: ProfileVersion,
        /// SHA-256 of the agreement's bytes.
        pub agreement: Sha,
        /// Clause id.
        pub clause: Text<16>,
        /// Dispute that it answers.
        #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
        pub answers: Option<Id>,
        /// Approvals and court orders.
        pub refs: List<(RefKind, Text<40>, Secs), 0, 2>,
        /// Allowances used before a wipe.
        pub used: Obj<Used>,
        /// Spoken codes.
        pub codes: List<Obj<Commitment>, 0, 4>,
    }
    /// `lk-release+jwt`.
    Release {
        /// Number of the lock, 0 = clears only.
        pub lock_id: LockIdOrNone,
        /// Why.
        pub why: Why,
        /// Instalments that the payment cleared.
        pub instalments: List<No, 0, 12>,
        /// When it was paid.
        #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
        pub paid_at: Option<Secs>,
    }
    /// `lk-grace+jwt`.
    Grace {
        /// Number of the lock.
        pub lock_id: LockId,
        /// Powered-on seconds.
        pub dur_s: GraceSecs,
    }
    /// `lk-settle+jwt`.
    Settle {
        /// Day of settlement.
        pub settled_on: Day,
    }
    /// `lk-status+jwt`: a hint and a time; it neither locks nor unlocks.
    Status {
        /// Our nonce.
        pub nonce: Id,
        /// Server's time when the answer was written.
        pub now: Secs,
        /// Newest sequence number.
        pub head_seq: Seq,
        /// Its order's `jti`, "" when there is none.
        pub head_jti: String,
        /// Lock that the server believes in force, 0 = none.
        pub lock_id: LockIdOrNone,
        /// State at the lender.
        pub lock_state: LockState,
        /// Newest key set.
        pub keys_version: Version,
        /// Seconds until the next check-in at the latest.
        pub poll_s: PollSecs,
    }
}

impl Addressed for Time {
    fn iss(&self) -> &Tenant {
        &self.iss
    }
    fn aud(&self) -> &str {
        &self.aud
    }
    fn sub(&self) -> Option<&DeviceId> {
        None
    }
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$d:meta])* $v:ident,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase", remote = "Self")]
        pub enum $name { $($(#[$d])* $v,)* }
        string_only!($name);
    )*};
}

words! {
    /// What a key may sign.
    Role {
        /// Locks.
        Lock,
        /// Notices, terms, plans.
        Terms,
        /// Releases.
        Release,
        /// Graces.
        Grace,
        /// Settlement.
        Settle,
        /// Status and time.
        Status,
    }
    /// How a notice was sent.
    Channel {
        /// On this phone.
        Phone,
        /// Text message.
        Sms,
        /// E-mail.
        Mail,
        /// Paper.
        Letter,
        /// Telephone call.
        Call,
    }
    /// Why a lock is lifted.
    Why {
        /// Paid.
        Paid,
        /// It was a mistake.
        Error,
        /// Goodwill.
        Goodwill,
        /// Its key was void.
        Void,
    }
    /// What a reference is.
    RefKind {
        /// Regulator's approval.
        Approval,
        /// Court order.
        Court,
    }
    /// State at the lender.
    LockState {
        /// Not locked.
        None,
        /// Locked.
        Locked,
        /// Settled.
        Settled,
    }
}

/// An order to a phone: everything that may stand in `orders[]`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// Warning.
    Notice(Notice),
    /// Sums and link.
    Terms(Terms),
    /// Agreed plan.
    Plan(Plan),
    /// Lock.
    Lock(Lock),
    /// Release.
    Release(Release),
    /// Time granted.
    Grace(Grace),
    /// End of the contract.
    Settle(Settle),
}

/// `typ` of every kind.
pub mod typ {
    /// Root keys.
    pub const ROOT: &str = "lk-root+jwt";
    /// Key set.
    pub const KEYS: &str = "lk-keys+jwt";
    /// Notice.
    pub const NOTICE: &str = "lk-notice+jwt";
    /// Terms.
    pub const TERMS: &str = "lk-terms+jwt";
    /// Plan.
    pub const PLAN: &str = "lk-plan+jwt";
    /// Lock.
    pub const LOCK: &str = "lk-lock+jwt";
    /// Release.
    pub const RELEASE: &str = "lk-release+jwt";
    /// Grace.
    pub const GRACE: &str = "lk-grace+jwt";
    /// Settle.
    pub const SETTLE: &str = "lk-settle+jwt";
    /// Status.
    pub const STATUS: &str = "lk-status+jwt";
    /// Time.
    pub const TIME: &str = "lk-time+jwt";
    /// Every kind that may stand in `orders[]`.
    pub const ORDERS: &[&str] = &[NOTICE, TERMS, PLAN, LOCK, RELEASE, GRACE, SETTLE];
    /// Every kind.
    pub const ALL: &[&str] = &[
        ROOT, KEYS, NOTICE, TERMS, PLAN, LOCK, RELEASE, GRACE, SETTLE, STATUS, TIME,
    ];
}
