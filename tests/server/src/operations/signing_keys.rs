//! Signing keys.

use super::Call;
use crate::state::State;
use crate::wire::Answer;

pub(super) fn get(state: &State) -> Answer {
    Answer::json(200, &state.signing_keys.to_json())
}

pub(super) fn rotate(state: &mut State, call: &Call) -> Answer {
    let fresh = state.ids.signing_key();
    state.signing_keys.rotate(fresh);
    let current = state.signing_keys.current.clone();
    state.note(call.route.operation, current);
    get(state)
}
