//! Unusual reading: what in the record of accesses a person ought to look at.
//!
//! The rules are data, and each finding says what was found, against what it was held, and in
//! which entries. A finding accuses nobody: there are good reasons to read at night. Nothing
//! is done about one but that somebody sees it.

#[cfg(test)]
mod tests;

use crate::account::Role;
use crate::calendar::{Calendar, london};
use crate::codes::codes;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

codes! {
    /// What is unusual about it.
    Unusual {
        FarMoreChildren = "far_more_children", "far more children than others of the role that day";
        OutsideHours = "outside_hours", "outside the council's working hours";
        NoTask = "no_task", "a child that the reader has no task with, repeatedly";
        ManySearches = "many_searches", "many searches by name";
        ManyRoles = "many_roles", "one child, read in many roles in one day";
        AfterBrokenGlass = "after_broken_glass", "under an access that was broken open";
    }
}

/// The reason on record of an access that is a search by name.
pub const SEARCH: &str = "search by name";

/// Somebody read something about somebody, in a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// The entry of the record.
    pub entry: u64,
    /// When.
    pub at: Timestamp,
    /// The account.
    pub who: String,
    /// In which role.
    pub role: Role,
    /// What for, as the table of permissions calls it.
    pub operation: String,
    /// Why, as the record has it.
    pub why: String,
    /// Whom: children by pseudonym, requests about no child by their id.
    pub whom: Vec<Uuid>,
}

/// From where on reading is unusual.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadingRules {
    /// So many children in a day at least,
    pub far_more_least_children: usize,
    /// and so many times the median of the others of the role.
    pub far_more_times_median: usize,
    /// So many looks outside working hours in a day.
    pub outside_hours_least_looks: usize,
    /// Whose role is to work on some requests while they could read all.
    pub no_task_roles: Vec<Role>,
    /// So many looks in the period at one child without a task.
    pub no_task_least_looks: usize,
    /// What the reason of an access begins with that was a search by name.
    pub search_reason: &'static str,
    /// So many of them in a day.
    pub many_searches_least: usize,
    /// One child read in so many roles in a day.
    pub many_roles_least: usize,
    /// What the reason of an access begins with that was broken open.
    pub broken_glass_reason: &'static str,
}

impl Default for ReadingRules {
    /// No standard sets these figures. They are such that a quiet county's ordinary week finds
    /// nothing: a page of a list shows fifty children, so thirty is less than one page.
    fn default() -> Self {
        Self {
            far_more_least_children: 30,
            far_more_times_median: 3,
            outside_hours_least_looks: 1,
            no_task_roles: vec![Role::Adviser, Role::Coordinator],
            no_task_least_looks: 3,
            search_reason: SEARCH,
            many_searches_least: 20,
            many_roles_least: 5,
            broken_glass_reason: "break-glass",
        }
    }
}

/// Something that a person ought to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is unusual.
    pub rule: Unusual,
    /// The day in London.
    pub on: Date,
    /// Who read; `None` when several did.
    pub who: Option<String>,
    /// In which roles.
    pub roles: BTreeSet<Role>,
    /// Whom.
    pub whom: BTreeSet<Uuid>,
    /// How much of it there was,
    pub count: usize,
    /// and from which number on it is unusual.
    pub from: usize,
    /// The entries that show it, in order.
    pub entries: Vec<u64>,
    /// Why it is here, in a sentence.
    pub says: String,
}

type Group<'a> = Vec<&'a Look>;

impl ReadingRules {
    /// What is unusual in these looks, by day and rule. `has_task` knows whether somebody has
    /// to do with somebody.
    #[must_use]
    pub fn findings(
        &self,
        looks: &[Look],
        calendar: &Calendar,
        has_task: impl Fn(&str, Uuid) -> bool,
    ) -> Vec<Finding> {
        let mut found = self.far_more(looks);
        found.extend(self.outside_hours(looks, calendar));
        found.extend(self.without_task(looks, has_task));
        found.extend(self.searches(looks));
        found.extend(self.many_roles(looks));
        found.extend(self.after_broken_glass(looks));
        found.sort_by(|a, b| (b.on, a.rule, &a.who).cmp(&(a.on, b.rule, &b.who)));
        found
    }

    fn far_more(&self, looks: &[Look]) -> Vec<Finding> {
        let by_reader = grouped(looks.iter(), |look| (day(look), look.role, look.who.clone()));
        let children =
            |group: &Group<'_>| group.iter().flat_map(|it| &it.whom).collect::<BTreeSet<_>>().len();
        let mut counts: BTreeMap<(Date, Role), Vec<(&String, usize)>> = BTreeMap::new();
        for ((on, role, who), group) in &by_reader {
            counts.entry((*on, *role)).or_default().push((who, children(group)));
        }
        let unusual = |((on, role, who), group): (&(Date, Role, String), &Group<'_>)| {
            let peers = counts.get(&(*on, *role))?.iter().filter(|(other, _)| *other != who);
            let usual = median(peers.map(|(_, count)| *count).collect());
            let from = self.far_more_least_children.max(usual * self.far_more_times_median);
            let count = children(group);
            let says = format!(
                "{who} read about {count} children; of the others in the role, half read about \
                 {usual} or fewer that day"
            );
            (count >= from).then(|| of(Unusual::FarMoreChildren, group, (count, from), says))?
        };
        by_reader.iter().filter_map(unusual).collect()
    }

