//! Destinations arrive byte for byte, or are refused.

use qstash_api::Message;

use crate::wire::recorder::Recorder;

/// The request for a destination: the request target after the prefix, or the error.
async fn sent(recorder: &Recorder, destination: &str) -> Result<String, String> {
    let client = recorder.client();
    let request = client
        .publish_message()
        .destination(destination)
        .message(Message::empty());
    let result = request.send().await.map_err(|error| error.to_string());
    let requests = recorder.take();
    match result {
        Ok(_) => {
            let target = requests[0].target.strip_prefix("/v2/publish/").unwrap();
            Ok(target.to_owned())
        }
        Err(error) => {
            assert_eq!(
                requests,
                [],
                "{destination:?} was sent although it is refused"
            );
            Err(error)
        }
    }
}

#[tokio::test]
async fn destinations_are_kept_byte_for_byte() {
    let kept = [
        "https://example.com",
        "https://example.com/",
        "https://example.com?",
        "https://example.com/?",
        "https://example.com/a?x=1",
        "https://example.com?x=1",
        "HTTPS://Example.COM/A",
        "https://user:secret@example.com/",
        "https://example.com:443/",
        "http://example.com:80/",
        "https://[::1]:8080/a",
        "https://127.1/a",
        "https://0x7f.1/a",
        "https://example.com//a///b//",
        "https://example.com/a%2Fb%20c%2f%zz%",
        "https://exa%6Dple.com/",
        "https://example.com/;@[]|^",
        "https://example.com/!$&'()*+,=:~-_.",
        "https://example.com/?;@[]|^`{}",
        "https://example.com/?!$&()*+,=:~-_.%27%zz",
        "https://example.com/?a?b=/../c//",
        "https://example.com/.../a..b/.c/d.",
        "https://example.com/&/=",
        "https://xn--exmple-cua.com/",
        "my.group_1-x",
    ];
    let recorder = Recorder::answering(r#"{"messageId":"m"}"#);
    for destination in kept {
        assert_eq!(
            sent(&recorder, destination).await.as_deref(),
            Ok(destination)
        );
    }
}

#[tokio::test]
async fn what_cannot_stand_in_a_request_is_percent_encoded() {
    let cases = [
        ("https://example.com/a b", "https://example.com/a%20b"),
        ("https://example.com/a ", "https://example.com/a%20"),
        ("https://example.com/?a b ", "https://example.com/?a%20b%20"),
        ("https://exämple.com/", "https://ex%C3%A4mple.com/"),
        ("https://example.com/ö", "https://example.com/%C3%B6"),
        (
            "https://example.com/?ü=é",
            "https://example.com/?%C3%BC=%C3%A9",
        ),
        (
            "https://example.com/\u{3000}\u{2028}",
            "https://example.com/%E3%80%80%E2%80%A8",
        ),
        ("https://example.com/\"<>", "https://example.com/%22%3C%3E"),
        (
            "https://example.com/?\"<>",
            "https://example.com/?%22%3C%3E",
        ),
        ("https://example.com/`{}", "https://example.com/%60%7B%7D"),
        ("https://example.com/?'", "https://example.com/?%27"),
    ];
    let recorder = Recorder::answering(r#"{"messageId":"m"}"#);
    for (destination, expected) in cases {
        assert_eq!(sent(&recorder, destination).await.as_deref(), Ok(expected));
    }
}

#[tokio::test]
async fn what_would_be_changed_or_misread_is_never_sent() {
    let cases = [
        ("", "empty"),
        ("example.com", "never"),
        ("example.com/a", "neither a URL nor the name of a URL Group"),
        ("https%3A%2F%2Fexample.com", "percent-encoded URL"),
        ("https://example.com/#a", "`#`"),
        ("https://example.com/a\\b", "backslash"),
        ("https://example.com/a\tb", "control character"),
        ("https://example.com/a\n", "control character"),
        (
            "https://x/../../../../v2/keys/rotate",
            "segment `.` or `..`",
        ),
        ("https://x/%2e%2E/a", "segment `.` or `..`"),
        ("https://x/?qstash_token=a", "credentials"),
        ("https://x/?upstash-delay=1s", "`upstash-delay`"),
    ];
    let recorder = Recorder::answering(r#"{"messageId":"m"}"#);
    for (destination, expected) in cases {
        if expected == "never" {
            // A host without a scheme has the form of a URL Group's name, and only the service knows.
            assert_eq!(
                sent(&recorder, destination).await.as_deref(),
                Ok(destination)
            );
            continue;
        }
        let error = sent(&recorder, destination).await.unwrap_err();
        assert!(error.contains(expected), "{destination:?}: {error}");
    }
}

#[tokio::test]
async fn queues_and_schedules_take_the_same_destinations() {
    let recorder = Recorder::answering(r#"{"messageId":"m","scheduleId":"s"}"#);
    let client = recorder.client();
    let enqueue = |destination: &str| {
        client
            .enqueue_message()
            .queue("q")
            .destination(destination)
            .message(Message::empty())
    };
    let schedule = |destination: &str| {
        let schedule = client
            .create_schedule()
            .cron("* * * * *")
            .destination(destination);
        schedule.message(Message::empty())
    };
    let destination = "HTTPS://Example.com:443//a%2F?x=1";
    enqueue(destination).send().await.unwrap();
    assert_eq!(
        recorder.only().target,
        format!("/v2/enqueue/q/{destination}")
    );
    schedule(destination).send().await.unwrap();
    assert_eq!(
        recorder.only().target,
        format!("/v2/schedules/{destination}")
    );
    assert!(enqueue("https://x/../a").send().await.is_err());
    assert!(schedule("https://x/?upstash-cron=a").send().await.is_err());
    assert_eq!(recorder.take(), []);
}
