//! The kindest value of each field, where market, lender and contract differ (markets.md §3).
//!
//! What binds needs the word of all, what frees the word of one; waits grow, levels sink, hours shrink to what all of them
//! leave open, closed days add up. So one more layer never lets a lock begin earlier, whatever it says; a property test
//! holds that. Money and screen are the market's alone.

use super::{Date, Hours, Minute, Need, NoticeRule, Open, Owner, Permission, Profile, Wait, Weekday};
use crate::agreement::{Agreement, Softer};
use crate::order::values::Level;
use serde::Deserialize;
use std::borrow::Cow;

/// Values of a lender or a contract on top of a market's: the same tables, every field absent or kinder. A harder value
/// changes nothing.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Layer {
    /// Last day on which it allows anything.
    pub valid_until: Option<Date>,
    /// What is allowed.
    pub permission: PermissionLayer,
    /// How late a payment must be.
    pub wait: Wait,
    /// Notices: those of the market by name, with more of a wait; or one more.
    pub notice: Vec<NoticeRule>,
    /// When a lock may begin.
    pub hours: HoursLayer,
    /// More holidays.
    pub holiday: Vec<super::Holiday>,
    /// What the owner gets.
    pub owner: Owner,
}

/// `[permission]` of a layer.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PermissionLayer {
    /// Whether a phone may be enrolled.
    pub may_enrol: Option<bool>,
    /// Whether a phone may be locked.
    pub may_lock: Option<bool>,
    /// What must stand beside a lock, too.
    pub needs: Vec<Need>,
    /// Highest level.
    pub max_level: Option<Level>,
    /// Whether lower levels must have come first.
    pub levels_in_order: Option<bool>,
}

/// `[hours]` of a layer.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HoursLayer {
    /// Opening times; none = no rule.
    pub open: Vec<Open>,
    /// Whether holidays are open.
    pub on_holidays: Option<bool>,
    /// Rest days.
    pub rest: Vec<Weekday>,
    /// Last day the list of holidays knows.
    pub holidays_until: Option<Date>,
    /// Whether the house hours bind too.
    pub house: Option<bool>,
}

impl From<&Softer> for Layer {
    fn from(softer: &Softer) -> Layer {
        Layer {
            permission: PermissionLayer {
                max_level: softer.max_level,
                levels_in_order: softer.levels_in_order,
                ..PermissionLayer::default()
            },
            wait: Wait {
                late_days: softer.late_days.unwrap_or(0),
                ..Wait::default()
            },
            owner: Owner::from(softer),
            ..Layer::default()
        }
    }
}

impl From<&Softer> for Owner {
    fn from(softer: &Softer) -> Owner {
        // What a contract does not name is the kindest that none would have: it lifts no market's value.
        let plain = Owner::default();
        Owner {
            restore_within_min: softer.restore_within_min.unwrap_or(plain.restore_within_min),
            compensation_minor_per_hour: softer.compensation_minor_per_hour.unwrap_or(0),
            opening_hours: softer.opening_hours.unwrap_or(0),
            openings_per_lock: softer.openings_per_lock.unwrap_or(0),
            paid_claim_min: softer.paid_claim_min.unwrap_or(plain.paid_claim_min),
            provisional_hours: softer.provisional_hours.unwrap_or(0),
            dispute_lowers_to: softer.dispute_lowers_to.unwrap_or(plain.dispute_lowers_to),
            dispute_answer_days: softer.dispute_answer_days.unwrap_or(plain.dispute_answer_days),
            contacts_per_day: softer.contacts_per_day,
            modes_per_week: softer.modes_per_week,
        }
    }
}

impl Profile {
    /// The kindest values of this market and of those on top of it.
    #[must_use]
    pub fn kindest(&self, layers: &[Layer]) -> Profile {
        layers
            .iter()
            .fold(self.clone(), |profile, layer| profile.with(layer))
    }

    /// The values that bind under an agreement: this market's, and the contract's kinder ones.
    #[must_use]
    pub fn under(&self, agreement: &Agreement) -> Cow<'_, Profile> {
        match &agreement.softer {
            Some(softer) => Cow::Owned(self.kindest(&[Layer::from(&**softer)])),
            None => Cow::Borrowed(self),
        }
    }

    /// What the owner gets under an agreement: the market's values, and the contract's where they are kinder.
    #[must_use]
    pub fn owner_under(&self, agreement: &Agreement) -> Owner {
        match &agreement.softer {
            Some(softer) => owner(&self.owner, &Owner::from(&**softer)),
            None => self.owner,
        }
    }

    fn with(self, layer: &Layer) -> Profile {
        Profile {
            valid_until: least(Some(self.valid_until), layer.valid_until).unwrap_or(self.valid_until),
            permission: permission(self.permission, &layer.permission),
            wait: wait(&self.wait, &layer.wait),
            notice: notices(self.notice, &layer.notice),
            hours: hours(self.hours, &layer.hours),
            holiday: union(self.holiday, &layer.holiday),
            owner: owner(&self.owner, &layer.owner),
            ..self
        }
    }
}

