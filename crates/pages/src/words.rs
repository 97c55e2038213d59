//! Codes in plain words: what the API says in codes, pages say as a school would.

/// Codes and their words, by subject; a code means the same wherever it stands.
const WORDS: &[(&str, &str)] = &[
    // Needs: the Department for Education's codes of the school census.
    ("SPLD", "Specific learning difficulty"),
    ("MLD", "Moderate learning difficulty"),
    ("SLD", "Severe learning difficulty"),
    ("PMLD", "Profound and multiple learning difficulty"),
    ("SLCN", "Speech, language and communication"),
    ("ASD", "Autistic spectrum"),
    ("SEMH", "Social, emotional and mental health"),
    ("HI", "Hearing impairment"),
    ("VI", "Vision impairment"),
    ("MSI", "Multi-sensory impairment"),
    ("PD", "Physical disability"),
    ("DS", "Down syndrome"),
    ("OTH", "Other difficulty"),
    ("NSA", "Support, but no specialist assessment of the need yet"),
    // Areas of need.
    ("cognition_learning", "Cognition and learning"),
    ("communication_interaction", "Communication and interaction"),
    ("semh", "Social, emotional and mental health"),
    ("sensory_physical", "Sensory and physical"),
    // Where a request is.
    ("awaiting_information", "Waiting for the school"),
    ("with_duty_adviser", "With the duty adviser"),
    ("with_service", "With a service"),
    ("awaiting_panel", "Waiting for a panel"),
    ("on_agenda", "On a panel’s agenda"),
    ("supported", "Being supported"),
    ("closed", "Closed"),
    // What is sought.
    ("ict_assessment", "ICT assessment"),
    ("specialist_hlta", "Specialist teaching assistant time"),
    ("ehc_assessment", "Education, health and care needs assessment"),
    ("inreach", "In-reach"),
    // Concerns.
    ("exclusion_risk", "Risk of exclusion"),
    ("new_arrival_eal", "New arrival with English as an additional language"),
    ("traveller_family", "Traveller family"),
    // Specialists.
    ("camhs", "Child and adolescent mental health services"),
    ("speech_language_therapy", "Speech and language therapy"),
    // How a request ended, after "because".
    ("ending:advice_given", "you had advice, and it was enough"),
    ("ending:support_complete", "the support is complete"),
    ("ending:signposted", "we told you where else to ask"),
    ("ending:redirected", "the authority where the child lives took it over"),
    ("ending:no_answer", "we had no answer from you"),
    ("ending:not_eligible", "it is not something that we can do"),
    ("ending:duplicate", "it repeats another request"),
    ("ending:withdrawn", "you took it back"),
    // What a panel decided.
    ("panel:package", "a package of support"),
    ("panel:service", "one service’s support"),
    ("panel:advice", "advice"),
    ("panel:defer", "to ask the school first"),
    ("panel:decline", "not to grant it"),
    ("panel:ehc_assessment", "an education, health and care needs assessment"),
    ("panel:redirect", "that it is for the authority where the child lives"),
    // What a school does, and what its button says.
    ("do:supply-information", "Tell us what you know"),
    ("do:accept-advice", "The advice is enough"),
    ("do:go-on", "Ask us to look further"),
    ("do:withdraw", "Take the request back"),
    ("do:confirm-outcome", "Do you see it so?"),
    ("do:give-feedback", "Tell us how it went"),
    ("send:supply-information", "Send"),
    ("send:accept-advice", "The advice is enough"),
    ("send:go-on", "Ask us to look further"),
    ("send:withdraw", "Take the request back"),
    ("send:confirm-outcome", "Send"),
    ("send:give-feedback", "Send"),
    // How a school is told of news.
    ("by:email", "e-mail"),
    ("by:notify", "e-mail"),
    ("by:webhook", "webhook to your system"),
    // Advice.
    ("strategies", "Strategies for the classroom"),
    ("training", "Training for staff"),
    ("resources", "Resources and materials"),
    ("signposting", "Where else to ask"),
    ("next_steps", "What to do next"),
    // Reasons.
    ("criteria_not_met", "The criteria are not met"),
    ("criteria_met", "The criteria are met"),
    ("no_capacity", "There is no capacity"),
    ("wrong_service", "Another service is the right one"),
    ("already_involved", "A service is already involved"),
    ("new_information", "New information has come in"),
    ("urgent_need", "The need is urgent"),
    ("professional_judgement", "It is a professional judgement"),
    ("safeguarding", "Safeguarding requires it"),
    ("need_beyond_ordinary", "The need goes beyond what a school ordinarily provides"),
    ("ordinary_support_first", "What a school ordinarily provides has not been tried"),
    ("evidence_missing", "The evidence does not suffice"),
    // Why a package is over.
    ("ran_out", "Its time is over"),
    ("reviewed", "A review ended it"),
    ("replaced", "The panel put another in its place"),
    ("set_aside", "The decision was set aside"),
    ("request_ended", "The request was closed or taken back"),
    // Outcomes.
    ("goals_met", "The goals were met"),
    ("goals_partly_met", "The goals were partly met"),
    ("goals_not_met", "The goals were not met"),
    ("support_in_place", "The support is in place"),
    // How often.
    ("term_weekly", "Every week in term time"),
    ("weekly", "Every week"),
    ("monthly", "Every month"),
    ("once", "Once"),
    // Documents.
    ("report", "Report"),
    ("consent_form", "Consent form"),
    ("provision_map", "Provision map"),
    ("other", "Other"),
    // Provision.
    ("N", "No special provision"),
    ("K", "SEN support"),
    ("E", "Education, health and care plan"),
    // Why a panel puts an item off.
    ("no_quorum", "No quorum"),
    ("no_time", "No time"),
    ("information", "The panel needs to know something first"),
    ("gone", "The request has left the queue"),
    ("attendance", "Somebody who is needed is not there"),
    // Panels, and who sits on them.
    ("cognition-learning", "Cognition and learning"),
    ("communication-interaction", "Communication and interaction"),
    ("sensory-physical", "Sensory and physical"),
    ("senco", "SENCO"),
    ("sen_lead", "SEN lead"),
    ("school_leader", "Headteacher or school leader"),
    // Packages.
    ("high_needs", "High needs block"),
    ("voluntary", "Voluntary sector"),
    ("speech-language-therapy", "Speech and language therapy"),
    ("specialist-sen", "Specialist SEN service"),
    // How somebody is told of news.
    ("email", "E-mail"),
    ("notify", "GOV.UK Notify"),
    // Phases and kinds of school.
    ("post_16", "Post 16"),
    // Roles.
    ("school", "School"),
    ("adviser", "Duty adviser"),
    ("coordinator", "Coordinator"),
    ("service", "Service manager"),
    ("panel", "Panel"),
    ("commissioner", "Commissioner"),
    ("auditor", "Auditor"),
    ("dpo", "Data protection officer"),
    ("admin", "Administrator"),
    // Kinds of time in a ledger.
    ("counting", "Counts"),
    ("bank_holiday", "Bank holiday"),
    // Promises.
    ("acknowledge", "Acknowledgement"),
    ("respond", "Response"),
    ("panel_decision", "Panel decision"),
    ("first_contact", "First contact"),
    ("ehc_decide_to_assess", "Decision whether to assess for a plan"),
    ("ehc_decide_not_to_issue", "Decision whether to issue a plan"),
    ("ehc_final_plan", "Final plan"),
    // What somebody did who looked at personal data.
    ("list_requests", "Looked through requests"),
    ("read_request", "Read a request"),
    ("read_timeline", "Read what happened to a request"),
    ("list_documents", "Looked through documents"),
    ("read_document", "Read a document"),
    ("read_child", "Read a child’s page"),
    ("find_same_child", "Looked for the same child"),
    ("read_package", "Read a package of support"),
    ("list_packages", "Looked through packages of support"),
    ("read_family_summary", "Read a summary for a family"),
    ("read_hand_over_record", "Read a record for another authority"),
    ("read_inbox", "Read a service’s inbox"),
    ("read_caseload", "Read a service’s caseload"),
    ("read_agenda", "Read an agenda"),
    ("read_pack", "Read the papers of a meeting"),
    ("read_meeting_papers", "Read the papers of a meeting"),
    ("read_minutes", "Read minutes"),
    ("list_holds", "Read the holds on a record"),
    ("read_subject_access", "Read everything that is held"),
    ("read_retention_due", "Looked at what falls due"),
    ("read_request_as_at", "Read a request as at a moment"),
    ("read_difference", "Read what changed of a request"),
    ("read_seen_by", "Looked through a school’s eyes"),
    ("replay_triage", "Decided a request again"),
    ("search.index", "Made it possible to find by name"),
];

