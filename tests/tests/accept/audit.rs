//! Two generated trees beside what is said about their difference, by a reading of the code that has nothing in common
//! with the one behind the statements: every function, field, variant and row is an atom of text.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::{Expr, Fields, ImplItem, Item, Member, ReturnType, Type};
use xtask::diff::{Change, Kind, Subject};
use xtask::write::Files;

/// The subject of an atom and a part of it; the part is empty where there is none.
type Key = (Subject, String);

/// The atoms of a tree, documentation included, but for what is the same whatever the document says.
pub(crate) struct Atoms(BTreeMap<Key, BTreeSet<String>>);

/// Kinds whose old and new values are words of ours, not of the code.
const IN_OUR_WORDS: [Kind; 9] = [
    Kind::TypeAdded,
    Kind::TypeRemoved,
    Kind::TypeReshaped,
    Kind::IdempotenceChanged,
    Kind::FilterChanged,
    Kind::FilterAdded,
    Kind::ParameterSentOtherwise,
    Kind::FieldSentOtherwise,
    Kind::VariantSentOtherwise,
];

impl Atoms {
    pub(crate) fn of(files: &Files) -> Self {
        let mut atoms = Self(BTreeMap::new());
        let mut owners = BTreeMap::new();
        let parsed = files
            .iter()
            .map(|(path, text)| (path.as_str(), syn::parse_file(text).expect(path)));
        let parsed: Vec<(&str, syn::File)> = parsed.collect();
        // Which builder belongs to which method, and which types there are.
        let mut types = BTreeSet::new();
        for (path, file) in &parsed {
            for item in &file.items {
                match item {
                    Item::Impl(block) if *path == "mod.rs" && block.trait_.is_none() => {
                        for item in &block.items {
                            if let ImplItem::Fn(method) = item
                                && let ReturnType::Type(_, of) = &method.sig.output
                                && of.to_token_stream().to_string().starts_with("builder ::")
                            {
                                owners.insert(last(of), method.sig.ident.to_string());
                            }
                        }
                    }
                    Item::Struct(it) if *path == "types/mod.rs" => {
                        types.insert(it.ident.to_string());
                    }
                    Item::Enum(it) if *path == "types/mod.rs" => {
                        types.insert(it.ident.to_string());
                    }
                    Item::Type(it) if *path == "types/mod.rs" => {
                        types.insert(it.ident.to_string());
                    }
                    _ => {}
                }
            }
        }
        for (path, file) in &parsed {
            for item in &file.items {
                atoms.item(path, item, &owners, &types);
            }
        }
        atoms
    }

    fn add(&mut self, subject: &Subject, part: &str, text: &impl ToTokens) {
        let key = (subject.clone(), part.trim_start_matches("r#").to_owned());
        self.0
            .entry(key)
            .or_default()
            .insert(text.to_token_stream().to_string());
    }

    fn item(
        &mut self,
        path: &str,
        item: &Item,
        owners: &BTreeMap<String, String>,
        types: &BTreeSet<String>,
    ) {
        let name = match item {
            Item::Struct(it) => it.ident.to_string(),
            Item::Enum(it) => it.ident.to_string(),
            Item::Type(it) => it.ident.to_string(),
            Item::Impl(it) => {
                let mut all = words(&it.self_ty.to_token_stream().to_string());
                all.extend(
                    it.trait_
                        .iter()
                        .flat_map(|(path, _)| words(&path.to_token_stream().to_string())),
                );
                let of_type = all
                    .iter()
                    .find(|name| path.starts_with("types/") && types.contains(*name));
                of_type.cloned().unwrap_or_else(|| last(&it.self_ty))
            }
            // The list follows the rows, each of which is a constant of its own.
            Item::Const(it) if path == "operations.rs" && it.ident == "OPERATIONS" => return,
            Item::Const(it) if path == "operations.rs" && matches!(*it.expr, Expr::Struct(_)) => {
                return self.row(&it.expr);
            }
            _ => String::new(),
        };
        let subject = match owners.get(&name) {
            Some(method) if path.starts_with("builder") => Subject::Operation(method.clone()),
            _ if path.starts_with("types/") && types.contains(&name) => Subject::Type(name),
            _ => Subject::Rest,
        };
        match item {
            Item::Impl(block) => {
                for part in &block.items {
                    match part {
                        ImplItem::Fn(function)
                            if path == "mod.rs"
                                && owners.values().any(|it| function.sig.ident == it) =>
                        {
                            let subject = Subject::Operation(function.sig.ident.to_string());
                            self.add(&subject, "", function);
                        }
                        ImplItem::Fn(function) => {
                            let is_builder = path.starts_with("builder");
                            let part = function.sig.ident.to_string();
                            self.add(&subject, if is_builder { &part } else { "" }, function);
                        }
                        other => self.add(&subject, "", other),
                    }
                }
                let mut head = block.clone();
                head.items.clear();
                self.add(&subject, "", &head);
            }
            Item::Struct(it) if matches!(subject, Subject::Type(_)) => {
                for (at, field) in it.fields.iter().enumerate() {
                    let name = field
                        .ident
                        .as_ref()
                        .map_or_else(|| at.to_string(), ToString::to_string);
                    self.add(&subject, &name, field);
                }
                let mut head = it.clone();
                head.fields = Fields::Unit;
                self.add(&subject, "", &head);
            }
            Item::Enum(it) => {
                for variant in &it.variants {
                    self.add(&subject, &variant.ident.to_string(), variant);
                }
                let mut head = it.clone();
                head.variants.clear();
                self.add(&subject, "", &head);
            }
            other => self.add(&subject, "", other),
        }
    }

