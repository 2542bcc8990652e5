//! `if`, `then` and `else`.

use super::super::context::{Context, Object};
use super::refusal::refuse;
use crate::pointer::Pointer;

/// A condition is refused; a half of one, which has no effect, is dropped.
pub(super) fn lower(schema: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    let condition = schema.shift_remove("if").is_some();
    let branches = [
        schema.shift_remove("then").is_some(),
        schema.shift_remove("else").is_some(),
    ];
    if condition && branches.contains(&true) {
        refuse("if", "no restriction depends on the value", at, context);
    }
}
