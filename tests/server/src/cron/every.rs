//! The length of `@every`: a duration as Go writes it.

use crate::clock::Millis;

/// Reads a duration such as `1h30m` or `1.5s`, in milliseconds: whole seconds, and at least one.
pub(super) fn parse(text: &str) -> Result<Millis, String> {
    let wrong = || format!("`{text}` is no duration, write it like 1h30m");
    let mut seconds = 0.0;
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err(wrong());
    }
    while !rest.is_empty() {
        let digits = rest
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .ok_or_else(wrong)?;
        let (number, after) = rest.split_at_checked(digits).ok_or_else(wrong)?;
        let end = after
            .find(|c: char| c.is_ascii_digit() || c == '.')
            .unwrap_or(after.len());
        let (unit, next) = after.split_at_checked(end).ok_or_else(wrong)?;
        let factor = match unit {
            "ns" => 1e-9,
            "us" | "µs" => 1e-6,
            "ms" => 1e-3,
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3_600.0,
            _ => return Err(wrong()),
        };
        seconds += number.parse::<f64>().map_err(|_| wrong())? * factor;
        rest = next;
    }
    // The family leaves fractions of a second out, and makes a second of less.
    let whole = (seconds + 1e-9).floor().max(1.0);
    if seconds <= 0.0 || whole > 1e12 {
        return Err(wrong());
    }
    Ok(whole as Millis * 1000)
}
