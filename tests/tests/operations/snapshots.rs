//! Every request as bytes on the wire.

use qstash_api::CredentialsIn;
use qstash_dev_server::RecordedRequest;

use crate::operations::cases::{self, FORMS};
use crate::operations::world::{TOKEN, World, builder};

#[tokio::test]
async fn requests_go_over_the_wire_as_they_were_reviewed() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("snapshots");
    let mut changed = Vec::new();
    for row in cases::all() {
        let mut shown = String::new();
        for form in FORMS {
            let world = World::start().await;
            let client = builder(&world.server, CredentialsIn::Header)
                .build()
                .unwrap();
            if let Some(request) = row.run(&world, &client, form).await {
                let host = world.server.url().replace("http://", "");
                shown += &format!("# {form:?}\n{}\n\n", show(&request, &host));
            }
        }
        let name = row.operation().name();
        let check = || settings.bind(|| insta::assert_snapshot!(name, shown.trim_end()));
        if std::panic::catch_unwind(std::panic::AssertUnwindSafe(check)).is_err() {
            changed.push(name);
        }
    }
    assert!(
        changed.is_empty(),
        "other requests than before: {changed:?}"
    );
}

/// The head as it came, without what is different in every run or version, and the body.
fn show(request: &RecordedRequest, host: &str) -> String {
    let head = std::str::from_utf8(request.head()).unwrap();
    assert!(head.ends_with("\r\n\r\n"), "{head:?}");
    let agent = concat!("qstash-api/", env!("CARGO_PKG_VERSION"));
    assert!(head.contains(&format!("user-agent: {agent}\r\n")), "{head}");
    let masked = head
        .replace(&format!("host: {host}\r\n"), "host: <host>\r\n")
        .replace(agent, "qstash-api/<version>")
        .replace(TOKEN, "<token>")
        .replace("\r\n", "\n");
    let body = match std::str::from_utf8(request.body()) {
        Ok(text) => text.to_owned(),
        Err(_) => request.body().escape_ascii().to_string(),
    };
    format!("{masked}{body}").trim_end().to_owned()
}
