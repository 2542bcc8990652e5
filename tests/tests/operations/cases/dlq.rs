//! The DLQ.

use qstash_api::{Message, types};

use super::{Form, Row, Seen, case, full};
use crate::operations::world::{FROM, TO};

pub(super) fn all() -> Vec<Box<dyn Row>> {
    vec![
        Box::new(ListDlqMessages),
        Box::new(GetDlqMessage),
        Box::new(DeleteDlqMessage),
        Box::new(DeleteDlqMessages),
        Box::new(RetryDlqMessage),
        Box::new(RetryDlqMessages),
    ]
}

/// Checks that the subject is gone from the DLQ, and the other message is still there.
fn check_gone<A>(seen: &Seen<A>) {
    assert_eq!(seen.before.dlq.len(), 2);
    assert_eq!(seen.after.dlq, seen.before.dlq[1..]);
    assert_eq!(seen.effects, [seen.subject.id.as_str()]);
}

/// Checks that a request that selects nothing has done nothing. No message is in a queue and of a schedule at once.
fn check_nothing<A>(seen: &Seen<A>) {
    assert_eq!(seen.before, seen.after);
    assert!(seen.effects.is_empty());
}

/// Gives every filter that reading, deleting and retrying have in common.
macro_rules! filters {
    ($builder:expr, $subject:ident) => {
        $builder
            .cursor(&$subject.cursor)
            .message_id("msg_other")
            .url(["https://example.com/a?b=1"])
            .url_group(["my-group", "other"])
            .schedule_id(["my-schedule".to_owned()])
            .queue_name(["my-queue"])
            .from_date(FROM)
            .to_date(TO)
            .response_status([500, 404])
            .caller_ip(["127.0.0.1"])
            .label(["red", "light blue"])
            .flow_control_key(["my key"])
            .count(10)
    };
}

case! {
    ListDlqMessages -> types::DlqPage,
    arrange |world| world.dead_letters().await,
    minimal |client, _subject| client.list_dlq_messages(),
    full |client, subject| filters!(client.list_dlq_messages(), subject),
    other |client, subject| client.list_dlq_messages().dlq_ids([&subject.id, "other"]),
    check |seen| {
        if seen.form == Form::Other {
            assert_eq!(seen.answer.messages[0].dlq_id, seen.subject.id);
            assert_eq!(seen.answer.messages.len(), 1);
            return;
        }
        if seen.form == Form::Full {
            assert!(seen.answer.messages.is_empty());
            return;
        }
        let answered = seen.answer.messages.iter().rev().map(|message| message.dlq_id.as_str());
        let known = seen.before.dlq.iter().map(|message| message["dlqId"].as_str().unwrap());
        assert_eq!(answered.collect::<Vec<_>>(), known.collect::<Vec<_>>());
        assert_eq!(seen.answer.messages.len(), 2);
        assert!(seen.answer.cursor.as_ref().is_none_or(String::is_empty));
    },
}

case! {
    GetDlqMessage -> types::DlqMessage,
    arrange |world| world.dead_letters().await,
    minimal |client, subject| client.get_dlq_message().dlq_id(&subject.id),
    check |seen| {
        assert_eq!(seen.answer.dlq_id, seen.subject.id);
        assert_eq!(seen.answer.body.as_deref(), Some("first"));
        assert_eq!(seen.answer.message_id.as_deref(), seen.before.dlq[0]["messageId"].as_str());
    },
}

case! {
    DeleteDlqMessage -> (),
    arrange |world| world.dead_letters().await,
    minimal |client, subject| client.delete_dlq_message().dlq_id(&subject.id),
    check |seen| check_gone(seen),
}

case! {
    DeleteDlqMessages -> types::DeleteDlqMessagesResponse,
    arrange |world| world.dead_letters().await,
    minimal |client, subject| client
        .delete_dlq_messages()
        .dlq_ids([subject.id.clone(), "other".to_owned()]),
    full |client, subject| filters!(client.delete_dlq_messages(), subject),
    other |client, _subject| client.delete_dlq_messages().all(),
    check |seen| match seen.form {
        Form::Full => {
            assert_eq!(seen.answer.deleted, Some(0));
            check_nothing(seen);
        }
        Form::Other => {
            assert_eq!(seen.answer.deleted, Some(2));
            assert!(seen.after.dlq.is_empty());
            assert_eq!(seen.effects.len(), 2);
        }
        Form::Minimal => {
            assert_eq!(seen.answer.deleted, Some(1));
            check_gone(seen);
        }
    },
}

case! {
    RetryDlqMessage -> types::PublishResponse,
    arrange |world| world.dead_letters().await,
    minimal |client, subject| client.retry_dlq_message().dlq_id(&subject.id),
    full |client, subject| client
        .retry_dlq_message()
        .dlq_id(&subject.id)
        .overrides(full::with_everything(Message::empty()))
        .header("Upstash-Content-Based-Deduplication", "true"),
    check |seen| {
        check_gone(seen);
        let [message] = &seen.after.messages[..] else {
            panic!("{:?}", seen.after.messages);
        };
        assert_eq!(message["messageId"], seen.answer.message_id.as_str());
        assert_eq!(message["url"], seen.before.dlq[0]["url"]);
        if seen.form == Form::Full {
            full::check(message, "maxRetries");
            full::check_flow(message);
        }
    },
}

case! {
    RetryDlqMessages -> types::RetryDlqMessagesResponse,
    arrange |world| world.dead_letters().await,
    minimal |client, subject| client
        .retry_dlq_messages()
        .dlq_ids([subject.id.clone(), "other".to_owned()]),
    full |client, subject| filters!(client.retry_dlq_messages(), subject)
        .overrides(full::with_everything(Message::empty()))
        .header("Upstash-Content-Based-Deduplication", "true"),
    other |client, _subject| client.retry_dlq_messages().all(),
    check |seen| {
        let ids = seen.answer.responses.iter().map(|response| response.message_id.as_str());
        let known = seen.after.messages.iter().map(|message| message["messageId"].as_str().unwrap());
        assert_eq!(ids.collect::<Vec<_>>(), known.collect::<Vec<_>>());
        match seen.form {
            Form::Full => check_nothing(seen),
            Form::Other => {
                assert!(seen.after.dlq.is_empty());
                assert_eq!(seen.after.messages.len(), 2);
            }
            Form::Minimal => {
                assert_eq!(seen.after.messages.len(), 1);
                check_gone(seen);
            }
        }
    },
}
