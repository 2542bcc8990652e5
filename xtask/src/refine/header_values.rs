//! Names the header whose value cannot be sent.
//!
//! progenitor reports a value with a line break as "failed to parse header value" and does not say of which
//! header. Retired when progenitor's error names it.

use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprMethodCall, ItemStruct, parse_quote};

use super::{Builder, Missing, find};
use crate::table::{Operation, Parameter};

/// Rewrites the value of every `header_map.append("Name", value.to_string().try_into()?)`.
pub(super) fn apply(builder: &mut Builder<'_>) -> Result<(), Missing> {
    let declared = builder
        .operation
        .parameters
        .iter()
        .filter(|parameter| parameter.place == "header")
        .count();
    if declared == 0 {
        return Ok(());
    }
    let send =
        find::function(builder.implementation, "send").ok_or("no function `send`".to_owned())?;
    let mut values = Values {
        operation: builder.operation,
        structure: builder.structure,
        found: 0,
    };
    values.visit_block_mut(&mut send.block);
    if values.found == declared {
        Ok(())
    } else {
        Err(format!(
            "{} headers where the document has {declared}",
            values.found
        ))
    }
}

struct Values<'a> {
    operation: &'a Operation,
    structure: &'a ItemStruct,
    found: usize,
}

impl Values<'_> {
    /// The text of `value.to_string().try_into()?`, without a copy where the value is a text already.
    fn text(&self, header: &str, value: &Expr) -> Option<Expr> {
        let Expr::Try(conversion) = value else {
            return None;
        };
        let Expr::MethodCall(conversion) = &*conversion.expr else {
            return None;
        };
        if conversion.method != "try_into" {
            return None;
        }
        let setter = self
            .operation
            .parameters
            .iter()
            .find(|parameter| parameter.place == "header" && parameter.name == header)
            .map(Parameter::setter_name);
        match (setter, &*conversion.receiver) {
            (Some(setter), Expr::MethodCall(text)) if text.method == "to_string" => {
                Some(find::text(self.structure, &setter, &text.receiver))
            }
            (_, text) => Some(text.clone()),
        }
    }
}

impl VisitMut for Values<'_> {
    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        visit_mut::visit_expr_method_call_mut(self, call);
        if call.method != "append" || !find::is_variable(&call.receiver, "header_map") {
            return;
        }
        let mut arguments = call.args.iter_mut();
        let (Some(name), Some(value)) = (arguments.next(), arguments.next()) else {
            return;
        };
        let Some(text) = find::text_literal(name) else {
            return;
        };
        if let Some(given) = self.text(&text.value(), value) {
            *value = parse_quote! {
                super::runtime::header_value(#text, #given).map_err(Error::InvalidRequest)?
            };
            self.found += 1;
        }
    }
}
