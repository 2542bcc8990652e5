//! A file that is about to be replaced: what it holds, and how a new text is written in its form.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use crate::emit;
use crate::finding::{Finding, Findings};
use crate::input;
use crate::source::{Location, Source};
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
        let has_mark = self.bytes.starts_with(MARK.as_bytes());
        let has_crlf = self.bytes.windows(2).any(|pair| pair == b"\r\n");
        let mark = if has_mark { MARK } else { "" };
        let end = if has_crlf { "\r\n" } else { "\n" };
        (text != self.source.text).then(|| Text {
            path: self.path.clone(),
            before: self.bytes.clone(),
            after: mark.to_owned() + &text.replace('\n', end),
        })
    }

    /// Returns the finding for a document that has comments which would get lost when it is written anew; `root` is
    /// what it says.
    pub(super) fn lost_comments(&self, root: &Value) -> Option<Finding> {
        let signs = |text: &str| text.matches('#').count();
        let text = &self.source.text;
        if signs(text) <= signs(&emit::document(root, text)) {
            return None;
        }
        let beginning = emit::leading_comment(text).len();
        let is_comment = |at: &usize| {
            let before = text.get(..*at).filter(|_| *at >= beginning);
            before.is_some_and(|it| it.is_empty() || it.ends_with(['\n', ' ', '\t']))
        };
        let comment = text.match_indices('#').map(|(at, _)| at).find(is_comment);
        let location = comment.map_or_else(
            || Location::whole_file(&self.source),
            |at| Location::of_bytes(&self.source, at..at + 1),
        );
        let finding = Finding::error(
            "accept/comments",
            "The document has comments below its beginning, which get lost when it is written anew.",
            "Move them to the beginning of the file, or to the Overlay where they are about a correction.",
        );
        Some(finding.at(location))
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
            ("\u{e9}: '#' # Two\n", Some("a.yaml:1:8")),
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
