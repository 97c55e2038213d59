//! Who may come in besides by keys: the identity provider that people sign in with, as configured.
//!
//! A front door that nobody can sign in to is refused, unless its operator says that keys alone
//! are meant.

use anyhow::Context as _;
use clap::Args;
use clap::builder::BoolishValueParser;
use std::path::PathBuf;
use web::Routes;
use web::session::Sessions;

/// How people sign in.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct SignInOptions {
    /// Let nobody sign in: API keys alone open the door
    #[arg(long, env = "FRONTDOOR_KEYS_ONLY", value_parser = BoolishValueParser::new())]
    keys_only: bool,
    /// The OpenID Connect provider that people sign in with, by its issuer identifier
    #[arg(long, env = "FRONTDOOR_OIDC_ISSUER", value_name = "URL", conflicts_with = "keys_only")]
    pub(super) oidc_issuer: Option<String>,
    /// What the provider knows this front door as
    #[arg(long, env = "FRONTDOOR_OIDC_CLIENT_ID", value_name = "ID")]
    pub(super) oidc_client_id: Option<String>,
    /// A file with the secret that the provider gave; none for a public client
    #[arg(long, env = "FRONTDOOR_OIDC_CLIENT_SECRET_FILE", value_name = "FILE")]
    pub(super) oidc_client_secret_file: Option<PathBuf>,
    /// Let nobody in who did not show a second factor (`mfa` in the claim `amr`, or an `acr` of
    /// --oidc-mfa-acr)
    #[arg(long, env = "FRONTDOOR_OIDC_REQUIRE_MFA", value_parser = BoolishValueParser::new())]
    pub(super) oidc_require_mfa: bool,
    /// A value of the claim `acr` that stands for a second factor; may be given again
    #[arg(long, env = "FRONTDOOR_OIDC_MFA_ACR", value_name = "ACR", value_delimiter = ',')]
    pub(super) oidc_mfa_acr: Vec<String>,
    /// The claim with the address that invitations name; `email` counts only when it is verified
    #[arg(long, env = "FRONTDOOR_OIDC_EMAIL_CLAIM", default_value = "email", value_name = "CLAIM")]
    pub(super) oidc_email_claim: String,
    /// The API of DfE Sign-in, where that is the provider
    #[arg(long, env = "FRONTDOOR_DFE_API_URL", value_name = "URL")]
    pub(super) dfe_api_url: Option<String>,
    /// The service that DfE Sign-in knows this front door as
    #[arg(long, env = "FRONTDOOR_DFE_SERVICE_ID", value_name = "ID", requires = "dfe_api_url")]
    pub(super) dfe_service_id: Option<String>,
    /// A file with the secret of that API
    #[arg(long, env = "FRONTDOOR_DFE_API_SECRET_FILE", value_name = "FILE")]
    pub(super) dfe_api_secret_file: Option<PathBuf>,
    /// A role of DfE Sign-in and what it is here, such as SENCO=school; may be given again
    #[arg(long, env = "FRONTDOOR_DFE_ROLES", value_name = "CODE=ROLE", value_delimiter = ',')]
    pub(super) dfe_role: Vec<String>,
    /// After how many minutes without a word somebody signs in again
    #[arg(long, env = "FRONTDOOR_SESSION_IDLE_MINUTES", default_value_t = 30)]
    session_idle_minutes: u16,
    /// After how many minutes somebody signs in again in any case
    #[arg(long, env = "FRONTDOOR_SESSION_MINUTES", default_value_t = 600)]
    session_minutes: u16,
}

impl SignInOptions {
    /// Whether it is said how people come in; if not, what to say.
    pub(super) fn must_be_said(&self, demo: bool) -> anyhow::Result<()> {
        anyhow::ensure!(
            demo || self.keys_only || self.oidc_issuer.is_some(),
            "nobody could sign in: set FRONTDOOR_OIDC_ISSUER, FRONTDOOR_OIDC_CLIENT_ID, \
             FRONTDOOR_OIDC_CLIENT_SECRET_FILE and FRONTDOOR_PUBLIC_URL (or the flags of these \
             names); or say --keys-only, when API keys alone are meant to open the door"
        );
        Ok(())
    }

    /// How long sessions last, and where browsers see this server.
    pub(super) fn sessions(&self, public_url: &str) -> anyhow::Result<Sessions> {
        let url = url::Url::parse(public_url).context("--public-url is no address")?;
        Ok(Sessions {
            idle_minutes: i64::from(self.session_idle_minutes),
            absolute_minutes: i64::from(self.session_minutes),
            public_origin: url.origin().ascii_serialization(),
        })
    }

    /// How people come in: through the provider where there is one, also in a demonstration.
    pub(super) fn door(&self, demo: bool) -> pages::Door {
        match (&self.oidc_issuer, demo) {
            (Some(_), _) => pages::Door::Provider,
            (None, true) => pages::Door::Demo,
            (None, false) => pages::Door::KeysOnly,
        }
    }

    /// The way in, where people sign in.
    pub(super) fn routes(&self, public_url: &str) -> anyhow::Result<Routes> {
        #[cfg(feature = "sign-in")]
        if let Some(provider) = self.provider(public_url)? {
            return Ok(web::sign_in::routes(provider));
        }
        #[cfg(not(feature = "sign-in"))]
        anyhow::ensure!(
            self.oidc_issuer.is_none(),
            "this program was built without sign-in, for {public_url} too"
        );
        Ok(Routes::new())
    }
}
