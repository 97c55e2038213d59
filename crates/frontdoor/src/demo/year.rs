//! The year itself: what is due next, and everything that follows from doing it.

mod again;
mod meetings;
mod sitting;

use super::arrivals;
use super::child::Names;
use super::dice::Dice;
use super::form::{Asking, Completeness, Stationery};
use super::life::{Life, Step, Turn, Who};
use super::packages::Larder;
use super::phrases::Phrases;
use super::theme::{Theme, Themes};
use super::{closures, panels, people, rota, schools};
use crate::county::{self, Council, by_set_up};
use again::Again;
use anyhow::Context as _;
use domain::account::Role;
use domain::calendar::{Calendar, london};
use domain::codes::Channel;
use domain::desk::{Desk, DeskCommand};
use domain::ids::{AccountId, ChildId, MeetingId, PanelId, RequestId, ServiceSlug};
use domain::intake::Submission;
use domain::meeting::event::MeetingKind;
use domain::request::{Case, Command, Status};
use engine::{Actor, Context, Engine, Ids, ManualClock, pass_time};
use jiff::civil::time;
use jiff::{SignedDuration, Timestamp};
use log::Log;
use meetings::Act;
use std::collections::BTreeMap;
use std::sync::Arc;
use vault::Vault;

/// How much to make up.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// How many requests the year brought.
    pub(crate) requests: usize,
    /// The same seed gives the same year.
    pub(crate) seed: u64,
    /// When the year ends.
    pub(crate) now: Timestamp,
    /// Whose county it is.
    pub(crate) council: Council,
}

/// What was made up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Founded {
    pub(crate) schools: usize,
    pub(crate) requests: usize,
    pub(crate) events: u64,
}

/// Lives through the year, telling `progress` how many requests have come in.
pub(crate) async fn found(
    log: Arc<dyn Log>,
    vault: Vault,
    plan: &Plan,
    progress: impl FnMut(usize),
) -> anyhow::Result<Founded> {
    let opened = rota::first_day(plan.now).to_datetime(time(9, 0, 0, 0));
    let clock = Arc::new(ManualClock::at(london::instant(opened)));
    let engine = Engine::new(log, vault, clock.clone(), Ids::seeded(plan.seed));
    let schools = settle(&engine, &plan.council).await?;
    let desk = engine.desk().await?;

    let mut year = Year::new(engine, clock, plan, schools, &desk)?;
    Box::pin(year.live(progress)).await?;
    Ok(Founded {
        schools: year.schools.len(),
        requests: year.stories.len(),
        events: year.engine.head(),
    })
}

/// The council, its schools and everybody's accounts.
async fn settle(engine: &Engine, council: &Council) -> anyhow::Result<Vec<Asking>> {
    county::found(engine, council).await?;
    let schools = schools::all()?;
    let services: Vec<ServiceSlug> = engine.desk().await?.services.keys().cloned().collect();
    let accounts = people::accounts(&schools, &services)?;
    let register = schools.iter().cloned().map(|(id, it)| DeskCommand::RegisterSchool(id, it));
    let open = accounts.into_iter().map(DeskCommand::OpenAccount);
    let form = DeskCommand::FormTeam(people::team()?);
    engine.configure(&by_set_up(engine)?, register.chain(open).chain([form]).collect()).await?;
    let desk = engine.desk().await?;
    engine.configure(&by_set_up(engine)?, panels::appointments(&desk)?).await?;
    let numbered = schools.into_iter().enumerate();
    Ok(numbered.map(|(number, (id, school))| Asking { number, id, school }).collect())
}

/// Something that will happen.
enum Due {
    Desk(DeskCommand),
    Request { stays: Option<Status> },
    Step { story: usize, turn: usize, step: Step },
    Call(PanelId, MeetingKind, Timestamp),
    Meeting(MeetingId, Act),
    Joining { again: Again, one: usize, other: usize },
}

/// A request on its way.
struct Story {
    request: RequestId,
    child: Option<ChildId>,
    asking: Asking,
    school: AccountId,
    submission: Submission,
    life: Life,
    /// Counts up, so that what was planned before something came between is not done.
    turn: usize,
    /// The panel in whose queue it was when it was last looked at.
    queued_for: Option<PanelId>,
}

struct Year {
    engine: Engine,
    clock: Arc<ManualClock>,
    now: Timestamp,
    working_hours: Calendar,
    dice: Dice,
    schools: Vec<Asking>,
    themes: Themes,
    stationery: Stationery,
    larder: Larder,
    stories: Vec<Story>,
    /// By instant, then in the order in which it was planned.
    due: BTreeMap<(Timestamp, usize), Due>,
    planned: usize,
}

