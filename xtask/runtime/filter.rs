//! Filters of operations that act on everything without one.

use reqwest::Url;

/// Refuses a filter that is an empty list: on the wire it would be no filter at all.
///
/// The list may be one that every request has, one that it may lack, or one in a type of its own.
pub(crate) fn refuse_empty_list(name: &str, values: &impl serde::Serialize) -> Result<(), String> {
    match serde_json::to_value(values) {
        Ok(serde_json::Value::Array(values)) if values.is_empty() => Err(format!(
            "`{name}` is an empty list, which the service takes for no filter; leave it out, or name something"
        )),
        _ => Ok(()),
    }
}

/// Refuses a request that has none of the filters in its query.
pub(crate) fn require_filter(url: &Url, filters: &[&str]) -> Result<(), String> {
    let filtered = url
        .query_pairs()
        .any(|(name, value)| filters.contains(&name.as_ref()) && says_something(&value));
    if filtered {
        Ok(())
    } else {
        Err(format!(
            "without one of the filters {} this would act on the whole collection; say `all()` if that is meant",
            filters.join(", ")
        ))
    }
}

/// Whether a value filters at all. Services split lists at commas, so one of commas alone is an empty list.
fn says_something(value: &str) -> bool {
    value.chars().any(|c| c != ',' && !c.is_whitespace())
}
