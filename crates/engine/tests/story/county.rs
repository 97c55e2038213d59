//! An engine with a small county: two schools, the real rules, somebody on the rota.

use domain::account::Role;
use domain::calendar::{BankHolidays, Calendar};
use domain::codes::{About, Channel, ConsentBy, Phase, SchoolKind, Support};
use domain::desk::DeskCommand;
use domain::ids::{SchoolId, TeamId};
use domain::intake::{ChildCodes, Consent, Intake, Submission};
use domain::need::Need;
use domain::personal::{Contact, Identity, Particulars};
use domain::rota::{Day, Shift};
use domain::school::{Register, School};
use domain::service::Service;
use engine::{Actor, Context, Engine, Ids, ManualClock};
use jiff::civil::{date, time};
use log::{CheckpointSigner, Log, MemoryLog};
use std::sync::Arc;
use tempfile::TempDir;
use uuid::Uuid;
use vault::{Journal, MasterKey, Vault};

pub(crate) const SCHOOL: SchoolId = SchoolId(Uuid::from_u128(900_001));

/// The engine, the log under it, and what else a test wants to look at.
pub(crate) struct County {
    pub(crate) engine: Engine,
    pub(crate) log: Arc<MemoryLog>,
    pub(crate) clock: Arc<ManualClock>,
    vault: Vault,
    _dir: TempDir,
}

impl County {
    pub(crate) async fn founded() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let journal = Journal::open(&dir.path().join("access.jsonl")).unwrap();
        let master = MasterKey::generate().unwrap();
        let vault = Vault::open_dir(&dir.path().join("keys"), master, journal).unwrap();
        let log = Arc::new(MemoryLog::new());
        let clock = Arc::new(ManualClock::at("2026-11-20T10:00:00Z".parse().unwrap()));
        let ids = Ids::seeded(7);
        let engine = Engine::new(log.clone(), vault.clone(), clock.clone(), ids);
        engine.sign_with(CheckpointSigner::new("test.example/log", &[7; 32]).unwrap());
        engine.configure(&by_set_up(1), directory()).await.unwrap();
        Self { engine, log, clock, vault, _dir: dir }
    }

    /// Another process on the same log.
    pub(crate) fn another(&self, seed: u64) -> Engine {
        self.over(self.log.clone(), seed)
    }

    /// Another process, to which the log looks like this.
    pub(crate) fn over(&self, log: Arc<dyn Log>, seed: u64) -> Engine {
        Engine::new(log, self.vault.clone(), self.clock.clone(), Ids::seeded(seed))
    }
}

fn directory() -> Vec<DeskCommand> {
    let file = include_str!("../../../frontdoor/county/services.json");
    let mut file: serde_json::Value = serde_json::from_str(file).unwrap();
    let services: Vec<Service> = serde_json::from_value(file["services"].take()).unwrap();
    let rules = include_str!("../../../frontdoor/county/ruleset-triage.json");
    let no_holidays = BankHolidays { division: String::new(), events: vec![] };
    let school = School {
        urn: "900001".parse().unwrap(),
        name: "Cuckmere Vale Primary School".to_owned(),
        phase: Phase::Primary,
        kind: SchoolKind::Maintained,
        district: "Downs".to_owned(),
        pupils: 210,
        register: Register::default(),
    };
    let shift = |day: &Day| Shift {
        day: *day,
        from: time(9, 0, 0, 0),
        to: time(17, 0, 0, 0),
        adviser: "amara".parse().unwrap(),
    };
    let shifts = Day::ALL.iter().take(5).map(shift).collect();
    let month = "2026-11".parse().unwrap();
    let mut commands = vec![
        DeskCommand::NameCouncil("865".parse().unwrap(), "Downland".to_owned()),
        DeskCommand::PublishCalendar(Calendar::new(1, no_holidays)),
        DeskCommand::ActivateRules(serde_json::from_str(rules).unwrap()),
        DeskCommand::RegisterSchool(SCHOOL, school),
        DeskCommand::SetShifts(TeamId::front_door(), month, shifts),
    ];
    commands.extend(services.into_iter().map(DeskCommand::ListService));
    commands
}

/// A command of the front door itself.
pub(crate) fn by_set_up(command: u128) -> Context {
    context(Actor::front_door("set-up"), command)
}

/// A command of the duty adviser.
pub(crate) fn by_adviser(command: u128) -> Context {
    context(Actor::account(&"amara".parse().unwrap(), Role::Adviser), command)
}

fn context(actor: Actor, command: u128) -> Context {
    Context {
        actor,
        command: Uuid::from_u128(command),
        fingerprint: [0; 32],
        effective_at: None,
        expected_version: None,
    }
}

/// A request for equipment for a child who does not hear well.
pub(crate) fn submission() -> Submission {
    let intake = Intake {
        channel: Channel::Api,
        about: About::Child,
        primary_need: Need::ever().find(|need| need.code() == "HI"),
        other_needs: vec![],
        support_sought: vec![Support::Equipment],
        concerns: vec![],
        tried: vec![],
        provision: vec![],
        specialists: vec![],
        consent: Some(Consent {
            given: true,
            by: Some(ConsentBy::Parent),
            on: Some(date(2026, 11, 1)),
            overridden: false,
        }),
        child: Some(ChildCodes {
            age_years: Some(9),
            year_group: Some(4),
            ..ChildCodes::default()
        }),
    };
    let contact = Contact {
        name: "Rosalind Hughes".to_owned(),
        role: "SENCO".to_owned(),
        ..Contact::default()
    };
    let particulars = Particulars {
        requested_by: contact,
        consent_method: Some("a signed letter".to_owned()),
        summary: Some("She misses what is said behind her.".to_owned()),
        ..Particulars::default()
    };
    let child = Identity {
        given_name: "Ivy".to_owned(),
        family_name: "Jevington".to_owned(),
        date_of_birth: date(2017, 4, 9),
        upn: Some("B801200005001".parse().unwrap()),
        home_postcode: Some("BN26 9ZZ".to_owned()),
    };
    Submission { intake, particulars, child: Some(child) }
}
