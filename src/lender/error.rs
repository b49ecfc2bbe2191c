//! What can go wrong on the lender's side, each with a stable code and a next step.

use latchkey_core::order::values::{LockId, OutOfBounds};
use latchkey_core::refusal::{Code, Refusal};

/// An error of the lender's side that is no answer to a phone (those are [`crate::problem::Problem`]).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LenderError {
    /// Another process has this store open.
    #[error("another process uses the store {0}; stop it, or name another one with --store")]
    StoreBusy(String),
    /// A file could not be read or written.
    #[error("cannot use {path}: {source}; check that the folder exists and may be written")]
    File {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// The address could not be listened on.
    #[error("cannot listen on {addr}: {source}; choose another one with --addr")]
    Listen {
        /// Which.
        addr: String,
        /// Why.
        source: std::io::Error,
    },
    /// The database refused.
    #[error("the store refused: {0}; make a copy of it and look into it with sqlite3 or psql")]
    Store(#[from] sqlx::Error),
    /// The database cannot be reached, or its URL is none.
    #[error("cannot open the database: {0}; check --database, e.g. postgres://user@host/name")]
    Database(#[source] sqlx::Error),
    /// The database belongs to other key files.
    #[error(
        "the keys in this store are not those of the database; copy root.json, keys.json, codes.json, webhook.json and provider.json from the server that made it"
    )]
    OtherKeys,
    /// The database is newer than this program, or a migration failed.
    #[error("the store cannot be brought up to date: {0}; use the program that wrote it")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A stored value is not what this program writes.
    #[error("the store is damaged: {0}; restore it from a backup")]
    Damaged(&'static str),
    /// A value that no phone would accept.
    #[error("no phone would accept this: {0}; change the value")]
    OutOfBounds(#[from] OutOfBounds),
    /// An order that the phone would refuse is not signed.
    #[error("the phone would refuse this order ({}{}); nothing was signed{}", .0.code, earliest(.0), hint(.0))]
    Refused(Refusal),
    /// Nothing is open of the instalment.
    #[error("nothing is owed for this instalment; look at `money`")]
    NothingOwed,
    /// A lock of this level for this instalment stands.
    #[error(
        "the phone is locked at this level for this instalment; choose a higher level, or wait for the phone"
    )]
    AlreadyLocked,
    /// More than one lock may be in force, and none was named.
    #[error("several locks may be in force on this phone: {}; ask for the number that it shows, and name it", numbers(.0))]
    SeveralLocks(Vec<LockId>),
    /// Somebody answered this claim before.
    #[error("this claim is answered; `claims list` shows how")]
    Answered,
    /// Another answer fits this kind of claim.
    #[error("this is no answer to such a claim; {0}")]
    WrongAnswer(&'static str),
    /// A plan over another sum than what is open.
    #[error(
        "the plan's rows ask for {asked}, but {due} is to be paid: what is open and the fee, less what is forgiven; change the rows"
    )]
    PlanSum {
        /// What the rows add up to, minor units.
        asked: u64,
        /// What they have to, minor units.
        due: u64,
    },
    /// A plan in the past or out of order.
    #[error("the plan's days are past or not rising; change the days")]
    PlanDays,
    /// Not enough memory to hash spoken codes.
    #[error("this machine has not the memory to make spoken codes; close other programs and try again")]
    NoMemory,
    /// Spoken codes are switched off.
    #[error("this lender gives no spoken codes; release the lock instead")]
    NoCodes,
    /// Not a name for an operator, or not a scope.
    #[error("no operator was added: {0}")]
    Operator(&'static str),
    /// No key for this role.
    #[error("no key for this role; add one to keys.json")]
    NoKey,
    /// A token above 4096 bytes.
    #[error("the order is longer than a phone reads; shorten its texts")]
    TooLong,
    /// There is a tenant of this name.
    #[error("there is a tenant of this name; choose another one")]
    TenantExists,
    /// A key that proves nothing.
    #[error(
        "this is no public Ed25519 key as a JWK; write {{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"...\"}}"
    )]
    BadKey,
    /// No randomness from the system.
    #[error("the system gives no randomness; try again")]
    Random,
    /// Above the mass-lock breaker's rate.
    #[error(
        "so many locks were issued within the hour that the next one passes at {}; wait, or let a second person approve", crate::date::http(*.0)
    )]
    Breaker(crate::clock::Moment),
    /// The breaker holds this lock: nothing is signed.
    #[error(
        "the mass-lock breaker holds this lock as job {0}; let a second person approve it with `job approve`, or wait for the rate"
    )]
    Held(String),
    /// All locks are stopped.
    #[error("all locks are stopped; `stop off` lets them go on, and the audit tells who stopped them")]
    LocksStopped,
    /// Whoever made a job does not approve it.
    #[error("another person than the one who made the job has to approve it")]
    SamePerson,
    /// Nothing of the job is open.
    #[error("this job is finished; `job show` tells how")]
    JobFinished,
    /// A job without rows.
    #[error("this job has no rows; write one JSON object a line, with device, level and instalment")]
    NoRows,
    /// A job that is too long.
    #[error("this job has more than {0} rows; make several jobs of it")]
    TooManyRows(usize),
    /// A row that is none.
    #[error("row {0} is none; write device, level and instalment as a JSON object")]
    BadRow(usize),
    /// A webhook may go to public addresses alone.
    #[error(
        "this URL leads to no public address by HTTPS on port 443; name one that everybody can reach, without a password in it"
    )]
    UrlNotPublic,
    /// Bytes that are no agreement of this lender.
    #[error(
        "this is no agreement that a phone of this lender reads; see protocol, chapter 8, and the name of the tenant"
    )]
    BadAgreement,
    /// A contract has one agreement for its life.
    #[error("an agreement stands under this number; change it by a plan, or use another number")]
    AgreementExists,
    /// An imported file with wrong lines.
    #[error("nothing was written: {0} to mend; mend the lines above, or try with --dry-run")]
    BadImport(usize),
    /// A file that is longer than an import reads.
    #[error("{0} is longer than 256 MiB; import it in parts")]
    FileTooLong(String),
    /// A head that was kept elsewhere is not in the audit, whose rows are chained: they were written anew, or it is another one's.
    #[error(
        "the audit does not hold the head {0}: look where it was kept whether it is this lender's; if it is, rows before it were written anew, so keep this store and ask who could write it"
    )]
    HeadUnknown(String),
    /// Something that is no place and hash.
    #[error("{0} is no head; write PLACE=HASH, as `audit verify` prints it")]
    BadHead(String),
    /// A lender that is no sandbox does not do this.
    #[error("a live lender refuses this: {0}")]
    Live(&'static str),
    /// A live server on a store that was not begun as one.
    #[error(
        "this store is a sandbox's, or there is none; begin a live one with `keys init-live` in an empty folder"
    )]
    NotLive,
    /// A sandbox on a live lender's store.
    #[error("this store is a live lender's; start it with `serve --live`")]
    LiveStore,
    /// A live server on a database that knows a sandbox.
    #[error("phones of this database know their lender for a sandbox; name an empty database")]
    SandboxStore,
    /// A key file of a live lender that is not kept as it must be.
    #[error("{0} {1}")]
    Custody(String, &'static str),
    /// A live lender without the secret that its payment provider signs with.
    #[error(
        "no secret of a payment provider is here; write provider.json with what the provider gave you (whsec_…), or name its file with --provider-secret"
    )]
    ProviderSecret,
    /// Keys or a store in a folder where a live lender would begin.
    #[error(
        "keys or a store are in this folder already; begin a live lender in an empty one, named with --store"
    )]
    KeysExist,
    /// A market whose rules enrol nobody, or a demo market at a lender that is no sandbox.
    #[error("no phone may be enrolled under this market's rules; make the contract under another market")]
    MayNotEnrol,
    /// A base URL that is none.
    #[error("this is no base URL for phones: {0}")]
    PublicUrl(&'static str),
    /// No such phone, contract or lock.
    #[error("not found: {0}")]
    NotFound(&'static str),
    /// The contract is settled: no order changes the phone any more.
    #[error("the contract is settled; nothing changes this phone any more")]
    Settled,
}

impl LenderError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            LenderError::StoreBusy(_) => "store_busy",
            LenderError::File { .. } => "file",
            LenderError::Listen { .. } => "listen",
            LenderError::Store(_) => "store",
            LenderError::Database(_) => "database",
            LenderError::OtherKeys => "other_keys",
            LenderError::Migrate(_) => "migrate",
            LenderError::Damaged(_) => "damaged",
            LenderError::OutOfBounds(_) => "out_of_bounds",
            LenderError::Refused(refusal) => refusal.code.as_str(),
            LenderError::NothingOwed => "nothing_owed",
            LenderError::AlreadyLocked => "already_locked",
            LenderError::SeveralLocks(_) => "several_locks",
            LenderError::Answered => "resolved",
            LenderError::WrongAnswer(_) => "wrong_answer",
            LenderError::PlanSum { .. } => "plan_sum",
            LenderError::PlanDays => "plan_days",
            LenderError::NoMemory => "no_memory",
            LenderError::NoCodes => "no_codes",
            LenderError::Operator(_) => "operator",
            LenderError::NoKey => "no_key",
            LenderError::TooLong => "too_long",
            LenderError::TenantExists => "tenant_exists",
            LenderError::BadKey => "bad_key",
            LenderError::Random => "random",
            LenderError::Breaker(_) => "breaker",
            LenderError::Held(_) => "held",
            LenderError::LocksStopped => "locks_stopped",
            LenderError::SamePerson => "same_person",
            LenderError::JobFinished => "finished",
            LenderError::NoRows => "no_rows",
            LenderError::TooManyRows(_) => "too_many_rows",
            LenderError::BadRow(_) => "bad_row",
            LenderError::UrlNotPublic => "url_not_public",
            LenderError::BadAgreement => "bad_agreement",
            LenderError::AgreementExists => "agreement_exists",
            LenderError::BadImport(_) => "bad_import",
            LenderError::FileTooLong(_) => "file_too_long",
            LenderError::HeadUnknown(_) => "head_unknown",
            LenderError::BadHead(_) => "bad_head",
            LenderError::Live(_) => "live",
            LenderError::NotLive => "not_live",
            LenderError::LiveStore => "live_store",
            LenderError::SandboxStore => "sandbox_store",
            LenderError::Custody(..) => "key_custody",
            LenderError::ProviderSecret => "provider_secret",
            LenderError::KeysExist => "keys_exist",
            LenderError::MayNotEnrol => "may_not_enrol",
            LenderError::PublicUrl(_) => "public_url",
            LenderError::NotFound(_) => "not_found",
            LenderError::Settled => "settled",
        }
    }
}

