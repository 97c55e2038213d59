//! Signing in by OpenID Connect: whom another vouches for comes in as an account that an
//! administrator opened for them. Nobody is let in by signing in alone.
//!
//! Authorization code with PKCE (RFC 7636), state and nonce (OpenID Connect Core 1.0, 3.1). What a
//! browser keeps on the way is a random state in a signed cookie; verifier and nonce follow from it
//! under a key of ours, so that neither is ever in the browser.

mod callback;
mod dfe;
mod provider;
mod trip;
mod who;

pub use dfe::{Dfe, DfeRoles};
pub use openidconnect::{HttpRequest, HttpResponse};
pub use provider::{Fetch, Fetched, Provider, Unreachable};

use crate::app::App;
use crate::problem::Problem;
use crate::query::Query;
use crate::session::csrf;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use provider::Ask;
use std::sync::Arc;
use trip::Trip;

/// The way in, through a provider.
pub fn routes(provider: Provider) -> Router<App> {
    Router::new()
        .route("/sign-in", get(begin))
        .route("/sign-in/callback", get(callback::arrive))
        .layer(Extension(Arc::new(provider)))
}

/// Sends the browser to the provider. Where that could be another site's doing, the provider asks
/// whoever sits there to sign in, even if it remembers them: nobody is signed in unawares.
async fn begin(
    State(app): State<App>,
    Extension(provider): Extension<Arc<Provider>>,
    headers: HeaderMap,
    mut query: Query,
) -> Result<Response, Problem> {
    let return_to = query.text("return_to");
    query.done()?;
    let trip = Trip::begin(&app.engine, return_to.as_deref())?;
    let ask = if csrf::is_own_doing(&headers) { Ask::UnlessRemembered } else { Ask::Always };
    let address = provider.address(&app.engine, &trip, ask).await;
    let address = address.map_err(|cause| unreachable(&cause))?;
    let cookie = app.sessions.signing_in(&trip.write(&app.engine));
    go(&address, [cookie])
}

/// Nobody can sign in while the provider is out of reach; why is for our own log, which says
/// nothing of who it was.
fn unreachable(cause: &Unreachable) -> Problem {
    tracing::warn!(%cause, "nobody can sign in");
    Problem::no_sign_in("The sign-in service does not answer as it should. Try again later.")
}

/// To another page, with these cookies.
fn go<const N: usize>(
    address: &str,
    cookies: [Option<HeaderValue>; N],
) -> Result<Response, Problem> {
    let address = HeaderValue::try_from(address).map_err(|_| Problem::not_found())?;
    let mut response = StatusCode::SEE_OTHER.into_response();
    response.headers_mut().insert(header::LOCATION, address);
    for cookie in cookies.into_iter().flatten() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
