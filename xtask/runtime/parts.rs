//! The parts of a request that is described step by step.

use std::borrow::Cow;
use std::fmt;

use reqwest::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue, MaxSizeReached};
use reqwest::{Method, Request, Url};

use super::Upload;
use super::header::{checked_name, checked_value, family_header, too_many};

/// Headers, query and cookies.
#[derive(Clone, Default)]
pub(crate) struct Parts {
    headers: HeaderMap,
    /// Each with the setter that it came from.
    query: Vec<(&'static str, Cow<'static, str>, String)>,
    /// The problems, each with the setter that it came from.
    invalid: Vec<(&'static str, String)>,
    rare: Option<Box<Rare>>,
    filled: bool,
}

/// Parts that most requests do without.
#[derive(Clone, Default)]
struct Rare {
    cookies: Vec<(&'static str, String)>,
    headers: Vec<(HeaderName, HeaderValue)>,
    /// The names of those that are among the headers of the request by now.
    added: Vec<HeaderName>,
    has_content_type: bool,
    query: Vec<(String, String)>,
}

impl Parts {
    /// Sets the header `name`, in place of what it was before.
    #[inline]
    pub(crate) fn header(
        &mut self,
        setter: &'static str,
        name: &'static str,
        value: Result<String, String>,
    ) {
        self.put(setter, name, value.map(Cow::Owned));
    }

    /// The same with a text that need not be copied.
    pub(crate) fn put(
        &mut self,
        setter: &'static str,
        name: &'static str,
        value: Result<Cow<'static, str>, String>,
    ) {
        let done = value
            .and_then(|value| checked_value(name, value))
            .and_then(|value| self.insert(name, value).map_err(too_many));
        self.note(setter, done);
    }

    /// Sets a header whose value is a secret.
    pub(crate) fn secret_header(
        &mut self,
        setter: &'static str,
        name: &'static str,
        value: Result<String, String>,
    ) {
        let done = value
            .and_then(|value| checked_value(name, Cow::Owned(value)))
            .and_then(|mut value| {
                value.set_sensitive(true);
                self.insert(name, value).map_err(too_many)
            });
        self.note(setter, done);
    }

    fn insert(&mut self, name: &'static str, value: HeaderValue) -> Result<(), MaxSizeReached> {
        match name {
            // A constant needs no reading, and this one stands in nearly every request with a body.
            "Content-Type" => self.headers.try_insert(CONTENT_TYPE, value),
            _ => self.headers.try_insert(name, value),
        }
        .map(drop)
    }

    /// Adds the header `{prefix}{name}`.
    pub(crate) fn family(&mut self, prefix: &'static str, name: &str, value: &str) {
        let done = family_header(prefix, name, value).and_then(|(name, value)| {
            self.headers.try_append(name, value).map_err(too_many)
        });
        if let Err(problem) = done {
            self.invalid.push((prefix, problem));
        }
    }

    /// Sets one value of the query.
    #[inline]
    pub(crate) fn query(
        &mut self,
        setter: &'static str,
        name: &'static str,
        value: Result<String, String>,
    ) {
        self.pairs(setter, value.map(|value| vec![(Cow::Borrowed(name), value)]));
    }

