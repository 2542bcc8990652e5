//! The sources of the base URL and the token: a pure function over what is given and a lookup of variables.
//!
//! [`ClientBuilder::env`](super::ClientBuilder::env) has the table of precedence.

use super::base_url;
use crate::environment::{EnvironmentError, Lookup, VariableProblem, Variables, variable};
use crate::region::Region;
use crate::{Error, Token};

/// The settings that the builder was given.
#[derive(Clone, Debug, Default)]
pub(crate) struct Given {
    pub(crate) token: Option<Token>,
    pub(crate) base_url: Option<String>,
    pub(crate) region: Option<Region>,
    pub(crate) allow_http: bool,
}

/// The address of the service, and the token for it.
#[derive(Debug)]
pub(crate) struct Endpoint {
    pub(crate) base_url: String,
    pub(crate) token: Token,
}

/// The token that the local dev server takes. It is published, and so no secret.
const DEV_TOKEN: &str = "eyJVc2VySUQiOiJkZWZhdWx0VXNlciIsIlBhc3N3b3JkIjoiZGVmYXVsdFBhc3N3b3JkIn0=";
const URL: &str = "QSTASH_URL";
const TOKEN: &str = "QSTASH_TOKEN";

/// Decides on base URL and token. Without a lookup there are no variables.
#[inline]
pub(crate) fn resolve(given: Given, lookup: Option<Lookup<'_>>) -> Result<Endpoint, Error> {
    let allow_http = given.allow_http;
    let base_url = given_base_url(&given)?;
    let (base_url, token) = match (base_url, given.token, lookup) {
        (Some(base_url), Some(token), _) => (base_url, token),
        (base_url, Some(token), None) => (
            base_url.unwrap_or_else(|| base_url::DEFAULT.to_owned()),
            token,
        ),
        (_, None, None) => {
            return Err(Error::configuration(
                "no token; give one with `token(…)`, or read the environment with `env()`",
            ));
        }
        (base_url, token, Some(lookup)) => {
            let variables = Variables::new(lookup);
            let region = given.region;
            Environment { variables, region }.complete(base_url, token, allow_http)?
        }
    };
    Ok(Endpoint { base_url, token })
}

fn given_base_url(given: &Given) -> Result<Option<String>, Error> {
    match (&given.base_url, given.region) {
        (Some(_), Some(_)) => Err(Error::configuration(
            "both a base URL and a region are given; give one of them",
        )),
        (Some(text), None) => base_url::parse(text, given.allow_http)
            .map(Some)
            .map_err(|problem| Error::configuration(format!("the base URL {problem}"))),
        (None, Some(region)) => Ok(Some(region.base_url().to_owned())),
        (None, None) => Ok(None),
    }
}

/// The variables, and the region that was given or is named by one of them.
struct Environment<'a> {
    variables: Variables<'a>,
    region: Option<Region>,
}

impl Environment<'_> {
    /// Completes what is given; at least one of the two is missing.
    #[inline]
    fn complete(
        &mut self,
        base_url: Option<String>,
        token: Option<Token>,
        allow_http: bool,
    ) -> Result<(String, Token), Error> {
        if self.variables.is_development()? {
            let base_url = match base_url {
                Some(base_url) => base_url,
                None => format!("http://127.0.0.1:{}", self.dev_port()?),
            };
            let token = token.map_or_else(|| Token::new(DEV_TOKEN), Ok)?;
            return Ok((base_url, token));
        }
        let set = self.region_set(base_url.is_none(), token.is_none())?;
        let prefix = if set { self.region()? } else { None };
        let base_url = match base_url {
            Some(base_url) => base_url,
            None => self.base_url(&variable(prefix, URL), allow_http)?,
        };
        let token = match token {
            Some(token) => token,
            None => self.token(prefix)?,
        };
        Ok((base_url, token))
    }

    /// Returns whether the region's variables have all that is needed of them.
    fn region_set(&mut self, needs_url: bool, needs_token: bool) -> Result<bool, EnvironmentError> {
        let Some(region) = self.region()? else {
            return Ok(false);
        };
        let mut is_set = |name| {
            let text = self.variables.text(&variable(Some(region), name))?;
            Ok(text.is_some())
        };
        Ok((!needs_url || is_set(URL)?) && (!needs_token || is_set(TOKEN)?))
    }

    fn region(&mut self) -> Result<Option<Region>, EnvironmentError> {
        if self.region.is_none() {
            self.region = self.variables.region()?;
        }
        Ok(self.region)
    }

    fn base_url(&mut self, name: &str, allow_http: bool) -> Result<String, EnvironmentError> {
        let wrong =
            |problem| EnvironmentError::with_message(name, VariableProblem::BaseUrl, problem);
        match self.variables.text(name)? {
            None => Ok(base_url::DEFAULT.to_owned()),
            Some(text) => base_url::parse(&text, allow_http).map_err(wrong),
        }
    }

    fn token(&mut self, prefix: Option<Region>) -> Result<Token, EnvironmentError> {
        let name = variable(prefix, TOKEN);
        if let Some(text) = self.variables.text(&name)? {
            let wrong =
                |problem| EnvironmentError::with_message(name, VariableProblem::Token, problem);
            return Token::parse(&text).map_err(wrong);
        }
        let message = match self.region {
            None => "is not set; set it to the token in the QStash console".to_owned(),
            Some(region) => format!(
                "is not set, and neither are both `{0}_{URL}` and `{0}_{TOKEN}`; set those to what the QStash console \
                 shows for the region",
                region.env_prefix()
            ),
        };
        Err(EnvironmentError::with_message(
            TOKEN,
            VariableProblem::Unset,
            message,
        ))
    }

    fn dev_port(&mut self) -> Result<u16, EnvironmentError> {
        let name = "QSTASH_DEV_PORT";
        let Some(text) = self.variables.text(name)? else {
            return Ok(8080);
        };
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        match text.parse() {
            Ok(port @ 1..) if digits => Ok(port),
            _ => Err(EnvironmentError::new(name, VariableProblem::NotAPort)),
        }
    }
}

#[cfg(test)]
mod tests;
