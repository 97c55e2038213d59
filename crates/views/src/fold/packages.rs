//! Packages of support: one row for each, and one for what each contribution commits in each
//! financial year.

use crate::column::{integer, nanoseconds};
use domain::ids::ServiceSlug;
use domain::package::Supported;
use domain::package::event::PackageEnd;
use domain::request::Case;
use rusqlite::{Result, Transaction, params};

/// Writes this request's package and its costs, instead of any before.
pub(super) fn write(rows: &Transaction<'_>, request: i64, case: &Case) -> Result<()> {
    let Some(support) = case.support.as_deref() else { return Ok(()) };
    let contributions = &support.package.contributions;
    let starts = contributions.iter().map(|each| each.starts).min();
    let Some((starts, ends)) = starts.zip(support.package.ends()) else { return Ok(()) };
    rows.prepare_cached(
        "INSERT OR REPLACE INTO packages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        request,
        support.panel.as_str(),
        starts.to_string(),
        ends.to_string(),
        support.review_on.map(|day| day.to_string()),
        support.review_due_since.map(nanoseconds),
        support.chased,
        support.reviews,
        count(contributions.len()),
        count(support.queries.len()),
        support.over.map(PackageEnd::code),
    ])?;
    costs(rows, request, support)
}

fn costs(rows: &Transaction<'_>, request: i64, support: &Supported) -> Result<()> {
    rows.prepare_cached("DELETE FROM package_costs WHERE request = ?")?.execute([request])?;
    let mut statement =
        rows.prepare_cached("INSERT INTO package_costs VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?;
    for each in support.committed() {
        for cost in &each.costs {
            statement.execute(params![
                request,
                each.number,
                cost.from_year,
                support.panel.as_str(),
                each.agency.code(),
                each.provider.service().map(ServiceSlug::as_str),
                each.funding.code(),
                cost.amount.pence,
            ])?;
        }
    }
    Ok(())
}

fn count(number: usize) -> i64 {
    integer(u64::try_from(number).unwrap_or(u64::MAX))
}
