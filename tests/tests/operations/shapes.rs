//! Answers in the other shapes that the service has for them.

use qstash_api::CredentialsIn;
use qstash_tests::{EndOfPages, LogMember, Shapes, UrlGroupAnswer};

use crate::cases::{self, FORMS};
use crate::world::{World, builder};

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