impl Year {
    fn new(
        engine: Engine,
        clock: Arc<ManualClock>,
        plan: &Plan,
        schools: Vec<Asking>,
        desk: &Desk,
    ) -> anyhow::Result<Self> {
        let mut dice = Dice::new(plan.seed);
        let opened = engine.now();
        let arrivals = arrivals::of_a_year(plan.requests, plan.now, &desk.calendar, &mut dice);
        let stationery = Stationery { names: Names::read()?, phrases: Phrases::read()? };
        let mut year = Self {
            engine,
            clock,
            now: plan.now,
            working_hours: desk.calendar.clone(),
            dice,
            schools,
            themes: Themes::read()?,
            stationery,
            larder: Larder::read()?,
            stories: Vec::new(),
            due: BTreeMap::new(),
            planned: 0,
        };
        let mut sayings = rota::sayings(opened, plan.now, &desk.calendar)?;
        // A county without requests goes by England's bank holidays alone, as it is published.
        if !arrivals.is_empty() {
            sayings.extend(closures::sayings(plan.now, &desk.calendar));
            year.plan_meetings(opened, desk);
        }
        for (at, command) in sayings {
            year.plan(at, Due::Desk(command));
        }
        let examples = examples(&arrivals, plan.now);
        for (place, at) in arrivals.into_iter().enumerate() {
            year.plan(at, Due::Request { stays: examples.get(&place).copied() });
        }
        Ok(year)
    }

    fn plan(&mut self, at: Timestamp, due: Due) {
        self.planned += 1;
        self.due.insert((at, self.planned), due);
    }

    async fn live(&mut self, mut progress: impl FnMut(usize)) -> anyhow::Result<()> {
        while let Some(((at, _), due)) = self.due.pop_first() {
            pass_time(&self.engine, &self.clock, at).await?;
            match due {
                Due::Desk(command) => {
                    self.engine.configure(&by_set_up(&self.engine)?, vec![command]).await?;
                }
                Due::Request { stays } => {
                    self.receive(at, stays).await?;
                    progress(self.stories.len());
                }
                Due::Step { story, turn, step } => self.take(story, turn, step).await?,
                Due::Call(panel, kind, starts_at) => self.call(at, panel, kind, starts_at).await?,
                Due::Meeting(meeting, act) => Box::pin(self.meet(at, meeting, act)).await?,
                Due::Joining { again, one, other } => self.join(at, again, one, other).await?,
            }
        }
        Ok(pass_time(&self.engine, &self.clock, self.now).await?)
    }

    /// A school asks for support.
    async fn receive(&mut self, at: Timestamp, stays: Option<Status>) -> anyhow::Result<()> {
        let mut dice = self.dice.fork();
        let theme = self.theme(stays, &mut dice).context("there is no theme to draw")?;
        let repeats = if stays.is_none() { self.repeats(theme, &mut dice) } else { None };
        let earlier = repeats.and_then(|(_, earlier)| self.stories.get(earlier));
        let asking = match earlier {
            Some(story) => story.asking.clone(),
            None => self.asking(theme, &mut dice)?.clone(),
        };
        let completeness = match stays {
            None => Completeness::Usual,
            Some(Status::AwaitingInformation) => Completeness::WithoutConsent,
            Some(_) => Completeness::Complete,
        };
        let on = london::wall(at).date();
        let submission = self.stationery.fill_in(theme, &asking, on, completeness, &mut dice)?;
        let submission = match repeats {
            Some((again, earlier)) => self.repeated(again, earlier, submission),
            None => submission,
        };
        let school = format!("demo-school-{}", asking.school.urn).parse()?;
        let context = self.asks(at, &submission, &school, &mut dice)?;
        let done = self.engine.submit(&context, asking.id, submission.clone()).await?;
        let (request, child, life) = (done.case.id, done.case.child, Life::new(dice, stays));
        let (turn, queued_for) = (0, done.case.panel().cloned());
        let story = Story { request, child, asking, school, submission, life, turn, queued_for };
        self.stories.push(story);

        let story = self.stories.len() - 1;
        if let Some((again, earlier)) = repeats {
            self.plan_joining(at, again, earlier, story);
        }
        match repeats {
            // It waits until somebody notices.
            Some((Again::Twice, _)) => Ok(()),
            Some((Again::SameChild, _)) | None => self.follow(story, at, &done.case).await,
        }
    }

