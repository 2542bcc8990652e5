//! Values that aliases may name, and the budget for copying them.

use std::collections::HashMap;

use serde_json::Value;

use super::{MAX_COPIES, MAX_DEPTH};
use crate::source::places::Places;

/// Why an alias does not get a copy.
#[derive(Debug)]
pub(super) enum NoCopy {
    /// The alias stands inside the value that it names.
    Recursive,
    /// The budget is spent.
    TooMany,
    /// The copy would nest too deep.
    TooDeep,
}

/// All finished values with an anchor.
#[derive(Default)]
pub(super) struct Anchors {
    known: HashMap<usize, Anchor>,
    copies: usize,
}

struct Anchor {
    value: Value,
    places: Places,
    size: usize,
    height: usize,
}

impl Anchors {
    /// Keeps a copy of a value for the aliases that name it.
    ///
    /// This counts against the budget too: collections with anchors inside one another
    /// would be kept once for each.
    pub(super) fn remember(
        &mut self,
        anchor: usize,
        value: &Value,
        places: &Places,
    ) -> Result<(), NoCopy> {
        let (size, height) = measure(value);
        self.charge(size)?;
        let anchored = Anchor {
            value: value.clone(),
            places: places.clone(),
            size,
            height,
        };
        self.known.insert(anchor, anchored);
        Ok(())
    }

    /// A copy of the value with an anchor, for a place inside `depth` collections.
    pub(super) fn copy(&mut self, anchor: usize, depth: usize) -> Result<(Value, Places), NoCopy> {
        let anchored = self.known.get(&anchor).ok_or(NoCopy::Recursive)?;
        if depth + anchored.height > MAX_DEPTH {
            return Err(NoCopy::TooDeep);
        }
        let size = anchored.size;
        self.charge(size)?;
        self.known
            .get(&anchor)
            .map(|anchored| (anchored.value.clone(), anchored.places.clone()))
            .ok_or(NoCopy::Recursive)
    }

    fn charge(&mut self, size: usize) -> Result<(), NoCopy> {
        self.copies = self.copies.saturating_add(size);
        if self.copies > MAX_COPIES {
            return Err(NoCopy::TooMany);
        }
        Ok(())
    }
}

/// How many values a value consists of, and how many collections stand inside one another in it.
///
/// This recurses, at most [`MAX_DEPTH`] deep.
pub(crate) fn measure(value: &Value) -> (usize, usize) {
    let add = |(size, height): (usize, usize), (more, inner): (usize, usize)| {
        (size + more, height.max(inner + 1))
    };
    match value {
        Value::Array(elements) => elements.iter().map(measure).fold((1, 1), add),
        Value::Object(members) => members.values().map(measure).fold((1, 1), add),
        _ => (1, 0),
    }
}
