//! Locks in bulk by hand, and the switch that stops all locks.

use clap::{Args, Subcommand, ValueEnum};
use latchkey_core::order::values::Text;
use latchkey_lender::LenderError;
use latchkey_lender::desk::{By, Desk, JobState, rows_of};
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

pub(crate) async fn job(desk: &Desk, job: Job) -> Result<(), LenderError> {
    match job {
        Job::Create(who) => {
            let mut text = String::new();
            let read = std::io::stdin().read_to_string(&mut text);
            read.map_err(|source| LenderError::File {
                path: "standard input".to_owned(),
                source,
            })?;
            let id = desk.make_job(&rows_of(&text)?, &who.by()?).await?;
            println!("Job {id} is made; `job show {id}` tells how far it is.");
        }
        Job::List => {
            for job in desk.jobs().await? {
                tell(&job);
            }
        }
        Job::Show { id } => {
            tell(&desk.job(&id).await?);
            let mut after = 0;
            loop {
                let rows = desk.job_rows(&id, after, PAGE).await?;
                let Some(last) = rows.last() else { break };
                after = last.no;
                for row in rows {
                    let code = row.code.map_or(String::new(), |code| format!(" {code}"));
                    let lock = row.lock_id.map_or(String::new(), |id| format!(" lock {id}"));
                    println!("  {:>5} {} {}{lock}{code}", row.no, row.device, row.state);
                }
            }
        }
        Job::Approve { id, who } => tell(&desk.approve_job(&id, &who.by()?).await?),
        Job::Cancel { id, who } => tell(&desk.cancel_job(&id, &who.by()?).await?),
        Job::Run => desk.run_jobs().await?,
    }
    Ok(())
}

fn tell(job: &JobState) {
    let approved = job
        .approver
        .as_deref()
        .map_or(String::new(), |who| format!(", approved by {who}"));
    let end = if job.cancelled { ", cancelled" } else { "" };
    println!(
        "{} by {}{approved}{end}: {} queued, {} held, {} issued, {} failed",
        job.id, job.creator, job.queued, job.held, job.issued, job.failed
    );
}

pub(crate) async fn stop(desk: &Desk, stop: Stop) -> Result<(), LenderError> {
    let on = matches!(stop.switch, Switch::On);
    desk.stop_locks(on, &stop.who.by()?).await?;
    println!(
        "{}",
        if on {
            "No lock is signed any more."
        } else {
            "Locks go on."
        }
    );
    Ok(())
}
