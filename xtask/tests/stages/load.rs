//! Every finding of `load`.

use xtask::finding::Findings;
use xtask::load::{MAX_COPIES, load_openapi};
use xtask::report::render;
use xtask::source::Source;

use super::shows_every_code;

#[test]
fn every_finding_of_load_has_a_look() {
    let deep = "- ".repeat(200);
    let bomb = format!(
        "a: &a [{}]\nb: [{}]\n",
        "1,".repeat(MAX_COPIES / 500),
        "*a,".repeat(500)
    );
    let texts = [
        ("control.yaml", "a: x\u{1}y\n"),
        ("comments.yaml", "# Nothing here yet.\n"),
        ("two.yaml", "a: 1\n---\nb: 2\n"),
        (
            "keys.yaml",
            "responses:\n  200: {}\n  '200' : {}\n  ~: {}\n  <<: *x\n",
        ),
        (
            "more-keys.yaml",
            "a: &base {b: 1}\nc:\n  <<: *base\n  {b}: 2\n  ~: {}\n",
        ),
        (
            "values.yaml",
            "limit: .inf\nmax: 1e999\nid: 99999999999999999999\npet: !pet rex\nage: !!int old\n",
        ),
        ("recursive.yaml", "node: &node\n  next: *node\n"),
        ("alias.yaml", "description: *bold* text\n"),
        ("tab.yaml", "info:\n\ttitle: Pets\n"),
        ("end.json", "{\"info\": {\"title\": \"Pets\",\n"),
        ("end.yaml", "tags: [a, b\n"),
        ("colon.yaml", "summary: Pets: all of them\n"),
        ("bracket.yaml", "required: [\n]\n"),
        ("at.yaml", "owner: @pets\n"),
        ("indent.yaml", "a:\n  b: 1\n c: 2\n"),
        ("half.json", "{\"a\": \"\\ud83d\"}"),
        ("deep.yaml", &deep),
        ("bomb.yaml", &bomb),
        ("array.json", "[]"),
        ("overlay.yaml", "overlay: 1.1.0\n"),
        ("other.yaml", "info: {}\n"),
        ("swagger.yaml", "swagger: '2.0'\n"),
        ("number.yaml", "openapi: 3\n"),
        ("next.yaml", "openapi: 3.2.0\n"),
        ("future.yaml", "openapi: 4.0.0\n"),
        ("list.yaml", "openapi: [3, 1, 0]\n"),
    ];
    let mut findings = Findings::new();
    for (name, text) in texts {
        assert!(
            load_openapi(&Source::new(name, text), &mut findings).is_none(),
            "{name}"
        );
    }
    let report = render(&findings, false);
    let sources = [
        include_str!("../../src/load.rs"),
        include_str!("../../src/load/reader.rs"),
        include_str!("../../src/load/scalar.rs"),
        include_str!("../../src/load/syntax.rs"),
        include_str!("../../src/load/version.rs"),
    ];
    shows_every_code(&report, "load", &sources);
    insta::assert_snapshot!(report);
}
