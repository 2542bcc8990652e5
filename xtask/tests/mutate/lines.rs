//! The text of a document with lines changed: what an editor, a merge or a broken transfer does.

use super::{Random, TEXTS};

/// Changes one line or a few.
pub(crate) fn change_lines(text: &str, random: &mut Random) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.is_empty() {
        return "\n".to_owned();
    }
    let at = random.below(lines.len());
    let other = random.below(lines.len());
    let column = random.below(lines[at].chars().count() + 1);
    match random.below(9) {
        0 => drop(lines.remove(at)),
        1 => {
            let line = lines[at].clone();
            lines.insert(other, line);
        }
        2 => lines.swap(at, other),
        3 => lines[at].insert_str(0, "  "),
        4 => lines[at] = lines[at].trim_start().to_owned(),
        5 => lines[at] = lines[at].chars().take(column).collect(),
        6 => {
            let (before, after): (String, String) = (
                lines[at].chars().take(column).collect(),
                lines[at].chars().skip(column).collect(),
            );
            let text = random.pick(&TEXTS);
            lines[at] = format!("{before}{text}{after}");
        }
        // The rest of the document is missing.
        7 => lines.truncate(at),
        _ => lines.insert(at, "<<<<<<< ours".to_owned()),
    }
    lines.join("\n") + "\n"
}