/// What can be done about a request, as whoever may do it would say it.
const ACTIONS: &[(&str, &str)] = &[
    ("ask-information", "Ask the school"),
    ("advise", "Give advice"),
    ("signpost", "Say where else to ask"),
    ("route", "Pass to a service"),
    ("refer-to-panel", "Refer to a panel"),
    ("redirect", "Redirect to another authority"),
    ("record-receipt", "Record that the other authority has it"),
    ("involve", "Ask another service to help too"),
    ("release", "Let a service go"),
    ("assign", "Change the adviser"),
    ("note", "Keep a note"),
    ("close", "Close the request"),
    ("reopen", "Open the request again"),
    ("merge", "Merge with another request"),
    ("link-child", "Say that two are the same child"),
    ("unlink-child", "Say that they are not the same child"),
    ("accept", "Accept the request"),
    ("decline", "Decline the request"),
    ("hand-over", "Hand over to another service"),
    ("record-contact", "Record the first contact"),
    ("record-outcome", "Record the outcome"),
    ("record-excusal", "Record why it may be late"),
    ("record-statutory-decision", "Record a decision about a plan"),
    ("query", "Ask the panel about your part"),
    ("supply-information", "Give the answer"),
    ("withdraw", "Withdraw the request"),
    ("accept-advice", "Take the advice"),
    ("go-on", "Ask for more than advice"),
    ("confirm-outcome", "Say whether you agree"),
    ("give-feedback", "Say how it went"),
    ("break-glass", "Read a request by exception"),
];

