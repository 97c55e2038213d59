//! The identity provider that people sign in with, as it was configured.

use super::ask::Asking;
use super::sign_in::SignInOptions;
use anyhow::Context as _;
use domain::account::Role;
use std::path::Path;
use web::sign_in::{Dfe, Provider};

impl SignInOptions {
    /// The provider, if there is one.
    pub(super) fn provider(&self, public_url: &str) -> anyhow::Result<Option<Provider>> {
        let Some(issuer) = &self.oidc_issuer else { return Ok(None) };
        let client_id = self.oidc_client_id.clone();
        let client_id = client_id.context("--oidc-issuer needs --oidc-client-id")?;
        must_be_encrypted(issuer, "--oidc-issuer")?;
        must_be_encrypted(public_url, "--public-url")?;
        let secret = self.oidc_client_secret_file.as_deref().map(secret_in).transpose()?;
        let dfe = self.dfe(&client_id)?;
        let mut hosts = vec![issuer.as_str()];
        hosts.extend(dfe.as_ref().map(|dfe| dfe.api_url.as_str()));
        let asking = Asking::of(&hosts)?;
        Ok(Some(Provider {
            issuer: issuer.clone(),
            client_id,
            client_secret: secret,
            public_url: public_url.to_owned(),
            require_mfa: self.oidc_require_mfa,
            mfa_acr: self.oidc_mfa_acr.clone(),
            email_claim: self.oidc_email_claim.clone(),
            dfe,
            fetch: asking.fetch(),
        }))
    }

    fn dfe(&self, client_id: &str) -> anyhow::Result<Option<Dfe>> {
        let Some(api_url) = &self.dfe_api_url else { return Ok(None) };
        must_be_encrypted(api_url, "--dfe-api-url")?;
        let service_id = self.dfe_service_id.clone();
        let secret = self.dfe_api_secret_file.as_deref();
        let secret = secret.context("--dfe-api-url needs --dfe-api-secret-file")?;
        Ok(Some(Dfe {
            api_url: api_url.clone(),
            service_id: service_id.context("--dfe-api-url needs --dfe-service-id")?,
            client_id: client_id.to_owned(),
            api_secret: secret_in(secret)?,
            roles: self.dfe_role.iter().map(|text| dfe_role(text)).collect::<Result<_, _>>()?,
        }))
    }
}

/// Whoever signs in does so over https, or on this machine.
fn must_be_encrypted(url: &str, option: &str) -> anyhow::Result<()> {
    let url = url::Url::parse(url).with_context(|| format!("{option} is no address"))?;
    let host = url.host_str().unwrap_or_default();
    let here = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
    anyhow::ensure!(
        url.scheme() == "https" || (url.scheme() == "http" && here),
        "{option} must begin with https://, except on this machine: people sign in over it"
    );
    Ok(())
}

fn secret_in(path: &Path) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(path);
    let text = text.with_context(|| format!("cannot read the secret in {}", path.display()))?;
    anyhow::ensure!(!text.trim().is_empty(), "there is no secret in {}", path.display());
    Ok(text.trim().to_owned())
}

fn dfe_role(text: &str) -> anyhow::Result<(String, Role)> {
    let (code, role) = text.split_once('=').context("--dfe-role is written CODE=ROLE")?;
    let role = role.parse().with_context(|| format!("--dfe-role: there is no role “{role}”"))?;
    Ok((code.to_owned(), role))
}
