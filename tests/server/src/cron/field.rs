//! One field of a cron expression: the set of its values.

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const WEEKDAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/// Splits an expression into its five fields; a descriptor stands for five.
pub(super) fn fields(text: &str) -> Result<[&str; 5], String> {
    let text = match text {
        "@yearly" | "@annually" => "0 0 1 1 *",
        "@monthly" => "0 0 1 * *",
        "@weekly" => "0 0 * * 0",
        "@daily" | "@midnight" => "0 0 * * *",
        "@hourly" => "0 * * * *",
        _ if text.starts_with('@') => return Err(format!("there is no descriptor {text}")),
        _ => text,
    };
    let all: Vec<&str> = text.split_whitespace().collect();
    <[&str; 5]>::try_from(all).map_err(|all| format!("there are {} fields, write five", all.len()))
}

/// The values of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Field {
    bits: u64,
    /// `true` if the field begins with a star or a question mark.
    any: bool,
}

/// The values that may stand in a field.
struct Range {
    what: &'static str,
    from: u32,
    to: u32,
    names: &'static [&'static str],
}

impl Field {
    pub(super) fn minutes(text: &str) -> Result<Self, String> {
        Self::parse(text, &Range::of("minute", 0, 59, &[]))
    }

    pub(super) fn hours(text: &str) -> Result<Self, String> {
        Self::parse(text, &Range::of("hour", 0, 23, &[]))
    }

    pub(super) fn days(text: &str) -> Result<Self, String> {
        Self::parse(text, &Range::of("day of the month", 1, 31, &[]))
    }

    pub(super) fn months(text: &str) -> Result<Self, String> {
        Self::parse(text, &Range::of("month", 1, 12, &MONTHS))
    }

    pub(super) fn weekdays(text: &str) -> Result<Self, String> {
        Self::parse(text, &Range::of("day of the week", 0, 6, &WEEKDAYS))
    }

    pub(super) fn has(self, value: u32) -> bool {
        value < 64 && self.bits & (1 << value) != 0
    }

    pub(super) fn is_any(self) -> bool {
        self.any
    }

    pub(super) fn iter(self) -> impl Iterator<Item = u32> {
        (0..64).filter(move |value| self.has(*value))
    }

    fn parse(text: &str, range: &Range) -> Result<Self, String> {
        let mut field = Self {
            bits: 0,
            any: false,
        };
        for part in text.split(',') {
            let part = range.part(part)?;
            field.bits |= part.bits;
            field.any |= part.any;
        }
        Ok(field)
    }
}

impl Range {
    fn of(what: &'static str, from: u32, to: u32, names: &'static [&'static str]) -> Self {
        Self {
            what,
            from,
            to,
            names,
        }
    }

    /// Reads `*`, a value or a span, each perhaps with a step.
    fn part(&self, text: &str) -> Result<Field, String> {
        let (span, step) = match text.split_once('/') {
            Some((span, step)) => (span, Some(self.number(step)?)),
            None => (text, None),
        };
        let any = matches!(span, "*" | "?");
        let (first, last) = match span.split_once('-') {
            _ if any => (self.from, self.to),
            Some((first, last)) => (self.value(first)?, self.value(last)?),
            None => {
                let value = self.value(span)?;
                // With a step, a value begins a span to the end.
                (value, if step.is_some() { self.to } else { value })
            }
        };
        if first < self.from || last > self.to || first > last || step == Some(0) {
            return Err(format!(
                "`{text}` is no {}, which goes from {} to {}",
                self.what, self.from, self.to
            ));
        }
        let step = step.unwrap_or(1);
        let bits = (first..=last)
            .filter(|value| (value - first) % step == 0)
            .fold(0, |bits, value| bits | 1 << value);
        Ok(Field {
            bits,
            // A star with a step restricts.
            any: any && step == 1,
        })
    }

    fn value(&self, text: &str) -> Result<u32, String> {
        let named = self
            .names
            .iter()
            .position(|name| name.eq_ignore_ascii_case(text));
        match named {
            // The first name stands for the first value.
            Some(index) => Ok(self.from + u32::try_from(index).unwrap_or(u32::MAX)),
            None => self.number(text),
        }
    }

    fn number(&self, text: &str) -> Result<u32, String> {
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = is_number.then(|| text.parse().ok()).flatten();
        number.ok_or_else(|| format!("`{text}` is no {}", self.what))
    }
}