    /// Sets all values of a parameter in the query.
    pub(crate) fn pairs(
        &mut self,
        setter: &'static str,
        pairs: Result<Vec<(Cow<'static, str>, String)>, String>,
    ) {
        self.query.retain(|(other, ..)| *other != setter);
        let done = pairs.map(|pairs| {
            for (name, value) in pairs {
                // In an order that does not depend on that of the calls.
                let at = self.query.partition_point(|(_, other, _)| *other <= name);
                self.query.insert(at, (setter, name, value));
            }
        });
        self.note(setter, done);
    }

    /// Returns the values that a setter has put into the query.
    pub(crate) fn query_values(&self, setter: &str) -> impl Iterator<Item = &str> {
        self.query
            .iter()
            .filter(move |(other, ..)| *other == setter)
            .map(|(.., value)| value.as_str())
    }

    /// Sets a cookie.
    pub(crate) fn cookie(
        &mut self,
        setter: &'static str,
        name: &'static str,
        value: Result<String, String>,
    ) {
        let cookies = &mut self.rare.get_or_insert_default().cookies;
        cookies.retain(|(other, _)| *other != name);
        let done = value.and_then(|value| {
            if value.contains([';', ',', '"', '\\']) || value.contains(char::is_whitespace) {
                return Err(format!(
                    "the value of the cookie `{name}` holds a character that no cookie can; percent-encode it"
                ));
            }
            cookies.push((name, value));
            Ok(())
        });
        self.note(setter, done);
    }

    /// Adds a header that no setter is for.
    pub(crate) fn add_header(&mut self, name: &str, value: &str) {
        match checked_name(name).and_then(|name| {
            let mut value = checked_value(name.as_str(), Cow::Owned(value.to_owned()))?;
            value.set_sensitive(true);
            Ok((name, value))
        }) {
            Ok(header) => self.rare.get_or_insert_default().headers.push(header),
            Err(problem) => self.refuse(problem),
        }
    }

    /// Adds a value of the query that no setter is for.
    pub(crate) fn add_query(&mut self, name: &str, value: &str) {
        let query = &mut self.rare.get_or_insert_default().query;
        query.push((name.to_owned(), value.to_owned()));
    }

    /// Requires that a setter of the query was called.
    pub(crate) fn require_query(&self, setter: &'static str) -> Result<(), String> {
        let said = self.query.iter().any(|(other, ..)| *other == setter);
        self.require(setter, said)
    }

    /// Requires that a setter of a cookie was called.
    pub(crate) fn require_cookie(&self, setter: &'static str, name: &str) -> Result<(), String> {
        let cookies = self.rare.iter().flat_map(|rare| &rare.cookies);
        let said = cookies.into_iter().any(|(other, _)| *other == name);
        self.require(setter, said)
    }

    /// Requires that a setter was called; one that was called with a wrong value says so later.
    pub(crate) fn require(&self, setter: &str, said: bool) -> Result<(), String> {
        if said || self.invalid.iter().any(|(other, _)| *other == setter) {
            return Ok(());
        }
        Err(super::value::missing(setter))
    }

    /// Notes that hand-written code sets headers at once, and returns whether it has done so before: then every header
    /// but those in `kept` goes.
    pub(crate) fn refill(&mut self, kept: &[&str]) -> bool {
        if !std::mem::replace(&mut self.filled, true) {
            return false;
        }
        let before = std::mem::take(&mut self.headers);
        for name in kept {
            for value in before.get_all(*name) {
                if let Ok(name) = HeaderName::from_bytes(name.as_bytes()) {
                    self.headers.append(name, value.clone());
                }
            }
        }
        true
    }

    /// Returns the value of a setter, or notes what is wrong with it.
    pub(crate) fn checked<T>(&mut self, setter: &'static str, value: Result<T, String>) -> Option<T> {
        let (value, problem) = match value {
            Ok(value) => (Some(value), Ok(())),
            Err(problem) => (None, Err(problem)),
        };
        self.note(setter, problem);
        value
    }

    /// Makes sending an error, whatever is set later.
    pub(crate) fn refuse(&mut self, problem: String) {
        self.invalid.push(("", problem));
    }

    /// Forgets what was wrong with the value that a setter had before, and notes what is wrong with it now.
    fn note(&mut self, setter: &'static str, done: Result<(), String>) {
        self.invalid.retain(|(other, _)| *other != setter);
        if let Err(problem) = done {
            self.invalid.push((setter, problem));
        }
    }

    /// Adds the headers that no setter is for, unless a setter has set them, and says what kind of answer is wanted.
    #[inline]
    pub(crate) fn complete(&mut self, accept: Option<&'static str>) -> Result<(), String> {
        if let Some(rare) = &mut self.rare {
            rare.add_headers(&mut self.headers, accept.is_some())?;
        }
        if let Some(media_types) = accept {
            let media_types = HeaderValue::from_static(media_types);
            self.headers.entry(ACCEPT).or_insert(media_types);
        }
        Ok(())
    }

    /// Sets a header that must be given, after all others.
    pub(crate) fn require_header(
        &mut self,
        setter: &'static str,
        name: &'static str,
        value: String,
        is_secret: bool,
    ) -> Result<(), String> {
        if self.headers.contains_key(name) {
            return Err(set_already(name));
        }
        if is_secret {
            self.secret_header(setter, name, Ok(value));
        } else {
            self.header(setter, name, Ok(value));
        }
        Ok(())
    }

    /// Makes the request, or says what is wrong with the first part that is.
    #[inline]
    pub(crate) fn into_request(
        self,
        method: Method,
        url: &str,
        body: Option<Upload>,
    ) -> Result<Request, String> {
        if let Some((_, problem)) = self.invalid.into_iter().next() {
            return Err(problem);
        }
        let url = Url::parse(url)
            .map_err(|error| format!("no URL can be made of the base URL and the path: {error}"))?;
        let mut request = Request::new(method, url);
        *request.headers_mut() = self.headers;
        if !self.query.is_empty() {
            let pairs = self.query.iter().map(|(_, name, value)| (name, value));
            request.url_mut().query_pairs_mut().extend_pairs(pairs);
        }
        if let Some(body) = body {
            if self.rare.as_ref().is_some_and(|rare| rare.has_content_type) {
                return Err(set_already("Content-Type"));
            }
            body.set(&mut request)?;
        }
        if let Some(rare) = self.rare {
            rare.add_to(&mut request)?;
        }
        Ok(request)
    }
}

impl Rare {
    /// Adds the headers that no setter is for, unless one has set them.
    fn add_headers(&mut self, headers: &mut HeaderMap, accepts: bool) -> Result<(), String> {
        for (name, value) in std::mem::take(&mut self.headers) {
            self.has_content_type |= name == CONTENT_TYPE;
            if headers.contains_key(&name) && !self.added.contains(&name) || (accepts && name == ACCEPT) {
                return Err(set_already(name.as_str()));
            }
            headers.try_append(&name, value).map_err(too_many)?;
            self.added.push(name);
        }
        Ok(())
    }

