//! The text of runs of codegen.

use xtask::cli;
use xtask::codegen::Tree;
use xtask::config::Mode;
use xtask::write::{Comparison, Stale};

fn tree(comparison: Comparison) -> Tree {
    Tree {
        out: "pets/src/generated".into(),
        files: 5,
        bytes: 412_345,
        comparison,
        needed: Vec::new(),
    }
}

fn file(path: &str, before: &str, after: &str) -> Stale {
    Stale {
        path: path.to_owned(),
        before: before.to_owned(),
        after: after.to_owned(),
    }
}

fn stale() -> Tree {
    let old: String = (0..60).map(|n| format!("pub struct Old{n};\n")).collect();
    let hostile = format!("\x1b]0;title\x07 \u{9b}2J\t\u{202e}{}\n", "x".repeat(500));
    tree(Comparison {
        stale: vec![
            file("client.rs", &old, ""),
            file(
                "pets.rs",
                "pub struct Pet;\r\npub struct Cat;\r\npub struct Cage;\r\n",
                "pub struct Pet;\npub struct Toy;\npub struct Dog;\npub struct Cage;\n",
            ),
            file("crlf.rs", "pub struct Same;\r\n", "pub struct Same;\n"),
            file("hostile.rs", "", &hostile),
        ],
        missing: vec!["types/toys.rs".to_owned()],
        orphaned: vec!["types/cages.rs".to_owned()],
    })
}

#[test]
fn every_outcome_has_its_text_and_its_exit_code() {
    let elsewhere = Tree {
        needed: ["bytes = \"1.12.2\"", "serde = \"1\""]
            .map(str::to_owned)
            .to_vec(),
        ..stale()
    };
    let fresh = || tree(Comparison::default());
    let runs = [
        ("wrote", Mode::Write, Some(stale())),
        ("fresh", Mode::Write, Some(fresh())),
        ("checked, stale", Mode::Check, Some(stale())),
        ("checked, fresh", Mode::Check, Some(fresh())),
        ("dry run", Mode::DryRun, Some(stale())),
        ("dry run, fresh", Mode::DryRun, Some(fresh())),
        ("wrote elsewhere", Mode::Write, Some(elsewhere)),
        ("failed", Mode::Write, None),
    ];
    let texts = runs.map(|(name, mode, tree)| {
        let text = tree.as_ref().map(|tree| cli::tree(tree, mode));
        let (text, code) = (
            text.unwrap_or_default(),
            cli::exit_code(tree.as_ref(), mode),
        );
        let plain = |c: char| c == '\n' || !(c.is_control() || c == '\u{202e}');
        assert!(
            text.output.chars().all(plain),
            "it cannot drive the terminal"
        );
        format!(
            "=== {name}: exit code {code}\n--- standard output\n{}--- standard error\n{}",
            text.output, text.summary
        )
    });
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn the_hint_about_line_endings_is_given_only_where_it_helps() {
    for (before, hint) in [("a\r\n", true), ("b\n", false)] {
        let tree = tree(Comparison {
            stale: vec![file("mod.rs", before, "a\n")],
            ..Comparison::default()
        });
        let text = cli::tree(&tree, Mode::Check);
        assert_eq!(text.summary.contains("CRLF"), hint);
    }
}
