//! Instants as text, on the wire, and as Rust has them.

use super::*;

#[test]
fn instants_read_and_write_as_rfc_3339() {
    for (milliseconds, text) in [
        (0, "1970-01-01T00:00:00Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
        (951_782_400_000, "2000-02-29T00:00:00Z"),
        (951_868_799_001, "2000-02-29T23:59:59.001Z"),
        (4_107_542_400_000, "2100-03-01T00:00:00Z"),
        (1_760_000_000_120, "2025-10-09T08:53:20.120Z"),
        (-62_135_596_800_000, "0001-01-01T00:00:00Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ] {
        let time = Timestamp::from_unix_millis(milliseconds);
        assert_eq!(time.to_string(), text);
        assert_eq!(text.parse(), Ok(time));
    }
    for same in [
        "2025-10-09t10:53:20.12+02:00",
        "2025-10-09 03:23:20.1209999-05:30",
    ] {
        assert_eq!(same.parse(), Ok(Timestamp(1_760_000_000_120)), "{same}");
    }
    for extreme in [i64::MIN, i64::MAX] {
        assert!(!Timestamp(extreme).to_string().is_empty());
    }
}

#[test]
fn what_is_no_date_is_refused() {
    for text in [
        "",
        "2025",
        "2025-10-09",
        "2025-10-09T08:53:20",
        "2025-02-29T00:00:00Z",
        "2025-13-01T00:00:00Z",
        "2025-00-01T00:00:00Z",
        "2025-01-00T00:00:00Z",
        "2025-01-01T24:00:00Z",
        "2025-01-01T00:60:00Z",
        "2025-01-01T00:00:00.Z",
        "2025-01-01T00:00:00.é00Z",
        "+025-01-01T00:00:00Z",
        "2025-1-01T00:00:00Z",
        "2025-01-01T00:00:00+0200",
        "2025-01-01T00:00:00+24:00",
    ] {
        assert_eq!(text.parse::<Timestamp>(), Err(InvalidTimestamp), "{text}");
    }
}

#[test]
fn instants_become_system_times_and_come_back() {
    for milliseconds in [0, 1, -1, -1001, 1_760_000_000_123] {
        let time = Timestamp(milliseconds);
        assert_eq!(Timestamp::from(SystemTime::from(time)), time);
    }
    let half = UNIX_EPOCH - Duration::from_micros(500);
    assert_eq!(Timestamp::from(half).as_unix_millis(), -1);
    assert_eq!(Timestamp(-1).as_unix_secs(), -1);
    assert_eq!(Timestamp(1999).as_unix_secs(), 1);
    assert_eq!(
        Timestamp::from_unix_secs(i64::MAX).as_unix_millis(),
        i64::MAX
    );
}

#[test]
fn the_wire_has_milliseconds_and_may_have_them_as_text() {
    let time = Timestamp(1_760_000_000_000);
    assert_eq!(serde_json::to_string(&time).unwrap(), "1760000000000");
    for json in [
        "1760000000000",
        "1760000000000.0",
        "\"1760000000000\"",
        "\"2025-10-09T08:53:20Z\"",
    ] {
        assert_eq!(
            serde_json::from_str::<Timestamp>(json).unwrap(),
            time,
            "{json}"
        );
    }
    for json in ["null", "\"soon\"", "{}"] {
        assert!(serde_json::from_str::<Timestamp>(json).is_err(), "{json}");
    }
}
