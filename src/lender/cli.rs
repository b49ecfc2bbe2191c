//! Orders, answers, codes and sums by hand, while the server is stopped.

pub(crate) mod access;
mod jobs;
mod webhooks;

pub(crate) use jobs::{Job, Stop, job, stop};
pub(crate) use webhooks::{Webhook, webhook};

use clap::{Args, Subcommand, ValueEnum};
use latchkey_core::order::claims::{Channel, RefKind, Why};
use latchkey_core::order::values::{GraceSecs, Id, Level, LockId, Minor, No, NoticeNo, Slot, Text};
use latchkey_core::wire::{ClaimKind, Delivery};
use latchkey_lender::desk::{self, Desk};
use latchkey_lender::{Answer, LenderError, NoticeText, PlanRow, PlanText, RefText};

#[derive(Subcommand)]
pub(crate) enum Order {
    /// Send a warning before a lock.
    Notice {
        /// Number in the market's order, from 1.
        #[arg(long, value_name = "N")]
        no: u64,
        /// Instalment in arrears.
        #[arg(long, value_name = "N")]
        instalment: u64,
        /// How it was said already, e.g. sms,call.
        #[arg(long, value_enum, value_delimiter = ',', required = true)]
        by: Vec<By>,
    },
    /// Send fresh terms: sums, instalments and the pay link.
    Terms,
    /// Lock for an instalment, if the phone would accept that. A higher level than the lock in force is an escalation.
    Lock {
        /// 1 reminds, 2 limits, 3 leaves the payment page alone.
        #[arg(long, value_name = "1-3")]
        level: u64,
        /// Instalment in arrears.
        #[arg(long, value_name = "N")]
        instalment: u64,
        /// The regulator's approval, where the market asks for one: its day and number, e.g. 2026-11-01=R-77.
        #[arg(long, value_name = "DAY=TEXT")]
        approval: Option<RefText>,
        /// A court's order, where the market asks for one: its day and number.
        #[arg(long, value_name = "DAY=TEXT")]
        court: Option<RefText>,
    },
    /// Replace instalments by an agreed plan. They can never lock again, and a lock for one of them is lifted.
    Plan {
        /// Instalments that it replaces, e.g. 4,5.
        #[arg(long, value_name = "N", value_delimiter = ',', required = true)]
        replaces: Vec<u64>,
        /// What is paid instead, once for each day: e.g. 2026-12-31=325000, in minor units.
        #[arg(long = "row", value_name = "DAY=MINOR", required = true)]
        rows: Vec<PlanRow>,
        /// Fee that was agreed for it, minor units; the rows contain it.
        #[arg(long, value_name = "MINOR", default_value_t = 0)]
        fee: u64,
        /// What is given up, minor units: the rows ask for so much less.
        #[arg(long, value_name = "MINOR", default_value_t = 0)]
        forgive: u64,
    },
    /// Lift every lock of the phone.
    Release {
        /// Why; the phone shows it.
        #[arg(long, value_enum, default_value = "goodwill")]
        why: Reason,
    },
    /// Open the lock in force for a time.
    Grace {
        /// Hours of powered-on time, at most 72.
        #[arg(long, default_value_t = 24)]
        hours: u64,
    },
    /// End the contract for good.
    Settle,
    /// A provider took a payment back: it is owed again. The phone stays as it is until new notices have run out.
    Chargeback {
        /// The payment's id, as `money` shows it.
        #[arg(long, value_name = "ID", allow_hyphen_values = true)]
        payment: String,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Reason {
    /// It was a mistake; the phone apologises.
    Error,
    /// Goodwill.
    Goodwill,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum By {
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

#[derive(Subcommand)]
pub(crate) enum Claims {
    /// Show what the owner said, until when it is answered, and how it ended.
    List,
    /// The owner is right: a dispute is lifted as a mistake, a return settles the contract.
    Accept {
        /// The claim's id.
        #[arg(allow_hyphen_values = true)]
        id: String,
    },
    /// The owner is wrong: a disputed lock is signed anew under the next number.
    Reject {
        /// The claim's id.
        #[arg(allow_hyphen_values = true)]
        id: String,
    },
}

#[derive(Args)]
pub(crate) struct Code {
    /// The code that the phone asks for: 1 to 3 open it for 72 hours, 4 releases the lock.
    #[arg(long, value_name = "1-4")]
    slot: u64,
    /// The lock that the phone shows; default: the one in force.
    #[arg(long, value_name = "N")]
    lock: Option<u64>,
    /// Who reads it out.
    #[arg(long, value_name = "NAME")]
    operator: String,
    /// Why this caller gets it.
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// The caller's language: en, hi or ar.
    #[arg(long, value_name = "TAG", default_value = "en")]
    language: String,
}

fn queued(sent: &Delivery) {
    println!("Order {} is queued as number {}.", sent.jti, sent.seq);
}

pub(crate) async fn order(desk: &Desk, order: Order) -> Result<(), LenderError> {
    let sent = match order {
        Order::Notice { no, instalment, by } => {
            let text = NoticeText {
                notice_no: NoticeNo::try_from(no)?,
                instalment: No::try_from(instalment)?,
                channels: by.into_iter().map(channel).collect(),
            };
            desk.notice(&text).await?
        }
        Order::Terms => desk.terms().await?,
        Order::Lock {
            level,
            instalment,
            approval,
            court,
        } => {
            let approval = approval.map(|r| r.of(RefKind::Approval));
            let court = court.map(|r| r.of(RefKind::Court));
            let refs = approval.into_iter().chain(court).collect();
            desk.lock_with(Level::try_from(level)?, No::try_from(instalment)?, refs)
                .await?
        }
        Order::Plan {
            replaces,
            rows,
            fee,
            forgive,
        } => {
            let replaces = replaces.into_iter().map(No::try_from);
            let text = PlanText {
                replaces: replaces.collect::<Result<_, _>>()?,
                schedule: rows,
                fee: Minor::try_from(fee)?,
                forgiven: Minor::try_from(forgive)?,
            };
            desk.plan(&text).await?
        }
        Order::Release { why } => {
            let why = match why {
                Reason::Error => Why::Error,
                Reason::Goodwill => Why::Goodwill,
            };
            desk.release(why).await?
        }
        Order::Grace { hours } => {
            let dur_s = GraceSecs::try_from(hours.saturating_mul(3_600))?;
            desk.grace(dur_s).await?
        }
        Order::Settle => desk.settle().await?,
        Order::Chargeback { payment } => desk.charge_back(&payment).await?,
    };
    queued(&sent);
    Ok(())
}

fn channel(by: By) -> Channel {
    match by {
        By::Phone => Channel::Phone,
        By::Sms => Channel::Sms,
        By::Mail => Channel::Mail,
        By::Letter => Channel::Letter,
        By::Call => Channel::Call,
    }
}

pub(crate) async fn claims(desk: &Desk, claims: Claims) -> Result<(), LenderError> {
    let (id, answer) = match claims {
        Claims::List => return list(desk).await,
        Claims::Accept { id } => (id, Answer::Accept),
        Claims::Reject { id } => (id, Answer::Reject),
    };
    match desk.answer(&Id::try_from(id)?, answer).await? {
        Some(sent) => queued(&sent),
        None => println!("The claim is answered; no order was needed."),
    }
    Ok(())
}

async fn list(desk: &Desk) -> Result<(), LenderError> {
    for claim in desk.claims().await? {
        let kind = match claim.kind {
            ClaimKind::Paid => "paid",
            ClaimKind::Dispute => "dispute",
            ClaimKind::Hardship => "hardship",
            ClaimKind::Return => "return",
        };
        let about = claim
            .instalment
            .map_or(String::new(), |no| format!(" instalment {no}"));
        let choice = claim.choice.map_or(String::new(), |choice| format!(" {choice}"));
        let text = claim.text.map_or(String::new(), |text| format!(" “{text}”"));
        let end = claim.outcome.unwrap_or_else(|| "open".to_owned());
        let by = desk::utc(claim.answer_by_s);
        println!("{} {kind}{about}{choice}{text}: {end}, answer by {by}", claim.id);
    }
    Ok(())
}

pub(crate) async fn code(desk: &Desk, code: Code) -> Result<(), LenderError> {
    let ask = desk::Ask {
        lock_id: code.lock.map(LockId::try_from).transpose()?,
        slot: Slot::try_from(code.slot)?,
        operator: Text::try_from(code.operator)?,
        reason: Text::try_from(code.reason)?,
    };
    let read = desk.code(&ask).await?;
    println!("Lock {}, code {}. Say:", read.lock_id, read.slot);
    for line in read.script(&code.language) {
        println!("  {line}");
    }
    if read.before > 0 {
        println!("Read out before: {}; a code works once.", read.before);
    }
    Ok(())
}

pub(crate) async fn money(desk: &Desk) -> Result<(), LenderError> {
    let owed = desk.owed().await?;
    println!("Amounts in minor units of {}.", owed.cur);
    for (name, minor) in [
        ("total", owed.total),
        ("paid", owed.paid),
        ("due now", owed.due_now),
        ("unlocks now", owed.unlocks_now),
        ("left", owed.left),
        ("agreed fees", owed.fees),
    ] {
        println!("  {name:12} {minor:>12}");
    }
    println!("Instalments: number, due day, amount, paid.");
    for (no, due, minor, paid) in owed.rows {
        let due = desk::date(due);
        println!("  {no:>4} {due} {minor:>12} {paid:>12}");
    }
    println!("Told by providers: what, amount, outcome.");
    for heard in desk.provider_events(100).await? {
        let about = format!("{} {} {}", heard.provider, heard.kind, heard.reference);
        println!("  {about} {:>12} {}", heard.minor, heard.outcome);
    }
    for due in desk.compensations().await? {
        let state = due.until_s.map_or(" so far", |_| "");
        println!(
            "Owed to the owner for lock {} ({}): {} hours at {} = {}{state}",
            due.lock_id, due.cause, due.hours, due.per_hour, due.minor
        );
    }
    println!("Payments: id, amount.");
    for payment in desk.payments().await? {
        let back = match (payment.reversed_ms, payment.refunded) {
            (Some(_), _) => " taken back".to_owned(),
            (None, 0) => String::new(),
            (None, part) => format!(" {part} given back"),
        };
        println!("  {} {:>12}{back}", payment.payment, payment.minor);
    }
    Ok(())
}

/// What is asked of the audit, besides showing it.
#[derive(Subcommand)]
pub(crate) enum AuditAsk {
    /// Check that no row was changed or taken out, and that the chain holds the heads that were kept elsewhere.
    Verify {
        /// A head that was kept: its place and hash, e.g. 12=kB4…
        #[arg(long = "head", value_name = "PLACE=HASH")]
        heads: Vec<String>,
    },
    /// Tell the head of the chain to the webhooks now. A running server does so each hour in which it grew.
    Tell,
}

async fn verify(desk: &Desk, heads: &[String]) -> Result<(), LenderError> {
    let rows = desk.audit().await?;
    if !desk::whole(&rows) {
        return Err(LenderError::Damaged("a row of the audit was changed"));
    }
    for head in heads {
        let kept = head
            .split_once('=')
            .and_then(|(place, hash)| Some((place.parse().ok()?, hash)));
        if !kept.is_some_and(|(place, hash)| desk::holds(&rows, place, hash)) {
            return Err(LenderError::Damaged(
                "the audit, which does not hold a head that was kept",
            ));
        }
    }
    println!(
        "The audit is whole: {} rows, {} kept heads.",
        rows.len(),
        heads.len()
    );
    if let Some(last) = rows.last() {
        println!("Head to keep: {}={}", last.place, last.hash);
    }
    Ok(())
}

pub(crate) async fn audit(desk: &Desk, ask: Option<AuditAsk>) -> Result<(), LenderError> {
    match ask {
        Some(AuditAsk::Verify { heads }) => return verify(desk, &heads).await,
        Some(AuditAsk::Tell) => {
            match desk.tell_audit_head().await? {
                Some(head) => println!("Told: {}={}", head.place, head.hash),
                None => println!("Nothing is in the audit yet."),
            }
            return Ok(());
        }
        None => {}
    }
    let rows = desk.audit().await?;
    for row in &rows {
        let at = desk::utc(u64::try_from(row.at_ms / 1000).unwrap_or(0));
        println!(
            "{:>4} {at} {} {} by {}: {}",
            row.place,
            row.action,
            about(row),
            row.operator,
            row.reason
        );
    }
    if desk::whole(&rows) {
        Ok(())
    } else {
        Err(LenderError::Damaged("a row of the audit was changed"))
    }
}

fn about(row: &desk::Audited) -> String {
    if row.lock_id > 0 {
        format!("lock {} code {}", row.lock_id, row.slot)
    } else {
        row.device.clone()
    }
}
