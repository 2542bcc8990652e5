//! A file that is about to be replaced: what it holds, and how a new text is written in its form.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use crate::emit;
use crate::finding::{Finding, Findings, Location};
use crate::input;
use crate::source::Source;
use crate::write::Text;

/// The byte order mark in UTF-8.
const MARK: &str = "\u{feff}";

/// A file that is about to be replaced.
#[derive(Clone, Debug)]
pub(super) struct Original {
    pub(super) path: PathBuf,
    pub(super) source: Arc<Source>,
    bytes: Vec<u8>,
}

impl Original {
    pub(super) fn read(path: &Path, findings: &mut Findings) -> Option<Self> {
        let (source, bytes) = input::read_with_bytes(path, findings)?;
        Some(Self {
            path: path.to_owned(),
            source,
            bytes,
        })
    }

    /// Returns the change that lets the file hold `text`; `None` where it does already. Line ends and a byte order
    /// mark stay as they are.
    pub(super) fn replaced_by(&self, text: &str) -> Option<Text> {
        if text == self.source.text {
            return None;
        }
        let mut after = String::new();
        if self.bytes.starts_with(MARK.as_bytes()) {
            after.push_str(MARK);
        }
        if self.bytes.windows(2).any(|pair| pair == b"\r\n") {
            after.push_str(&text.replace('\n', "\r\n"));
        } else {
            after.push_str(text);
        }
        Some(Text {
            path: self.path.clone(),
            before: self.bytes.clone(),
            after,
        })
    }

    /// The finding for a document that has comments which would get lost when it is written anew; `root` is
    /// what it says.
    pub(super) fn lost_comments(&self, root: &Value) -> Option<Finding> {
        let signs = |text: &str| text.matches('#').count();
        let text = &self.source.text;
        let lost = signs(text).saturating_sub(signs(&emit::document(root, text)));
        if lost == 0 {
            return None;
        }
        let beginning = emit::leading_comment(text).lines().count();
        let line = text
            .lines()
            .enumerate()
            .skip(beginning)
            .find(|(_, line)| line.trim_start().starts_with('#') || line.contains(" #"));
        let location = line.map_or_else(
            || Location::whole_file(&self.source),
            |(at, line)| Location {
                source: Arc::clone(&self.source),
                line: at + 1,
                column: line.find('#').map_or(1, |found| {
                    line.chars().count() - line.get(found..).unwrap_or_default().chars().count() + 1
                }),
                width: 1,
            },
        );
        Some(
            Finding::error(
                "accept/comments",
                "The document has comments below its beginning, which get lost when it is written anew.",
                "Move them to the beginning of the file, or to the Overlay where they are about a correction.",
            )
            .at(location),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Original;
    use crate::finding::Findings;
    use crate::load::load;
    use crate::source::Source;

    fn original(bytes: &str) -> Original {
        let text = bytes.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        Original {
            path: "a.yaml".into(),
            source: Source::new("a.yaml", text),
            bytes: bytes.as_bytes().to_vec(),
        }
    }

    #[test]
    fn line_ends_and_a_byte_order_mark_stay_as_they_are() {
        let cases = [
            ("a\nb\n", Some("x\ny\n")),
            ("a\r\nb\r\n", Some("x\r\ny\r\n")),
            ("\u{feff}a\n", Some("\u{feff}x\ny\n")),
            ("x\ny\n", None),
            ("\u{feff}x\r\ny\r\n", None),
        ];
        for (before, expected) in cases {
            let text = original(before).replaced_by("x\ny\n");
            assert_eq!(
                text.as_ref().map(|text| text.after.as_str()),
                expected,
                "{before:?}"
            );
            assert!(text.is_none_or(|text| text.before == before.as_bytes()));
        }
    }

    #[test]
    fn comments_that_would_get_lost_are_found_and_the_sign_elsewhere_is_none() {
        let cases = [
            ("# One\n# Two\na: 1\n", None),
            ("a: 'x #1'\n$ref: '#/b'\nc: |\n  # Not one\n", None),
            ("a: \"#\" \n\"#\": 1\n", None),
            ("# One\na: 1\n  # Two\n", Some("a.yaml:3:3")),
            ("\u{e9}: '#' # Two\n", Some("a.yaml:1:5")),
            ("a: 1\n#\n", Some("a.yaml:2:1")),
        ];
        for (text, expected) in cases {
            let original = original(text);
            let document = load(&original.source, &mut Findings::new()).expect(text);
            let found = original.lost_comments(&document.root);
            let place = found.and_then(|it| Some(it.location?.to_string()));
            assert_eq!(place.as_deref(), expected, "{text}");
        }
    }
}
