//! Signing keys and logs.

use qstash_api::types;

use super::{Form, Row, case};
use crate::operations::world::{DESTINATION, FROM, Subject, TO};

pub(super) fn all() -> Vec<Box<dyn Row>> {
    vec![
        Box::new(GetSigningKeys),
        Box::new(RotateSigningKeys),
        Box::new(ListLogs),
    ]
}

case! {
    GetSigningKeys -> types::SigningKeys,
    arrange |_world| Subject::default(),
    minimal |client, _subject| client.get_signing_keys(),
    check |seen| {
        assert_eq!(seen.answer.current.expose(), seen.before.signing_keys.current);
        assert_eq!(seen.answer.next.expose(), seen.before.signing_keys.next);
    },
}

case! {
    RotateSigningKeys -> types::SigningKeys,
    arrange |_world| Subject::default(),
    minimal |client, _subject| client.rotate_signing_keys(),
    check |seen| {
        let (before, after) = (&seen.before.signing_keys, &seen.after.signing_keys);
        assert_eq!(after.current, before.next);
        assert_ne!(after.next, before.next);
        assert_eq!(seen.answer.current.expose(), after.current);
        assert_eq!(seen.answer.next.expose(), after.next);
        assert_eq!(seen.effects.len(), 1);
    },
}

case! {
    ListLogs -> types::LogPage,
    arrange |world| world.logs().await,
    minimal |client, _subject| client.list_logs(),
    full |client, subject| client
        .list_logs()
        .cursor(&subject.cursor)
        .message_id(&subject.id)
        .state(types::LogState::Created)
        .url([DESTINATION])
        .url_group(["my-group"])
        .schedule_id(["my-schedule"])
        .queue_name(["my-queue"])
        .caller_ip(["203.0.113.7"])
        .flow_control_key(["k"])
        .host(["example.com"])
        .path(["/hook"])
        .from_date(FROM)
        .to_date(TO)
        .count(1)
        .label(["red", "light blue"]),
    other |client, subject| client.list_logs().message_ids([&subject.id, "msg_other"]),
    check |seen| {
        if seen.form == Form::Full {
            assert!(seen.answer.logs.is_empty());
            return;
        }
        if seen.form == Form::Other {
            let ids = seen.answer.logs.iter().map(|entry| entry.message_id.as_ref());
            assert!(ids.into_iter().all(|id| id == Some(&seen.subject.id)));
            assert!(!seen.answer.logs.is_empty());
            return;
        }
        let answered = seen.answer.logs.iter().rev().map(|entry| entry.message_id.as_deref());
        let known = seen.before.logs.iter().map(|entry| entry["messageId"].as_str());
        assert_eq!(answered.collect::<Vec<_>>(), known.collect::<Vec<_>>());
        let oldest = seen.answer.logs.last().unwrap();
        assert_eq!(oldest.message_id.as_ref(), Some(&seen.subject.id));
        assert_eq!(oldest.state, Some(types::LogState::Created));
        assert_eq!(oldest.body.as_deref(), Some("aGk="));
    },
}
