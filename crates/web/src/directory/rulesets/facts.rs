//! `GET /rulesets/triage/facts`: what criteria can ask about, and how; for whoever writes some.

use crate::app::Permit;
use crate::openapi::Unanswered;
use crate::page::Page;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use domain::triage::{Fact, Kind, Test, Value, value_says};
use serde::Serialize;
use utoipa::ToSchema;

/// Something that a criterion can ask about.
#[derive(Serialize, ToSchema)]
pub(crate) struct FactItem {
    #[schema(example = "cycles_completed")]
    fact: &'static str,
    #[schema(example = "the number of cycles tried and reviewed")]
    says: &'static str,
    /// What its values are: `flag`, `number`, `code` (one of `values`) or `codes` (several).
    #[schema(example = "number")]
    kind: &'static str,
    /// How it can be tested.
    tests: Vec<CodeItem>,
    /// The codes that it can have.
    values: Vec<CodeItem>,
}

/// A code and what it means.
#[derive(Serialize, ToSchema)]
pub(crate) struct CodeItem {
    code: &'static str,
    says: String,
}

/// What criteria can ask about, how each can be tested, and against which codes.
#[utoipa::path(
    get, path = "/rulesets/triage/facts", operation_id = "list_rule_facts", tag = "directory",
    responses((status = 200, body = Page<FactItem>), Unanswered),
)]
pub(crate) async fn facts(_: Permit, query: Query) -> Result<Json<Page<FactItem>>, Problem> {
    query.done()?;
    let items = Fact::ALL.iter().map(|fact| FactItem::of(*fact)).collect();
    Ok(Json(Page { items, next: None }))
}

impl FactItem {
    fn of(fact: Fact) -> Self {
        let kind = fact.kind();
        let tests = Test::ALL.iter().filter(|test| kind.allows(**test));
        let tests = tests.map(|test| CodeItem { code: test.code(), says: test.says().to_owned() });
        let tests = tests.collect();
        let (kind, codes) = match kind {
            Kind::Flag => ("flag", vec![]),
            Kind::Number => ("number", vec![]),
            Kind::Code(codes) => ("code", codes),
            Kind::Codes(codes) => ("codes", codes),
        };
        let code = |code: &'static str| CodeItem {
            code,
            says: value_says(&Value::Code(code.to_owned()), fact),
        };
        let values = codes.into_iter().map(code).collect();
        Self { fact: fact.code(), says: fact.says(), kind, tests, values }
    }
}
