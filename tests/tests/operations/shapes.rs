//! Answers in the other shapes that the service has for them.

use qstash_api::{CredentialsIn, Error, ErrorKind};
use qstash_dev_server::{Answer, EndOfPages, Fault, LogMember, Operation, Shapes, UrlGroupAnswer};

use crate::operations::cases::{self, FORMS, Row};
use crate::operations::world::{World, builder};

/// Shapes that have nothing in common with each other, nor with the usual ones.
fn others() -> [Shapes; 2] {
    let nulls = Shapes {
        nulls: true,
        end_of_pages: EndOfPages::Null,
        url_group_answer: UrlGroupAnswer::Messages,
        log_member: LogMember::Events,
        documented_cancelled: true,
        documented_caller_ip: true,
        cancel_without_body: true,
    };
    let empty = Shapes {
        end_of_pages: EndOfPages::Empty,
        ..Shapes::default()
    };
    [nulls, empty]
}

#[tokio::test]
async fn every_operation_reads_nulls_and_the_other_spellings() {
    for shapes in others() {
        for row in cases::all() {
            for form in FORMS {
                let world = World::start_with(shapes).await;
                let client = builder(&world.server, CredentialsIn::Header).build();
                row.run(&world, &client.unwrap(), form).await;
            }
        }
    }
}

/// Operations whose answer is a list and nothing else.
const LISTS: [Operation; 5] = [
    Operation::BatchMessages,
    Operation::ListQueues,
    Operation::ListSchedules,
    Operation::ListUrlGroups,
    Operation::ListFlowControlKeys,
];

#[tokio::test]
async fn null_is_an_empty_list_and_nothing_else() {
    for row in cases::all() {
        let operation = row.operation();
        let ended = answered(&*row, Answer::json(200, &serde_json::Value::Null)).await;
        match ended {
            Ok(answer) if LISTS.contains(&operation) => {
                assert!(
                    answer.ends_with("[]") || answer.ends_with("([])"),
                    "{answer}"
                );
            }
            Ok(answer) => assert!(!row.has_answer(), "{operation}: {answer}"),
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Decode, "{operation}: {error:?}");
                assert!(row.has_answer() && !LISTS.contains(&operation));
            }
        }
    }
}

#[tokio::test]
async fn any_success_without_a_body_is_enough_where_only_the_status_counts() {
    for status in [200, 201, 202, 204] {
        for row in cases::all() {
            let operation = row.operation();
            let ended = answered(&*row, Answer::empty(status)).await;
            match ended {
                Ok(answer) => assert!(!row.has_answer(), "{operation}, {status}: {answer}"),
                Err(error) => {
                    assert_eq!(error.kind(), ErrorKind::Decode, "{operation}: {error:?}");
                    assert!(row.has_answer(), "{operation}, {status}: {error:?}");
                }
            }
        }
    }
}

/// Calls an operation that gets this answer, and returns the outcome.
async fn answered(row: &dyn Row, answer: Answer) -> Result<String, Error> {
    let world = World::start().await;
    let subject = row.arrange(&world).await;
    let fault = Fault::answer(answer);
    world.server.faults().once(row.operation(), fault);
    let client = builder(&world.server, CredentialsIn::Header).build();
    row.call(&client?, &subject).await
}
