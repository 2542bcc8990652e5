//! Values of parameters as text.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;
use serde_json::Value;

/// The way in which a list or an object becomes text.
#[derive(Clone, Copy)]
pub(crate) enum Style {
    /// A list repeats the name, and an object has a name for each member.
    Exploded,
    /// All parts in one text, with this between them.
    Joined(&'static str),
    /// An object has a name for each member, `name[member]`.
    Deep,
    /// JSON.
    Json,
}

/// A required value: not given yet, given, or what is wrong with it.
#[derive(Clone, Default)]
pub(crate) struct Given(Option<Result<String, String>>);

impl Given {
    #[inline]
    pub(crate) fn set(&mut self, value: Result<String, String>) {
        self.0 = Some(value);
    }

    /// Returns the value of the setter `setter`, or what is wrong with it.
    #[inline]
    pub(crate) fn require(&mut self, setter: &str) -> Result<String, String> {
        self.0.take().unwrap_or_else(|| Err(missing(setter)))
    }
}

/// Does not show the value, which may be a secret.
impl fmt::Debug for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Some(Ok(_)) => "given",
            Some(Err(_)) => "not valid",
            None => "not given",
        })
    }
}

pub(super) fn missing(setter: &str) -> String {
    format!("`{setter}` is required and was not given")
}

/// Converts what a setter was given.
#[inline]
pub(crate) fn convert<T, V: TryInto<T>>(setter: &str, kind: &str, value: V) -> Result<T, String> {
    value.try_into().map_err(|_| unfit(setter, kind))
}

/// The message for a value of another type.
pub(crate) fn unfit(setter: &str, kind: &str) -> String {
    format!("`{setter}` cannot be turned into `{kind}`; give a value of that type")
}

/// The text of a value without parts; JSON where it has parts after all.
pub(crate) fn text(name: &str, value: &impl Serialize) -> Result<String, String> {
    json(name, value).map(plain)
}

/// The text of a value with parts.
pub(crate) fn joined(name: &str, style: Style, value: &impl Serialize) -> Result<String, String> {
    let value = json(name, value)?;
    let (separator, explode) = match style {
        Style::Json => return Ok(value.to_string()),
        Style::Joined(separator) => (separator, false),
        Style::Exploded | Style::Deep => (",", true),
    };
    match value {
        Value::Array(items) if items.is_empty() => Err(empty_list(name)),
        Value::Array(items) => {
            let items: Vec<String> = items.into_iter().map(plain).collect();
            Ok(items.join(separator))
        }
        Value::Object(members) => {
            let between = if explode { "=" } else { separator };
            let members: Vec<String> = members
                .into_iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(member, value)| format!("{member}{between}{}", plain(value)))
                .collect();
            Ok(members.join(separator))
        }
        value => Ok(plain(value)),
    }
}

/// The names and values that a value with parts has in a query.
pub(crate) fn pairs(
    name: &'static str,
    style: Style,
    value: &impl Serialize,
) -> Result<Vec<(Cow<'static, str>, String)>, String> {
    match (style, json(name, value)?) {
        // In a query, an empty list says nothing at all.
        (Style::Exploded | Style::Joined(_) | Style::Deep, Value::Array(items)) if items.is_empty() => {
            Err(empty_list(name))
        }
        (Style::Exploded | Style::Deep, Value::Array(items)) => {
            let items = items.into_iter();
            Ok(items.map(|item| (Cow::Borrowed(name), plain(item))).collect())
        }
        (Style::Exploded, value @ Value::Object(_)) => members(name, style, &value),
        (Style::Deep, Value::Object(members)) => Ok(members
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .flat_map(|(member, value)| deep(format!("{name}[{member}]"), value))
            .collect()),
        (_, value) => Ok(vec![(Cow::Borrowed(name), joined(name, style, &value)?)]),
    }
}

/// The members of an object as names and values; a member that is a list has its name once for each.
pub(super) fn members(
    name: &str,
    style: Style,
    value: &impl Serialize,
) -> Result<Vec<(Cow<'static, str>, String)>, String> {
    let Value::Object(members) = json(name, value)? else {
        return Err(format!("`{name}` is no object, and only one has names for its parts; give one"));
    };
    let members = members.into_iter().filter(|(_, value)| !value.is_null());
    Ok(members
        .flat_map(|(member, value)| match (style, value) {
            (Style::Exploded, Value::Array(items)) => items
                .into_iter()
                .map(|item| (Cow::Owned(member.clone()), plain(item)))
                .collect(),
            (_, value) => vec![(Cow::Owned(member), plain(value))],
        })
        .collect())
}

/// `name[member]`, and `name[member][inner]` where a member is an object itself.
fn deep(name: String, value: Value) -> Vec<(Cow<'static, str>, String)> {
    match value {
        Value::Object(members) => members
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .flat_map(|(member, value)| deep(format!("{name}[{member}]"), value))
            .collect(),
        Value::Array(items) => items
            .into_iter()
            .map(|item| (Cow::Owned(name.clone()), plain(item)))
            .collect(),
        value => vec![(Cow::Owned(name), plain(value))],
    }
}

fn json(name: &str, value: &impl Serialize) -> Result<Value, String> {
    serde_json::to_value(value).map_err(|error| format!("`{name}` cannot be written: {error}"))
}

/// A text as it is, and anything else as JSON has it.
fn plain(value: Value) -> String {
    match value {
        Value::String(text) => text,
        Value::Null => String::new(),
        value => value.to_string(),
    }
}

fn empty_list(name: &str) -> String {
    format!(
        "`{name}` is an empty list, which the service takes for no filter; leave it out, or name something"
    )
}
