//! A job that is followed: lines of JSON (`application/x-ndjson`) while its rows end.
//!
//! No connection to the store is held between two looks, and no row is kept but the mark that it was told.

use super::super::shapes::{BulkLine, BulkProgress, FollowAsk};
use super::super::{Answer, Fault, Look};
use super::{count, row};
use crate::auth::Tenant;
use crate::clock::{Clock, Moment};
use crate::error::LenderError;
use crate::jobs::{self, JobState};
use crate::problem::Problem;
use crate::store::{Store, jobs as rows};
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::sync::mpsc::{Sender, channel};
use tokio::sync::watch;

/// Longest that anybody follows at once, and what is meant when nobody says, seconds.
const LONGEST_S: u32 = 300;
const USUAL_S: u32 = 55;
/// So often the rows are looked at.
const LOOK: Duration = Duration::from_millis(500);
/// Servers' clocks differ, and a row is seen after its commit: so far back is looked each time.
const BACK_S: i64 = 10;
/// Lines that wait for a slow reader.
const AHEAD: usize = 64;

/// Whose job is followed, and with what.
struct Follow {
    store: Store,
    clock: Clock,
    tenant: Tenant,
    job: String,
    stopping: watch::Receiver<bool>,
    told: BTreeSet<i64>,
    since: Moment,
    progress: Option<[i64; 4]>,
    out: Sender<Result<String, std::convert::Infallible>>,
}

/// The reader went away.
struct Gone;

pub(super) async fn follow(look: &mut Look<'_>) -> Result<Answer, Fault> {
    let asked: FollowAsk = look.asked.query()?;
    let wait = asked.wait_s.unwrap_or(USUAL_S);
    if wait > LONGEST_S {
        return Err(Problem::malformed()
            .next("The query does not fit: wait_s is at most 300.")
            .into());
    }
    let (house, job) = (look.asked.house, look.asked.part::<String>("job")?);
    // Refused before the first line, if it is not there.
    jobs::state(look.conn, look.asked.tenant(), &job).await?;
    let (out, lines) = channel(AHEAD);
    let follow = Follow {
        store: house.store.clone(),
        clock: house.clock.clone(),
        tenant: look.asked.tenant().clone(),
        job,
        stopping: house.stopping.clone(),
        told: BTreeSet::new(),
        since: Moment::from_ms(i64::MIN),
        progress: None,
        out,
    };
    let (log, wait) = (house.log.clone(), Duration::from_secs(u64::from(wait)));
    tokio::spawn(async move {
        if let Err(error) = follow.run(wait).await {
            log.tell(&format!("a job that was followed: {error}"));
        }
    });
    Ok(Answer::lines(lines))
}

impl Follow {
    async fn run(mut self, wait: Duration) -> Result<(), LenderError> {
        let deadline = tokio::time::Instant::now() + wait;
        loop {
            let now = self.clock.now();
            let Ok(state) = self.look().await? else {
                return Ok(());
            };
            let stopped = *self.stopping.borrow() || self.stopping.has_changed().is_err();
            if state.finished() || stopped || tokio::time::Instant::now() >= deadline {
                return Ok(());
            }
            self.since = now.plus_s(-BACK_S);
            let next = deadline.min(tokio::time::Instant::now() + LOOK);
            tokio::select! {
                () = tokio::time::sleep_until(next) => {}
                _ = self.stopping.changed() => {}
                () = self.out.closed() => return Ok(()),
            }
        }
    }

    /// Tells what ended since the last look, then how far the job is.
    async fn look(&mut self) -> Result<Result<JobState, Gone>, LenderError> {
        let mut conn = self.store.read().await?;
        // The counts first: a row that ends in between is told, and counted at the next look.
        let state = jobs::state(&mut conn, &self.tenant, &self.job).await?;
        let since = if state.finished() {
            Moment::from_ms(i64::MIN)
        } else {
            self.since
        };
        let ended = rows::ended(&mut conn, &self.tenant, &self.job, since).await?;
        drop(conn);
        for ended in ended {
            if self.told.insert(ended.no) && self.say(Some(row(ended)), None).await.is_err() {
                return Ok(Err(Gone));
            }
        }
        let counts = [state.queued, state.held, state.issued, state.failed];
        if self.progress.replace(counts) != Some(counts) {
            let [queued, held, issued, failed] = counts.map(count);
            let progress = BulkProgress {
                queued,
                held,
                issued,
                failed,
                done: state.finished(),
            };
            if self.say(None, Some(progress)).await.is_err() {
                return Ok(Err(Gone));
            }
        }
        Ok(Ok(state))
    }

    async fn say(
        &self,
        row: Option<super::super::shapes::JobRowView>,
        progress: Option<BulkProgress>,
    ) -> Result<(), Gone> {
        let line = serde_json::to_string(&BulkLine { row, progress }).unwrap_or_default();
        self.out.send(Ok(format!("{line}\n"))).await.map_err(|_| Gone)
    }
}
