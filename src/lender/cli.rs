//! Orders, answers, codes and sums by hand, while the server is stopped.

pub(crate) mod access;
mod audit;
pub(crate) mod conformance;
pub(crate) mod devices;
pub(crate) mod import;
mod jobs;
pub(crate) mod keys;
pub(crate) mod out;
pub(crate) mod simulate;
mod webhooks;
pub(crate) mod wire;

pub(crate) use audit::{AuditAsk, audit};
use jobs::Who;
pub(crate) use jobs::{Job, Stop, Whoever, job, stop};
pub(crate) use webhooks::{Webhook, webhook};

use clap::{Args, Subcommand, ValueEnum};
use latchkey_core::order::claims::{Channel, RefKind, Why};
use latchkey_core::order::values::{GraceSecs, Id, Level, LockId, Minor, No, NoticeNo, Slot, Text};
use latchkey_core::wire::{ClaimKind, Delivery};
use latchkey_lender::desk::{self, Desk};
use latchkey_lender::{Answer, LenderError, NoticeText, PlanRow, PlanText, RefText};
use out::{Out, array, line};
use serde_json::json;

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
        #[command(flatten)]
        who: Who,
    },
    /// Send fresh terms: sums, instalments and the pay link.
    Terms {
        #[command(flatten)]
        who: Who,
    },
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
        #[command(flatten)]
        who: Who,
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
        #[command(flatten)]
        who: Who,
    },
    /// Lift every lock of the phone.
    Release {
        /// Why; the phone shows it.
        #[arg(long, value_enum, default_value = "goodwill")]
        why: Reason,
        #[command(flatten)]
        who: Who,
    },
    /// Open the lock in force for a time.
    Grace {
        /// Hours of powered-on time, at most 72.
        #[arg(long, default_value_t = 24)]
        hours: u64,
        /// The lock that the phone shows; default: the one in force.
        #[arg(long, value_name = "N")]
        lock: Option<u64>,
        #[command(flatten)]
        who: Who,
    },
    /// End the contract for good.
    Settle {
        #[command(flatten)]
        who: Who,
    },
    /// A provider took a payment back: it is owed again. The phone stays as it is until new notices have run out.
    Chargeback {
        /// The payment's id, as `money` shows it.
        #[arg(long, value_name = "ID", allow_hyphen_values = true)]
        payment: String,
        #[command(flatten)]
        who: Who,
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
        #[command(flatten)]
        who: Who,
    },
    /// The owner is wrong: a disputed lock is signed anew under the next number.
    Reject {
        /// The claim's id.
        #[arg(allow_hyphen_values = true)]
        id: String,
        #[command(flatten)]
        who: Who,
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

fn queued(out: Out, sent: &Delivery) {
    let told = format!("Order {} is queued as number {}.", sent.jti, sent.seq);
    out.told(&told, &json!({"jti": sent.jti.as_str(), "seq": sent.seq.get()}));
}

pub(crate) async fn order(out: Out, desk: &Desk, order: Order) -> Result<(), LenderError> {
    let sent = match order {
        Order::Notice {
            no,
            instalment,
            by,
            who,
        } => {
            let text = NoticeText {
                notice_no: NoticeNo::try_from(no)?,
                instalment: No::try_from(instalment)?,
                channels: by.into_iter().map(channel).collect(),
            };
            desk.by(who.by()?).notice(&text).await?
        }
        Order::Terms { who } => desk.by(who.by()?).terms().await?,
        Order::Lock {
            level,
            instalment,
            approval,
            court,
            who,
        } => {
            let approval = approval.map(|r| r.of(RefKind::Approval));
            let court = court.map(|r| r.of(RefKind::Court));
            let refs = approval.into_iter().chain(court).collect();
            desk.by(who.by()?)
                .lock_with(Level::try_from(level)?, No::try_from(instalment)?, refs)
                .await?
        }
        Order::Plan {
            replaces,
            rows,
            fee,
            forgive,
            who,
        } => {
            let replaces = replaces.into_iter().map(No::try_from);
            let text = PlanText {
                replaces: replaces.collect::<Result<_, _>>()?,
                schedule: rows,
                fee: Minor::try_from(fee)?,
                forgiven: Minor::try_from(forgive)?,
            };
            desk.by(who.by()?).plan(&text).await?
        }
        Order::Release { why, who } => {
            let why = match why {
                Reason::Error => Why::Error,
                Reason::Goodwill => Why::Goodwill,
            };
            desk.by(who.by()?).release(why).await?
        }
        Order::Grace { hours, lock, who } => {
            let dur_s = GraceSecs::try_from(hours.saturating_mul(3_600))?;
            let lock = lock.map(LockId::try_from).transpose()?;
            desk.by(who.by()?).grace_of(lock, dur_s).await?
        }
        Order::Settle { who } => desk.by(who.by()?).settle().await?,
        Order::Chargeback { payment, who } => desk.by(who.by()?).charge_back(&payment).await?,
    };
    queued(out, &sent);
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

pub(crate) async fn claims(out: Out, desk: &Desk, claims: Claims) -> Result<(), LenderError> {
    let (id, answer, who) = match claims {
        Claims::List => return list(out, desk).await,
        Claims::Accept { id, who } => (id, Answer::Accept, who),
        Claims::Reject { id, who } => (id, Answer::Reject, who),
    };
    match desk.by(who.by()?).answer(&Id::try_from(id)?, answer).await? {
        Some(sent) => queued(out, &sent),
        None => out.told(
            "The claim is answered; no order was needed.",
            &json!({"answered": true}),
        ),
    }
    Ok(())
}

async fn list(out: Out, desk: &Desk) -> Result<(), LenderError> {
    let rows = desk.claims().await?.into_iter().map(|claim| {
        let kind = match claim.kind {
            ClaimKind::Paid => "paid",
            ClaimKind::Dispute => "dispute",
            ClaimKind::Hardship => "hardship",
            ClaimKind::Return => "return",
        };
        [
            json!(claim.id.as_str()),
            json!(kind),
            json!(claim.instalment.map(|no| no.get())),
            json!(claim.choice),
            json!(claim.text),
            json!(claim.outcome.unwrap_or_else(|| "open".to_owned())),
            json!(desk::utc(claim.answer_by_s)),
        ]
    });
    let columns = [
        "claim",
        "kind",
        "instalment",
        "choice",
        "text",
        "outcome",
        "answer by",
    ];
    out.table(columns, rows.collect());
    Ok(())
}

pub(crate) async fn code(out: Out, desk: &Desk, code: Code) -> Result<(), LenderError> {
    let ask = desk::Ask {
        lock_id: code.lock.map(LockId::try_from).transpose()?,
        slot: Slot::try_from(code.slot)?,
        operator: Text::try_from(code.operator)?,
        reason: Text::try_from(code.reason)?,
    };
    let read = desk.code(&ask).await?;
    let script = read.script(&code.language);
    if out.json {
        let told = json!({"lock_id": read.lock_id.get(), "slot": read.slot.get(), "groups": read.groups,
            "say": script, "before": read.before});
        line(&told.to_string());
        return Ok(());
    }
    line(&format!("Lock {}, code {}. Say:", read.lock_id, read.slot));
    for said in script {
        line(&format!("  {said}"));
    }
    if read.before > 0 {
        line(&format!("Read out before: {}; a code works once.", read.before));
    }
    Ok(())
}

pub(crate) async fn money(out: Out, desk: &Desk) -> Result<(), LenderError> {
    let owed = desk.owed().await?;
    let sums = [
        ("total", owed.total),
        ("paid", owed.paid),
        ("due now", owed.due_now),
        ("unlocks now", owed.unlocks_now),
        ("left", owed.left),
        ("agreed fees", owed.fees),
    ];
    let instalments = owed.rows.iter();
    let instalments = instalments.map(|(no, due, minor, paid)| {
        [
            json!(no.get()),
            json!(desk::date(*due)),
            json!(minor.get()),
            json!(paid.get()),
        ]
    });
    let heard = desk.provider_events(100).await?.into_iter();
    let heard = heard.map(|heard| {
        [
            json!(heard.provider),
            json!(heard.kind),
            json!(heard.reference),
            json!(heard.minor),
            json!(heard.outcome),
        ]
    });
    let payments = desk.payments().await?.into_iter();
    let payments = payments.map(|booked| {
        [
            json!(booked.payment),
            json!(booked.minor),
            json!(booked.reversed_ms.is_some()),
            json!(booked.refunded),
        ]
    });
    let owner = desk.compensations().await?.into_iter();
    let owner = owner.map(|due| {
        [
            json!(due.lock_id),
            json!(due.cause),
            json!(due.hours),
            json!(due.per_hour),
            json!(due.minor),
            json!(due.until_s.is_none()),
        ]
    });
    let instalments = (["no", "due", "minor", "paid"], instalments.collect::<Vec<_>>());
    let heard = (
        ["provider", "what", "reference", "minor", "outcome"],
        heard.collect::<Vec<_>>(),
    );
    let payments = (
        ["payment", "minor", "taken back", "given back"],
        payments.collect::<Vec<_>>(),
    );
    let owner = (
        ["lock", "cause", "hours", "per hour", "minor", "goes on"],
        owner.collect::<Vec<_>>(),
    );
    if out.json {
        let mut told = json!({"cur": owed.cur.as_str()});
        for (name, minor) in sums {
            told[name.replace(' ', "_")] = json!(minor.get());
        }
        told["instalments"] = array(instalments.0, instalments.1);
        told["provider_events"] = array(heard.0, heard.1);
        told["payments"] = array(payments.0, payments.1);
        told["owed_to_owner"] = array(owner.0, owner.1);
        line(&told.to_string());
        return Ok(());
    }
    line(&format!("Amounts in minor units of {}.", owed.cur));
    for (name, minor) in sums {
        line(&format!("  {name:12} {minor:>12}"));
    }
    line("Instalments:");
    out.table(instalments.0, instalments.1);
    line("Told by providers:");
    out.table(heard.0, heard.1);
    line("Payments:");
    out.table(payments.0, payments.1);
    line("Owed to the owner for wrong locks:");
    out.table(owner.0, owner.1);
    Ok(())
}
