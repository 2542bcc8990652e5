//! The modules at the root of a crate know each other in one direction only.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::{tree, workspace};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::UseTree;

/// The sources of crates, below the root of the workspace, and their modules that are left out: generated code calls
/// what it is told to, and is called by everything.
const CRATES: [(&str, &[&str]); 3] = [
    ("qstash-api/src", &["generated"]),
    ("tests/server/src", &[]),
    ("xtask/src", &[]),
];

/// The modules that each module names.
type Graph = BTreeMap<String, BTreeSet<String>>;

#[test]
fn no_modules_of_a_crate_make_a_cycle() {
    let mut found = Vec::new();
    for (source, left_out) in CRATES {
        let root = workspace().join(source);
        let files = tree::files_ending(&root, ".rs").into_iter();
        let files = files.map(|path| (tree::shown(&path, &root), tree::text(&path)));
        let files = files.filter(|(path, _)| !left_out.contains(&top(path)));
        let mut graph = graph(files.collect());
        graph
            .values_mut()
            .for_each(|to| to.retain(|name| !left_out.contains(&name.as_str())));
        assert!(graph.len() > 10, "{source} has few modules: {graph:?}");
        let cycles = in_cycles(graph).into_iter();
        found.extend(cycles.map(|(from, to)| format!("{source}: {from} names {to:?}")));
    }
    assert!(
        found.is_empty(),
        "break these cycles:\n{}",
        found.join("\n")
    );
}

#[test]
fn a_cycle_is_found_through_what_the_root_gives_out_and_not_through_tests() {
    let root = "mod a; mod b; mod c; mod d; pub use crate::{b::{B, X as Y}, d::D};";
    let files = [
        ("lib.rs", root),
        ("a.rs", "use crate::{Y, c::C};"),
        ("b.rs", "mod inner;"),
        ("b/inner.rs", "fn f() { vec![crate::d::D] }"),
        (
            "c.rs",
            "/// crate::a\n#[cfg(test)]\nmod tests { use crate::a; }\nuse crate::D;",
        ),
        ("d.rs", "const D: crate::B = 1;\n#[cfg(test)] use crate::a;"),
        ("d/tests.rs", "use crate::a;"),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
    let to = |name: &str| BTreeSet::from([name.to_owned()]);
    assert_eq!(
        in_cycles(graph(files.into())),
        BTreeMap::from([("b".to_owned(), to("d")), ("d".to_owned(), to("b"))])
    );
}

/// The modules that the modules at the root name, by way of the root too. Code for tests is left out.
fn graph(files: Vec<(String, String)>) -> Graph {
    let files = files
        .into_iter()
        .filter(|(path, _)| !path.ends_with("tests.rs"));
    let files: Vec<(String, String)> = files.collect();
    let root = files
        .iter()
        .find(|(path, _)| path == "lib.rs")
        .expect("there is lib.rs");
    let given_out = given_out(&root.1);
    let modules: BTreeSet<&str> = files.iter().map(|(path, _)| top(path)).collect();
    let mut graph = Graph::new();
    for (path, text) in files
        .iter()
        .filter(|(path, _)| path != "lib.rs" && path != "main.rs")
    {
        let tokens = text
            .parse()
            .unwrap_or_else(|error| panic!("{path} is Rust: {error}"));
        let mut names = Vec::new();
        root_names(tokens, &mut names);
        let names = names.iter().map(|name| given_out.get(name).unwrap_or(name));
        let named = graph.entry(top(path).to_owned()).or_default();
        named.extend(
            names
                .filter(|name| modules.contains(name.as_str()) && *name != top(path))
                .cloned(),
        );
    }
    graph
}

/// The module at the root that a file belongs to.
fn top(path: &str) -> &str {
    let first = path.split('/').next().unwrap_or(path);
    first.strip_suffix(".rs").unwrap_or(first)
}

/// The names that the root gives out, with the modules that they are from.
fn given_out(root: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let file = syn::parse_file(root).expect("the root is Rust");
    for item in file.items {
        if let syn::Item::Use(item) = item {
            leaves(&item.tree, None, &mut found);
        }
    }
    found
}

fn leaves(tree: &UseTree, module: Option<&str>, found: &mut BTreeMap<String, String>) {
    let mut leaf = |name: &syn::Ident| {
        found.extend(module.map(|module| (name.to_string(), module.to_owned())));
    };
    match tree {
        UseTree::Path(path) if path.ident == "crate" => leaves(&path.tree, None, found),
        UseTree::Path(path) => {
            let name = path.ident.to_string();
            leaves(&path.tree, module.or(Some(&name)), found);
        }
        UseTree::Group(group) => group.items.iter().for_each(|it| leaves(it, module, found)),
        UseTree::Name(name) => leaf(&name.ident),
        UseTree::Rename(name) => leaf(&name.rename),
        UseTree::Glob(_) => {}
    }
}

/// Collects what follows `crate::`, but in items for tests.
fn root_names(tokens: TokenStream, found: &mut Vec<String>) {
    let mut is_for_tests = false;
    let mut before = ["", "", ""].map(str::to_owned);
    for token in tokens {
        let shown = token.to_string();
        let is_braced =
            matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        let follows_root = before == ["crate", ":", ":"];
        if before[2] == "#" && shown.replace(' ', "").starts_with("[cfg(test)") {
            is_for_tests = true;
        }
        match token {
            _ if is_for_tests => is_for_tests = !(is_braced || shown == ";"),
            TokenTree::Ident(_) if follows_root => found.push(shown.clone()),
            TokenTree::Group(group) => {
                if follows_root {
                    found.extend(first_names(group.stream()));
                }
                root_names(group.stream(), found);
            }
            _ => {}
        }
        before.rotate_left(1);
        before[2] = shown;
    }
}

/// The first name of each part between commas.
fn first_names(tokens: TokenStream) -> Vec<String> {
    let mut is_first = true;
    let mut names = Vec::new();
    for token in tokens {
        if is_first {
            names.push(token.to_string());
        }
        is_first = matches!(&token, TokenTree::Punct(comma) if comma.as_char() == ',');
    }
    names
}

/// The part of a graph from which nothing leads out, and into which nothing leads.
fn in_cycles(mut graph: Graph) -> Graph {
    loop {
        let named: BTreeSet<String> = graph.values().flatten().cloned().collect();
        let before = graph.clone();
        graph.retain(|name, to| !to.is_empty() && named.contains(name));
        graph
            .values_mut()
            .for_each(|to| to.retain(|name| before.contains_key(name)));
        if graph == before {
            return graph;
        }
    }
}
