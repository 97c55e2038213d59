//! The pages: what people see and fill in, as a client of the API.
//!
//! A page is a row: where it stands, what it asks of the API, and the template that shows the
//! answers (`page::Page`). A form is a row too: which request to the API its fields become, and
//! where its sender goes next (`form::Form`). The requests are made inside the process, with
//! the cookie of whoever asks; so a page can show nothing, and a form do nothing, that the API
//! does not let this person see and do, and every fault is found by the one validation there is.
//! Therefore this crate knows none of ours (`docs/adr/0021-pages-are-a-client.md`).

mod api;
mod areas;
mod ask;
mod asset;
mod faults;
mod fields;
mod form;
mod happened;
mod look;
mod menu;
mod money;
mod names;
mod need;
mod page;
mod place;
mod strip;
mod times;
mod told;
mod visit;
mod words;

use axum::Router;
use axum::routing::{MethodRouter, any, get, post};
use jiff::Timestamp;
use std::sync::Arc;

/// How people come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// By choosing whom to play: a demonstration.
    Demo,
    /// Through a provider that vouches for them, at `/sign-in`.
    Provider,
    /// Not at all: only programs with keys come.
    KeysOnly,
}

/// What the pages need of the world.
#[derive(Clone)]
pub struct World {
    /// The API, with its guards.
    pub api: Router,
    /// What time it is.
    pub now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// A key for a form that has not been sent yet, so that sending it twice does it once.
    pub fresh_key: fn() -> String,
    /// How people come in.
    pub door: Door,
}

/// Every page and every form.
pub fn routes<S: Clone + Send + Sync + 'static>(world: World) -> Router<S> {
    let door = world.door;
    let house = Arc::new(look::House::new(world));
    let place = format!("{}/{{file}}", asset::PLACE);
    let mut router = Router::new().route(&place, get(asset::asset));
    for page in areas::pages(door) {
        router = router.route(page.at, shown(page));
    }
    for form in areas::forms() {
        router = router.route(form.at, taken(form));
    }
    router.route("/{*elsewhere}", any(page::nowhere)).with_state(house)
}

fn shown(page: &'static page::Page) -> MethodRouter<Arc<look::House>> {
    get(move |state, params, request| page::show(page, state, params, request))
}

fn taken(form: &'static form::Form) -> MethodRouter<Arc<look::House>> {
    post(move |state, params, request| form::take(form, state, params, request))
}
