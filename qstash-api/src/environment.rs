//! Where the base URL and the token come from: a pure function over what is given and a lookup of variables.
//!
//! The base URL and the token are decided one by one, each by the first line that has something to say:
//!
//! | | base URL | token |
//! |---|---|---|
//! | given to the builder | `base_url(…)`, or `region(…)` and so the region's own | `token(…)` |
//! | `QSTASH_DEV` is `1` or `true` | `http://127.0.0.1:` and `QSTASH_DEV_PORT`, or 8080 | the dev server's published token |
//! | `region(…)`, or else `QSTASH_REGION` | `<REGION>_QSTASH_URL` | `<REGION>_QSTASH_TOKEN` |
//! | otherwise | `QSTASH_URL`, or `https://qstash.upstash.io` | `QSTASH_TOKEN`, or an error |
//!
//! The prefixed variables count only if all that is needed of them is set, so that a URL of one region never meets
//! the token of another. An empty variable is an unset one. A variable that is not needed is not looked at.

use std::ffi::OsString;

use crate::base_url;
use crate::region::Region;
use crate::{Error, Token};

/// What the builder was given.
#[derive(Clone, Debug, Default)]
pub(crate) struct Given {
    pub(crate) token: Option<Token>,
    pub(crate) base_url: Option<String>,
    pub(crate) region: Option<Region>,
    pub(crate) allow_http: bool,
}

/// What a client needs to know to send a request.
#[derive(Debug)]
pub(crate) struct Endpoint {
    pub(crate) base_url: String,
    pub(crate) token: Token,
}

/// A look at a variable.
pub(crate) type Lookup<'a> = &'a mut dyn FnMut(&str) -> Option<OsString>;

/// The token that the local dev server takes. It is published, and so no secret.
const DEV_TOKEN: &str = "eyJVc2VySUQiOiJkZWZhdWx0VXNlciIsIlBhc3N3b3JkIjoiZGVmYXVsdFBhc3N3b3JkIn0=";

/// Decides on base URL and token by the table above. Without a lookup there are no variables.
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
            let mut variables = Variables {
                lookup,
                region: given.region,
            };
            variables.fill(base_url, token, allow_http)?
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

struct Variables<'a> {
    lookup: Lookup<'a>,
    region: Option<Region>,
}

impl Variables<'_> {
    /// Completes what is given; at least one of the two is missing.
    #[inline]
    fn fill(
        &mut self,
        base_url: Option<String>,
        token: Option<Token>,
        allow_http: bool,
    ) -> Result<(String, Token), Error> {
        if self.is_dev()? {
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

    /// Whether the region's variables have all that is needed of them.
    fn region_set(&mut self, needs_url: bool, needs_token: bool) -> Result<bool, Error> {
        let Some(region) = self.region()? else {
            return Ok(false);
        };
        let url = !needs_url || self.text(&variable(Some(region), URL))?.is_some();
        Ok(url && (!needs_token || self.text(&variable(Some(region), TOKEN))?.is_some()))
    }

    fn region(&mut self) -> Result<Option<Region>, Error> {
        if self.region.is_none() {
            self.region = match self.text("QSTASH_REGION")? {
                None => None,
                Some(name) => Some(name.parse().map_err(|_| {
                    wrong(
                        "QSTASH_REGION",
                        "is not a region; set it to `EU_CENTRAL_1` or `US_EAST_1`, or unset it",
                    )
                })?),
            };
        }
        Ok(self.region)
    }

    fn base_url(&mut self, name: &str, allow_http: bool) -> Result<String, Error> {
        match self.text(name)? {
            None => Ok(base_url::DEFAULT.to_owned()),
            Some(text) => {
                base_url::parse(&text, allow_http).map_err(|problem| wrong(name, &problem))
            }
        }
    }

    fn token(&mut self, prefix: Option<Region>) -> Result<Token, Error> {
        let name = variable(prefix, TOKEN);
        match self.text(&name)? {
            Some(text) => Token::parse(&text).map_err(|problem| wrong(&name, problem)),
            None => Err(wrong(
                TOKEN,
                &match self.region {
                    None => "is not set; set it to the token in the QStash console".to_owned(),
                    Some(region) => format!(
                        "is not set, and neither are both `{0}_{URL}` and `{0}_{TOKEN}`; set those to what the QStash \
                     console shows for the region",
                        region.as_prefix()
                    ),
                },
            )),
        }
    }

    fn is_dev(&mut self) -> Result<bool, Error> {
        match self.text("QSTASH_DEV")?.as_deref() {
            None | Some("0" | "false") => Ok(false),
            Some("1" | "true") => Ok(true),
            Some(_) => Err(wrong(
                "QSTASH_DEV",
                "is neither `1`, `true`, `0` nor `false`; set it to one of these, or unset it",
            )),
        }
    }

    fn dev_port(&mut self) -> Result<u16, Error> {
        let name = "QSTASH_DEV_PORT";
        let Some(text) = self.text(name)? else {
            return Ok(8080);
        };
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        match text.parse() {
            Ok(port @ 1..) if digits => Ok(port),
            _ => Err(wrong(
                name,
                "is not a port; set it to a number from 1 to 65535, or unset it",
            )),
        }
    }

    /// The value of a variable, unless it is empty.
    fn text(&mut self, name: &str) -> Result<Option<String>, Error> {
        (self.lookup)(name)
            .filter(|value| !value.is_empty())
            .map(OsString::into_string)
            .transpose()
            .map_err(|_| wrong(name, "is not valid Unicode; set it again"))
    }
}

const URL: &str = "QSTASH_URL";
const TOKEN: &str = "QSTASH_TOKEN";

fn variable(prefix: Option<Region>, name: &str) -> String {
    match prefix {
        None => name.to_owned(),
        Some(region) => format!("{}_{name}", region.as_prefix()),
    }
}

fn wrong(name: &str, problem: &str) -> Error {
    Error::configuration(format!("environment variable `{name}` {problem}"))
}

#[cfg(test)]
mod tests;
