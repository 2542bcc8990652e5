//! Flow control.

use qstash_api::types;
use serde_json::Value;

use super::{Form, Row, case};

pub(super) fn all() -> Vec<Box<dyn Row>> {
    vec![
        Box::new(ListFlowControlKeys),
        Box::new(GetFlowControlKey),
        Box::new(PauseFlowControlKey),
        Box::new(ResumeFlowControlKey),
        Box::new(PinFlowControlKey),
        Box::new(UnpinFlowControlKey),
        Box::new(ResetFlowControlRate),
        Box::new(GetGlobalParallelism),
    ]
}

fn check(key: &types::FlowControlKey) {
    assert_eq!(key.flow_control_key.as_deref(), Some("my key"));
    assert_eq!(key.parallelism_max, Some(3));
    assert_eq!(key.rate_max, Some(5));
    assert_eq!(key.is_paused, Some(false));
}

/// A member of the only key, before and after.
fn change<'a, A>(seen: &'a super::Seen<A>, member: &str) -> [&'a Value; 2] {
    assert_eq!(seen.effects, ["my key"]);
    [&seen.before, &seen.after].map(|snapshot| &snapshot.flow_control_keys[0][member])
}

case! {
    ListFlowControlKeys -> Vec<types::FlowControlKey>,
    arrange |world| world.flow_control_key().await,
    minimal |client, _subject| client.list_flow_control_keys(),
    full |client, _subject| client.list_flow_control_keys().search("y k"),
    check |seen| {
        assert_eq!(seen.answer.len(), 1);
        check(&seen.answer[0]);
    },
}

case! {
    GetFlowControlKey -> types::FlowControlKey,
    arrange |world| world.flow_control_key().await,
    minimal |client, subject| client.get_flow_control_key().flow_control_key(&subject.id),
    check |seen| check(&seen.answer),
}

case! {
    PauseFlowControlKey -> (),
    arrange |world| world.flow_control_key().await,
    minimal |client, subject| client.pause_flow_control_key().flow_control_key(&subject.id),
    check |seen| assert_eq!(change(seen, "isPaused"), [false, true]),
}

case! {
    ResumeFlowControlKey -> (),
    arrange |world| world.paused_flow_control_key().await,
    minimal |client, subject| client.resume_flow_control_key().flow_control_key(&subject.id),
    check |seen| assert_eq!(change(seen, "isPaused"), [true, false]),
}

case! {
    PinFlowControlKey -> (),
    arrange |world| world.flow_control_key().await,
    minimal |client, subject| client
        .pin_flow_control_key()
        .flow_control_key(&subject.id)
        .parallelism(9),
    full |client, subject| client
        .pin_flow_control_key()
        .flow_control_key(&subject.id)
        .parallelism(9)
        .rate(20)
        .period(120),
    check |seen| {
        let is_full = seen.form == Form::Full;
        assert_eq!(change(seen, "parallelismMax"), [3, 9]);
        assert_eq!(change(seen, "isPinnedParallelism"), [false, true]);
        assert_eq!(change(seen, "rateMax"), [5, if is_full { 20 } else { 5 }]);
        assert_eq!(change(seen, "isPinnedRate")[1], is_full);
    },
}

case! {
    UnpinFlowControlKey -> (),
    arrange |world| world.paused_flow_control_key().await,
    minimal |client, subject| client.unpin_flow_control_key().flow_control_key(&subject.id),
    full |client, subject| client
        .unpin_flow_control_key()
        .flow_control_key(&subject.id)
        .parallelism(true)
        .rate(false),
    check |seen| {
        // What is not said to be unpinned stays pinned.
        let is_pinned = seen.form == Form::Minimal;
        assert_eq!(change(seen, "isPinnedParallelism"), [true, is_pinned]);
        assert_eq!(change(seen, "isPinnedRate"), [true, true]);
    },
}

case! {
    ResetFlowControlRate -> (),
    arrange |world| world.flow_control_key().await,
    minimal |client, subject| client.reset_flow_control_rate().flow_control_key(&subject.id),
    check |seen| {
        assert_eq!(change(seen, "rateCount")[1], 0);
    },
}

case! {
    GetGlobalParallelism -> types::GetGlobalParallelismResponse,
    arrange |_world| crate::operations::world::Subject::default(),
    minimal |client, _subject| client.get_global_parallelism(),
    check |seen| {
        assert_eq!(seen.answer.parallelism_max, Some(1000));
        assert_eq!(seen.answer.parallelism_count, Some(0));
    },
}
