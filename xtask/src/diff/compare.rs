//! Finds what differs between the APIs of two sides.

use std::collections::{BTreeSet, HashMap};

use super::change::{Change, Position};
use super::kinds::{Effect, Kind};
use super::statements;
use crate::api::{Api, Facet, Item, Noun, Part, Subject, without_names};
use crate::names;

type Key = (Noun, String);

/// Returns the changes from the old API to the new one: operations in the order of the table, types by name, and the
/// rest.
pub(super) fn compare(old: &Api, new: &Api) -> Vec<Change> {
    let former = renamed(old, new);
    let gone =
        |it: &&Subject| !new.items.contains_key(*it) && !former.values().any(|was| was == it);
    let mut subjects: Vec<&Subject> = new.items.keys().collect();
    subjects.extend(old.items.keys().filter(gone));
    subjects.sort_by_key(|subject| match subject {
        Subject::Operation(_) => (0, None),
        Subject::Type(name) => (1, Some(name)),
        Subject::Rest => (2, None),
    });
    let reached = [old.reached(), new.reached()];
    let mut changes = Vec::new();
    for subject in subjects {
        let before = former.get(subject).copied().unwrap_or(subject);
        let mut of_item = Changes {
            subject,
            request: None,
            of_type: position([(&reached[0], before), (&reached[1], subject)]),
            single: BTreeSet::new(),
            list: Vec::new(),
        };
        of_item.item(before, [old.items.get(before), new.items.get(subject)]);
        changes.extend(of_item.list);
    }
    changes
}

/// Returns the former names of what is the same but for its name, by the new names.
fn renamed<'a>(old: &'a Api, new: &'a Api) -> HashMap<&'a Subject, &'a Subject> {
    let only = |one: &'a Api, other: &'a Api| {
        let items = one.items.iter();
        items.filter(|(subject, _)| !other.items.contains_key(*subject))
    };
    let mut gone: Vec<_> = only(old, new).collect();
    let mut renamed = HashMap::new();
    for (subject, item) in only(new, old) {
        let is_same = |(former, was): &(&Subject, &Item)| {
            former.title().0 == subject.title().0 && was.identity == item.identity
        };
        if let Some(at) = gone.iter().position(is_same) {
            renamed.insert(subject, gone.remove(at).0);
        }
    }
    renamed
}

/// Returns the direction in which a type travels on either side.
fn position(sides: [(&[BTreeSet<&str>; 2], &Subject); 2]) -> Position {
    let way = |way: usize| {
        let mut sides = sides.iter();
        sides.any(|(reached, subject)| {
            let names = reached.get(way);
            names.is_some_and(|names| names.contains(subject.title().1))
        })
    };
    match (way(0), way(1)) {
        (true, true) => Position::Both,
        (true, false) => Position::Request,
        (false, true) => Position::Response,
        (false, false) => Position::Nowhere,
    }
}

/// The changes of one item.
struct Changes<'a> {
    subject: &'a Subject,
    request: Option<String>,
    of_type: Position,
    /// The names of parts that are there on one side alone.
    single: BTreeSet<String>,
    list: Vec<Change>,
}

