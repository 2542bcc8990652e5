//! Every finding of `overlay`.

use xtask::finding::Findings;
use xtask::load::load;
use xtask::overlay::{Mode, apply};
use xtask::report::render;
use xtask::source::{Document, Source};

use super::shows_every_code;

const DOCUMENT: &str = "\
openapi: 3.1.0
info: {title: Pets}
tags: [{name: pets}]
paths:
  /pets:
    get: {parameters: [], summary: All pets}
    put: {parameters: {}}
";

fn loaded(name: &str, text: &str) -> Document {
    load(&Source::new(name, text), &mut Findings::new()).expect(text)
}

#[test]
fn every_finding_of_overlay_has_a_look() {
    let actions = "\
overlay: 1.1.0
info: {title: Corrections}
extends: https://example.com/openapi.yaml
x-reviewed: true
actions:
- target: $.paths['/cats'].get
  description: The vendor has deleted this path.
  remove: true
- target: $.info
  update: {title: Pets}
- target: $.info.
  update: {title: Animals}
- target: \"$.paths./pets.get\"
  remove: true
- target: /paths/~1pets
  remove: true
- target: $[?(((((((((@.a)))))))))]
  remove: true
- target: $
  remove: true
- target: $.paths.*.*
  update:
    parameters:
      - name: limit
- target: $.info
  updates: {title: Animals}
- target: $.info
  remove: false
- target: $.info
  update: {title: Animals}
  copy: $.tags[0]
- target: $.tags
  copy: $.paths['/pets'].*
- target: $.tags
  remove: 'yes'
- target: $.tags[0]
  update: {name: cats}
  remove: true
- target: $.paths['/cats']
  remove: true
- target: $['info', 'tags']
  update: [x]
- target: $.paths['/pets']['get', 'post']
  update: {deprecated: true}
";
    let nested = format!("{}{}", "[".repeat(120), "]".repeat(120));
    let deep = format!(
        "{{title: T, version: '1'}}\nactions:\n- target: $.tags\n  update: {nested}\n- target: $.paths['/pets'].get\n  update: {{x: {nested}}}\n- target: $..x[0][0][0][0]\n  update: {nested}\n"
    );
    let [rows, row] = ["{}, ", "1, "].map(|element| element.repeat(1000));
    let grow = format!(
        "- target: $.info\n  update: {{rows: [{rows}]}}\n- target: $.info.rows.*\n  update:\n    x: [{row}]\n"
    );
    let overlays = [
        ("overlay.yaml", actions.to_owned()),
        ("list.yaml", "[]".to_owned()),
        ("openapi.yaml", "openapi: 3.1.0\n".to_owned()),
        ("other.yaml", "actions: []\n".to_owned()),
        ("number.yaml", "overlay: 1.1\n".to_owned()),
        ("future.yaml", "overlay: 2.0.0\ninfo: 1\n".to_owned()),
        ("old.yaml", "overlay: 1.0.0\ninfo: {title: T, version: '1'}\nactions: [{target: $.info, copy: $.tags}]\n".to_owned()),
        ("deep.yaml", format!("overlay: 1.1.0\ninfo: {deep}")),
        ("large.yaml", format!("overlay: 1.1.0\ninfo: {{title: T, version: '1'}}\nactions:\n{grow}")),
    ];
    let mut findings = Findings::new();
    for (name, text) in &overlays {
        let overlay = loaded(name, text);
        let document = loaded("pets.yaml", DOCUMENT);
        let result = apply(document, &overlay, Mode::Strict, &mut findings);
        assert!(result.is_none(), "{name}");
    }
    let report = render(&findings, false);
    let sources = [
        include_str!("../../src/overlay/actions.rs"),
        include_str!("../../src/overlay/jsonpath.rs"),
        include_str!("../../src/overlay/run.rs"),
    ];
    shows_every_code(&report, "overlay", &sources);
    insta::assert_snapshot!(report);
}
