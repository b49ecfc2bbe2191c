use super::*;
use crate::trial::{Lender, T, by, no_of};
use crate::{Sandbox, story};
use latchkey_core::order::claims::Why;

#[tokio::test]
async fn each_row_is_judged_like_a_single_lock_and_says_why_it_failed() {
    for lender in Lender::at(T, true).await {
        let house = lender.house();
        let mut phones = lender.late("demo", 2).await;
        let mut work = house.begin(&house.tenant).await.unwrap();
        phones.push(story::bare(&mut work, "demo", "not-warned").await.unwrap());
        phones.push(random::device_id().unwrap());
        work.tx.commit().await.unwrap();
        let mut work = house.begin(&house.tenant).await.unwrap();
        work.settle(&phones[1]).await.unwrap();
        work.tx.commit().await.unwrap();
        phones.push(phones[0].clone());

        let job = lender.job(&phones).await;
        assert_eq!(lender.counts(&job).await, (5, 0, 0, 0));
        assert_eq!(lender.run(&job).await, (0, 0, 1, 4));
        let told = [
            "issued",
            "settled",
            "p_notice_count",
            "not_found",
            "already_locked",
        ];
        assert_eq!(lender.codes(&job).await, told);
        assert_eq!(lender.locks(&phones[0]).await.len(), 1);
        assert!(lender.locks(&phones[2]).await.is_empty());
        let again = lender.sandbox.desk().cancel_job(&job, &by("bimal")).await;
        assert_eq!(again.unwrap_err().code(), "finished");
    }
}

/// The story's own lock was the first of the hour.
#[tokio::test]
async fn above_the_rate_rows_are_held_unsigned_and_go_on_with_the_hour() {
    for lender in Lender::at(T, true).await {
        lender.later(10);
        let phones = lender.late("demo", 24).await;
        let job = lender.job(&phones).await;
        assert_eq!(lender.run(&job).await, (0, 5, 19, 0));
        for phone in &phones[19..] {
            assert!(lender.locks(phone).await.is_empty(), "nothing is signed");
        }
        assert_eq!(lender.run(&job).await, (0, 5, 19, 0));
        lender.later(3_590);
        assert_eq!(
            lender.run(&job).await,
            (0, 4, 20, 0),
            "the story's lock is an hour old"
        );
        lender.later(10);
        assert_eq!(lender.run(&job).await, (0, 0, 24, 0));
    }
}

#[tokio::test]
async fn a_second_person_lets_held_rows_pass_and_both_stand_in_the_audit() {
    for lender in Lender::at(T, true).await {
        let desk = lender.sandbox.desk();
        let phones = lender.late("demo", 22).await;
        let job = lender.job(&phones).await;
        assert_eq!(lender.run(&job).await, (0, 3, 19, 0));
        let same = desk.approve_job(&job, &by("amal")).await.unwrap_err();
        assert_eq!(same.code(), "same_person");
        assert_eq!(lender.run(&job).await, (0, 3, 19, 0));
        desk.approve_job(&job, &by("bimal")).await.unwrap();
        assert_eq!(lender.run(&job).await, (0, 0, 22, 0));
        let audit = desk.audit().await.unwrap();
        let told: Vec<_> = audit
            .iter()
            .map(|row| (row.action.as_str(), row.operator.as_str(), row.device.as_str()))
            .collect();
        let job = job.as_str();
        assert_eq!(told, [("job.create", "amal", job), ("job.approve", "bimal", job)]);
        assert!(crate::desk::whole(&audit));
    }
}

#[tokio::test]
async fn a_single_lock_above_the_rate_is_kept_for_a_second_person() {
    for lender in Lender::at(T, true).await {
        let phones = lender.late("demo", 20).await;
        let job = lender.job(&phones[1..]).await;
        assert_eq!(lender.run(&job).await, (0, 0, 19, 0));
        let lock = lender.sandbox.desk().for_phone(&phones[0]);
        let held = lock
            .lock(Level::try_from(3).unwrap(), no_of(1))
            .await
            .unwrap_err();
        let LenderError::Held(job) = held else {
            panic!("{held}")
        };
        assert_eq!(lender.counts(&job).await, (0, 1, 0, 0));
        assert!(lender.locks(&phones[0]).await.is_empty());
        lender
            .sandbox
            .desk()
            .approve_job(&job, &by("bimal"))
            .await
            .unwrap();
        assert_eq!(lender.run(&job).await, (0, 0, 1, 0));
    }
}