/// The smaller of two, where both are there.
fn least<T: Ord>(a: Option<T>, b: Option<T>) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, other) => one.or(other),
    }
}

fn union<T: Clone + PartialEq>(mut all: Vec<T>, more: &[T]) -> Vec<T> {
    for one in more {
        if !all.contains(one) {
            all.push(one.clone());
        }
    }
    all
}

/// A weekly value stands for the plain one where it is absent, so a kinder plain one speaks for weekly plans too.
fn weekly<T: Ord + Copy>(a: (Option<T>, T), b: (Option<T>, T)) -> Option<T> {
    let named = a.0.is_some() || b.0.is_some();
    named.then(|| a.0.unwrap_or(a.1).max(b.0.unwrap_or(b.1)))
}

fn permission(market: Permission, layer: &PermissionLayer) -> Permission {
    Permission {
        may_enrol: market.may_enrol && layer.may_enrol.unwrap_or(true),
        may_lock: market.may_lock && layer.may_lock.unwrap_or(true),
        needs: union(market.needs, &layer.needs),
        max_level: market.max_level.min(layer.max_level.unwrap_or(market.max_level)),
        levels_in_order: market.levels_in_order || layer.levels_in_order.unwrap_or(false),
        rule_status: market.rule_status,
    }
}

fn wait(market: &Wait, layer: &Wait) -> Wait {
    Wait {
        late_days: market.late_days.max(layer.late_days),
        late_days_weekly_plan: weekly(
            (market.late_days_weekly_plan, market.late_days),
            (layer.late_days_weekly_plan, layer.late_days),
        ),
        business_days_late: market.business_days_late.max(layer.business_days_late),
        business_days_after_notice: market
            .business_days_after_notice
            .max(layer.business_days_after_notice),
    }
}

fn notices(mut market: Vec<NoticeRule>, layer: &[NoticeRule]) -> Vec<NoticeRule> {
    for rule in layer {
        match market.iter_mut().find(|known| known.name == rule.name) {
            Some(known) => *known = notice(known, rule),
            None => market.push(rule.clone()),
        }
    }
    market
}

fn notice(market: &NoticeRule, layer: &NoticeRule) -> NoticeRule {
    NoticeRule {
        name: market.name.clone(),
        not_before_late_day: market.not_before_late_day.max(layer.not_before_late_day),
        clear_days: market.clear_days.max(layer.clear_days),
        clear_days_weekly_plan: weekly(
            (market.clear_days_weekly_plan.map(Some), market.clear_days),
            (layer.clear_days_weekly_plan.map(Some), layer.clear_days),
        )
        .flatten(),
        hours: market.hours.max(layer.hours),
        modes: market.modes.max(layer.modes),
        after: market.after.clone().or_else(|| layer.after.clone()),
    }
}

fn hours(market: Hours, layer: &HoursLayer) -> Hours {
    Hours {
        open: intersect(&market.open, &layer.open),
        on_holidays: market.on_holidays && layer.on_holidays.unwrap_or(true),
        rest: union(market.rest, &layer.rest),
        // Past the end of one list nobody knows that one's holidays, so every day is one.
        holidays_until: least(market.holidays_until, layer.holidays_until),
        house: market.house || layer.house.unwrap_or(false),
    }
}

/// What both leave open. No opening times are no rule; where two rules leave nothing, one opening of no length stands,
/// which is never.
fn intersect(a: &[Open], b: &[Open]) -> Vec<Open> {
    if a.is_empty() || b.is_empty() {
        return [a, b].concat();
    }
    let mut both = Vec::new();
    for one in a {
        for other in b {
            let (from, to) = (one.from.max(other.from), one.to.min(other.to));
            if let Some(days) = one.days.and(other.days)
                && from < to
            {
                both.push(Open { days, from, to });
            }
        }
    }
    if both.is_empty() {
        both.extend(a.first().map(|open| Open {
            days: open.days,
            from: Minute(0),
            to: Minute(0),
        }));
    }
    both
}

fn owner(market: &Owner, layer: &Owner) -> Owner {
    Owner {
        restore_within_min: market.restore_within_min.min(layer.restore_within_min),
        compensation_minor_per_hour: market
            .compensation_minor_per_hour
            .max(layer.compensation_minor_per_hour),
        opening_hours: market.opening_hours.max(layer.opening_hours),
        openings_per_lock: market.openings_per_lock.max(layer.openings_per_lock),
        paid_claim_min: market.paid_claim_min.min(layer.paid_claim_min),
        provisional_hours: market.provisional_hours.max(layer.provisional_hours),
        dispute_lowers_to: market.dispute_lowers_to.min(layer.dispute_lowers_to),
        dispute_answer_days: market.dispute_answer_days.min(layer.dispute_answer_days),
        contacts_per_day: least(market.contacts_per_day, layer.contacts_per_day),
        modes_per_week: least(market.modes_per_week, layer.modes_per_week),
    }
}
