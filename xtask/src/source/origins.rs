//! Where each value of a document stands, asked and told by JSON Pointer.

use std::sync::Arc;

use super::Source;
use super::places::{Place, Places};
use crate::finding::Location;
use crate::pointer::Pointer;

/// Where each value of a document stands.
///
/// For a member of an object, the place is that of its key.
#[derive(Clone, Debug)]
pub struct Origins {
    source: Arc<Source>,
    places: Places,
}

impl Origins {
    /// Origins in `source`, with no places yet: everything is located at the file as a whole.
    #[must_use]
    pub fn new(source: &Arc<Source>) -> Self {
        Self::with_places(source, Places::default())
    }

    /// Origins in `source`, with the places that loading found.
    pub(crate) fn with_places(source: &Arc<Source>, places: Places) -> Self {
        Self {
            source: Arc::clone(source),
            places,
        }
    }

    /// The file that the document as a whole came from.
    #[must_use]
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// Remembers the place of the value at `pointer`.
    pub fn set(&mut self, pointer: Pointer, location: Location) {
        self.at_mut(&pointer).place = Some(Place::from(&location));
    }

    /// The place of the value at `pointer`, or of the nearest value around it that has one.
    #[must_use]
    pub fn locate(&self, pointer: &Pointer) -> Location {
        let mut here = &self.places;
        let mut place = here.place.as_ref();
        for token in pointer.tokens() {
            let Some(child) = here.child(&token) else {
                break;
            };
            here = child;
            place = here.place.as_ref().or(place);
        }
        place.map_or_else(|| Location::whole_file(&self.source), Location::from)
    }

    /// Lets the value at `to` stand where the value at `from` stands, when a stage moves it.
    pub fn follow(&mut self, from: &Pointer, to: Pointer) {
        let location = self.locate(from);
        self.set(to, location);
    }

    /// The places of the value at `pointer` and of what it consists of.
    pub(crate) fn at(&self, pointer: &Pointer) -> Option<&Places> {
        pointer
            .tokens()
            .try_fold(&self.places, |places, token| places.child(&token))
    }

    /// The places of the value at `pointer` and of what it consists of, to be changed along with it.
    pub(crate) fn at_mut(&mut self, pointer: &Pointer) -> &mut Places {
        pointer
            .tokens()
            .fold(&mut self.places, |places, token| places.child_mut(&token))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(source: &Arc<Source>, line: usize) -> Location {
        Location {
            source: Arc::clone(source),
            line,
            column: 1,
            width: 1,
        }
    }

    #[test]
    fn a_value_without_a_place_stands_where_the_nearest_value_around_it_stands() {
        let source = Source::new("a.yaml", "");
        let mut origins = Origins::new(&source);
        let (outer, inner) = (Pointer::from("/a"), Pointer::from("/a/b~1c/0/d"));
        assert_eq!(origins.locate(&inner), Location::whole_file(&source));
        origins.set(outer.clone(), at(&source, 3));
        assert_eq!(origins.locate(&inner), at(&source, 3));
        origins.set(inner.clone(), at(&source, 7));
        assert_eq!(origins.locate(&inner), at(&source, 7));
        assert_eq!(origins.locate(&inner.join("further")), at(&source, 7));
        assert_eq!(origins.locate(&Pointer::from("/a/b~1c")), at(&source, 3));
        assert_eq!(origins.locate(&outer), at(&source, 3));
    }

    #[test]
    fn a_value_that_moved_stands_where_it_came_from() {
        let source = Source::new("a.yaml", "");
        let mut origins = Origins::new(&source);
        origins.set(Pointer::from("/a/b"), at(&source, 4));
        origins.follow(&Pointer::from("/a/b/c"), Pointer::from("/x"));
        assert_eq!(origins.locate(&Pointer::from("/x/y")), at(&source, 4));
    }

    #[test]
    fn numbers_are_as_good_as_names_in_any_order() {
        let source = Source::new("a.yaml", "");
        let mut origins = Origins::new(&source);
        for (line, token) in ["200", "0", "1", "01", "2", "x"].iter().enumerate() {
            origins.set(Pointer::root().join(token), at(&source, line + 1));
        }
        for (line, token) in ["200", "0", "1", "01", "2", "x"].iter().enumerate() {
            let found = origins.locate(&Pointer::root().join(token));
            assert_eq!(found, at(&source, line + 1), "{token}");
        }
    }
}
