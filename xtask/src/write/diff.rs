//! A unified diff of which only the beginning is kept.

use similar::TextDiff;

/// How many lines of a diff are kept.
const LIMIT: usize = 40;

/// How many equal lines are shown around a change.
const CONTEXT: usize = 3;

/// The longest line that is kept whole, in characters.
const WIDTH: usize = 200;

/// The beginning of a unified diff.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// Its first lines, without line breaks, and with control characters made visible.
    pub lines: Vec<String>,
    /// How many more lines it has.
    pub more: usize,
}

impl Diff {
    /// The diff from the text on disk to the generated one.
    #[must_use]
    pub fn between(on_disk: &str, generated: &str) -> Self {
        let diff = TextDiff::from_lines(on_disk, generated);
        let mut lines = Vec::new();
        let mut more = 0;
        for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
            let header = hunk.header().to_string();
            let changes = hunk.iter_changes().map(|change| {
                (
                    change.tag().to_string(),
                    change.value(),
                    change.missing_newline(),
                )
            });
            let mut add = |line: String| {
                if lines.len() < LIMIT {
                    lines.push(line);
                } else {
                    more += 1;
                }
            };
            add(header);
            for (tag, value, missing_newline) in changes {
                add(format!("{tag}{}", visible(value.trim_end_matches('\n'))));
                if missing_newline {
                    add("\\ No newline at end of file".to_owned());
                }
            }
        }
        Self { lines, more }
    }
}

/// The line as a terminal may show it: long lines cut, control characters escaped.
///
/// What descriptions in a document say ends up in generated files, and must not drive the terminal of
/// whoever reads the diff.
fn visible(line: &str) -> String {
    let mut shown: String = line
        .chars()
        .take(WIDTH)
        .flat_map(|c| {
            let plain = c == '\t' || !c.is_control();
            let escaped = (!plain).then(|| c.escape_default());
            plain
                .then_some(c)
                .into_iter()
                .chain(escaped.into_iter().flatten())
        })
        .collect();
    if line.chars().nth(WIDTH).is_some() {
        shown.push('…');
    }
    shown
}
