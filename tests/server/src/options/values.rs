//! The values of option headers, one reader each.

use std::str::FromStr;

use super::Expression;
use super::HeaderList;
use crate::refusal::{Outcome, Refusal};

const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

fn invalid(header: &str, value: &str, why: &str) -> Refusal {
    Refusal::bad_request(format!("invalid {header} `{value}`: {why}"))
}

pub(super) fn method(headers: &HeaderList, name: &str) -> Outcome<Option<String>> {
    match headers.get(name) {
        Some(value) if !METHODS.contains(&value) => {
            Err(invalid(name, value, "use GET, POST, PUT, PATCH or DELETE"))
        }
        value => Ok(value.map(str::to_owned)),
    }
}

/// Reads a duration such as `90s` or `1d10h30m`, in seconds.
pub(super) fn duration(headers: &HeaderList, name: &str) -> Outcome<Option<u64>> {
    let Some(value) = headers.get(name) else {
        return Ok(None);
    };
    let why = "missing or unknown unit in duration, write it like 90s or 1d10h30m";
    seconds(value)
        .map(Some)
        .ok_or_else(|| invalid(name, value, why))
}

/// Reads numbers with the units d, h, m and s; a bare number is no duration.
pub(super) fn seconds(text: &str) -> Option<u64> {
    let mut total: u64 = 0;
    let mut number: Option<u64> = None;
    for letter in text.chars() {
        if let Some(digit) = letter.to_digit(10) {
            let before = number.unwrap_or(0).checked_mul(10)?;
            number = Some(before.checked_add(u64::from(digit))?);
            continue;
        }
        let unit = match letter {
            'd' => 86_400,
            'h' => 3_600,
            'm' => 60,
            's' => 1,
            _ => return None,
        };
        total = total.checked_add(number.take()?.checked_mul(unit)?)?;
    }
    (number.is_none() && !text.is_empty()).then_some(total)
}

pub(super) fn integer<N: FromStr>(headers: &HeaderList, name: &str) -> Outcome<Option<N>> {
    let Some(value) = headers.get(name) else {
        return Ok(None);
    };
    let number = value
        .parse()
        .map_err(|_| invalid(name, value, "not a whole number in range"))?;
    Ok(Some(number))
}

pub(super) fn boolean(headers: &HeaderList, name: &str) -> Outcome<bool> {
    match headers.get(name) {
        None | Some("false") => Ok(false),
        // `True` is what the official Python client sends.
        Some("true" | "True") => Ok(true),
        Some(value) => Err(invalid(name, value, "use true or false")),
    }
}

pub(super) fn expression(headers: &HeaderList, name: &str) -> Outcome<Option<Expression>> {
    let Some(value) = headers.get(name) else {
        return Ok(None);
    };
    let expression = Expression::parse(value).map_err(|why| invalid(name, value, &why))?;
    Ok(Some(expression))
}

pub(super) fn deduplication_id(headers: &HeaderList) -> Outcome<Option<String>> {
    let name = "Upstash-Deduplication-Id";
    match headers.get(name) {
        Some("") => Err(invalid(name, "", "it is empty")),
        Some(value) if value.contains(|c: char| c == ':' || c.is_whitespace()) => Err(invalid(
            name,
            value,
            "neither `:` nor white space is allowed",
        )),
        value => Ok(value.map(str::to_owned)),
    }
}

pub(super) fn labels(headers: &HeaderList) -> Vec<String> {
    let value = headers.get("Upstash-Label").unwrap_or_default();
    value
        .split(',')
        .filter(|label| !label.is_empty())
        .map(str::to_owned)
        .collect()
}

pub(super) fn plain_name(headers: &HeaderList, name: &str) -> Outcome<Option<String>> {
    match headers.get(name) {
        Some(value) if !is_plain_name(value) => Err(invalid(
            name,
            value,
            "only letters, digits and . _ - are allowed",
        )),
        value => Ok(value.map(str::to_owned)),
    }
}

/// Returns whether a text can name a queue or a schedule: `[A-Za-z0-9._-]+`.
pub(crate) fn is_plain_name(name: &str) -> bool {
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
    !name.is_empty() && name.chars().all(allowed)
}

pub(super) fn absolute_url(headers: &HeaderList, name: &str) -> Outcome<Option<String>> {
    match headers.get(name) {
        Some(value) if url::Url::parse(value).is_err() || !crate::route::has_http_scheme(value) => {
            Err(invalid(name, value, "not an absolute http or https URL"))
        }
        value => Ok(value.map(str::to_owned)),
    }
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn durations_need_a_unit() {
        for (text, expected) in [
            ("90s", Some(90)),
            ("1d10h30m", Some(86_400 + 36_000 + 1_800)),
            ("0s", Some(0)),
            ("90", None),
            ("", None),
            ("s", None),
            ("1h30", None),
            ("1.5h", None),
            ("-1s", None),
            ("99999999999999999999s", None),
        ] {
            assert_eq!(seconds(text), expected, "{text}");
        }
    }
}
