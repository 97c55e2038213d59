//! Reads a submission, finding every fault at once.

use super::consent::{Said, consent};
use crate::form::{
    Faults, Form, code, date, decimal, flag, instant, money, number, text, text_block, via,
};
use crate::problem::{Fault, Problem};
use domain::calendar::london;
use domain::codes::{About, Channel};
use domain::desk::Desk;
use domain::ids::Urn;
use domain::intake::{ChildCodes, Cycle, Intake, Provision, Submission, age_years};
use domain::need::Need;
use domain::personal::{Contact, Identity, Particulars};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

/// The most items of one list: far more than anybody needs, and few enough that what is
/// stored of a request always fits into one record.
const MOST_ITEMS: usize = 50;

/// A submission that was read.
#[derive(Debug)]
pub(crate) struct Read {
    /// The school it names.
    pub(crate) urn: Option<Urn>,
    /// When it reached the council, if that was earlier than now.
    pub(crate) effective_at: Option<Timestamp>,
    pub(crate) submission: Submission,
}

/// What would be found wrong with a school's body if it were submitted now.
pub(crate) fn faults(body: &Value, now: Timestamp, desk: &Desk) -> Vec<Fault> {
    let mut faults = Faults::default();
    let _read = whole(body, now, true, desk, &mut faults);
    faults.into_inner()
}

struct Needs {
    primary: Option<Need>,
    others: Vec<Need>,
    description: Option<String>,
}

struct Child {
    identity: Option<Identity>,
    codes: ChildCodes,
}

/// Reads a body as it is at `now`. The caller's own school may stand in for `school_urn`.
pub(crate) fn read(
    body: &Value,
    now: Timestamp,
    has_school: bool,
    desk: &Desk,
) -> Result<Read, Problem> {
    let mut faults = Faults::default();
    let read = whole(body, now, has_school, desk, &mut faults);
    faults.or(read)
}

fn whole(
    body: &Value,
    now: Timestamp,
    has_school: bool,
    desk: &Desk,
    faults: &mut Faults,
) -> Option<Read> {
    let mut form = Form::of(body, "", faults)?;
    let effective_at = form.optional("effective_at", faults, instant);
    let today = london::wall(effective_at.unwrap_or(now)).date();

    let urn = form.optional("school_urn", faults, |value, at, faults| {
        via(value, at, faults, |text| known_school(text, desk))
    });
    if !has_school && !form.has("school_urn") {
        faults.say(&form.at("school_urn"), "this is required: which school asks?");
    }
    let channel = form.optional("channel", faults, code).unwrap_or(Channel::Api);
    let requested_by = form.required("requested_by", faults, contact);
    let about = form.required("about", faults, code);
    let child = form.optional("child", faults, child(today));
    let needs = form.optional("needs", faults, needs(today));
    let support_sought = form.list("support_sought", MOST_ITEMS, faults, code);
    let concerns = form.list("concerns", MOST_ITEMS, faults, code);
    let tried = form.list("tried", MOST_ITEMS, faults, cycle(today));
    let provision = form.list("provision", MOST_ITEMS, faults, provision);
    let specialists = form.list("specialists", MOST_ITEMS, faults, code);
    let said = form.optional("consent", faults, consent(today));
    let summary = form.optional("summary", faults, text_block(10_000));

    if is_empty(body, "support_sought") {
        faults.say(&form.at("support_sought"), "name at least one kind of support");
    }
    match about {
        Some(About::Child) => expect_child(&form, needs.as_ref(), faults),
        Some(About::Group | About::School) if form.has("child") => {
            faults.say(&form.at("child"), "only a request about a child has one");
        }
        Some(About::Group | About::School) | None => {}
    }
    form.done(faults);

    let needs = needs.unwrap_or(Needs { primary: None, others: vec![], description: None });
    let (tried, tried_words) = tried.into_iter().unzip();
    let (provision, provision_words) = provision.into_iter().unzip();
    let (codes, identity) = child.map(|child| (child.codes, child.identity)).unzip();
    let (consent, method, override_reason) = match said {
        Some(Said { consent, method, override_reason }) => (Some(consent), method, override_reason),
        None => (None, None, None),
    };
    let intake = Intake {
        channel,
        about: about?,
        primary_need: needs.primary,
        other_needs: once_each(needs.others),
        support_sought: once_each(support_sought),
        concerns: once_each(concerns),
        tried,
        provision,
        specialists: once_each(specialists),
        consent,
        child: codes,
    };
    let particulars = Particulars {
        requested_by: requested_by?,
        description: needs.description,
        tried: tried_words,
        provision: provision_words,
        consent_method: method,
        consent_override: override_reason,
        summary,
    };
    let submission = Submission { intake, particulars, child: identity.flatten() };
    Some(Read { urn, effective_at, submission })
}

fn expect_child(form: &Form<'_>, needs: Option<&Needs>, faults: &mut Faults) {
    if !form.has("child") {
        faults.say(&form.at("child"), "this is required: whom is the request about?");
    }
    if !form.has("needs") || needs.is_some_and(|needs| needs.primary.is_none()) {
        faults.say(&form.at("needs/primary"), "this is required for a child");
    }
}

