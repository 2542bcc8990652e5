//! Documents that are too much: each ends with a finding or a value, and none takes the stack.

use serde_json::Value;

use super::{found, loaded};
use crate::load::{MAX_COPIES, MAX_DEPTH};

fn only_code(text: &str) -> String {
    let found = found(text);
    assert_eq!(found.len(), 1);
    found[0].split(' ').next().unwrap().to_owned()
}

#[test]
fn documents_nest_to_a_limit_and_no_deeper() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    loaded(&nested(MAX_DEPTH));
    let deep = 100_000;
    let block: String = (0..deep / 50)
        .map(|level| format!("{}a:\n", " ".repeat(level)))
        .collect();
    let texts = [
        nested(MAX_DEPTH + 1),
        nested(deep),
        "[".repeat(deep),
        "{\"a\":".repeat(deep),
        "- ".repeat(deep),
        block,
    ];
    for text in texts {
        assert_eq!(only_code(&text), "load/too-deep", "{:.20}", text);
    }
    let keys_in_keys = found(&"? ".repeat(deep));
    assert_eq!(keys_in_keys.len(), 100, "one for each, up to the limit");
}

#[test]
fn aliases_nest_no_deeper_than_anything_else() {
    let half = MAX_DEPTH / 2;
    let text = |extra: usize| {
        let (open, close) = ("[".repeat(half), "]".repeat(half));
        let (more, end) = ("[".repeat(half - 1 + extra), "]".repeat(half - 1 + extra));
        format!("a: &x {open}{close}\nb: {more}*x{end}\n")
    };
    loaded(&text(0));
    assert_eq!(only_code(&text(1)), "load/too-deep");
}

#[test]
fn alias_bombs_do_not_go_off() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..50 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    assert_eq!(only_code(&text), "load/alias-bomb");
    let anchors: String = (0..MAX_DEPTH - 1)
        .map(|level| format!("&n{level} ["))
        .collect();
    let text = format!("{anchors}[{}", "1,".repeat(MAX_COPIES / 100));
    let text = format!("{text}]{}", "]".repeat(MAX_DEPTH - 1));
    assert_eq!(only_code(&text), "load/alias-bomb");
}

#[test]
fn a_long_list_is_a_value() {
    let count = 200_000;
    let text = format!("[{}1]", "1,".repeat(count - 1));
    assert_eq!(loaded(&text).root.as_array().map(Vec::len), Some(count));
}

#[test]
fn a_long_line_of_strings_takes_linear_time() {
    let text = format!("[{}\"é\"]", "\"é\", ".repeat(100_000));
    let document = loaded(&text);
    assert_eq!(document.root.as_array().map(Vec::len), Some(100_001));
    assert_eq!(document.root[100_000], Value::from("é"));
}
