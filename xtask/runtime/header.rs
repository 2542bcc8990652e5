//! Names and values of headers.

use std::borrow::Cow;

use bytes::Bytes;
use reqwest::header::{HeaderName, HeaderValue, MaxSizeReached};

/// The value of the header `name`, or what is wrong with it. The message never repeats the value, which may be a
/// secret.
pub(super) fn checked_value(name: &str, value: Cow<'static, str>) -> Result<HeaderValue, String> {
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
pub(super) fn family_header(
    prefix: &str,
    name: &str,
    value: &str,
) -> Result<(HeaderName, HeaderValue), String> {
    if name.is_empty() {
        return Err(format!(
            "a header needs a name after `{prefix}`; give the rest of its name"
        ));
    }
    let full = format!("{prefix}{name}");
    let header = parsed_name(&full)?;
    let mut value = checked_value(&full, Cow::Owned(value.to_owned()))?;
    // It may be a credential that is passed on, and `Debug` of the builder shows all that is not sensitive.
    value.set_sensitive(true);
    Ok((header, value))
}

/// The name of a header that a caller may give, or what is wrong with it.
pub(super) fn checked_name(name: &str) -> Result<HeaderName, String> {
    let name = parsed_name(name)?;
    let of_http = [
        "connection",
        "content-length",
        "host",
        "keep-alive",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    ];
    if of_http.contains(&name.as_str()) {
        return Err(format!(
            "the header `{name}` is HTTP's own and cannot be set; leave it out"
        ));
    }
    Ok(name)
}

fn parsed_name(name: &str) -> Result<HeaderName, String> {
    HeaderName::from_bytes(name.as_bytes()).map_err(|_| {
        format!(
            "`{}` is not the name of a header; use letters, digits and hyphens",
            name.escape_debug()
        )
    })
}

pub(super) fn too_many(_: MaxSizeReached) -> String {
    "a request cannot have so many headers; put what they hold into the body".to_owned()
}
