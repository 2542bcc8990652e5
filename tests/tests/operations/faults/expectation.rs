//! The consequences that a fault must have, stated independently of how the client decides.

use qstash_dev_server::Operation;

/// The effect of a second request of the same kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// No harm.
    Repeatable,
    /// The same once more.
    Once,
    /// Another message, and no limit passes within seconds.
    Delivery,
    /// The end of every verifier that has not heard of it.
    Rotation,
}

/// The progress of a request before it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Nobody has seen it.
    NotSent,
    /// Nobody knows what became of it.
    Lost,
    /// The service does not take it for now.
    Limited,
    /// The answer is one that another attempt does not change.
    Answered,
}

/// Returns the effect of a second request to an operation.
pub(super) fn class(operation: Operation) -> Class {
    use Operation as Op;
    match operation {
        Op::PublishMessage | Op::EnqueueMessage | Op::BatchMessages => Class::Delivery,
        Op::RotateSigningKeys => Class::Rotation,
        Op::RetryMessage
        | Op::CancelMessages
        | Op::CreateSchedule
        | Op::DeleteDlqMessages
        | Op::RetryDlqMessage
        | Op::RetryDlqMessages
        | Op::ResetFlowControlRate => Class::Once,
        _ => Class::Repeatable,
    }
}

/// Returns whether the request is to be sent again.
pub(super) fn is_sent_again(class: Class, fate: Fate) -> bool {
    match (class, fate) {
        (Class::Rotation, _) | (_, Fate::Answered) => false,
        (Class::Repeatable, _) | (_, Fate::NotSent) => true,
        (Class::Once, fate) => fate == Fate::Limited,
        (Class::Delivery, _) => false,
    }
}

/// Returns whether the service does not know the thing any more once the operation has taken effect.
pub(super) fn is_gone_afterwards(operation: Operation) -> bool {
    matches!(
        operation,
        Operation::CancelMessage | Operation::DeleteDlqMessage
    )
}

#[test]
fn what_is_repeatable_is_what_the_operation_table_says() {
    for operation in Operation::ALL {
        let entry = qstash_api::operations::operation(operation.name()).unwrap();
        let repeatable = class(*operation) == Class::Repeatable;
        assert_eq!(entry.idempotent, repeatable, "{operation}");
    }
}
