//! Conventions that a machine can check.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

use std::path::{Path, PathBuf};

use crate::common::{tree, workspace};
use proc_macro2::TokenTree;
use xtask::write::HEADER_MARK;

/// The directory of the generated files, below the root of the workspace.
const GENERATED: &str = "qstash-api/src/generated";

/// The directories with Rust that people write, below the root of the workspace.
const HAND_WRITTEN: [&str; 3] = ["qstash-api", "tests", "xtask"];

/// Words that a summary never begins with: what follows is a question, or a clause in place of a noun.
const QUESTIONS: [&str; 8] = [
    "How", "What", "When", "Where", "Whether", "Which", "Who", "Why",
];

/// Macros that stand for code that was not written, and for debugging.
const UNFINISHED: [&str; 3] = ["todo", "unimplemented", "dbg"];

/// The files that people read and write, by the end of their names.
const TEXTS: [&str; 8] = [
    ".rs", ".toml", ".md", ".yaml", ".json", ".snap", ".txt", "/run",
];

/// The most lines that a file of ours may have.
const MOST_LINES: usize = 400;

/// The most lines that the README may have.
const MOST_LINES_OF_README: usize = 120;

#[test]
fn files_that_people_write_are_short() {
    let mut long = Vec::new();
    for path in hand_written() {
        let lines = tree::text(&path).lines().count();
        if lines > MOST_LINES {
            long.push(format!("{}: {lines} lines", shown(&path)));
        }
    }
    let readme = workspace().join("README.md");
    if tree::text(&readme).lines().count() > MOST_LINES_OF_README {
        long.push(format!("README.md: more than {MOST_LINES_OF_README} lines"));
    }
    assert_none("split these", &long);
}

#[test]
fn generated_files_say_so_and_stand_alone() {
    let files = tree::files(&workspace().join(GENERATED));
    assert!(files.len() > 3, "{files:?}");
    let unexpected = files
        .iter()
        .filter(|path| !is_rust(path) || !tree::text(path).starts_with(HEADER_MARK));
    let unexpected: Vec<String> = unexpected.map(|path| shown(path)).collect();
    assert_none("these are not generated", &unexpected);
    let marked = hand_written()
        .into_iter()
        .filter(|path| tree::text(path).starts_with(HEADER_MARK));
    let marked: Vec<String> = marked.map(|path| shown(&path)).collect();
    assert_none("these are generated, and stand where people write", &marked);
}

/// Tests that do not run, code that was not written, and output for debugging.
#[test]
fn nothing_is_unfinished() {
    let mut found = Vec::new();
    for path in hand_written() {
        let text = tree::text(&path);
        let tokens: proc_macro2::TokenStream = text
            .parse()
            .unwrap_or_else(|error| panic!("{} is Rust: {error}", shown(&path)));
        let tokens = flat(tokens);
        found.extend(unfinished(&tokens).map(|what| format!("{}: {what}", shown(&path))));
    }
    assert_none("finish these", &found);
}

#[test]
fn what_is_unfinished_is_found() {
    let cases = [
        ("fn f() { todo!() }", 1),
        ("fn f() {\n unimplemented!(\"later\") }", 1),
        ("fn f() { let x = dbg!(1); }", 1),
        ("#[ignore] fn f() {}", 1),
        ("#[ignore = \"slow\"] fn f() {}", 1),
        ("#[test] fn ignore() { let todo = ignore; }", 0),
        (
            "/// Not todo!() yet.\nfn f() { let s = \"dbg!(1) #[ignore]\"; }",
            0,
        ),
        ("fn f() { if todo != 1 {} }", 0),
    ];
    for (text, count) in cases {
        let tokens = flat(text.parse().expect(text));
        assert_eq!(unfinished(&tokens).count(), count, "{text}");
    }
}

/// A path of the machine on which something was written. `/home/somebody` stands for any machine.
#[test]
fn no_file_names_a_home_directory() {
    let mut found = Vec::new();
    for path in tree::files(&workspace()) {
        let shown = shown(&path);
        if !TEXTS.iter().any(|ending| shown.ends_with(ending)) {
            continue;
        }
        let text = tree::text(&path);
        let lines = text
            .lines()
            .enumerate()
            .filter(|(_, line)| names_home(line));
        found.extend(lines.map(|(at, line)| format!("{shown}:{}: {line}", at + 1)));
    }
    assert_none("these stand for one machine only", &found);
}

#[test]
fn home_directories_are_recognised() {
    let (home, users) = (["/ho", "me/"].concat(), ["Us", "ers"].concat());
    for (line, expected) in [
        (format!("read {home}ann/notes"), true),
        (format!("at /{users}/ann/notes"), true),
        (format!(r"at C:\{users}\ann"), true),
        (format!("in {}.cargo", ["/ro", "ot/"].concat()), true),
        (format!("GET /{users}"), false),
        (format!("{home}somebody/project"), false),
        (format!("https://example.com{home}"), false),
        ("the root/branch".to_owned(), false),
    ] {
        assert_eq!(names_home(&line), expected, "{line}");
    }
}

