//! The kinds of change in `data/diff`: each an old and a new document.

use std::sync::Arc;

use serde_json::{Value, json};
use xtask::finding::Findings;
use xtask::overlay::{self, Mode};
use xtask::report;
use xtask::source::Source;

pub(crate) const BASE: &str = include_str!("../data/diff/base.yaml");
const KINDS: &str = include_str!("../data/diff/kinds.yaml");

/// A kind of change.
pub(crate) struct Kind {
    pub(crate) name: String,
    pub(crate) old: Arc<Source>,
    pub(crate) new: Arc<Source>,
    /// Our effect where it is not that of the judges, and why.
    pub(crate) ours: Option<(String, String)>,
}

/// All kinds, in their order.
pub(crate) fn kinds() -> Vec<Kind> {
    let mut findings = Findings::new();
    let source = Source::new("kinds.yaml", KINDS);
    let loaded = xtask::load::load(&source, &mut findings);
    let loaded = loaded.unwrap_or_else(|| panic!("{}", report::render(&findings, false)));
    let list = loaded.root["kinds"].as_array().expect("a list of kinds");
    list.iter().map(kind).collect()
}

fn kind(kind: &Value) -> Kind {
    let text = |key: &str| kind[key].as_str().map(str::to_owned);
    let name = text("name").expect("a name");
    let base = Source::new("base.yaml", BASE);
    let old = changed(&name, &base, "old.yaml", &kind["base"]);
    let new = match &kind["replace"] {
        Value::Array(pair) => {
            let [from, to] = [&pair[0], &pair[1]].map(|it| it.as_str().expect("text"));
            assert!(BASE.contains(from), "{name}");
            Source::new("new.yaml", BASE.replace(from, to))
        }
        _ => changed(&name, &old, "new.yaml", &kind["actions"]),
    };
    Kind {
        name,
        old,
        new,
        ours: text("ours").zip(text("reason")),
    }
}

/// A document with actions applied to it.
fn changed(name: &str, document: &Arc<Source>, file: &str, actions: &Value) -> Arc<Source> {
    if actions.as_array().is_none_or(Vec::is_empty) {
        return Source::new(file, document.text.clone());
    }
    let overlay = json!({
        "overlay": "1.1.0",
        "info": { "title": "A change", "version": "1" },
        "actions": actions
    });
    let mut findings = Findings::new();
    let overlay = Source::new("kinds.yaml", overlay.to_string());
    let overlay = xtask::load::load(&overlay, &mut findings).expect("the actions load");
    let document = xtask::load::load_openapi(document, &mut findings).expect("the base loads");
    let changed = overlay::apply(document, &overlay, Mode::Strict, &mut findings);
    let changed = changed.unwrap_or_else(|| panic!("{name}: {}", report::render(&findings, false)));
    Source::new(file, format!("{:#}\n", changed.root))
}
