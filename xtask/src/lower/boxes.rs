//! Variants that hold the union itself are boxed.
//!
//! progenitor boxes the fields of structs that hold themselves; of unions, which a template writes, it knows nothing.

use std::collections::HashSet;

use crate::core::{Api, Kind, Shape, Slot};

/// Boxes every variant from which its union can be reached other than through a list or a map.
pub(super) fn box_variants(api: &mut Api) {
    let mut boxed = Vec::new();
    for (name, named) in &api.types {
        if let Shape::Union(union) = &named.shape {
            for (index, variant) in union.variants.iter().enumerate() {
                if reaches(api, &variant.slot, name) {
                    boxed.push((name.clone(), index));
                }
            }
        }
    }
    for (name, index) in boxed {
        if let Some(Shape::Union(union)) = api.types.get_mut(&name).map(|named| &mut named.shape)
            && let Some(variant) = union.variants.get_mut(index)
        {
            variant.boxed = true;
        }
    }
}

fn reaches(api: &Api, slot: &Slot, wanted: &str) -> bool {
    let (mut seen, mut open) = (HashSet::new(), vec![slot]);
    while let Some(slot) = open.pop() {
        if let Kind::Type(name) = &slot.kind {
            if name == wanted {
                return true;
            }
            if seen.insert(name)
                && let Some(named) = api.types.get(name)
            {
                open.extend(named.shape.slots());
            }
        }
    }
    false
}
