//! An identity provider: what is known of it, and what is asked of it.

use super::dfe::Dfe;
use super::trip::Trip;
use engine::Engine;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType,
    CoreGenderClaim, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
    CoreProviderMetadata, CoreRevocableToken, CoreRevocationErrorResponse,
    CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AdditionalClaims, AsyncHttpClient, AuthorizationCode, Client, ClientId, ClientSecret,
    CsrfToken, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest,
    HttpResponse, IdTokenFields, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, Scope, StandardErrorResponse, StandardTokenResponse, TokenResponse as _,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::error::Error as _;
use std::pin::Pin;
use std::sync::Arc;

/// An answer of a provider, on its way.
pub type Fetched = Pin<Box<dyn Future<Output = Result<HttpResponse, Unreachable>> + Send>>;
/// How a provider is asked: the program that serves says what may leave the house, and how.
pub type Fetch = Arc<dyn Fn(HttpRequest) -> Fetched + Send + Sync>;

/// The provider cannot be asked, or answers what it must not. Says nothing of who signs in, and
/// repeats no token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the identity provider: {0}")]
pub struct Unreachable(pub String);

/// The same, as the library asks.
struct Asking(Fetch);

impl<'c> AsyncHttpClient<'c> for Asking {
    type Error = Unreachable;
    type Future = Fetched;

    fn call(&'c self, request: HttpRequest) -> Fetched {
        (self.0)(request)
    }
}

/// An identity provider, and what we are to it.
#[derive(Clone)]
pub struct Provider {
    /// Its issuer identifier; `{issuer}/.well-known/openid-configuration` describes it.
    pub issuer: String,
    /// What it knows us as.
    pub client_id: String,
    /// By which it knows that it is us; none for a public client.
    pub client_secret: Option<String>,
    /// What the address of this server begins with, as browsers see it.
    pub public_url: String,
    /// Whether nobody comes in who did not show a second factor.
    pub require_mfa: bool,
    /// The `acr` values that say that somebody did, beside `mfa` in `amr` (RFC 8176).
    pub mfa_acr: Vec<String>,
    /// The claim with the address that an invitation names.
    pub email_claim: String,
    /// Where the provider is DfE Sign-in: what it is asked besides.
    pub dfe: Option<Dfe>,
    /// How it is asked.
    pub fetch: Fetch,
}

/// Every claim that there are no standard words for.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(transparent)]
pub(super) struct Claims(pub(super) Map<String, Value>);

impl AdditionalClaims for Claims {}

type Tokens = StandardTokenResponse<
    IdTokenFields<
        Claims,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;

type OfProvider = Client<
    Claims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// When the provider asks somebody to sign in (OpenID Connect Core 1.0, 3.1.2.1: `prompt`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    /// Whenever it does not remember them.
    UnlessRemembered,
    /// Even if it does.
    Always,
}

/// Whom the provider vouches for. Its token was checked: signature, issuer, audience, times, nonce.
pub(super) struct Vouched {
    pub(super) subject: String,
    pub(super) amr: Vec<String>,
    pub(super) acr: Option<String>,
    pub(super) email: Option<String>,
    pub(super) email_verified: bool,
    pub(super) more: Map<String, Value>,
}

impl Provider {
    /// Where somebody signs in.
    pub(super) async fn address(
        &self,
        engine: &Engine,
        trip: &Trip,
        ask: Ask,
    ) -> Result<String, Unreachable> {
        let client = self.client().await?;
        let (state, nonce) = (trip.state.clone(), trip.nonce(engine));
        let verifier = PkceCodeVerifier::new(trip.verifier(engine));
        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        for scope in self.scopes() {
            request = request.add_scope(Scope::new((*scope).to_owned()));
        }
        if ask == Ask::Always {
            request = request.add_prompt(CoreAuthPrompt::Login);
        }
        let (address, _, _) = request.url();
        Ok(address.to_string())
    }

    fn scopes(&self) -> &'static [&'static str] {
        if self.dfe.is_some() { &["email", "organisation"] } else { &["email"] }
    }

    /// Whom a code stands for.
    pub(super) async fn exchange(
        &self,
        engine: &Engine,
        trip: &Trip,
        code: String,
    ) -> Result<Vouched, Unreachable> {
        let client = self.client().await?;
        let request = client.exchange_code(AuthorizationCode::new(code));
        let request = request.map_err(|_| unfit("it has no token endpoint"))?;
        let request = request.set_pkce_verifier(PkceCodeVerifier::new(trip.verifier(engine)));
        let ask = Asking(Arc::clone(&self.fetch));
        // What it answers instead of a token could repeat the code.
        let tokens = request.request_async(&ask).await.map_err(|_| unfit("it gave no token"))?;
        let token = tokens.id_token().ok_or_else(|| unfit("it gave no ID token"))?;
        let nonce = Nonce::new(trip.nonce(engine));
        let claims = token
            .claims(&client.id_token_verifier(), &nonce)
            .map_err(|_| unfit("its ID token does not stand up to checking"))?;
        let amr = claims.auth_method_refs().into_iter().flatten();
        Ok(Vouched {
            subject: claims.subject().to_string(),
            amr: amr.map(|method| method.to_string()).collect(),
            acr: claims.auth_context_ref().map(|acr| acr.to_string()),
            email: claims.email().map(|email| email.to_string()),
            email_verified: claims.email_verified().unwrap_or(false),
            more: claims.additional_claims().0.clone(),
        })
    }

    /// The provider as it describes itself now: its keys change without notice.
    async fn client(&self) -> Result<OfProvider, Unreachable> {
        let issuer = IssuerUrl::new(self.issuer.clone()).map_err(|_| unfit("no such issuer"))?;
        let ask = Asking(Arc::clone(&self.fetch));
        let known = CoreProviderMetadata::discover_async(issuer, &ask).await;
        let known = known.map_err(|error| {
            let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
            unfit(&format!("{error}{cause}"))
        })?;
        let back = format!("{}/sign-in/callback", self.public_url.trim_end_matches('/'));
        let back = RedirectUrl::new(back).map_err(|_| unfit("no such public address"))?;
        let id = ClientId::new(self.client_id.clone());
        let secret = self.client_secret.clone().map(ClientSecret::new);
        Ok(OfProvider::from_provider_metadata(known, id, secret).set_redirect_uri(back))
    }
}

fn unfit(why: &str) -> Unreachable {
    Unreachable(why.to_owned())
}
