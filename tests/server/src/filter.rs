//! The messages that a request selects, and the pages in which it gets them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use crate::clock::Millis;
use crate::refusal::{Outcome, Refusal};
use crate::settings::{EndOfPages, Shapes};
use crate::state::{DeadLetter, LogEntry, Message};
use crate::view::Object;

/// A filter: every key that is given must match, by any of its values. Without keys it selects everything.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    keys: Vec<(&'static str, Vec<String>)>,
    from: Option<Millis>,
    to: Option<Millis>,
}

/// The keys of a query that select by equality. `callerIP` is the older spelling of `callerIp`.
const KEYS: [(&str, &str); 15] = [
    ("messageId", "messageId"),
    ("messageIds", "messageId"),
    ("dlqIds", "dlqId"),
    ("state", "state"),
    ("url", "url"),
    ("host", "host"),
    ("path", "path"),
    ("topicName", "topicName"),
    ("queueName", "queueName"),
    ("scheduleId", "scheduleId"),
    ("label", "label"),
    ("flowControlKey", "flowControlKey"),
    ("callerIp", "callerIp"),
    ("callerIP", "callerIp"),
    ("responseStatus", "responseStatus"),
];

/// The collection that is selected from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Messages,
    Dlq,
    Logs,
}

impl Kind {
    /// Returns the keys that this kind refuses, though others have them.
    fn refused(self) -> &'static [&'static str] {
        match self {
            Self::Dlq => &["host", "path"],
            Self::Messages | Self::Logs => &[],
        }
    }

    /// Returns the key that names what is wanted one by one, and suffers no other beside it.
    fn alone(self) -> &'static str {
        match self {
            Self::Dlq => "dlqIds",
            Self::Messages | Self::Logs => "messageIds",
        }
    }

    fn check(self, query: &[(String, String)]) -> Outcome<()> {
        let given = |name: &str| {
            query
                .iter()
                .any(|(key, value)| key == name && !value.is_empty())
        };
        if let Some(key) = self.refused().iter().find(|key| given(key)) {
            return Err(Refusal::bad_request(format!(
                "{key} is no filter of the DLQ"
            )));
        }
        let alone = self.alone();
        let is_filter = |name: &str| {
            name == "cursor" || DATES.contains(&name) || KEYS.iter().any(|(key, _)| *key == name)
        };
        let other = query
            .iter()
            .find(|(name, value)| name != alone && !value.is_empty() && is_filter(name));
        match other {
            Some((name, _)) if given(alone) => Err(Refusal::bad_request(format!(
                "{alone} cannot be combined with {name}"
            ))),
            _ => Ok(()),
        }
    }
}

/// The keys of a query that select by time.
const DATES: [&str; 2] = ["fromDate", "toDate"];

impl Filter {
    /// Reads a filter from the pairs of a query.
    pub(crate) fn read(query: &[(String, String)], kind: Kind) -> Outcome<Self> {
        kind.check(query)?;
        let mut filter = Self::default();
        for (name, value) in query {
            match name.as_str() {
                "fromDate" => filter.from = Some(date(name, value)?),
                "toDate" => filter.to = Some(date(name, value)?),
                _ => filter.add(name, value),
            }
        }
        Ok(filter)
    }

    fn add(&mut self, name: &str, value: &str) {
        let Some((_, key)) = KEYS.iter().find(|(known, _)| *known == name) else {
            return;
        };
        let values = value
            .split(',')
            .filter(|value| !value.is_empty())
            .map(str::to_owned);
        match self.keys.iter_mut().find(|(known, _)| known == key) {
            Some((_, known)) => known.extend(values),
            None => self.keys.push((*key, values.collect())),
        }
    }

    /// Returns whether something is selected. A key with no value at all is none.
    pub(crate) fn selects(&self, subject: &impl Subject) -> bool {
        let time = subject.time();
        let in_time =
            self.from.is_none_or(|from| time >= from) && self.to.is_none_or(|to| time <= to);
        in_time
            && self.keys.iter().all(|(key, values)| {
                values.is_empty() || values.iter().any(|value| subject.has(key, value))
            })
    }
}

fn date(name: &str, value: &str) -> Outcome<Millis> {
    value.parse().map_err(|_| {
        Refusal::bad_request(format!("invalid {name} `{value}`: not unix milliseconds"))
    })
}

/// The things that a filter can select.
pub(crate) trait Subject {
    /// Returns the place in the order of things; later ones have larger numbers.
    fn number(&self) -> u64;
    fn time(&self) -> Millis;
    fn has(&self, key: &str, value: &str) -> bool;
}

impl Subject for Message {
    fn number(&self) -> u64 {
        self.number
    }

    fn time(&self) -> Millis {
        self.created_at
    }

