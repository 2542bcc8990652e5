//! Redaction: the parts of a message that are kept out of logs and answers.

use sha2::{Digest, Sha256};

use super::HeaderList;
use crate::refusal::{Outcome, Refusal};

/// The parts that are redacted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Redact {
    pub(crate) body: bool,
    pub(crate) all_headers: bool,
    pub(crate) headers: Vec<String>,
}

impl Redact {
    pub(super) fn read(headers: &HeaderList) -> Outcome<Self> {
        let mut redact = Self::default();
        let Some(fields) = headers.get("Upstash-Redact-Fields") else {
            return Ok(redact);
        };
        for field in fields.split(',').map(str::trim) {
            let name = field
                .strip_prefix("header[")
                .and_then(|rest| rest.strip_suffix(']'));
            match (field, name) {
                ("body", _) => redact.body = true,
                ("header" | "headers", _) => redact.all_headers = true,
                (_, Some(name)) if !name.is_empty() => redact.headers.push(name.to_owned()),
                _ => {
                    return Err(Refusal::bad_request(format!(
                        "invalid Upstash-Redact-Fields `{fields}`: `{field}` is none"
                    )));
                }
            }
        }
        Ok(redact)
    }

    pub(crate) fn is_some(&self) -> bool {
        *self != Self::default()
    }

    /// Returns a body as it may be shown.
    pub(crate) fn body(&self, body: &[u8]) -> Vec<u8> {
        if self.body {
            placeholder(body).into_bytes()
        } else {
            body.to_vec()
        }
    }

    /// Returns headers as they may be shown.
    pub(crate) fn headers(&self, headers: &HeaderList) -> HeaderList {
        headers
            .iter()
            .map(|(name, value)| {
                let hidden = self.all_headers
                    || self
                        .headers
                        .iter()
                        .any(|known| known.eq_ignore_ascii_case(name));
                let shown = if hidden {
                    placeholder(value.as_bytes())
                } else {
                    value.to_owned()
                };
                (name.to_owned(), shown)
            })
            .collect()
    }
}

/// Equal contents stay recognisable as equal.
fn placeholder(content: &[u8]) -> String {
    let hash = Sha256::digest(content);
    let digits = hash.iter().map(|byte| format!("{byte:02x}"));
    format!("REDACTED:{}", digits.collect::<String>())
}
