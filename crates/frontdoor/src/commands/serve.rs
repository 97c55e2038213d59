//! `frontdoor serve`: the front door, open.

#[cfg(feature = "sign-in")]
mod ask;
#[cfg(feature = "sign-in")]
mod provider;
mod sign_in;

use super::demo::{Demo, is_made_up, must_be_made_up};
use crate::county::{self, Council};
use crate::draft_expiry::keep_expiring;
use crate::post::{PostOptions, PublishOptions};
use crate::progress::Progress;
use crate::published;
use crate::rates::RateOptions;
use crate::storage::Place;
use crate::terminal::say;
use anyhow::Context as _;
use clap::Args;
use clap::builder::BoolishValueParser;
use engine::{Clock, Engine, ManualClock, SystemClock};
use jiff::Timestamp;
use sign_in::SignInOptions;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::net::TcpListener;
use views::Views;
use web::App;
use web::identity::Keys;
use web::serve::Limits;

/// How to serve.
#[derive(Clone, Debug, Args)]
pub(crate) struct Serve {
    /// Make up a county and let everybody in with the demo keys, on this machine only
    #[arg(long, env = "FRONTDOOR_DEMO", value_parser = BoolishValueParser::new())]
    demo: bool,
    /// Let the demonstration's clock stand at this instant, such as 2026-12-01T09:00:00Z, until
    /// it is moved with `PUT /demo/clock`
    #[arg(long, env = "FRONTDOOR_DEMO_CLOCK", value_name = "INSTANT", requires = "demo")]
    demo_clock: Option<Timestamp>,
    #[command(flatten)]
    county: Demo,
    #[command(flatten)]
    post: PostOptions,
    #[command(flatten)]
    publish: PublishOptions,
    #[command(flatten)]
    rates: RateOptions,
    #[command(flatten)]
    sign_in: SignInOptions,
    /// Where to listen
    #[arg(long, env = "FRONTDOOR_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
}

impl Serve {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<ExitCode> {
        anyhow::ensure!(
            !self.demo || self.listen.ip().is_loopback(),
            "demo keys are for everybody to guess, so --demo listens on this machine only, \
             not on {}; use --listen 127.0.0.1:8080",
            self.listen
        );
        self.sign_in.must_be_said(self.demo)?;
        let sessions = self.sign_in.sessions(self.post.public_url())?;
        let more = self.sign_in.routes(self.post.public_url())?;
        let post = self.post.open(self.demo)?;
        let publisher = Arc::new(self.publish.open(self.post.allow_loopback_webhooks)?);
        let witnesses = self.publish.witnesses()?;
        let hardening = self.rates.hardening(self.demo, &self.post.public_url)?;
        // First of all, so that a port that is taken is found out before a county is made up.
        let listener = self.bind()?;
        let standing = self.demo_clock.map(|at| Arc::new(ManualClock::at(at)));
        let clock: Arc<dyn Clock> = match &standing {
            Some(standing) => standing.clone(),
            None => Arc::new(SystemClock),
        };
        let engine = self.found(place, clock).await?;
        engine.hear(witnesses);
        let views = open_views(place, &engine).await?;
        engine.tidy().await.context("what a crash left half done could not be finished")?;
        if let Err(error) = engine.index().await {
            tracing::warn!(%error, "children cannot be found by name");
        }
        let keys = if self.demo { Keys::AndDemo } else { Keys::Issued };
        let app = App { engine: engine.clone(), views: views.clone(), keys, sessions };

        self.greet(&listener)?;
        let (signed, file, to) = (engine.clone(), place.published(), Arc::clone(&publisher));
        let signing = tokio::spawn(async move {
            published::sign_as_it_grows(signed, &file, &to).await;
        });
        let on_time = engine.clone();
        let timers = tokio::spawn(async move { on_time.keep_time().await });
        let expiring = tokio::spawn(keep_expiring(engine.clone(), views.clone()));
        let more = match standing {
            Some(standing) => {
                standing.set(engine.now().max(last_recorded(&engine).await?));
                more.merge(web::demo_clock_routes(standing))
            }
            None => more,
        };
        let more = more.merge(self.pages(&app));
        let router = web::router_with(app, more);
        let router = hardening.around(router);
        let posting = tokio::spawn(post.run(engine.clone()));
        let served = web::serve::serve(listener, router, Limits::default(), asked_to_stop()).await;
        timers.abort();
        expiring.abort();
        signing.abort();
        posting.abort();
        views.close().await;
        let note = published::sign(&engine, &place.published())
            .await
            .context("the last checkpoint could not be signed")?;
        published::hand_on(&engine, &publisher, &note).await;
        served.context("the server failed")?;
        tracing::info!("stopped");
        Ok(ExitCode::SUCCESS)
    }

