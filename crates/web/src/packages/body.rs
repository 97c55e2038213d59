//! Reading a package as a panel, or whoever reviews it, proposes it: its codes, which are
//! priced, and its words, which are sealed.

use crate::form::{Faults, Form, code, date, decimal, list, money, text, text_block};
use domain::package::{
    ContributionDraft, MOST_CONTRIBUTIONS, MOST_UNIT_COST_PENCE, MOST_UNITS, PackageDraft, Provider,
};
use domain::personal::{ContributionWords, KeyWorker, PackageWords};
use domain::service::Agency;
use serde_json::Value;
use utoipa::ToSchema;

const MOST_NAME_CHARS: usize = 200;
const MOST_WORDS_CHARS: usize = 2_000;

/// A package as it is proposed. It is priced when it is agreed.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct PackageBody {
    /// The one person whom the family can always ask.
    key_worker: KeyWorkerBody,
    /// For whom the key worker works, who reviews the package.
    key_worker_of: ProviderBody,
    #[schema(min_items = 1, max_items = 30)]
    contributions: Vec<ContributionBody>,
}

/// The one person whom the family can always ask.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct KeyWorkerBody {
    #[schema(max_length = 200, example = "Sam Ashdown")]
    name: String,
    #[schema(max_length = 200, example = "Specialist teacher")]
    role: String,
    /// How the family reaches them.
    #[schema(max_length = 200, example = "01273 555 0142")]
    contact: Option<String>,
}

/// A service of the directory, or an agency outside it: exactly one of them.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct ProviderBody {
    #[schema(example = "specialist-sen")]
    service: Option<String>,
    #[schema(example = "health")]
    agency: Option<String>,
}

/// Who gives what, how much, how often, at whose cost, to what end.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"service": "specialist-sen", "what": "A specialist teacher in class",
    "outcome": "Ivy asks for help in words", "lead": "Sam Ashdown", "support": "outreach",
    "quantity": 2, "unit": "hour", "frequency": "term_weekly", "unit_cost": {"pence": 4500},
    "starts": "2027-01-04", "ends": "2027-07-23", "funding": "high_needs",
    "review_on": "2027-03-15"}))]
pub(crate) struct ContributionBody {
    service: Option<String>,
    agency: Option<String>,
    #[schema(max_length = 2000)]
    what: String,
    #[schema(max_length = 2000)]
    outcome: String,
    /// Who sees to it.
    #[schema(max_length = 200)]
    lead: String,
    support: String,
    /// Each time, in units.
    #[schema(exclusive_minimum = 0, maximum = 1000)]
    quantity: f64,
    unit: String,
    frequency: String,
    unit_cost: UnitCostBody,
    #[schema(format = Date)]
    starts: String,
    /// The last day: at most three years after the first.
    #[schema(format = Date)]
    ends: String,
    funding: String,
    #[schema(format = Date)]
    review_on: String,
}

/// What one unit costs.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct UnitCostBody {
    #[schema(minimum = 0, maximum = 10_000_000)]
    pence: i64,
}

/// A package, with every fault of its shape. What the rules say of it is for its pricing.
pub(crate) fn package(
    value: &Value,
    at: &str,
    faults: &mut Faults,
) -> Option<(PackageDraft, PackageWords)> {
    let mut form = Form::of(value, at, faults)?;
    let key_worker = form.required("key_worker", faults, key_worker);
    let key_worker_of = form.required("key_worker_of", faults, |value, at, faults| {
        let mut form = Form::of(value, at, faults)?;
        let provider = provider(&mut form, faults);
        form.done(faults);
        provider
    });
    let read = list(MOST_CONTRIBUTIONS, contribution);
    let contributions = form.required("contributions", faults, read);
    form.done(faults);
    let (drafts, words) = contributions?.into_iter().unzip();
    let draft = PackageDraft { key_worker_of: key_worker_of?, contributions: drafts };
    Some((draft, PackageWords { key_worker: key_worker?, contributions: words }))
}

fn key_worker(value: &Value, at: &str, faults: &mut Faults) -> Option<KeyWorker> {
    let mut form = Form::of(value, at, faults)?;
    let name = form.required("name", faults, text(MOST_NAME_CHARS));
    let role = form.required("role", faults, text(MOST_NAME_CHARS));
    let contact = form.optional("contact", faults, text(MOST_NAME_CHARS));
    form.done(faults);
    Some(KeyWorker { name: name?, role: role?, contact })
}

fn contribution(
    value: &Value,
    at: &str,
    faults: &mut Faults,
) -> Option<(ContributionDraft, ContributionWords)> {
    let mut form = Form::of(value, at, faults)?;
    let words = contribution_words(&mut form, faults);
    let given = given(&mut form, faults);
    let review_on = form.required("review_on", faults, date);
    form.done(faults);
    Some((ContributionDraft { review_on: review_on?, ..given? }, words?))
}