#[tokio::test]
async fn stopped_locks_wait_releases_do_not_and_what_was_held_for_three_days_ends() {
    for lender in Lender::at(T, true).await {
        let desk = lender.sandbox.desk();
        let phones = lender.late("demo", 21).await;
        let job = lender.job(&phones).await;
        assert_eq!(lender.run(&job).await, (0, 2, 19, 0));
        desk.stop_locks(true, &by("chamari")).await.unwrap();
        let second = lender.job(&phones[20..]).await;
        lender.later(3_601);
        assert_eq!(lender.run(&second).await, (1, 0, 0, 0));
        let single = lender.sandbox.desk().for_phone(&phones[20]);
        let refused = single
            .lock(Level::try_from(3).unwrap(), no_of(1))
            .await
            .unwrap_err();
        assert_eq!(refused.code(), "locks_stopped");
        desk.release(Why::Error).await.unwrap();

        lender.later(72 * 3_600);
        assert_eq!(lender.run(&job).await, (0, 0, 19, 2));
        assert_eq!(lender.codes(&job).await[19..], ["held_expired", "held_expired"]);
        desk.stop_locks(false, &by("chamari")).await.unwrap();
        assert_eq!(lender.run(&second).await, (0, 0, 1, 0));
    }
}

/// OWN-13: a row waits for human hours, and is no failure.
#[tokio::test]
async fn a_row_outside_human_hours_waits_for_the_next_one() {
    for lender in Lender::at(T / 86_400 * 86_400 + 3 * 3_600, true).await {
        let phones = lender.late("demo-hours", 1).await;
        let job = lender.job(&phones).await;
        lender.run(&job).await;
        assert_eq!(lender.codes(&job).await, ["p_hours"]);
        assert_eq!(lender.counts(&job).await, (1, 0, 0, 0));
        lender.later(6 * 3_600 - 1);
        assert_eq!(lender.run(&job).await, (1, 0, 0, 0));
        lender.later(1);
        assert_eq!(lender.run(&job).await, (0, 0, 1, 0));
    }
}

#[tokio::test]
async fn a_cancelled_job_keeps_what_is_issued_and_signs_nothing_more() {
    for lender in Lender::at(T, true).await {
        let phones = lender.late("demo", 21).await;
        let job = lender.job(&phones).await;
        assert_eq!(lender.run(&job).await, (0, 2, 19, 0));
        let told = lender.sandbox.desk().cancel_job(&job, &by("amal")).await.unwrap();
        assert!(told.cancelled && told.finished());
        lender.later(3_601);
        assert_eq!(lender.run(&job).await, (0, 0, 19, 2));
    }
}

#[tokio::test]
async fn a_row_whose_worker_died_is_taken_again_and_locks_once() {
    for lender in Lender::at(T, true).await {
        let house = lender.house();
        let phones = lender.late("demo", 1).await;
        let job = lender.job(&phones).await;
        let mut tx = house.store.begin().await.unwrap();
        let until = house.now().plus_s(120);
        let taken = jobs::take(&mut tx, &house.tenant, (16, true), house.now(), until).await;
        assert_eq!(taken.unwrap().len(), 1);
        tx.commit().await.unwrap();
        assert_eq!(lender.run(&job).await, (1, 0, 0, 0), "another worker has it");
        lender.later(120);
        assert_eq!(lender.run(&job).await, (0, 0, 1, 0));
        assert_eq!(lender.locks(&phones[0]).await.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_workers_issue_a_row_once_and_keep_the_rate_together() {
    for lender in Lender::at(T, true).await {
        let phones = lender.late("demo", 30).await;
        let job = lender.job(&phones).await;
        let mut houses = vec![lender.house(), lender.house()];
        let other = match lender.options.database {
            Some(_) => Some(
                Sandbox::start(lender.dir.path(), lender.options.clone())
                    .await
                    .unwrap(),
            ),
            None => None,
        };
        houses.extend(other.iter().map(Sandbox::house));
        let workers = houses.into_iter().map(|house| {
            tokio::spawn(async move {
                let tenant = house.tenant.clone();
                run(&house, &tenant).await.unwrap();
            })
        });
        for worker in workers.collect::<Vec<_>>() {
            worker.await.unwrap();
        }
        assert_eq!(
            lender.counts(&job).await,
            (0, 11, 19, 0),
            "not one above the rate"
        );
        let mut signed = 0;
        for phone in &phones {
            let locks = lender.locks(phone).await.len();
            assert!(locks <= 1);
            signed += locks;
        }
        assert_eq!(signed, 19);
    }
}

#[tokio::test]
async fn a_bulk_lock_carries_the_codes_of_a_single_one() {
    for lender in Lender::at(T, false).await {
        let phones = lender.late("demo", 1).await;
        let job = lender.job(&phones).await;
        assert_eq!(lender.run(&job).await, (0, 0, 1, 0));
        assert_eq!(lender.locks(&phones[0]).await[0].codes.len(), 4);
    }
}

#[test]
fn rows_are_read_as_an_array_or_line_by_line_and_a_bad_one_is_named() {
    let good = r#"{"device": "AAAAAAAAAAAAAAAAAAAAAAAAAA", "level": 3, "instalment": 4}"#;
    assert_eq!(rows_of(&format!("{good}\n\n{good}\n")).unwrap().len(), 2);
    assert_eq!(rows_of(&format!("[{good}]")).unwrap().len(), 1);
    for bad in ["{}", r#"{"device": "x", "level": 3, "instalment": 4}"#, "no"] {
        let refused = rows_of(&format!("{good}\n{bad}")).unwrap_err();
        assert!(matches!(refused, LenderError::BadRow(2)), "{refused}");
    }
}
