//! In words: a package, in two small tables: what is given, and what it costs.

use super::super::package::{ContributionMinuted, PackageMinuted};
use super::quoted;
use crate::paper::{Blocks, Column, Table};
use crate::prose::{bare, capital, day, financial_year, pounds, pounds_and_pence};
use domain::money::Money;
use domain::package::Frequency;
use std::collections::BTreeMap;

impl PackageMinuted {
    pub(super) fn write(&self, blocks: &mut Blocks) {
        blocks.heading(4, "Package");
        let of = &self.key_worker_of;
        let named = self.key_worker.as_ref().map(|it| format!("{}, {} ({of})", it.name, it.role));
        let key_worker = named.unwrap_or_else(|| format!("Of {of}; name not shown"));
        blocks.facts([
            ("Key worker", Some(key_worker)),
            ("Review", Some(day(self.review_on))),
            ("Total", Some(pounds(self.total))),
        ]);
        blocks.table(self.given());
        blocks.table(self.cost());
        blocks.points(self.contributions.iter().filter_map(ContributionMinuted::sought).collect());
    }

    fn given(&self) -> Table {
        let columns = ["No.", "Who", "What", "How much", "From and to", "Review"];
        let row = |each: &ContributionMinuted| {
            vec![
                each.number.to_string(),
                each.who.clone(),
                each.what.clone().unwrap_or_else(|| capital(bare(each.support.says()))),
                each.how_much(),
                each.when(),
                day(each.review_on),
            ]
        };
        Table {
            caption: "What is given".to_owned(),
            columns: columns.map(Column::text).into(),
            rows: self.contributions.iter().map(row).collect(),
            total: None,
        }
    }

    fn cost(&self) -> Table {
        let years: Vec<i16> = self.costs.keys().copied().collect();
        let mut columns = vec![Column::text("No."), Column::text("Paid by")];
        columns.push(Column::number("Unit cost"));
        columns.extend(years.iter().map(|year| Column::number(financial_year(*year))));
        columns.push(Column::number("Total"));
        let row = |each: &ContributionMinuted| {
            let mut row = vec![each.number.to_string(), capital(bare(each.funding.says()))];
            row.push(pounds_and_pence(each.unit_cost));
            row.extend(amounts(&years, &each.costs));
            row
        };
        let mut total = vec!["All".to_owned(), String::new(), String::new()];
        total.extend(amounts(&years, &self.costs));
        Table {
            caption: "What it costs, by financial year".to_owned(),
            columns,
            rows: self.contributions.iter().map(row).collect(),
            total: Some(total),
        }
    }
}

/// The amount of each year, and of all years.
fn amounts(years: &[i16], costs: &BTreeMap<i16, Money>) -> Vec<String> {
    let in_year = |year: &i16| costs.get(year).copied().unwrap_or_default();
    let total = Money { pence: costs.values().map(|cost| cost.pence).sum() };
    years.iter().map(in_year).chain([total]).map(pounds_and_pence).collect()
}

impl ContributionMinuted {
    /// `2.5 hours every week of school terms`.
    fn how_much(&self) -> String {
        let many = self.unit.says();
        let unit = if self.quantity == "1" { many.trim_end_matches('s') } else { many };
        let comma = if self.frequency == Frequency::Once { "," } else { "" };
        format!("{} {unit}{comma} {}", self.quantity, self.frequency.says())
    }

    fn when(&self) -> String {
        let (first, last) = (day(self.starts), day(self.ends));
        if first == last { first } else { format!("{first} to {last}") }
    }

    /// The outcome sought and the named lead, where words are shown.
    fn sought(&self) -> Option<String> {
        let (outcome, lead) = (self.outcome.as_deref()?, self.lead.as_deref()?);
        let (outcome, lead) = (quoted(outcome), quoted(lead));
        Some(format!("No. {}. Outcome sought: {outcome} Lead: {lead}", self.number))
    }
}