    fn outside_hours(&self, looks: &[Look], calendar: &Calendar) -> Vec<Finding> {
        let late = looks.iter().filter(|it| it.role != Role::School && !calendar.is_open(it.at));
        let by_reader = grouped(late, |look| (day(look), look.who.clone()));
        let from = self.outside_hours_least_looks;
        let unusual = |((_, who), group): (&(Date, String), &Group<'_>)| {
            let count = group.len();
            let says = format!("{who} looked {count} times while the council was closed");
            (count >= from).then(|| of(Unusual::OutsideHours, group, (count, from), says))?
        };
        by_reader.iter().filter_map(unusual).collect()
    }

    /// Who looked repeatedly at whom in a role that has tasks: about these it is worth asking
    /// whether they have one.
    #[must_use]
    pub fn repeated<'a>(&self, looks: &'a [Look]) -> BTreeMap<(&'a str, Uuid), Vec<&'a Look>> {
        let mut by_pair: BTreeMap<(&str, Uuid), Group<'_>> = BTreeMap::new();
        // A page of a list shows many children to everybody; a look at one is meant.
        let meant = looks.iter().filter(|it| it.whom.len() == 1);
        for look in meant.filter(|it| self.no_task_roles.contains(&it.role)) {
            for whom in &look.whom {
                by_pair.entry((&look.who, *whom)).or_default().push(look);
            }
        }
        by_pair.retain(|_, group| group.len() >= self.no_task_least_looks);
        by_pair
    }

    fn without_task(&self, looks: &[Look], has_task: impl Fn(&str, Uuid) -> bool) -> Vec<Finding> {
        let from = self.no_task_least_looks;
        let unusual = |((who, whom), group): (&(&str, Uuid), &Group<'_>)| {
            let count = group.len();
            if has_task(who, *whom) {
                return None;
            }
            let says = format!(
                "{who} looked {count} times at a child none of whose requests {who} had or did \
                 anything about"
            );
            of(Unusual::NoTask, group, (count, from), says)
        };
        self.repeated(looks).iter().filter_map(unusual).collect()
    }

    fn searches(&self, looks: &[Look]) -> Vec<Finding> {
        let searches = |it: &&Look| it.why.starts_with(self.search_reason);
        let by_reader =
            grouped(looks.iter().filter(searches), |look| (day(look), look.who.clone()));
        let from = self.many_searches_least;
        let unusual = |((_, who), group): (&(Date, String), &Group<'_>)| {
            let count = group.len();
            let says = format!("{who} searched {count} times for children by who they are");
            (count >= from).then(|| of(Unusual::ManySearches, group, (count, from), says))?
        };
        by_reader.iter().filter_map(unusual).collect()
    }

    fn many_roles(&self, looks: &[Look]) -> Vec<Finding> {
        let mut by_child: BTreeMap<(Date, Uuid), Group<'_>> = BTreeMap::new();
        for look in looks {
            for whom in &look.whom {
                by_child.entry((day(look), *whom)).or_default().push(look);
            }
        }
        let from = self.many_roles_least;
        let unusual = |((_, whom), group): (&(Date, Uuid), &Group<'_>)| {
            let count = group.iter().map(|it| it.role).collect::<BTreeSet<_>>().len();
            let says = format!("people in {count} roles read about one child in one day");
            let found = (count >= from).then(|| of(Unusual::ManyRoles, group, (count, from), says));
            found.flatten().map(|found| Finding { whom: [*whom].into(), ..found })
        };
        by_child.iter().filter_map(unusual).collect()
    }

    fn after_broken_glass(&self, looks: &[Look]) -> Vec<Finding> {
        let broken = looks.iter().filter(|it| it.why.starts_with(self.broken_glass_reason));
        let by_reader = grouped(broken, |look| (day(look), look.who.clone()));
        let unusual = |((_, who), group): (&(Date, String), &Group<'_>)| {
            let count = group.len();
            let says = format!("{who} looked {count} times under an access that was broken open");
            of(Unusual::AfterBrokenGlass, group, (count, 1), says)
        };
        by_reader.iter().filter_map(unusual).collect()
    }
}

fn day(look: &Look) -> Date {
    london::wall(look.at).date()
}

fn grouped<'a, K: Ord>(
    looks: impl Iterator<Item = &'a Look>,
    by: impl Fn(&Look) -> K,
) -> BTreeMap<K, Group<'a>> {
    let mut groups: BTreeMap<K, Group<'a>> = BTreeMap::new();
    for look in looks {
        groups.entry(by(look)).or_default().push(look);
    }
    groups
}

/// The greatest of the lower half; none of nobody.
fn median(mut counts: Vec<usize>) -> usize {
    counts.sort_unstable();
    counts.get(counts.len().saturating_sub(1) / 2).copied().unwrap_or(0)
}

/// A finding in these looks, if there are any. It stands under the day of the last.
fn of(
    rule: Unusual,
    looks: &Group<'_>,
    (count, from): (usize, usize),
    says: String,
) -> Option<Finding> {
    let on = looks.iter().map(|it| day(it)).max()?;
    let people: BTreeSet<_> = looks.iter().map(|it| &it.who).collect();
    let who = people.first().filter(|_| people.len() == 1).map(|who| (*who).clone());
    let mut entries: Vec<_> = looks.iter().map(|it| it.entry).collect();
    entries.sort_unstable();
    let roles = looks.iter().map(|it| it.role).collect();
    let whom = looks.iter().flat_map(|it| it.whom.iter().copied()).collect();
    Some(Finding { rule, on, who, roles, whom, count, from, entries, says })
}