/// What a code means; of a code without words, its own parts.
pub(crate) fn of(code: &str) -> String {
    look_up(WORDS, code)
}

/// What an action is called.
pub(crate) fn doing(action: &str) -> String {
    look_up(ACTIONS, action)
}

fn look_up(table: &[(&str, &str)], code: &str) -> String {
    let known = table.iter().find(|(it, _)| *it == code).map(|(_, words)| (*words).to_owned());
    known.unwrap_or_else(|| plain(code))
}

/// `shifts.0.from` as `Shifts 1 from`: people count from one.
pub(crate) fn of_field(field: &str) -> String {
    let part = |part: &str| match part.parse::<u32>() {
        Ok(place) => place.saturating_add(1).to_string(),
        Err(_) => part.to_owned(),
    };
    // A row that is named by an id has no name that people know.
    let said = field.split('.').filter(|part| part.len() != ID);
    of(&said.map(part).collect::<Vec<_>>().join(" "))
}

/// How long an id is.
const ID: usize = "01a1f385-bab0-7f85-8fc1-ea2b4046eb34".len();

/// Whether this is a code that has words.
pub(crate) fn is_known(code: &str) -> bool {
    WORDS.iter().any(|(it, _)| *it == code)
}

/// What is written in capitals wherever it stands.
const CAPITALS: &[&str] = &["eal", "ehc", "hlta", "ict", "sen", "send", "slcn", "upn", "urn"];

/// `poor_attendance` and `statutory-sen` as `Poor attendance`, `Statutory SEN`.
pub(crate) fn plain(code: &str) -> String {
    let words = code
        .split(['_', '-', ' '])
        .map(|word| if CAPITALS.contains(&word) { word.to_uppercase() } else { word.to_owned() });
    let plain = words.collect::<Vec<_>>().join(" ");
    let mut letters = plain.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_said_in_words() {
        assert_eq!(of("HI"), "Hearing impairment");
        assert_eq!(of("poor_attendance"), "Poor attendance");
        assert_eq!(of("sensory-support"), "Sensory support");
        assert_eq!(of("statutory-sen"), "Statutory SEN");
    }

    #[test]
    fn a_field_of_a_list_is_counted_from_one() {
        assert_eq!(of_field("shifts.0.rotates_every_weeks"), "Shifts 1 rotates every weeks");
        assert_eq!(of_field("colleague"), "Colleague");
        let row = "items.01a1f385-bab0-7f85-8fc1-ea2b4046eb34.minutes";
        assert_eq!(of_field(row), "Items minutes");
    }

    #[test]
    fn every_code_has_one_meaning() {
        for table in [WORDS, ACTIONS] {
            let mut codes: Vec<_> = table.iter().map(|(code, _)| code).collect();
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(codes.len(), table.len());
        }
    }
}