    /// A school of the theme's phases.
    fn asking(&self, theme: &Theme, dice: &mut Dice) -> anyhow::Result<&Asking> {
        let fits = |it: &&Asking| theme.phases.contains(&it.school.phase);
        let fitting: Vec<&Asking> = self.schools.iter().filter(fits).collect();
        dice.pick(&fitting).copied().context("no school is of the theme's phases")
    }

    /// Who sends a form in, and when it was filled in.
    fn asks(
        &self,
        at: Timestamp,
        submission: &Submission,
        school: &AccountId,
        dice: &mut Dice,
    ) -> anyhow::Result<Context> {
        match submission.intake.channel {
            Channel::Api | Channel::Web => self.context(Actor::account(school, Role::School)),
            Channel::Phone | Channel::Email => {
                let coordinator = Actor::account(&"demo-coordinator".parse()?, Role::Coordinator);
                let on_behalf_of = Some(school.to_string());
                // The call came first, the writing down later.
                let earlier = SignedDuration::from_mins(dice.between(5..=25));
                let effective_at = Some(at.saturating_sub(earlier)?);
                let context = self.context(Actor { on_behalf_of, ..coordinator })?;
                Ok(Context { effective_at, ..context })
            }
        }
    }

    /// What an example of a status is about; anything, where none is wanted.
    fn theme(&self, stays: Option<Status>, dice: &mut Dice) -> Option<&Theme> {
        match stays {
            Some(Status::WithDutyAdviser) => self.themes.called("advice"),
            Some(Status::AwaitingPanel | Status::OnAgenda) => self.themes.called("funding"),
            Some(Status::AwaitingInformation | Status::WithService) => {
                self.themes.called("speech and language")
            }
            Some(Status::Supported | Status::Closed) | None => self.themes.draw(dice),
        }
    }

    async fn take(&mut self, story: usize, turn: usize, step: Step) -> anyhow::Result<()> {
        let Some(it) = self.stories.get(story).filter(|it| it.turn == turn) else { return Ok(()) };
        let verb = step.command.verb();
        let context = self.context(actor(&step.who, &it.school)?)?;
        // In its meeting's record too, where a meeting decided it.
        let done = if let Command::Ratify(officer, agreed, stated) = step.command {
            self.engine.ratify(&context, it.request, (officer, agreed), stated).await
        } else {
            self.engine.act(&context, it.request, step.command).await
        };
        let done = done.with_context(|| format!("a made-up request could not be {verb}"))?;
        self.follow(story, step.at, &done.case).await
    }

    /// Plans what comes next in a story.
    async fn follow(&mut self, story: usize, at: Timestamp, case: &Case) -> anyhow::Result<()> {
        let desk = self.engine.desk().await?;
        let Some(it) = self.stories.get_mut(story) else { return Ok(()) };
        it.turn += 1;
        it.queued_for = case.panel().cloned();
        let Stationery { names, phrases } = &self.stationery;
        let (larder, now, turn) = (&self.larder, self.now, it.turn);
        let life = &mut it.life;
        let next = Turn { life, case, desk: &desk, phrases, names, larder, at, now }.next();
        if let Some(step) = next {
            self.plan(step.at, Due::Step { story, turn, step });
        }
        Ok(())
    }

    fn context(&self, actor: Actor) -> anyhow::Result<Context> {
        Ok(Context { actor, ..by_set_up(&self.engine)? })
    }
}

fn actor(who: &Who, school: &AccountId) -> anyhow::Result<Actor> {
    Ok(match who {
        Who::School => Actor::account(school, Role::School),
        Who::Adviser => Actor::account(&"demo-adviser".parse()?, Role::Adviser),
        Who::Service(slug) => {
            Actor::account(&format!("demo-service-{slug}").parse()?, Role::Service)
        }
        Who::Panel => Actor::account(&"demo-panel".parse()?, Role::Panel),
    })
}

/// Requests that stay where they are until somebody takes them up: so that every status has
/// its example, whatever the dice say. By their place among the arrivals.
fn examples(arrivals: &[Timestamp], now: Timestamp) -> BTreeMap<usize, Status> {
    let fresh = [
        Status::WithDutyAdviser,
        Status::AwaitingInformation,
        Status::AwaitingPanel,
        Status::WithService,
    ];
    // Answered and put on an agenda within three weeks, whatever happens.
    let three_weeks = SignedDuration::from_hours(24 * 21);
    let old = arrivals.partition_point(|at| now.duration_since(*at) > three_weeks);
    let newest = (0..arrivals.len()).rev();
    let on_agenda = (0..old).rev().take(2).map(|place| (place, Status::OnAgenda));
    newest.zip(fresh.into_iter().cycle().take(8)).chain(on_agenda).collect()
}
