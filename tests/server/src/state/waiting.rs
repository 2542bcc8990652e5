//! The messages that wait, so arranged that what may start is found without looking at what may not.

use std::collections::{BTreeMap, BTreeSet};

use super::message::{Lane, Message};
use crate::clock::Millis;

/// The place of a message in its lane. What was tried before has a place in its queue already, and goes first.
type Place = (bool, Millis, u64);

/// The messages that are neither running nor delivered.
///
/// A lane whose first message may not start is left alone until something happens that could let it: [`Self::touch`].
#[derive(Debug, Default)]
pub(crate) struct Waiting {
    later: BTreeSet<(Millis, u64)>,
    due: BTreeMap<Lane, BTreeSet<Place>>,
    /// Lanes with something that may start, each under its first place.
    open: BTreeSet<(Place, Lane)>,
    /// The time at which lanes that are held back by a rate open again.
    reopening: BTreeSet<(Millis, Lane)>,
}

impl Waiting {
    pub(super) fn insert(&mut self, message: &Message) {
        self.later.insert((message.due, message.number));
    }

    pub(super) fn remove(&mut self, message: &Message) {
        if self.later.remove(&(message.due, message.number)) {
            return;
        }
        let lane = message.lane();
        if let Some(places) = self.due.get_mut(&lane) {
            places.remove(&place(message));
            if places.is_empty() {
                self.due.remove(&lane);
            }
        }
    }

    /// Lets a lane be looked at again, after something that could have opened it.
    pub(crate) fn touch(&mut self, lane: &Lane) {
        if let Some(first) = self.due.get(lane).and_then(BTreeSet::first) {
            self.open.insert((*first, lane.clone()));
        }
    }

    /// Lets a lane be looked at again at a moment.
    pub(crate) fn touch_at(&mut self, moment: Millis, lane: Lane) {
        self.reopening.insert((moment, lane));
    }

    /// Moves what has become due into its lane.
    pub(crate) fn ripen(&mut self, messages: &BTreeMap<u64, Message>, now: Millis) {
        while let Some((_, lane)) = pop_until(&mut self.reopening, |(moment, _)| *moment <= now) {
            self.touch(&lane);
        }
        while let Some((_, number)) = pop_until(&mut self.later, |(due, _)| *due <= now) {
            let Some(message) = messages.get(&number) else {
                continue;
            };
            let lane = message.lane();
            self.due
                .entry(lane.clone())
                .or_default()
                .insert(place(message));
            self.touch(&lane);
        }
    }

    /// Takes the first lane that may have something to start, with the number of its first message.
    pub(crate) fn next_open(&mut self) -> Option<(Lane, u64)> {
        while let Some((place, lane)) = self.open.pop_first() {
            match self.due.get(&lane).and_then(BTreeSet::first) {
                Some(first) if *first == place => return Some((lane, place.2)),
                // The first message is another one by now.
                Some(_) => self.touch(&lane),
                None => {}
            }
        }
        None
    }

    /// Returns the first moment after now at which something falls due or a rate allows more.
    pub(crate) fn next_moment(&self, now: Millis) -> Option<Millis> {
        let due = self.later.range((now.saturating_add(1), 0)..).next();
        let reopens = self.reopening.first().map(|(moment, _)| *moment);
        due.map(|(due, _)| *due).into_iter().chain(reopens).min()
    }

    /// Counts the messages of a lane that are due.
    pub(crate) fn count_due(
        &self,
        lane: &Lane,
        messages: &BTreeMap<u64, Message>,
        now: Millis,
    ) -> usize {
        let ripe = self.later.range(..=(now, u64::MAX));
        let unsorted = ripe
            .filter_map(|(_, number)| messages.get(number))
            .filter(|message| message.lane() == *lane);
        self.due.get(lane).map_or(0, BTreeSet::len) + unsorted.count()
    }
}

fn place(message: &Message) -> Place {
    (message.retried == 0, message.due, message.number)
}

fn pop_until<T: Ord>(set: &mut BTreeSet<T>, is_reached: impl Fn(&T) -> bool) -> Option<T> {
    set.first()
        .is_some_and(is_reached)
        .then(|| set.pop_first())?
}
