//! No operation, and nothing that one takes, is left out.

use std::collections::BTreeSet;

use qstash_api::CredentialsIn;
use qstash_api::operations::{self, OPERATIONS, Place};
use qstash_dev_server::RecordedRequest;

use crate::operations::cases::{self, FORMS};
use crate::operations::world::{World, builder};

#[test]
fn every_operation_of_the_document_has_a_case() {
    let known: BTreeSet<_> = OPERATIONS.iter().map(|operation| operation.id).collect();
    let rows = cases::all();
    let covered: BTreeSet<_> = rows.iter().map(|row| row.operation().name()).collect();
    assert_eq!(covered, known);
    assert_eq!(rows.len(), known.len());
}

#[tokio::test]
async fn everything_that_an_operation_takes_goes_over_the_wire() {
    for row in cases::all() {
        let operation = operations::operation(row.operation().name()).unwrap();
        let mut requests = Vec::new();
        for form in FORMS {
            let world = World::start().await;
            let client = builder(&world.server, CredentialsIn::Header)
                .build()
                .unwrap();
            requests.extend(row.run(&world, &client, form).await);
        }
        let on_the_wire = |place: Place, name: &str| match place {
            Place::Query => requests.iter().any(|request| has_query(request, name)),
            Place::Header => requests
                .iter()
                .any(|request| request.header(name).is_some()),
            _ => true,
        };
        for parameter in operation.parameters {
            let sent = on_the_wire(parameter.place, parameter.name);
            assert!(sent, "{} is not sent: {}", parameter.name, operation.id);
        }
        for family in operation.header_families {
            let others = operation.header_families.iter().map(|other| other.prefix);
            let narrower: Vec<_> = others
                .filter(|other| other.len() > family.prefix.len())
                .collect();
            let sent = requests
                .iter()
                .any(|request| has_family(request, family.prefix, &narrower));
            assert!(sent, "{}* is not sent: {}", family.prefix, operation.id);
        }
        if operation.body_required {
            assert!(requests.iter().all(|request| !request.body().is_empty()));
        }
    }
}

fn has_query(request: &RecordedRequest, name: &str) -> bool {
    let query = request.query().unwrap_or_default();
    query
        .split('&')
        .any(|pair| pair.split('=').next() == Some(name))
}

/// Returns whether a header of the family is there that is of no narrower family.
fn has_family(request: &RecordedRequest, prefix: &str, narrower: &[&str]) -> bool {
    let begins = |name: &str, prefix: &str| {
        name.get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    request.headers().any(|(name, _)| {
        begins(name, prefix) && !narrower.iter().any(|narrower| begins(name, narrower))
    })
}
