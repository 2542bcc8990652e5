//! Filters of operations that act on everything without one.

use reqwest::Request;

/// Refuses a request that has none of the filters in its query.
pub(crate) fn require_filter(request: &Request, filters: &[&str]) -> Result<(), String> {
    let filtered = request
        .url()
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

/// Returns whether a value filters at all. Services split lists at commas, so one of commas alone is an empty list.
fn says_something(value: &str) -> bool {
    value.chars().any(|c| c != ',' && !c.is_whitespace())
}