/// Returns whether a line holds a path in the home directory of a person.
fn names_home(line: &str) -> bool {
    let homes = [
        ["/ho", "me/"],
        ["/Us", "ers/"],
        ["/ro", "ot/"],
        [r"\Us", r"ers\"],
    ];
    homes.iter().map(|parts| parts.concat()).any(|home| {
        line.match_indices(&home).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            let person = &line[at + home.len()..];
            let begins_path = !before.is_some_and(|c| c.is_alphanumeric() || c == '.');
            let is_drive = before == Some(':');
            let is_anybody = person.starts_with("somebody");
            let is_person = person.starts_with(|c: char| c.is_alphanumeric() || c == '.');
            (begins_path || is_drive) && is_person && !is_anybody
        })
    })
}

/// A summary is a noun phrase or begins with a verb, as the standard library's.
#[test]
fn no_summary_begins_with_a_question_word() {
    let mut found = Vec::new();
    for path in hand_written() {
        let text = tree::text(&path);
        let mut before = "";
        for line in text.lines().map(str::trim) {
            let summary = documentation(line).filter(|_| documentation(before).is_none());
            let first = summary.and_then(|summary| summary.split_whitespace().next());
            if first.is_some_and(|first| QUESTIONS.contains(&first)) {
                found.push(format!("{}: {line}", shown(&path)));
            }
            before = line;
        }
    }
    assert_none("begin these with a noun or a verb", &found);
}

fn documentation(line: &str) -> Option<&str> {
    line.strip_prefix("///").or(line.strip_prefix("//!"))
}

#[test]
fn continuous_integration_runs_what_the_readme_says() {
    let readme = workspace().join("README.md");
    let script = tree::text(&workspace().join(".ci/run"));
    let command = script
        .lines()
        .rfind(|line| !line.trim().is_empty())
        .expect(".ci/run has a command");
    let readme = tree::text(&readme);
    let is_there = readme.lines().any(|line| line.trim() == command)
        || readme.contains(&format!("`{command}`"));
    assert!(is_there, "README.md does not say `{command}`");
}

/// Logic that only a workflow has is run by nobody before it fails.
#[test]
fn workflows_call_what_a_person_can_call() {
    let recipes = tree::text(&workspace().join("CONTRIBUTING.md"));
    let mut commands = 0;
    let mut unknown = Vec::new();
    for path in tree::files_ending(&workspace().join(".github/workflows"), ".yml") {
        let text = tree::text(&path);
        let lines = text
            .lines()
            .map(|line| line.trim().trim_start_matches("- "));
        let lines = lines.map(|line| line.strip_prefix("run: ").unwrap_or(line));
        let tools = ["cargo ", "curl ", "parse-changelog ", "INSTA_UPDATE="];
        for command in lines.filter(|line| tools.iter().any(|tool| line.starts_with(tool))) {
            commands += 1;
            let is_known = recipes.contains(command);
            unknown.extend((!is_known).then(|| format!("{}: {command}", shown(&path))));
        }
    }
    assert!(commands > 10, "{commands}");
    assert_none("CONTRIBUTING.md does not have these", &unknown);
}

/// Every Rust file of the members, but the generated ones.
fn hand_written() -> Vec<PathBuf> {
    let root = workspace();
    let generated = root.join(GENERATED);
    let all = HAND_WRITTEN
        .iter()
        .flat_map(|member| tree::files(&root.join(member)));
    let files: Vec<PathBuf> = all
        .filter(|path| is_rust(path) && !path.starts_with(&generated))
        .collect();
    assert!(files.len() > 50, "most files are missing: {files:?}");
    files
}

fn is_rust(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "rs")
}

/// All tokens in their order, those in a group after the group.
fn flat(tokens: proc_macro2::TokenStream) -> Vec<TokenTree> {
    let mut all = Vec::new();
    for token in tokens {
        let inner = match &token {
            TokenTree::Group(group) => flat(group.stream()),
            _ => Vec::new(),
        };
        all.push(token);
        all.extend(inner);
    }
    all
}

/// Returns what is unfinished.
fn unfinished(tokens: &[TokenTree]) -> impl Iterator<Item = String> + '_ {
    tokens.windows(3).filter_map(|three| {
        let [first, second, third] = three else {
            return None;
        };
        match (first, second, third) {
            (TokenTree::Ident(name), TokenTree::Punct(sign), TokenTree::Group(_)) => {
                let is_macro = UNFINISHED.iter().any(|macro_name| name == macro_name);
                (is_macro && sign.as_char() == '!').then(|| format!("{name}!"))
            }
            (TokenTree::Punct(sign), TokenTree::Group(_), TokenTree::Ident(name)) => {
                (sign.as_char() == '#' && name == "ignore").then(|| format!("#[{name}]"))
            }
            _ => None,
        }
    })
}

fn shown(path: &Path) -> String {
    tree::shown(path, &workspace())
}

fn assert_none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}
