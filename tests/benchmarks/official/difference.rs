//! The places in which the requests of a client differ from ours.

use std::collections::{BTreeMap, BTreeSet};

use crate::recording::Recording;

/// One value that differs, in one call or several.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Difference {
    pub(crate) client: &'static str,
    /// The part of the request.
    pub(crate) part: String,
    pub(crate) theirs: Option<String>,
    pub(crate) ours: Option<String>,
}

/// The calls in which each difference is.
pub(crate) type Differences = BTreeMap<Difference, BTreeSet<String>>;

/// The differences between ours and a client, over the calls that both make.
pub(crate) fn differences(ours: &Recording, theirs: &Recording) -> Differences {
    let mut differences = Differences::new();
    for call in &ours.calls {
        let Some(other) = theirs.call(&call.name) else {
            continue;
        };
        let names: BTreeSet<_> = call.parts.keys().chain(other.parts.keys()).collect();
        for part in names {
            let (mine, other) = (call.parts.get(part), other.parts.get(part));
            if mine != other {
                let difference = Difference {
                    client: theirs.client,
                    part: part.clone(),
                    theirs: other.cloned(),
                    ours: mine.cloned(),
                };
                let calls = differences.entry(difference).or_default();
                calls.insert(call.name.clone());
            }
        }
    }
    differences
}