/// What a clerk can do about a refused order.
fn hint(refusal: &Refusal) -> &'static str {
    const HINTS: [(Code, &str); 6] = [
        (
            Code::SPlan,
            "; a plan replaced this instalment, look at `money` for the plan's own",
        ),
        (
            Code::PNoticeCount,
            "; send the market's notices for this instalment first, with `order notice`",
        ),
        (Code::PNoticeGap, "; wait until the notices have run out"),
        (Code::PDays, "; wait until the payment is late enough"),
        (Code::PLevel, "; begin with a lower level"),
        (Code::PHours, "; try again in human hours"),
    ];
    let known = HINTS.iter().find(|(code, _)| *code == refusal.code);
    known.map_or("", |(_, hint)| *hint)
}

/// Numbers of locks, one after the other.
fn numbers(locks: &[LockId]) -> String {
    let numbers: Vec<String> = locks.iter().map(LockId::to_string).collect();
    numbers.join(", ")
}

/// From when a refused order would be allowed, if waiting helps.
fn earliest(refusal: &Refusal) -> String {
    let at = refusal.earliest.and_then(|s| i64::try_from(s).ok());
    at.map_or(String::new(), |s| {
        let at = crate::date::http(crate::clock::Moment::from_ms(s.saturating_mul(1000)));
        format!(", allowed from {at}")
    })
}

impl From<serde_json::Error> for LenderError {
    fn from(_: serde_json::Error) -> Self {
        LenderError::Damaged("a stored JSON text")
    }
}