impl Changes<'_> {
    fn item(&mut self, former: &Subject, sides: [Option<&Item>; 2]) {
        let none = Item::default();
        let [old, new] = sides.map(|item| item.unwrap_or(&none));
        let only = |one: &Item, key: &Key| !one.parts.contains_key(key);
        let gone = old.parts.keys().filter(|key| only(new, key));
        let mut keys: Vec<&Key> = new.parts.keys().chain(gone).collect();
        let single = keys.iter().filter(|key| only(old, key) || only(new, key));
        self.single = single.map(|(_, name)| name.clone()).collect();
        // The code as a whole comes last, and of an item that is there on one side, the item itself says it all.
        keys.sort_by_key(|(noun, _)| *noun >= Noun::OperationCode);
        let Some(first) = keys.first().copied() else {
            return;
        };
        let parts = [old, new].map(|item| item.parts.get(first));
        let fact = |facet| parts.map(|part| part.and_then(|part| part.get(&facet)));
        let [was, is] = fact(Facet::Request);
        self.request = is.or(was).map(str::to_owned);
        let [shape, new_shape] = fact(Facet::Shape);
        if sides.iter().any(Option::is_none) {
            keys.truncate(1);
        } else if shape != new_shape {
            keys.retain(|(noun, _)| matches!(noun, Noun::Type | Noun::TypeCode));
        }
        if former != self.subject {
            let [before, now] = [former, self.subject].map(|subject| subject.title().1);
            let said = statements::renamed(first.0, before, now);
            self.say(first, None, said, [Some(before), Some(now)]);
        }
        for key in keys {
            match (old.parts.get(key), new.parts.get(key)) {
                (Some(old), Some(new)) => self.part(key, old, new),
                (None, Some(part)) if !is_read(old, key) => {
                    let said = statements::presence(key, part, true);
                    self.say(key, None, said, [None, value(key, part)]);
                }
                (Some(part), None) if !is_read(new, key) => {
                    let said = statements::presence(key, part, false);
                    self.say(key, None, said, [value(key, part), None]);
                }
                _ => {}
            }
        }
    }

    fn part(&mut self, key: &Key, old: &Part, new: &Part) {
        let (begun, mut said) = (self.list.len(), Vec::new());
        let facets: BTreeSet<&Facet> = old.facets.keys().chain(new.facets.keys()).collect();
        for facet in facets {
            let sides = [old, new].map(|part| part.get(facet));
            let [was, is] = sides.map(Option::unwrap_or_default);
            let follows = match facet {
                // The names in a template mean nothing to the service.
                Facet::Request => without_names(was) == without_names(is),
                // What speaks of parts that have come or gone follows from them.
                Facet::Fact(_) if key.0 == Noun::Setter => {
                    let [was, is] = [was, is].map(|it| it.lines().collect::<BTreeSet<_>>());
                    let mut other = was.symmetric_difference(&is);
                    other.all(|name| self.single.contains(&names::snake(name)))
                }
                Facet::Signature => said.contains(&Facet::Takes),
                Facet::Repeated => said.contains(&Facet::Takes) || said.contains(&Facet::Signature),
                Facet::Order => BTreeSet::from_iter(was.lines()) != is.lines().collect(),
                // What is no parameter follows from what is, such as another way to set the body.
                Facet::Code => {
                    let is_part = key.0 != Noun::Setter || new.get(&Facet::Sent).is_some();
                    let is_single = is_part && key.0 < Noun::OperationCode;
                    let mut explained = self.list.iter().skip(if is_single { begun } else { 0 });
                    explained.any(|change| change.effect > Effect::Neutral)
                }
                // A function brings its own.
                Facet::Description => sides.contains(&None),
                _ => false,
            };
            if sides[0] == sides[1] || follows {
                continue;
            }
            said.push(facet.clone());
            let titled = if sides[1].is_none() { old } else { new };
            let appears = *facet == Facet::Takes && sides.contains(&None);
            let detail = if appears { titled.detail.as_str() } else { "" };
            let (kind, rest) = statements::changed(key, facet, sides);
            let message = format!("{}{detail} {rest}", titled.title);
            let said = (kind, message.trim_start().to_owned());
            let is_text = *facet <= Facet::Value;
            self.say(
                key,
                Some(facet),
                said,
                sides.map(|text| text.filter(|_| is_text)),
            );
        }
    }

    fn say(
        &mut self,
        (noun, name): &Key,
        facet: Option<&Facet>,
        (kind, message): (Kind, String),
        sides: [Option<&str>; 2],
    ) {
        let position = match (noun, self.subject) {
            (_, Subject::Type(_)) => self.of_type,
            (Noun::Setter, _) => Position::Request,
            (Noun::Operation, _) if facet.is_some() => Position::Request,
            (Noun::Send | Noun::Status, _) => Position::Response,
            _ => Position::Nowhere,
        };
        let member = if *noun == Noun::Status { "send" } else { name };
        let [old, new] = sides.map(|text| text.map(str::to_owned));
        self.list.push(Change {
            kind,
            effect: kind.effect(),
            subject: self.subject.clone(),
            request: self.request.clone(),
            member: (!member.is_empty()).then(|| member.to_owned()),
            position,
            message,
            old,
            new,
        });
    }
}

/// Returns the text that stands for a part that is there on one side alone.
fn value<'a>((noun, name): &'a Key, part: &'a Part) -> Option<&'a str> {
    let named = matches!(noun, Noun::Status | Noun::Ability | Noun::Host);
    let facets = [Facet::Request, Facet::Shape, Facet::Takes, Facet::Holds];
    let value = facets.iter().find_map(|facet| part.get(facet));
    value.or(named.then_some(name))
}

/// Returns whether a part is a status that another one of an item stands for: `404` is one of `4XX`.
fn is_read(item: &Item, (noun, status): &Key) -> bool {
    let covers = |one: &str| {
        let class = one.strip_suffix("XX").filter(|class| !class.is_empty());
        one == "default" || class.is_some_and(|class| status.starts_with(class))
    };
    let mut parts = item.parts.keys();
    *noun == Noun::Status && parts.any(|(noun, one)| *noun == Noun::Status && covers(one))
}
