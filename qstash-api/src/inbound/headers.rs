//! The headers that the service adds to a delivery.

use std::net::IpAddr;

use http::HeaderMap;

use crate::region::Region;

/// The headers that the service adds to a delivery.
///
/// **None of them is signed.** Who sees a delivery can send it again with others while its token
/// lives, and so can whatever stands between the service and you. Fit for logs, metrics and
/// routing; not for deciding who may do what, nor for telling a delivery that
/// somebody has sent again: for that, the id in the token is signed, which is a new one with each
/// attempt ([`Verified::jwt_id`](crate::receiver::Verified::jwt_id)).
///
/// A header that is absent, empty, or not what it should be reads as `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InboundHeaders {
    message_id: Option<String>,
    retried: Option<u32>,
    schedule_id: Option<String>,
    url_group: Option<String>,
    caller_ip: Option<IpAddr>,
    region: Option<Region>,
}

impl InboundHeaders {
    /// Reads them from the headers of a request.
    #[must_use]
    pub fn from_headers(headers: &HeaderMap) -> Self {
        Self::from_lookup(|name| headers.get(name))
    }

    /// Reads them from whatever else holds headers: `lookup` gets a name in lower case and gives
    /// the header's value, as text or as bytes.
    #[must_use]
    pub fn from_lookup<V: AsRef<[u8]>>(mut lookup: impl FnMut(&str) -> Option<V>) -> Self {
        let mut text = |name: &str| {
            let value = lookup(name)?;
            let value = std::str::from_utf8(value.as_ref()).ok()?.trim();
            (!value.is_empty()).then(|| value.to_owned())
        };
        Self {
            message_id: text("upstash-message-id"),
            retried: text("upstash-retried").and_then(|count| count.parse().ok()),
            schedule_id: text("upstash-schedule-id"),
            url_group: text("upstash-topic-name"),
            caller_ip: text("upstash-caller-ip").and_then(|address| address.parse().ok()),
            region: text("upstash-region").and_then(|region| region.parse().ok()),
        }
    }

    /// Returns the id of the message, which publish answered with (`Upstash-Message-Id`). It is the same
    /// in every attempt.
    #[must_use]
    pub fn message_id(&self) -> Option<&str> {
        self.message_id.as_deref()
    }

    /// Returns the number of attempts before this one (`Upstash-Retried`): 0 the first time.
    #[must_use]
    pub fn retried(&self) -> Option<u32> {
        self.retried
    }

    /// Returns the schedule that made the message (`Upstash-Schedule-Id`).
    #[must_use]
    pub fn schedule_id(&self) -> Option<&str> {
        self.schedule_id.as_deref()
    }

    /// Returns the URL Group that the message was published to (`Upstash-Topic-Name`).
    #[must_use]
    pub fn url_group(&self) -> Option<&str> {
        self.url_group.as_deref()
    }

    /// Returns the address that the message was published from (`Upstash-Caller-Ip`).
    #[must_use]
    pub fn caller_ip(&self) -> Option<IpAddr> {
        self.caller_ip
    }

    /// Returns the region that delivers (`upstash-region`). The one that is proven is
    /// [`Verified::region`](crate::receiver::Verified::region).
    #[must_use]
    pub fn region(&self) -> Option<Region> {
        self.region
    }
}

impl From<&HeaderMap> for InboundHeaders {
    #[inline]
    fn from(headers: &HeaderMap) -> Self {
        Self::from_headers(headers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn headers_become_what_they_mean() {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("Upstash-Message-Id", "msg_1"),
            ("Upstash-Retried", "2"),
            ("Upstash-Schedule-Id", "scd_1"),
            ("Upstash-Topic-Name", "orders"),
            ("Upstash-Caller-Ip", "2001:db8::1"),
            ("upstash-region", "US-EAST-1"),
        ] {
            let name: http::HeaderName = name.parse().unwrap();
            headers.insert(name, HeaderValue::from_static(value));
        }
        let inbound = InboundHeaders::from(&headers);
        assert_eq!(inbound.message_id(), Some("msg_1"));
        assert_eq!(inbound.retried(), Some(2));
        assert_eq!(inbound.schedule_id(), Some("scd_1"));
        assert_eq!(inbound.url_group(), Some("orders"));
        assert_eq!(inbound.caller_ip(), Some("2001:db8::1".parse().unwrap()));
        assert_eq!(inbound.region(), Some(Region::UsEast1));
        let lookup = |name: &str| headers.get(name).map(|value| value.to_str().unwrap());
        assert_eq!(InboundHeaders::from_lookup(lookup), inbound);
    }

    #[test]
    fn what_is_absent_or_unreadable_is_none() {
        let nothing = InboundHeaders::default();
        for value in [&b""[..], b"  ", b"\xff"] {
            assert_eq!(InboundHeaders::from_lookup(|_| Some(value)), nothing);
        }
        assert_eq!(InboundHeaders::from_headers(&HeaderMap::new()), nothing);
        let odd = InboundHeaders::from_lookup(|_| Some("-1"));
        assert_eq!(odd.message_id(), Some("-1"));
        let numbers = (odd.retried(), odd.caller_ip(), odd.region());
        assert_eq!(numbers, (None, None, None));
    }
}
