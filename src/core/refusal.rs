//! Why something was not accepted: a stable code, and what comes next.
//!
//! Every code of the protocol's section 7 that `core` can give stands here once. The words that the owner reads
//! are `i18n/<locale>/refusals.ftl`: message `<code with - for _>` and its sibling `…-next`, the next step.

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// A stable reason code (protocol §7). Codes are never renamed and never reused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Code { $($(#[$doc])* #[serde(rename = $text)] $name,)* }

        impl Code {
            /// Every code, in the order of protocol §7.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The code as it stands in receipts, logs and vectors.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }

            /// The code written as `text`, if there is one.
            #[must_use]
            pub fn parse(text: &str) -> Option<Code> {
                match text { $($text => Some(Code::$name),)* _ => None }
            }
        }
    };
}

codes! {
    /// Longer than 4096 bytes, or not ASCII.
    ETooLarge = "e_too_large",
    /// Not exactly three non-empty segments.
    EShape = "e_shape",
    /// Header or signature is not strict base64url.
    EBase64 = "e_base64",
    /// The header is not an object of exactly `alg`, `typ`, `kid`.
    EHeader = "e_header",
    /// `alg` is not `EdDSA`.
    EAlg = "e_alg",
    /// `typ` is unknown, or not the kind asked for.
    ETyp = "e_typ",
    /// No current, or ever accepted, key with that `kid`; or it is void, or another tenant's.
    EKid = "e_kid",
    /// The key does not carry the role for this `typ`.
    ERole = "e_role",
    /// The signature does not hold.
    ESignature = "e_signature",
    /// The claims are not the object that this `typ` demands.
    EClaims = "e_claims",
    /// Meant for another audience.
    BAud = "b_aud",
    /// Issued by another tenant than the key's.
    BIss = "b_iss",
    /// Meant for another phone.
    BSub = "b_sub",
    /// No trusted time in this boot yet; retried later.
    FNoAnchor = "f_no_anchor",
    /// Signed more than 300 s ahead of the trusted time.
    FIatFuture = "f_iat_future",
    /// The order has expired.
    FExpired = "f_expired",
    /// The key set in force has expired; retried later.
    FKeysExpired = "f_keys_expired",
    /// Older terms than the ones held.
    FTermsStale = "f_terms_stale",
    /// This grace was used before.
    FJtiSeen = "f_jti_seen",
    /// The answer belongs to another question.
    FNonce = "f_nonce",
    /// The contract is settled: nothing changes this phone any more.
    SSettled = "s_settled",
    /// A newer lock, or a release, went before.
    SLockSuperseded = "s_lock_superseded",
    /// The lock number is more than 1000 ahead.
    SLockFar = "s_lock_far",
    /// A grace for a lock that this phone does not hold; retried later.
    SLockUnknown = "s_lock_unknown",
    /// The phone is open for a promised time; retried later.
    SOpen = "s_open",
    /// The instalment was replaced by an agreed plan.
    SPlan = "s_plan",
    /// A notice that the lock names is not held; retried later.
    SNoticeMissing = "s_notice_missing",
    /// A notice that the lock names was spent by a payment.
    SNoticeUsed = "s_notice_used",
    /// The key set or root bundle has the wrong form.
    KShape = "k_shape",
    /// Too few root signatures.
    KThreshold = "k_threshold",
    /// One root key signed twice.
    KDupSigner = "k_dup_signer",
    /// Signed by a key that is no root of ours.
    KRootUnknown = "k_root_unknown",
    /// Not newer than the version held.
    KVersionRollback = "k_version_rollback",
    /// A root version was left out.
    KVersionGap = "k_version_gap",
    /// A void of the predecessor is missing.
    KVoidDropped = "k_void_dropped",
    /// A weak public key.
    KWeakKey = "k_weak_key",
    /// The pay link's host is not on the lender's card.
    TPayHost = "t_pay_host",
    /// The QR payload does not name a payee of the card and the amount.
    TPayQr = "t_pay_qr",
    /// No rules are known for this market.
    PUnknownMarket = "p_unknown_market",
    /// The market's rules do not allow a lock.
    PNotAllowed = "p_not_allowed",
    /// A clause, approval or court order that the market demands is missing.
    PNeeds = "p_needs",
    /// The order names another profile than the agreement.
    PProfile = "p_profile",
    /// The order names another agreement.
    PAgreement = "p_agreement",
    /// Notices and lock do not tell the same story.
    PEvidence = "p_evidence",
    /// Too few days past due.
    PDays = "p_days",
    /// A notice that the profile demands is missing.
    PNoticeCount = "p_notice_count",
    /// A notice was sent too early.
    PNoticeEarly = "p_notice_early",
    /// A notice was sent before its predecessor had run out.
    PNoticeOrder = "p_notice_order",
    /// Too few channels were used.
    PNoticeModes = "p_notice_modes",
    /// Too little time since a notice.
    PNoticeGap = "p_notice_gap",
    /// The level is above what the profile allows, or a lower one was left out.
    PLevel = "p_level",
    /// Outside the hours in which a phone may be locked; retried later.
    PHours = "p_hours",
    /// The typed code's check digit is wrong.
    CCheckDigit = "c_check_digit",
    /// The typed code is wrong.
    CWrong = "c_wrong",
    /// Too many tries: wait.
    CWait = "c_wait",
    /// This code was used.
    CUsed = "c_used",
    /// Typing is closed until the next check-in.
    CClosed = "c_closed",
    /// Accepted, and nothing had to change.
    NNoEffect = "n_no_effect",
    /// The phone is not locked.
    MNotLocked = "m_not_locked",
    /// The phone is open already.
    MOpen = "m_open",
    /// The 10 minutes of this lock are used up.
    WSpent = "w_spent",
    /// The emergency opening of this lock was used.
    OUsed = "o_used",
    /// The profile grants no emergency opening.
    ONotGranted = "o_not_granted",
    /// This instalment is disputed already.
    DAlready = "d_already",
}

impl Code {
    /// Whether the server may offer the same order again later (protocol §3, *Retryable*).
    #[must_use]
    pub fn retryable(self) -> bool {
        use Code::*;
        matches!(
            self,
            FNoAnchor | FKeysExpired | SNoticeMissing | SLockUnknown | SOpen | PHours
        )
    }
}

/// An order, bundle or command that was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Refusal {
    /// Why.
    pub code: Code,
    /// Unix seconds from which the same order would be allowed, where the rule can say so (`p_*`).
    pub earliest: Option<u64>,
    /// Seconds after which asking again makes sense, on retryable codes.
    pub retry_after_s: Option<u32>,
}

impl Refusal {
    /// A refusal with nothing but its code.
    #[must_use]
    pub const fn new(code: Code) -> Self {
        Refusal {
            code,
            earliest: None,
            retry_after_s: None,
        }
    }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Refusal::new(code)
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code.as_str())
    }
}

impl std::error::Error for Refusal {}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
