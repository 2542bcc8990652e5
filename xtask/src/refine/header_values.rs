//! Names the header whose value cannot be sent.
//!
//! progenitor reports a value with a line break as "failed to parse header value" and does not say of which
//! header. Retired when progenitor's error names it.

use quote::quote;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprMethodCall, Lit, parse_quote};

use super::{Builder, Missing, find};

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
    let mut values = Values { found: 0 };
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

struct Values {
    found: usize,
}

impl VisitMut for Values {
    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        visit_mut::visit_expr_method_call_mut(self, call);
        if call.method != "append" || !find::is_variable(&call.receiver, "header_map") {
            return;
        }
        let mut arguments = call.args.iter_mut();
        let (Some(Expr::Lit(name)), Some(value)) = (arguments.next(), arguments.next()) else {
            return;
        };
        let Lit::Str(name) = &name.lit else { return };
        if let Some(text) = converted(value) {
            *value = parse_quote! {
                super::runtime::header_value(#name, #text).map_err(Error::InvalidRequest)?
            };
            self.found += 1;
        }
    }
}

/// The text of `text.try_into()?`.
fn converted(value: &Expr) -> Option<proc_macro2::TokenStream> {
    match value {
        Expr::Try(conversion) => match &*conversion.expr {
            Expr::MethodCall(call) if call.method == "try_into" => {
                let text = &call.receiver;
                Some(quote!(#text))
            }
            _ => None,
        },
        _ => None,
    }
}