fn known_school(text: &str, desk: &Desk) -> Result<Urn, String> {
    let urn: Urn = text.parse().map_err(|error: domain::ids::NotAUrn| error.to_string())?;
    match desk.school_by_urn(&urn) {
        Some(_) => Ok(urn),
        None => Err("no school of the directory has this URN".to_owned()),
    }
}

fn is_empty(body: &Value, name: &str) -> bool {
    body.get(name).is_none_or(|list| list.is_null() || list.as_array().is_some_and(Vec::is_empty))
}

/// The same items, each once, in their order.
fn once_each<T: PartialEq>(items: Vec<T>) -> Vec<T> {
    let mut once = Vec::with_capacity(items.len());
    for item in items {
        if !once.contains(&item) {
            once.push(item);
        }
    }
    once
}

fn contact(value: &Value, at: &str, faults: &mut Faults) -> Option<Contact> {
    let mut form = Form::of(value, at, faults)?;
    let name = form.required("name", faults, text(200));
    let role = form.required("role", faults, text(100));
    let email = form.optional("email", faults, text(254));
    let phone = form.optional("phone", faults, text(50));
    if email.as_ref().is_some_and(|email| !email.contains('@') || email.contains(' ')) {
        faults.say(&form.at("email"), "an e-mail address, such as senco@school.example");
    }
    form.done(faults);
    Some(Contact { name: name?, role: role?, email, phone })
}

fn needs(today: Date) -> impl Fn(&Value, &str, &mut Faults) -> Option<Needs> {
    move |value, at, faults| {
        let need = |value: &Value, at: &str, faults: &mut Faults| {
            via(value, at, faults, |text| {
                Need::parse_on(text, today).map_err(|error| error.to_string())
            })
        };
        let mut form = Form::of(value, at, faults)?;
        let given = form.has("primary");
        let primary = form.optional("primary", faults, need);
        let others = form.list("others", MOST_ITEMS, faults, need);
        let description = form.optional("description", faults, text_block(10_000));
        form.done(faults);
        // A code that is wrong is already a fault; it is not also one that is missing.
        (primary.is_some() || !given).then_some(Needs { primary, others, description })
    }
}

fn child(today: Date) -> impl Fn(&Value, &str, &mut Faults) -> Option<Child> {
    move |value, at, faults| {
        let mut form = Form::of(value, at, faults)?;
        let given_name = form.required("given_name", faults, text(100));
        let family_name = form.required("family_name", faults, text(100));
        let date_of_birth = form.required("date_of_birth", faults, date);
        let upn = form.optional("upn", faults, code);
        let home_postcode = form.optional("home_postcode", faults, text(10));
        let codes = ChildCodes {
            age_years: date_of_birth.map(|born| age_years(born, today)),
            year_group: form.optional("year_group", faults, number(-2, 13)),
            home_authority: form.optional("home_authority", faults, code),
            sen_provision: form.optional("sen_provision", faults, code),
            looked_after: form.optional("looked_after", faults, flag),
            child_in_need: form.optional("child_in_need", faults, flag),
            child_protection: form.optional("child_protection", faults, flag),
        };
        if date_of_birth.is_some_and(|born| born > today) {
            faults.say(&form.at("date_of_birth"), "this day is still to come");
        }
        form.done(faults);
        let identity = given_name.zip(family_name).zip(date_of_birth).map(
            |((given_name, family_name), date_of_birth)| Identity {
                given_name,
                family_name,
                date_of_birth,
                upn,
                home_postcode,
            },
        );
        Some(Child { identity, codes })
    }
}

fn cycle(today: Date) -> impl Fn(&Value, &str, &mut Faults) -> Option<(Cycle, Option<String>)> {
    move |value, at, faults| {
        let mut form = Form::of(value, at, faults)?;
        let started = form.optional("started", faults, date);
        let reviewed = form.optional("reviewed", faults, date);
        let outcome = form.optional("outcome", faults, code);
        let words = form.optional("provision", faults, text_block(2_000));
        if let (Some(started), Some(reviewed)) = (started, reviewed)
            && reviewed < started
        {
            faults.say(&form.at("reviewed"), "this is before the day on which it started");
        }
        if reviewed.is_some_and(|reviewed| reviewed > today) {
            let detail = "this day is still to come: leave it out until it was reviewed";
            faults.say(&form.at("reviewed"), detail);
        }
        form.done(faults);
        Some((Cycle { started, reviewed, outcome }, words))
    }
}

fn provision(value: &Value, at: &str, faults: &mut Faults) -> Option<(Provision, Option<String>)> {
    let mut form = Form::of(value, at, faults)?;
    let words = form.optional("what", faults, text_block(2_000));
    let item = Provision {
        hours_per_week: form.optional("hours_per_week", faults, decimal(168)),
        weeks_per_year: form.optional("weeks_per_year", faults, decimal(53)),
        cost_per_hour: form.optional("cost_per_hour", faults, money(100_000)),
    };
    form.done(faults);
    Some((item, words))
}

#[cfg(test)]
mod tests;
