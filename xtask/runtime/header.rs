//! Header values and families of headers.

use std::borrow::Cow;
use std::mem;

use bytes::Bytes;
use reqwest::Request;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, MaxSizeReached};

/// The headers of a request that is described step by step: those that may be left out, and those of families.
#[derive(Clone, Debug, Default)]
pub(crate) struct Headers {
    map: HeaderMap,
    /// What is wrong with a header, by its name or by the prefix of its family.
    invalid: Vec<(&'static str, String)>,
}

impl Headers {
    /// Sets the header `name`, in place of what it was before.
    pub(crate) fn set(&mut self, name: &'static str, value: Result<String, String>) {
        self.put(name, value.map(Cow::Owned));
    }

    /// The same with a text that need not be copied.
    pub(crate) fn put(&mut self, name: &'static str, value: Result<Cow<'static, str>, String>) {
        self.invalid.retain(|(other, _)| *other != name);
        let done = value
            .and_then(|value| checked_value(name, value))
            .and_then(|value| self.insert(name, value).map_err(too_many));
        if let Err(problem) = done {
            self.invalid.push((name, problem));
        }
    }

    fn insert(
        &mut self,
        name: &'static str,
        value: HeaderValue,
    ) -> Result<Option<HeaderValue>, MaxSizeReached> {
        match name {
            // A constant needs no reading, and this one stands in nearly every request with a body.
            "Content-Type" => self.map.try_insert(CONTENT_TYPE, value),
            _ => self.map.try_insert(name, value),
        }
    }

    /// Adds the header `{prefix}{name}`.
    pub(crate) fn add(&mut self, prefix: &'static str, name: &str, value: &str) {
        let done = family_header(prefix, name, value)
            .and_then(|(name, value)| self.map.try_append(name, value).map_err(too_many));
        if let Err(problem) = done {
            self.invalid.push((prefix, problem));
        }
    }

    /// Makes sending an error, whatever is set later.
    pub(crate) fn refuse(&mut self, problem: String) {
        self.invalid.push(("", problem));
    }

    /// All of them, or the first thing that is wrong with one.
    pub(crate) fn into_map(self) -> Result<HeaderMap, String> {
        match self.invalid.into_iter().next() {
            None => Ok(self.map),
            Some((_, problem)) => Err(problem),
        }
    }
}

/// The value of the header `name`, or what is wrong with it.
pub(crate) fn header_value(name: &str, value: String) -> Result<HeaderValue, String> {
    checked_value(name, Cow::Owned(value))
}

/// The same for a text that need not be copied. The message never repeats the value, which may be a secret.
fn checked_value(name: &str, value: Cow<'static, str>) -> Result<HeaderValue, String> {
    if !value.is_ascii() {
        // It would be sent as UTF-8, and most servers read headers as Latin-1.
        return Err(format!(
            "the value of the header `{name}` holds a character beyond ASCII, which would not arrive as it is; \
             percent-encode it, or use base64"
        ));
    }
    let bytes = match value {
        Cow::Borrowed(text) => Bytes::from_static(text.as_bytes()),
        Cow::Owned(text) => Bytes::from(text),
    };
    HeaderValue::from_maybe_shared(bytes).map_err(|_| {
        format!("the value of the header `{name}` holds a line break or another control character; remove it")
    })
}

/// The header `{prefix}{name}`, or what is wrong with its name or value.
fn family_header(prefix: &str, name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    if name.is_empty() {
        return Err(format!(
            "a header needs a name after `{prefix}`; give the rest of its name"
        ));
    }
    let full = format!("{prefix}{name}");
    let header = HeaderName::from_bytes(full.as_bytes()).map_err(|_| {
        format!(
            "`{}` is not the name of a header; use letters, digits and hyphens",
            full.escape_debug()
        )
    })?;
    let mut value = header_value(&full, value.to_owned())?;
    // It may be a credential that is passed on, and `Debug` of the builder shows all that is not sensitive.
    value.set_sensitive(true);
    Ok((header, value))
}

fn too_many(_: MaxSizeReached) -> String {
    "a request cannot have so many headers; put what they hold into the body".to_owned()
}

/// Gives `request` its headers; those that it has already, such as the media type of its body, stay unless `headers`
/// has them too.
pub(crate) fn set_headers(request: &mut Request, headers: HeaderMap) {
    let before = mem::replace(request.headers_mut(), headers);
    for (name, value) in &before {
        request
            .headers_mut()
            .entry(name)
            .or_insert_with(|| value.clone());
    }
}