    /// Adds cookies, and the parameters of the query that no setter is for, unless one has set them.
    fn add_to(self, request: &mut Request) -> Result<(), String> {
        if !self.cookies.is_empty() {
            if request.headers().contains_key(COOKIE) {
                return Err(set_already("Cookie"));
            }
            let cookies: Vec<String> = self
                .cookies
                .into_iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            let mut value = checked_value("Cookie", Cow::Owned(cookies.join("; ")))?;
            value.set_sensitive(true);
            request.headers_mut().insert(COOKIE, value);
        }
        let has = |name: &str| request.url().query_pairs().any(|(other, _)| other == name);
        if let Some((name, _)) = self.query.iter().find(|(name, _)| has(name)) {
            return Err(format!(
                "`query` gives the parameter `{}`, which the request has already; leave it out",
                name.escape_debug()
            ));
        }
        if !self.query.is_empty() {
            request.url_mut().query_pairs_mut().extend_pairs(self.query);
        }
        Ok(())
    }
}

fn set_already(name: &str) -> String {
    format!("`header` gives the header `{name}`, which the request has already; leave it out")
}

/// Shows no value of the query, which may be a secret, nor those of headers that are.
impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let query: Vec<_> = self.query.iter().map(|(_, name, _)| name).collect();
        f.debug_struct("Parts")
            .field("headers", &self.headers)
            .field("query", &query)
            .finish_non_exhaustive()
    }
}
