use super::*;
use proptest::prelude::*;

fn instalment(no: u64, due: u64, minor: u64, paid: u64) -> Instalment {
    Instalment {
        no: no.try_into().unwrap(),
        due: due.try_into().unwrap(),
        minor: minor.try_into().unwrap(),
        fee: Minor::MIN,
        paid: paid.try_into().unwrap(),
        planned: false,
        replaced: false,
    }
}

fn story() -> Vec<Instalment> {
    (1..=12)
        .map(|k| {
            instalment(
                k,
                19_900 + 30 * (k - 1),
                325_000,
                if k <= 3 { 325_000 } else { 0 },
            )
        })
        .collect()
}

#[test]
fn the_story_adds_up() {
    let sums = sums(&story(), 20_000.try_into().unwrap(), None).unwrap();
    assert_eq!(sums.total.get(), 3_900_000);
    assert_eq!(sums.paid.get(), 975_000);
    assert_eq!(sums.due_now.get(), 325_000);
    assert_eq!(sums.unlocks_now, sums.due_now);
    assert_eq!(sums.left.get(), 2_925_000);
    assert_eq!(sums.rows.len(), 12);
    assert_eq!(sums.next.unwrap().no.get(), 5);
}

#[test]
fn long_contracts_show_twelve_rows_around_the_first_open_one() {
    let long: Vec<_> = (1..=40)
        .map(|k| instalment(k, 19_000 + 7 * k, 100, if k < 20 { 100 } else { 0 }))
        .collect();
    let sums = sums(&long, 19_140.try_into().unwrap(), None).unwrap();
    assert_eq!(sums.rows.len(), 12);
    assert_eq!(sums.rows[3].no.get(), 20);
    assert_eq!(sums.left.get(), 2_100);
}

#[test]
fn a_payment_fills_the_oldest_instalment_first() {
    let parts = spread(&story(), 400_000.try_into().unwrap(), None).unwrap();
    let told: Vec<_> = parts
        .iter()
        .map(|p| (p.no.get(), p.minor.get(), p.clears))
        .collect();
    assert_eq!(told, [(4, 325_000, true), (5, 75_000, false)]);
}

#[test]
fn nothing_is_spread_beyond_what_is_open() {
    let parts = spread(&[instalment(1, 19_000, 100, 40)], 500.try_into().unwrap(), None).unwrap();
    assert_eq!(parts.len(), 1);
    assert_eq!(parts[0].minor.get(), 60);
}

fn no(n: u64) -> No {
    n.try_into().unwrap()
}

fn agreed(fee: u64, forgiven: u64) -> Agreed {
    Agreed {
        fee: minor(fee),
        forgiven: minor(forgiven),
    }
}

fn minor(n: u64) -> Minor {
    n.try_into().unwrap()
}

fn day(n: u64) -> Day {
    n.try_into().unwrap()
}

fn behind(no: No) -> Behind {
    Behind { no, asks: u64::MAX }
}

/// A payment that was taken back under the lock is owed again, and not asked for by it.
#[test]
fn a_lock_asks_for_no_more_than_it_says() {
    let today = day(20_025);
    let lock = Behind {
        no: no(5),
        asks: 100_000,
    };
    let sums = sums(&story(), today, Some(lock)).unwrap();
    assert_eq!((sums.due_now.get(), sums.unlocks_now.get()), (650_000, 100_000));
}

#[test]
fn while_a_lock_stands_its_instalment_is_what_unlocks_and_is_paid_first() {
    // Instalments 4 and 5 are late, and the lock stands on 5.
    let today = day(20_025);
    let sums = sums(&story(), today, Some(behind(no(5)))).unwrap();
    assert_eq!((sums.due_now.get(), sums.unlocks_now.get()), (650_000, 325_000));
    let parts = spread(&story(), sums.unlocks_now, Some(no(5))).unwrap();
    assert_eq!((parts.len(), parts[0].no.get(), parts[0].clears), (1, 5, true));
}

#[test]
fn a_plan_moves_what_is_open_and_keeps_what_was_paid() {
    let mut rows = story();
    rows[3].paid = minor(100_000);
    let schedule = [(day(20_000), minor(300_000)), (day(20_030), minor(251_000))];
    let plan = replan(&rows, &[no(4), no(5)], &schedule, agreed(1_000, 0), day(20_000)).unwrap();
    assert_eq!(
        (plan.replaced[0].minor.get(), plan.replaced[1].minor.get()),
        (100_000, 0)
    );
    let told: Vec<_> = plan
        .added
        .iter()
        .map(|i| (i.no.get(), i.minor.get(), i.fee.get()))
        .collect();
    assert_eq!(told, [(13, 300_000, 0), (14, 251_000, 1_000)]);
}

