//! A unified diff of which only the beginning is kept.

use std::time::Duration;

use similar::TextDiff;

use crate::diff::safe;

/// The number of lines of a diff that are kept.
const LIMIT: usize = 40;

/// The number of equal lines that are shown around a change.
const CONTEXT: usize = 3;

/// After how long a diff need not be the shortest one any more, which only huge files come to.
const PATIENCE: Duration = Duration::from_millis(500);

/// The longest line that is kept whole, in characters.
const WIDTH: usize = 200;

/// The beginning of a unified diff.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// Its first lines, without line breaks, and with control characters made visible.
    pub lines: Vec<String>,
    /// The number of lines that it has beyond these.
    pub more: usize,
}

impl Diff {
    /// The diff from the text on disk to the generated one.
    #[must_use]
    pub fn between(on_disk: &str, generated: &str) -> Self {
        let diff = TextDiff::configure()
            .timeout(PATIENCE)
            .diff_lines(on_disk, generated);
        let mut kept = Self::default();
        for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
            kept.add(|| hunk.header().to_string());
            for change in hunk.iter_changes() {
                let line = change.value().trim_end_matches('\n');
                kept.add(|| format!("{}{}", change.tag(), visible(line)));
                if change.missing_newline() {
                    kept.add(|| "\\ No newline at end of file".to_owned());
                }
            }
        }
        kept
    }

    /// Adds a line, or only counts it.
    fn add(&mut self, line: impl FnOnce() -> String) {
        if self.lines.len() < LIMIT {
            self.lines.push(line());
        } else {
            self.more += 1;
        }
    }
}

/// The line as a terminal may show it: long lines cut, and no character that drives it or turns what follows.
///
/// What descriptions in a document say ends up in generated files, and must not drive the terminal of
/// whoever reads the diff.
fn visible(line: &str) -> String {
    let shown: String = line.chars().take(WIDTH).collect();
    let cut = if line.chars().nth(WIDTH).is_some() {
        "…"
    } else {
        ""
    };
    safe(&shown) + cut
}
