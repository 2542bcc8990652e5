//! APIs of others, called through the service.

use qstash_api::{Provider, Redact};
use serde_json::json;

use crate::wire::recorder::Recorder;

#[tokio::test]
async fn a_call_goes_to_the_provider_with_its_key_which_no_log_shows() {
    let recorder = Recorder::answering(r#"{"messageId":"m"}"#);
    let client = recorder.client();
    let bearer = ("upstash-forward-authorization", "Bearer k");
    for (provider, target, headers, redacted) in [
        (
            Provider::openai("k"),
            "https://api.openai.com/v1/chat/completions",
            vec![bearer],
            "header[Authorization]",
        ),
        (
            Provider::chat_completions("https://llm.example.com/", "k"),
            "https://llm.example.com/v1/chat/completions",
            vec![bearer],
            "header[Authorization]",
        ),
        (
            Provider::chat_completions("https://llm.example.com/api/v1/", "k"),
            "https://llm.example.com/api/v1/chat/completions",
            vec![bearer],
            "header[Authorization]",
        ),
        (
            Provider::chat_completions("https://llm.example.com/v1/chat/completions", "k"),
            "https://llm.example.com/v1/chat/completions",
            vec![bearer],
            "header[Authorization]",
        ),
        (
            Provider::anthropic("k"),
            "https://api.anthropic.com/v1/messages",
            vec![
                ("upstash-forward-anthropic-version", "2023-06-01"),
                ("upstash-forward-x-api-key", "k"),
            ],
            "header[x-api-key],header[anthropic-version]",
        ),
        (
            Provider::resend("k"),
            "https://api.resend.com/emails",
            vec![bearer],
            "header[Authorization]",
        ),
    ] {
        let debug = format!("{provider:?}");
        assert!(
            !debug.contains("\"k\"") && !debug.contains("Bearer"),
            "{debug}"
        );
        let message = provider.message(&json!({ "a": 1 })).unwrap();
        let request = client.publish_message().destination(provider.url());
        let message = message.callback("https://example.com/answers");
        request.message(message).send().await.unwrap();
        let sent = recorder.only();
        assert_eq!(sent.target, format!("/v2/publish/{target}"));
        let mut expected = headers;
        expected.extend([
            ("content-type", "application/json"),
            ("upstash-callback", "https://example.com/answers"),
            ("upstash-redact-fields", redacted),
        ]);
        expected.sort_unstable();
        assert_eq!(sent.message_headers(), expected);
        assert_eq!(sent.body, br#"{"a":1}"#);
    }
    // What a caller redacts besides does not show the key.
    let openai = Provider::openai("k");
    let message = openai.message(&1).unwrap().redact(Redact::body());
    let request = client.publish_message().destination(openai.url());
    request.message(message).send().await.unwrap();
    assert_eq!(
        recorder.only().header("upstash-redact-fields"),
        Some("body,header[Authorization]")
    );
    let plain = Provider::new("https://example.com/api")
        .message(&1)
        .unwrap();
    let request = client
        .publish_message()
        .destination("https://example.com/api");
    request.message(plain).send().await.unwrap();
    assert_eq!(
        recorder.only().message_headers(),
        [("content-type", "application/json")]
    );
}