#[test]
fn a_plan_asks_for_what_is_open_to_the_last_minor_unit() {
    let (rows, today) = (story(), day(20_000));
    let ask = |late: u64, schedule: &[(Day, Minor)], sum: Agreed| {
        let made = replan(&rows, &[no(late)], schedule, sum, today);
        made.map(|plan| plan.added[0]).map_err(|e| e.code())
    };
    let (all, less) = ([(today, minor(325_000))], [(today, minor(200_000))]);
    assert_eq!(ask(4, &all, agreed(1, 0)), Err("plan_sum"));
    assert_eq!(ask(4, &less, agreed(0, 0)), Err("plan_sum"));
    assert_eq!(
        ask(4, &[(day(19_999), minor(325_000))], agreed(0, 0)),
        Err("plan_days")
    );
    assert_eq!(ask(1, &all, agreed(0, 0)), Err("nothing_owed"));
    assert_eq!(ask(77, &all, agreed(0, 0)), Err("not_found"));
    assert_eq!(ask(4, &less, agreed(0, 125_000)).unwrap().minor.get(), 200_000);
    // What is forgiven is forgiven of the new fee first.
    assert_eq!(ask(4, &all, agreed(500, 500)).unwrap().fee.get(), 0);
}

/// What happens to a contract.
#[derive(Clone, Debug)]
enum Event {
    Pay(u64, Option<u64>),
    TakeBack(prop::sample::Index),
    Plan(prop::sample::Index, Vec<u64>, u64),
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = prop_oneof![
        (1..900_000_u64, prop::option::of(1..20_u64)).prop_map(|(sum, no)| Event::Pay(sum, no)),
        any::<prop::sample::Index>().prop_map(Event::TakeBack),
        (
            any::<prop::sample::Index>(),
            prop::collection::vec(1..200_000_u64, 1..4),
            0..50_000_u64
        )
            .prop_map(|(at, rows, fee)| Event::Plan(at, rows, fee)),
    ];
    prop::collection::vec(event, 0..24)
}

proptest! {
    /// Whatever happens, the sums agree with each other and with their rows to the last minor unit.
    #[test]
    fn the_sums_agree_to_the_last_minor_unit(
        events in events(),
        today in 19_900..20_300_u64,
        locked in prop::option::of(1..20_u64),
    ) {
        let today = day(today);
        let mut rows = story();
        let mut payments: Vec<Vec<Part>> = Vec::new();
        let (mut received, mut forgiven, mut added) = (975_000_u64, 0_u64, 0_u64);
        for event in events {
            match event {
                Event::Pay(sum, locked) => {
                    let parts = spread(&rows, minor(sum), locked.map(no)).unwrap();
                    for part in &parts {
                        let row = rows.iter_mut().find(|i| i.no == part.no).unwrap();
                        row.paid = minor(row.paid.get() + part.minor.get());
                        received += part.minor.get();
                    }
                    payments.push(parts);
                }
                Event::TakeBack(at) if !payments.is_empty() => {
                    for part in payments.swap_remove(at.index(payments.len())) {
                        let row = rows.iter_mut().find(|i| i.no == part.no).unwrap();
                        row.paid = minor(row.paid.get() - part.minor.get());
                        received -= part.minor.get();
                    }
                }
                Event::TakeBack(_) => {}
                Event::Plan(at, amounts, fee) => {
                    let replaced = rows[at.index(rows.len())];
                    let schedule: Vec<_> =
                        amounts.iter().zip(20_300..).map(|(m, d)| (day(d), minor(*m))).collect();
                    let asked: u64 = amounts.iter().sum();
                    let due = replaced.open() + fee;
                    if asked > due {
                        continue;
                    }
                    let sum = agreed(fee, due - asked);
                    if let Ok(plan) = replan(&rows, &[replaced.no], &schedule, sum, today) {
                        added += asked.saturating_sub(replaced.open());
                        forgiven += replaced.open().saturating_sub(asked);
                        let old = rows.iter_mut().find(|i| i.no == replaced.no).unwrap();
                        *old = plan.replaced[0];
                        rows.extend(plan.added);
                        rows.sort_by_key(|i| (i.due, i.no));
                    }
                }
            }
        }
        let sums = sums(&rows, today, locked.map(no).map(behind)).unwrap();
        prop_assert_eq!(sums.total.get(), sums.paid.get() + sums.left.get());
        prop_assert_eq!(sums.total.get() + forgiven, 3_900_000 + added);
        prop_assert_eq!(sums.paid.get(), received);
        prop_assert!(sums.due_now <= sums.left && sums.fees <= sums.due_now);
        let numbers: std::collections::BTreeSet<_> = rows.iter().map(|i| i.no).collect();
        prop_assert_eq!(numbers.len(), rows.len());
        if rows.iter().filter(|i| i.minor.get() > 0).count() <= ROWS {
            let open: u64 = sums.rows.iter().map(Instalment::open).sum();
            let paid: u64 = sums.rows.iter().map(|i| i.paid.get()).sum();
            prop_assert_eq!((open, paid), (sums.left.get(), sums.paid.get()));
            let due: u64 = sums.rows.iter().filter(|i| i.due <= today).map(Instalment::open).sum();
            prop_assert_eq!(due, sums.due_now.get());
        }
        // Paying what unlocks leaves nothing that unlocks.
        for part in spread(&rows, sums.unlocks_now, locked.map(no)).unwrap() {
            let row = rows.iter_mut().find(|i| i.no == part.no).unwrap();
            row.paid = minor(row.paid.get() + part.minor.get());
        }
        let after = super::sums(&rows, today, locked.map(no).map(behind)).unwrap();
        prop_assert_eq!(after.unlocks_now.get(), 0);
    }
}
