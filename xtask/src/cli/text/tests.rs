use super::{render, size};
use crate::cli::{Outcome, Tree};
use crate::write::{Comparison, Diff, Stale};

fn tree(comparison: Comparison) -> Tree {
    Tree {
        out: "pets/src/generated".into(),
        files: 5,
        bytes: 412_345,
        comparison,
        needed: Vec::new(),
    }
}

fn fresh() -> Tree {
    tree(Comparison {
        fresh: vec!["mod.rs".to_owned()],
        ..Comparison::default()
    })
}

fn stale() -> Tree {
    let short = Diff::between("pub struct Pet;\n", "pub struct Pet;\npub struct Toy;");
    let old: String = (0..60).map(|n| format!("pub struct Old{n};\n")).collect();
    let stale = [
        ("client.rs", Diff::between(&old, ""), false),
        ("pets.rs", short, true),
        ("crlf.rs", Diff::default(), true),
    ];
    tree(Comparison {
        fresh: Vec::new(),
        stale: stale
            .map(|(path, diff, crlf)| Stale {
                path: path.to_owned(),
                diff,
                crlf,
            })
            .into(),
        missing: vec!["types/toys.rs".to_owned()],
        orphaned: vec!["types/cages.rs".to_owned()],
    })
}

#[test]
fn every_outcome_has_its_text_and_its_exit_code() {
    let command = "cargo xtask codegen".to_owned();
    let outcomes = [
        ("wrote", Outcome::Wrote(stale())),
        ("fresh", Outcome::Fresh(fresh())),
        (
            "stale",
            Outcome::Stale {
                tree: stale(),
                command,
            },
        ),
        ("dry run", Outcome::DryRun(stale())),
        ("dry run, fresh", Outcome::DryRun(fresh())),
        (
            "wrote elsewhere",
            Outcome::Wrote(Tree {
                needed: ["bytes = \"1.12.2\"", "serde = \"1\""]
                    .map(str::to_owned)
                    .to_vec(),
                ..stale()
            }),
        ),
        ("failed", Outcome::Failed),
    ];
    let texts = outcomes.map(|(name, outcome)| {
        let text = render(&outcome);
        format!(
            "=== {name}: exit code {}\n--- standard output\n{}--- standard error\n{}",
            outcome.exit_code(),
            text.output,
            text.summary
        )
    });
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn the_hint_about_line_endings_is_given_only_where_it_helps() {
    for crlf in [false, true] {
        let tree = tree(Comparison {
            stale: vec![Stale {
                path: "mod.rs".to_owned(),
                diff: Diff::default(),
                crlf,
            }],
            ..Comparison::default()
        });
        let text = render(&Outcome::Stale {
            tree,
            command: String::new(),
        });
        assert_eq!(text.summary.contains("CRLF"), crlf);
    }
}

#[test]
fn sizes_are_rounded_to_what_a_person_reads() {
    let cases = [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1_000, "1 kB"),
        (1_499, "1 kB"),
        (1_500, "2 kB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
        (1_049_999, "1.0 MB"),
        (12_350_000, "12.4 MB"),
    ];
    for (bytes, expected) in cases {
        assert_eq!(size(bytes), expected, "{bytes}");
    }
}