/// Who gives how much of what, and when: all that it costs depends on. As if it were reviewed on
/// its first day.
fn given(form: &mut Form<'_>, faults: &mut Faults) -> Option<ContributionDraft> {
    let provider = provider(form, faults);
    let support = form.required("support", faults, code);
    let quantity = form.required("quantity", faults, decimal(MOST_UNITS));
    let unit = form.required("unit", faults, code);
    let frequency = form.required("frequency", faults, code);
    let unit_cost = form.required("unit_cost", faults, money(MOST_UNIT_COST_PENCE));
    let starts = form.required("starts", faults, date);
    let ends = form.required("ends", faults, date);
    let funding = form.required("funding", faults, code);
    Some(ContributionDraft {
        provider: provider?,
        support: support?,
        quantity: quantity?,
        unit: unit?,
        frequency: frequency?,
        unit_cost: unit_cost?,
        starts: starts?,
        ends: ends?,
        funding: funding?,
        review_on: starts?,
    })
}

/// A package as far as its price goes: whatever is said in words may still be missing.
pub(super) fn to_price(value: &Value, faults: &mut Faults) -> Option<PackageDraft> {
    let mut form = Form::of(value, "", faults)?;
    let contributions = form.required("contributions", faults, |value, at, faults| {
        list(MOST_CONTRIBUTIONS, contribution_to_price)(value, at, faults)
    });
    passed_over(&mut form, &["key_worker", "key_worker_of"]);
    form.done(faults);
    // Who reviews it has no price.
    let key_worker_of = Provider::Agency(Agency::Education);
    Some(PackageDraft { key_worker_of, contributions: contributions? })
}

fn contribution_to_price(
    value: &Value,
    at: &str,
    faults: &mut Faults,
) -> Option<ContributionDraft> {
    let mut form = Form::of(value, at, faults)?;
    let given = given(&mut form, faults);
    passed_over(&mut form, &["what", "outcome", "lead", "review_on"]);
    form.done(faults);
    given
}

/// What may be there and is not looked at.
fn passed_over(form: &mut Form<'_>, names: &[&'static str]) {
    for name in names {
        let _there = form.optional(name, &mut Faults::default(), |_, _, _| Some(()));
    }
}

fn contribution_words(form: &mut Form<'_>, faults: &mut Faults) -> Option<ContributionWords> {
    let what = form.required("what", faults, text_block(MOST_WORDS_CHARS));
    let outcome = form.required("outcome", faults, text_block(MOST_WORDS_CHARS));
    let lead = form.required("lead", faults, text(MOST_NAME_CHARS));
    Some(ContributionWords { what: what?, outcome: outcome?, lead: lead? })
}

/// Exactly one of `service` and `agency`.
fn provider(form: &mut Form<'_>, faults: &mut Faults) -> Option<Provider> {
    let one = form.has("service") != form.has("agency");
    let service = form.optional("service", faults, code).map(Provider::Service);
    let agency = form.optional("agency", faults, code).map(Provider::Agency);
    if !one {
        faults.say(&form.at("service"), "either a service of the directory, or an agency");
    }
    service.or(agency).filter(|_| one)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::money::TenThousandths;
    use serde_json::json;

    fn read(value: &Value) -> Result<(PackageDraft, PackageWords), Vec<String>> {
        let mut faults = Faults::default();
        let read = package(value, "/package", &mut faults);
        let problem = match faults.or(read) {
            Ok(read) => return Ok(read),
            Err(problem) => problem,
        };
        Err(problem.errors.into_iter().map(|fault| fault.pointer).collect())
    }

    fn outreach() -> Value {
        json!({"service": "specialist-sen", "what": "A specialist teacher in class",
            "outcome": "Ivy asks for help in words", "lead": "Sam Ashdown",
            "support": "outreach", "quantity": 2.5, "unit": "hour",
            "frequency": "term_weekly", "unit_cost": {"pence": 4500},
            "starts": "2027-01-04", "ends": "2027-07-23", "funding": "high_needs",
            "review_on": "2027-03-15"})
    }

    #[test]
    fn what_is_priced_is_kept_apart_from_what_is_sealed() {
        let (draft, words) = read(&json!({
            "key_worker": {"name": "Sam Ashdown", "role": "Specialist teacher"},
            "key_worker_of": {"agency": "health"},
            "contributions": [outreach()],
        }))
        .unwrap_or_else(|faults| panic!("{faults:?}"));
        assert_eq!(draft.contributions[0].quantity, TenThousandths(25_000));
        assert_eq!(words.contributions[0].what, "A specialist teacher in class");
        assert_eq!(words.key_worker.contact, None);
    }

    #[test]
    fn every_fault_of_a_package_is_named_at_once() {
        let mut one = outreach();
        one["agency"] = json!("health");
        one["quantity"] = json!(-1);
        one["ends"] = Value::Null;
        one["colour"] = json!("blue");
        let body = json!({
            "key_worker": {"name": ""},
            "key_worker_of": {},
            "contributions": [one],
        });
        assert_eq!(
            read(&body).err().unwrap_or_default(),
            [
                "/package/key_worker/name",
                "/package/key_worker/role",
                "/package/key_worker_of/service",
                "/package/contributions/0/service",
                "/package/contributions/0/quantity",
                "/package/contributions/0/ends",
                "/package/contributions/0/colour",
            ]
        );
    }
}