    /// What people see, beside what programs do.
    fn pages(&self, app: &App) -> web::Routes {
        let engine = app.engine.clone();
        let door = self.sign_in.door(self.demo);
        let pages = pages::routes(pages::World {
            api: web::api(app.clone()),
            now: Arc::new(move || engine.now()),
            fresh_key: engine::name_of_a_question,
            door,
        });
        if door == pages::Door::Demo { pages.merge(web::demo_sign_in_routes()) } else { pages }
    }

    fn bind(&self) -> anyhow::Result<TcpListener> {
        web::serve::listen(self.listen).with_context(|| {
            format!("cannot listen on {}; stop what does, or choose with --listen", self.listen)
        })
    }

    /// The data directory, with a council in it.
    async fn found(&self, place: &Place, clock: Arc<dyn Clock>) -> anyhow::Result<Engine> {
        let storage = place.open_or_create()?;
        if self.demo {
            self.county.found(&storage, clock.now()).await?;
            let engine = storage.engine_by(clock).await?;
            must_be_made_up(&engine).await?;
            published::sign(&engine, &place.published()).await?;
            return Ok(engine);
        }
        let engine = storage.engine().await?;
        let authority = self.county.authority.clone();
        let name = format!("Local authority {authority}");
        if county::found(&engine, &Council { authority, name }).await? {
            tracing::info!(
                "a council was set up; let its first people in with `frontdoor key issue`"
            );
        } else if is_made_up(&engine).await? {
            tracing::warn!("this is a made-up county; without --demo its demo keys open nothing");
        }
        if place.master_key_is_beside_data() {
            tracing::warn!(
                "the master key lies beside the data it locks; move keys/master.key elsewhere \
                 and name it with --master-key-file"
            );
        }
        Ok(engine)
    }

    fn greet(&self, listener: &TcpListener) -> anyhow::Result<()> {
        let address = listener.local_addr()?;
        say(format_args!(
            "Front Door listens on http://{address} (the API is described at /docs)."
        ))?;
        if self.sign_in.door(self.demo) == pages::Door::Demo {
            say(format_args!(
                "Open http://{address}/sign-in in a browser and choose whom to be: a school, the duty \
                 adviser, a coordinator, a service manager, a panel, a commissioner, an auditor, the \
                 data protection officer or the administrator."
            ))?;
        }
        if self.demo {
            say("Keys to try: demo-school-900001 to demo-school-900239, demo-adviser, \
                 demo-coordinator, demo-service-sensory-support, demo-panel, demo-commissioner, \
                 demo-auditor, demo-dpo, demo-admin.")?;
            say("Members of the panels that GET /api/v1/panels names: demo-panel-joan-ferris, \
                 demo-panel-ruth-okonjo, and so on with their accounts; their advisers likewise: \
                 demo-adviser-priya-nayar.")?;
            say(format_args!(
                "  curl -H 'Authorization: Bearer demo-adviser' http://{address}/api/v1/requests"
            ))?;
        }
        Ok(())
    }
}

/// When the last event was recorded: a clock that stands does not go back behind it.
async fn last_recorded(engine: &Engine) -> anyhow::Result<Timestamp> {
    let last = engine.history(engine.head().saturating_sub(1), 1).await?;
    Ok(last.last().map_or(Timestamp::MIN, |recorded| recorded.recorded_at))
}

async fn open_views(place: &Place, engine: &Engine) -> anyhow::Result<Views> {
    let progress = Progress::of("events read");
    let reached = |it: views::Progress| progress.reach(it.position, it.head);
    Ok(Views::open(&place.views(), engine.clone(), &reached).await?)
}

/// Until somebody asks the process to end, politely.
async fn asked_to_stop() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut signals) => drop(signals.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
    tracing::info!("stopping: no new connections, those under way are finished");
}