    fn has(&self, key: &str, value: &str) -> bool {
        let draft = &self.draft;
        match key {
            "messageId" => self.id == value,
            "url" => draft.url == value,
            "host" => parsed_url(self).is_some_and(|url| url.host_str() == Some(value)),
            "path" => parsed_url(self).is_some_and(|url| url.path() == value),
            "topicName" => draft
                .origin
                .as_ref()
                .is_some_and(|origin| origin.group == value),
            "queueName" => draft.queue.as_deref() == Some(value),
            "scheduleId" => draft.schedule.as_deref() == Some(value),
            "label" => draft.options.labels.iter().any(|label| label == value),
            "flowControlKey" => self.flow_key() == Some(value),
            "callerIp" => draft.caller_ip == value,
            _ => false,
        }
    }
}

fn parsed_url(message: &Message) -> Option<url::Url> {
    url::Url::parse(&message.draft.url).ok()
}

impl Subject for DeadLetter {
    fn number(&self) -> u64 {
        // Ends with the number of the entry.
        self.id
            .rsplit('-')
            .next()
            .and_then(|number| number.parse().ok())
            .unwrap_or(0)
    }

    fn time(&self) -> Millis {
        self.failed_at
    }

    fn has(&self, key: &str, value: &str) -> bool {
        match key {
            "dlqId" => self.id == value,
            "responseStatus" => self.response.status.to_string() == value,
            _ => self.message.has(key, value),
        }
    }
}

impl Subject for LogEntry {
    fn number(&self) -> u64 {
        self.number
    }

    fn time(&self) -> Millis {
        self.time
    }

    fn has(&self, key: &str, value: &str) -> bool {
        match key {
            "state" if value == "CANCELLED" => self.state == "CANCELED",
            "state" => self.state == value,
            _ => self.message.has(key, value),
        }
    }
}

/// The page of a collection that is asked for; pages go from new to old.
pub(crate) struct Paging {
    before: Option<u64>,
    count: usize,
}

impl Paging {
    /// The largest page, and the one that is given to who does not say.
    pub(crate) const LIMIT: usize = 100;

    /// Reads which page is asked for. Some pages may be larger than others.
    pub(crate) fn read(query: &[(String, String)], limit: usize) -> Outcome<Self> {
        Ok(Self {
            before: cursor(query)?,
            count: count(query, limit)?.unwrap_or(limit),
        })
    }

    /// Returns the items of the page, and the cursor of the next one.
    pub(crate) fn cut<'a, S: Subject>(
        &self,
        newest_first: impl Iterator<Item = &'a S>,
        filter: &Filter,
    ) -> (Vec<&'a S>, Option<String>) {
        let mut rest = newest_first
            .filter(|item| self.before.is_none_or(|before| item.number() < before))
            .filter(|item| filter.selects(*item));
        let page: Vec<&S> = rest.by_ref().take(self.count).collect();
        let cursor = match (rest.next(), page.last()) {
            (Some(_), Some(last)) => {
                Some(URL_SAFE_NO_PAD.encode(format!("before {}", last.number())))
            }
            _ => None,
        };
        (page, cursor)
    }
}

fn cursor(query: &[(String, String)]) -> Outcome<Option<u64>> {
    let Some((_, cursor)) = query
        .iter()
        .find(|(name, value)| name == "cursor" && !value.is_empty())
    else {
        return Ok(None);
    };
    let number = URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|text| {
        let text = String::from_utf8(text).ok()?;
        text.strip_prefix("before ")?.parse().ok()
    });
    number
        .map(Some)
        .ok_or_else(|| Refusal::bad_request(format!("invalid cursor `{cursor}`")))
}

/// Reads how many items are asked for.
fn count(query: &[(String, String)], limit: usize) -> Outcome<Option<usize>> {
    let Some((_, count)) = query.iter().find(|(name, _)| name == "count") else {
        return Ok(None);
    };
    match count.parse() {
        Ok(number) if (1..=limit).contains(&number) => Ok(Some(number)),
        _ => Err(Refusal::bad_request(format!(
            "invalid count `{count}`: use 1 to {limit}"
        ))),
    }
}

/// Writes the cursor of a page the way the shapes ask for.
pub(crate) fn set_cursor(object: &mut Object, cursor: Option<String>, shapes: Shapes) {
    match (cursor, shapes.end_of_pages) {
        (Some(cursor), _) => {
            object.set("cursor", cursor);
        }
        (None, EndOfPages::Missing) => {}
        (None, EndOfPages::Null) => {
            object.set("cursor", Value::Null);
        }
        (None, EndOfPages::Empty) => {
            object.set("cursor", "");
        }
    }
}

/// Writes the items of a page; an empty page is null where the shapes ask for it.
pub(crate) fn set_items(object: &mut Object, name: &str, items: Vec<Value>, shapes: Shapes) {
    if items.is_empty() && shapes.nulls {
        object.set(name, Value::Null);
    } else {
        object.set(name, items);
    }
}
