//! The token in the header or in the query, for every operation.

use qstash_api::CredentialsIn;

use crate::operations::cases::{self, FORMS};
use crate::operations::world::{TOKEN, World, builder};

/// The token as a query has it.
pub(crate) const ENCODED: &str = "eyJ%2Bs3cr3t%2FPa55word%3D%3D";

#[tokio::test]
async fn in_the_query_the_token_is_nowhere_else() {
    for row in cases::all() {
        for form in FORMS {
            let world = World::start().await;
            let client = builder(&world.server, CredentialsIn::Query).build();
            let client = client.unwrap();
            let Some(request) = row.run(&world, &client, form).await else {
                continue;
            };
            let name = row.operation().name();
            assert_eq!(request.header("authorization"), None, "{name}");
            let query = request.query().unwrap_or_default();
            let token = format!("qstash_token={ENCODED}");
            let tokens = query.split('&').filter(|pair| **pair == token).count();
            assert_eq!(tokens, 1, "{name}: {query}");
            let head = String::from_utf8_lossy(request.head()).replacen(ENCODED, "", 1);
            for spelling in [TOKEN, ENCODED] {
                assert!(!head.contains(spelling), "{name}: {head}");
            }
        }
    }
}

#[tokio::test]
async fn in_the_header_the_token_is_nowhere_else() {
    for row in cases::all() {
        let world = World::start().await;
        let client = builder(&world.server, CredentialsIn::Header).build();
        let client = client.unwrap();
        let request = row.run(&world, &client, cases::Form::Minimal).await;
        let request = request.unwrap();
        let bearer = format!("Bearer {TOKEN}");
        let sent = request.header_values("authorization");
        assert_eq!(sent, [bearer.as_bytes()]);
        assert!(!request.target().contains("qstash_token"));
    }
}
