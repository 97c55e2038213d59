//! The report on spending as people read it: one table, whose last row and last column add up.

use super::{SpendGroupShown, SpendShown};
use crate::packages::totals::YearShown;
use crate::paper::{Blocks, Column, Paper, Table};
use crate::prose::{bare, capital, financial_year, pounds_and_pence};
use domain::money::Money;

/// The report on paper.
pub(super) fn paper(shown: &SpendShown) -> Paper {
    let by = shown.group_by.replace('_', " ");
    let (from, to) = (financial_year(shown.from_year), financial_year(shown.to_year));
    let title = if from == to {
        format!("Support committed by panels in {from}")
    } else {
        format!("Support committed by panels, {from} to {to}")
    };
    let mut blocks = Blocks::default();
    blocks.heading(1, title.clone());
    blocks.paragraph(
        "What packages of support commit in each financial year, from 1 April. Of those that are \
         over or were changed it is what was given.",
    );
    if shown.items.is_empty() {
        blocks.paragraph("Nothing was committed in these years.");
    } else {
        blocks.table(table(shown, &by));
    }
    Paper { title, blocks: blocks.0 }
}

fn table(shown: &SpendShown, by: &str) -> Table {
    let mut columns = vec![Column::text(capital(by)), Column::number("Requests")];
    let years = &shown.years;
    columns.extend(years.iter().map(|year| Column::number(financial_year(year.from_year))));
    columns.push(Column::number("Total"));
    let row = |group: &SpendGroupShown| {
        let mut row = vec![name(group), group.requests.to_string()];
        row.extend(years.iter().map(|year| in_year(&group.years, year.from_year)));
        row.push(pounds_and_pence(group.total));
        row
    };
    let mut total = vec!["All".to_owned(), String::new()];
    total.extend(years.iter().map(|year| pounds_and_pence(year.amount)));
    total.push(pounds_and_pence(shown.total));
    Table {
        caption: format!("Committed, by {by}"),
        columns,
        rows: shown.items.iter().map(row).collect(),
        total: Some(total),
    }
}

fn name(group: &SpendGroupShown) -> String {
    let name = group.name.as_deref().or(group.key.as_deref());
    name.map_or_else(|| "Not known".to_owned(), |name| capital(bare(name)))
}

fn in_year(years: &[YearShown], from_year: i16) -> String {
    let amount = years.iter().find(|year| year.from_year == from_year).map(|year| year.amount);
    pounds_and_pence(amount.unwrap_or(Money { pence: 0 }))
}
