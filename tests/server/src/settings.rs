//! Settings of a server.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use crate::clock::{Clock, Millis};
use crate::event::Event;

/// The settings of a server that hold from its start to its end.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) port: u16,
    pub(crate) log_port: Option<u16>,
    pub(crate) clock: Clock,
    pub(crate) token: String,
    pub(crate) tokens_of_other_regions: Vec<String>,
    pub(crate) region: String,
    pub(crate) signing_keys: Option<(String, String)>,
    pub(crate) seed: Option<u64>,
    /// Origins such as `https://example.com`, each with the loopback origin that stands in for it.
    pub(crate) stand_ins: Vec<(String, String)>,
    pub(crate) keeps_requests: bool,
    pub(crate) logs_kept: usize,
    pub(crate) limits: Limits,
    pub(crate) observer: Option<Observer>,
}

/// The observer of what happens.
#[derive(Clone)]
pub(crate) struct Observer(pub(crate) Arc<dyn Fn(&Event) + Send + Sync>);

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Observer")
    }
}

/// The limits of a plan. `None` stands for no limit; that is the default.
#[derive(Clone, Copy, Debug, Default)]
pub struct Limits {
    /// The number of queues that there may be; one more answers 412.
    pub queues: Option<usize>,
    /// The number of schedules that there may be; one more answers 412.
    pub schedules: Option<usize>,
    /// The number of URL Groups that there may be; one more answers 412.
    pub url_groups: Option<usize>,
    /// The number of requests that a second may bring, by the server's clock; publish, enqueue and batch are free of
    /// it.
    pub per_second: Option<u64>,
    /// The number of messages that a day may bring, by the server's clock.
    pub per_day: Option<u64>,
    /// The number of requests of any kind that a day may bring, reported by the headers of chat.
    pub chat: Option<u64>,
    /// The number of deliveries that may run at once.
    pub parallelism: Option<u64>,
    /// The number of bytes that the body of a message may have; more answers 412.
    pub body: Option<usize>,
    /// The time that a message may wait for its first attempt; more answers 412.
    pub delay: Option<Duration>,
    /// The number of retries that a message may ask for; more answers 412.
    pub retries: Option<u32>,
}

/// A plan of the vendor's, as its page on pricing has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Plan {
    /// The free plan.
    Free,
    /// Pay as you go, which the vendor's development server plays if it is told nothing.
    PayAsYouGo,
    /// The fixed and the pro plans.
    Pro,
}

impl Plan {
    /// Returns the limits of the plan.
    pub fn limits(self) -> Limits {
        const DAY: u64 = 24 * 60 * 60;
        let days = |days: u64| Some(Duration::from_secs(days * DAY));
        match self {
            Self::Free => Limits {
                queues: Some(10),
                schedules: Some(10),
                url_groups: Some(1),
                per_day: Some(1000),
                body: Some(1 << 20),
                delay: days(7),
                retries: Some(3),
                ..Limits::default()
            },
            Self::PayAsYouGo => Limits {
                queues: Some(100),
                schedules: Some(1000),
                url_groups: Some(100),
                parallelism: Some(100),
                body: Some(10 << 20),
                delay: days(365),
                retries: Some(5),
                ..Limits::default()
            },
            Self::Pro => Limits {
                parallelism: Some(200),
                body: Some(50 << 20),
                retries: Some(20),
                ..Limits::default()
            },
        }
    }
}

impl FromStr for Plan {
    type Err = String;

    /// Reads the name of a plan as `QSTASH_DEV_QUOTA` has it: `free`, `payg` or `pro`.
    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "free" => Ok(Self::Free),
            "payg" => Ok(Self::PayAsYouGo),
            "pro" => Ok(Self::Pro),
            _ => Err(format!("`{name}` is no plan; use free, payg or pro")),
        }
    }
}

/// The form of answers, where the real service has several or a client must tolerate several.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shapes {
    /// Absent lists, maps and strings, and empty collections of a page, are sent as null instead.
    pub nulls: bool,
    /// The mark of the last page.
    pub end_of_pages: EndOfPages,
    /// The form of the answer to a message for a URL Group.
    pub url_group_answer: UrlGroupAnswer,
    /// Under which name a page of logs has its entries; `/v2/events` always answers with `events`.
    pub log_member: LogMember,
    /// Logs say `CANCELLED`, as the service's document has it, instead of `CANCELED`.
    pub documented_cancelled: bool,
    /// Schedules say `callerIp`, as the service's document has it, instead of `callerIP`.
    pub documented_caller_ip: bool,
    /// Cancelling one message answers with an empty body instead of a count.
    pub cancel_without_body: bool,
}

/// The mark of the last page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EndOfPages {
    /// The cursor is missing.
    #[default]
    Missing,
    /// The cursor is null.
    Null,
    /// The cursor is an empty string.
    Empty,
}

/// The form of the answer to a message for a URL Group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UrlGroupAnswer {
    /// With a bare array, as the service does.
    #[default]
    Array,
    /// With an array under `messages`, as the service's document has it.
    Messages,
}

/// Under which name a page of logs has its entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogMember {
    /// `logs`, as the service's document has it.
    #[default]
    Logs,
    /// `events`, as official clients read it.
    Events,
}

/// The circumstances of an operation beside the state.
#[derive(Clone, Debug)]
pub(crate) struct Circumstances {
    pub(crate) now: Millis,
    pub(crate) shapes: Shapes,
    pub(crate) limits: Limits,
    pub(crate) caller_ip: String,
}
