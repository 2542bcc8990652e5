//! What a scalar means: the core schema of YAML 1.2, and the tags of that schema.

use saphyr_parser::{ScalarStyle, Tag};
use serde_json::{Number, Value};

/// Why a scalar has no JSON value.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoValue {
    /// It is an infinity or not a number.
    NotFinite,
    /// It is a number that neither 64 bits nor a double can hold.
    OutOfRange,
    /// It does not look like its tag says.
    NotAsTagged,
    /// Its tag is beyond the core schema.
    UnknownTag,
}

/// The prefix of all tags of the core schema.
const CORE: &str = "tag:yaml.org,2002:";

/// The name of a tag within the core schema; `Some("")` for the `!` that says "not resolved".
pub(super) fn core_name(tag: &Tag) -> Option<String> {
    let full = format!("{}{}", tag.handle, tag.suffix);
    if full == "!" {
        return Some(String::new());
    }
    full.strip_prefix(CORE).map(str::to_owned)
}

/// The tag as a person writes it.
pub(super) fn written(tag: &Tag) -> String {
    match core_name(tag) {
        Some(name) => format!("!!{name}"),
        None => format!("{}{}", tag.handle, tag.suffix),
    }
}

/// The value of a scalar.
pub(super) fn resolve(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Result<Value, NoValue> {
    let Some(tag) = tag else {
        return if style == ScalarStyle::Plain {
            plain(text)
        } else {
            Ok(Value::from(text))
        };
    };
    let name = core_name(tag).ok_or(NoValue::UnknownTag)?;
    let fits = |value: Value, fits: bool| fits.then_some(value).ok_or(NoValue::NotAsTagged);
    match name.as_str() {
        "" | "str" => Ok(Value::from(text)),
        "null" => plain(text).and_then(|value| fits(value.clone(), value.is_null())),
        "bool" => plain(text).and_then(|value| fits(value.clone(), value.is_boolean())),
        "int" => {
            plain(text).and_then(|value| fits(value.clone(), value.is_i64() || value.is_u64()))
        }
        "float" => match plain(text)? {
            Value::Number(number) => number
                .as_f64()
                .and_then(Number::from_f64)
                .map(Value::Number),
            _ => None,
        }
        .ok_or(NoValue::NotAsTagged),
        "map" | "seq" => Err(NoValue::NotAsTagged),
        _ => Err(NoValue::UnknownTag),
    }
}

/// The value of a plain scalar without a tag.
fn plain(text: &str) -> Result<Value, NoValue> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Ok(Value::Null),
        "true" | "True" | "TRUE" => Ok(Value::Bool(true)),
        "false" | "False" | "FALSE" => Ok(Value::Bool(false)),
        _ if text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first)) => {
            number(text)
        }
        _ => Ok(Value::from(text)),
    }
}

/// Whether a plain scalar without a tag stands for this text itself.
pub(crate) fn is_plain_text(text: &str) -> bool {
    matches!(plain(text), Ok(Value::String(_)))
}

fn number(text: &str) -> Result<Value, NoValue> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Err(NoValue::NotFinite);
    }
    for (prefix, radix) in [("0o", 8), ("0x", 16)] {
        if let Some(digits) = text.strip_prefix(prefix)
            && !digits.is_empty()
            && digits.chars().all(|digit| digit.is_digit(radix))
        {
            let value = u64::from_str_radix(digits, radix).map_err(|_| NoValue::OutOfRange)?;
            return Ok(Value::from(value));
        }
    }
    if !unsigned.is_empty() && unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        let signed = text.strip_prefix('+').unwrap_or(text);
        return match (signed.parse::<i64>(), signed.parse::<u64>()) {
            (Ok(value), _) => Ok(Value::from(value)),
            (_, Ok(value)) => Ok(Value::from(value)),
            _ => Err(NoValue::OutOfRange),
        };
    }
    if !is_float(unsigned) {
        return Ok(Value::from(text));
    }
    let value: f64 = text.parse().map_err(|_| NoValue::OutOfRange)?;
    Number::from_f64(value)
        .map(Value::Number)
        .ok_or(NoValue::OutOfRange)
}

/// Whether an unsigned text is a float of the core schema:
/// `( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`.
fn is_float(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let exponent_fits = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    let mantissa_fits = match mantissa.split_once('.') {
        Some(("", fraction)) => !fraction.is_empty() && digits(fraction),
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => !mantissa.is_empty() && digits(mantissa),
    };
    exponent_fits && mantissa_fits
}
