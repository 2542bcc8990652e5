//! Header values and families of headers.

use std::mem;

use reqwest::Request;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

/// The value of the header `name`, or what is wrong with it.
///
/// The message never repeats the value, which may be a secret.
pub(crate) fn header_value(name: &str, value: String) -> Result<HeaderValue, String> {
    if !value.is_ascii() {
        // It would be sent as UTF-8, and most servers read headers as Latin-1.
        return Err(format!(
            "the value of the header `{name}` holds a character beyond ASCII, which would not arrive as it is; \
             percent-encode it, or use base64"
        ));
    }
    HeaderValue::try_from(value).map_err(|_| {
        format!("the value of the header `{name}` holds a line break or another control character; remove it")
    })
}

/// Adds the header `{prefix}{name}` to `headers`, or says what is wrong with its name or value.
pub(crate) fn family_header(
    mut headers: Vec<(HeaderName, HeaderValue)>,
    prefix: &str,
    name: &str,
    value: &str,
) -> Result<Vec<(HeaderName, HeaderValue)>, String> {
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
    headers.push((header, value));
    Ok(headers)
}

/// Appends a header, or says that there are too many.
pub(crate) fn append_header(
    headers: &mut HeaderMap,
    name: HeaderName,
    value: HeaderValue,
) -> Result<(), String> {
    match headers.try_append(name, value) {
        Ok(_) => Ok(()),
        Err(_) => Err(
            "a request cannot have so many headers; put what they hold into the body".to_owned(),
        ),
    }
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