    /// A row of the operation table, each field of it an atom.
    fn row(&mut self, row: &Expr) {
        let Expr::Struct(row) = row else {
            panic!("a row")
        };
        let is_id =
            |field: &&syn::FieldValue| matches!(&field.member, Member::Named(name) if name == "id");
        let id = row.fields.iter().find(is_id).expect("an id");
        let id = id.expr.to_token_stream().to_string();
        let subject = Subject::Operation(id.trim_matches('"').to_owned());
        for field in &row.fields {
            self.add(&subject, "", &field.expr);
        }
    }

    /// The words in all atoms of a subject.
    fn words_of(&self, subject: &Subject) -> BTreeSet<String> {
        let atoms = self.0.iter().filter(|((own, _), _)| own == subject);
        atoms
            .flat_map(|(_, texts)| texts)
            .flat_map(|text| words(text))
            .collect()
    }
}

/// Returns the statements about two trees that they do not bear out, and the differences that no statement has.
pub(crate) fn audit(old: &Atoms, new: &Atoms, changes: &[Change]) -> Vec<String> {
    let former: BTreeMap<&Subject, Subject> = changes.iter().filter_map(former).collect();
    let is_about = |key: &Key, change: &Change| {
        key.0 == change.subject || former.get(&change.subject) == Some(&key.0)
    };
    let keys: BTreeSet<&Key> = old.0.keys().chain(new.0.keys()).collect();
    let differing: Vec<&Key> = keys
        .into_iter()
        .filter(|key| old.0.get(*key) != new.0.get(*key))
        .collect();
    let mut wrong = Vec::new();
    for key in &differing {
        let (subject, part) = key;
        // A constructor, the request and the answer follow from all the rest.
        let follows = ["new", "send", "request", "fmt", "body_map"].contains(&part.as_str());
        let tells = |change: &&Change| match change.member.as_deref() {
            None => true,
            Some(member) => follows || part.is_empty() || member == part,
        };
        let mut said = changes.iter().filter(|change| is_about(key, change));
        if !said.any(|change| tells(&change)) {
            wrong.push(format!("untold: {subject:?} {part}"));
        }
    }
    for change in changes {
        let mut atoms = differing.iter().filter(|key| is_about(key, change));
        let member = change.member.as_deref().unwrap_or_default();
        let is_there =
            atoms.any(|(_, part)| member.is_empty() || part == member || part.is_empty());
        let before = former.get(&change.subject).unwrap_or(&change.subject);
        let sides = [
            (old.words_of(before), &change.old),
            (new.words_of(&change.subject), &change.new),
        ];
        let are_there = sides.iter().all(|(known, value)| {
            let mut words = value.iter().flat_map(|value| words(value));
            IN_OUR_WORDS.contains(&change.kind)
                || words.all(|word| word == "Vec" || known.contains(&word))
        });
        if !is_there || !are_there {
            wrong.push(format!("false: {:?} {}", change.subject, change.message));
        }
    }
    wrong
}

/// The renamed subjects, with their former names.
fn former(change: &Change) -> Option<(&Subject, Subject)> {
    let name = change.old.clone()?;
    let former = match change.kind {
        Kind::OperationRenamed => Subject::Operation(name),
        Kind::TypeRenamed => Subject::Type(name),
        _ => return None,
    };
    Some((&change.subject, former))
}

fn last(of: &Type) -> String {
    match of {
        Type::Path(path) => {
            let last = path.path.segments.last();
            last.map(|last| last.ident.to_string()).unwrap_or_default()
        }
        _ => String::new(),
    }
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}
