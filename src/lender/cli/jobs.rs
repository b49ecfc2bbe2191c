//! Locks in bulk by hand, and the switch that stops all locks.

use super::out::Out;
use clap::{Args, Subcommand, ValueEnum};
use latchkey_core::order::values::Text;
use latchkey_lender::LenderError;
use latchkey_lender::desk::{By, Desk, JobState, rows_of};
use serde_json::{Value, json};
use std::io::Read as _;

#[derive(Args)]
pub(crate) struct Who {
    /// Who does it.
    #[arg(long, value_name = "NAME")]
    operator: String,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

impl Who {
    pub(crate) fn by(self) -> Result<By, LenderError> {
        Ok(By {
            operator: Text::try_from(self.operator)?,
            reason: Text::try_from(self.reason)?,
        })
    }
}

/// As [`Who`], where no person is affected: whoever is not named is the user of this machine.
#[derive(Args)]
pub(crate) struct Whoever {
    /// Who does it; default: the user of this machine.
    #[arg(long, value_name = "NAME", env = "USER", hide_env_values = true, default_value = NOBODY)]
    operator: String,
    /// Why.
    #[arg(long, value_name = "TEXT", default_value = "by command")]
    reason: String,
}

/// Who it is where the machine knows no user.
const NOBODY: &str = "command line";

impl Whoever {
    pub(crate) fn by(self) -> Result<By, LenderError> {
        let named = Some(self.operator).filter(|name| !name.is_empty());
        Ok(By {
            operator: Text::try_from(named.unwrap_or_else(|| NOBODY.to_owned()))?,
            reason: Text::try_from(self.reason)?,
        })
    }
}

#[derive(Subcommand)]
pub(crate) enum Job {
    /// Make a job of the rows on standard input: {"device": …, "level": 3, "instalment": 4}, one a line.
    Create(Who),
    /// Show every job.
    List,
    /// Show how far a job is, and what became of its rows.
    Show {
        /// The job's id.
        id: String,
    },
    /// Let a job pass the breaker. Another person than the one who made it.
    Approve {
        /// The job's id.
        id: String,
        #[command(flatten)]
        who: Who,
    },
    /// End a job. What is issued stays.
    Cancel {
        /// The job's id.
        id: String,
        #[command(flatten)]
        who: Who,
    },
    /// Work on the rows that are due now. A running server does so by itself.
    Run,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Switch {
    /// No lock is signed any more.
    On,
    /// Locks go on.
    Off,
}

#[derive(Args)]
pub(crate) struct Stop {
    /// Stop, or go on.
    switch: Switch,
    #[command(flatten)]
    who: Who,
}

/// Rows that are shown at once.
const PAGE: i64 = 500;

pub(crate) async fn job(out: Out, desk: &Desk, job: Job) -> Result<(), LenderError> {
    match job {
        Job::Create(who) => {
            let mut text = String::new();
            let read = std::io::stdin().read_to_string(&mut text);
            read.map_err(|source| LenderError::File {
                path: "standard input".to_owned(),
                source,
            })?;
            let id = desk.make_job(&rows_of(&text)?, &who.by()?).await?;
            let told = format!("Job {id} is made; `job show {id}` tells how far it is.");
            out.told(&told, &json!({"job": id}));
        }
        Job::List => {
            let jobs = desk.jobs().await?;
            out.table(JOB, jobs.iter().map(cells).collect());
        }
        Job::Show { id } => {
            let job = desk.job(&id).await?;
            let (mut rows_of, mut after) = (Vec::new(), 0);
            loop {
                let rows = desk.job_rows(&id, after, PAGE).await?;
                let Some(last) = rows.last() else { break };
                after = last.no;
                rows_of.extend(rows.into_iter().map(|row| {
                    [
                        json!(row.no),
                        json!(row.device.as_str()),
                        json!(row.state),
                        json!(row.lock_id),
                        json!(row.code),
                    ]
                }));
            }
            if out.json {
                let mut told = super::out::array(JOB, vec![cells(&job)]);
                let mut told = told[0].take();
                told["rows"] = super::out::array(ROW, rows_of);
                super::out::line(&told.to_string());
            } else {
                out.table(JOB, vec![cells(&job)]);
                out.table(ROW, rows_of);
            }
        }
        Job::Approve { id, who } => tell(out, &desk.approve_job(&id, &who.by()?).await?),
        Job::Cancel { id, who } => tell(out, &desk.cancel_job(&id, &who.by()?).await?),
        Job::Run => {
            desk.run_jobs().await?;
            out.told("What was due is done.", &json!({"done": true}));
        }
    }
    Ok(())
}

/// Columns of a job,
const JOB: [&str; 9] = [
    "job",
    "creator",
    "reason",
    "approver",
    "cancelled",
    "queued",
    "held",
    "issued",
    "failed",
];
/// and of its rows.
const ROW: [&str; 5] = ["no", "device", "state", "lock", "code"];

fn cells(job: &JobState) -> [Value; 9] {
    [
        json!(job.id),
        json!(job.creator),
        json!(job.reason),
        json!(job.approver),
        json!(job.cancelled),
        json!(job.queued),
        json!(job.held),
        json!(job.issued),
        json!(job.failed),
    ]
}

fn tell(out: Out, job: &JobState) {
    out.table(JOB, vec![cells(job)]);
}

pub(crate) async fn stop(out: Out, desk: &Desk, stop: Stop) -> Result<(), LenderError> {
    let on = matches!(stop.switch, Switch::On);
    desk.stop_locks(on, &stop.who.by()?).await?;
    let told = if on {
        "No lock is signed any more."
    } else {
        "Locks go on."
    };
    out.told(told, &json!({"stopped": on}));
    Ok(())
}
