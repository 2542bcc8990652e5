//! The changelog, in the form of <https://keepachangelog.com>: sections by version, the first of which is
//! called "Unreleased", and in each of them sections by kind of change.

use std::sync::Arc;

use crate::diff::ENTRY;
use crate::finding::{Finding, Location};
use crate::source::Source;

/// The section within "Unreleased" that entries go to.
const KIND: &str = "### Changed";

/// The finding for a changelog that has no place for what is not released.
pub(super) fn without_heading(changelog: &Arc<Source>) -> Option<Finding> {
    let lines: Vec<&str> = changelog.text.lines().collect();
    let finding = Finding::error(
        "accept/no-unreleased",
        "The changelog has no heading `## Unreleased`, so the change has no place in it.",
        "Add the heading above the latest release.",
    );
    section(&lines)
        .is_none()
        .then(|| finding.at(Location::whole_file(changelog)))
}

/// The changelog with an entry, a list item without a line end, at the end of the changes that are not released;
/// `None` where it is the last of its kind there already, or has no place.
///
/// An earlier entry may say the same: what was added, removed and added again is there in the end.
pub(super) fn enter(changelog: &str, entry: &str) -> Option<String> {
    let lines: Vec<&str> = changelog.lines().collect();
    let section = section(&lines)?;
    if is_last(&lines, &section, entry) {
        return None;
    }
    let headings = headings(&lines, 3);
    let kind = headings
        .iter()
        .position(|at| section.contains(at) && lines.get(*at).is_some_and(|it| it.trim() == KIND));
    let end = match kind {
        Some(kind) => headings
            .get(kind + 1)
            .map_or(section.end, |next| section.end.min(*next)),
        None => section.end,
    };
    let begins = lines.get(..end).unwrap_or_default();
    let last = begins.iter().rposition(|line| !line.trim().is_empty());
    let (before, after) = lines.split_at(last.map_or(end, |last| last + 1));
    let continues = before.last().is_some_and(|line| {
        kind.is_some() && (line.starts_with("- ") || line.starts_with([' ', '\t']))
    });
    let mut text: Vec<&str> = before.to_vec();
    if !continues {
        text.push("");
    }
    if kind.is_none() {
        text.extend([KIND, ""]);
    }
    text.extend(entry.lines());
    if after.iter().any(|line| !line.trim().is_empty()) {
        let blank = after.first().is_some_and(|line| line.trim().is_empty());
        text.extend((!blank).then_some(""));
        text.extend(after);
    }
    Some(text.join("\n") + "\n")
}

/// The lines of the section "Unreleased" below its heading, without the link targets at the end of a file.
fn section(lines: &[&str]) -> Option<std::ops::Range<usize>> {
    let headings = headings(lines, 2);
    let at = headings
        .iter()
        .position(|at| lines.get(*at).is_some_and(|line| is_unreleased(line)))?;
    let start = headings.get(at)? + 1;
    let end = headings.get(at + 1).copied().unwrap_or_else(|| {
        let is_end = |line: &&str| line.trim().is_empty() || is_link_target(line);
        let content = lines.iter().rposition(|line| !is_end(line));
        content.map_or(lines.len(), |last| last + 1)
    });
    Some(start..end.max(start))
}

/// The numbers of the lines that are headings of at most this level and more than the title, outside of
/// blocks of code.
fn headings(lines: &[&str], most: usize) -> Vec<usize> {
    let mut fence: Option<&str> = None;
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let mark = ["```", "~~~"]
            .into_iter()
            .find(|mark| line.trim_start().starts_with(mark));
        match (fence, mark) {
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, Some(mark)) => fence = Some(mark),
            (None, None) => {
                let level = line.chars().take_while(|c| *c == '#').count();
                let is_heading = line.get(level..).is_some_and(|rest| rest.starts_with(' '));
                if is_heading && (2..=most).contains(&level) {
                    found.push(at);
                }
            }
            _ => {}
        }
    }
    found
}

/// `## Unreleased`, also as a link and with a date behind it.
fn is_unreleased(heading: &str) -> bool {
    let title = heading.trim_start_matches(['#', ' ', '[']);
    let word: String = title.chars().take_while(|c| c.is_alphanumeric()).collect();
    word.eq_ignore_ascii_case("unreleased")
}

/// `[1.0.0]: https://…`
fn is_link_target(line: &str) -> bool {
    line.starts_with('[') && line.contains("]: ")
}

/// Returns whether the last entry in the section that a revision has left is this one.
fn is_last(lines: &[&str], section: &std::ops::Range<usize>, entry: &str) -> bool {
    let lines = lines.get(section.clone()).unwrap_or_default();
    let last = lines.iter().rposition(|line| line.starts_with(ENTRY));
    let rest = last.and_then(|last| lines.get(last..)).unwrap_or_default();
    let (found, entry): (Vec<_>, Vec<_>) = (rest.to_vec(), entry.lines().collect());
    found.starts_with(&entry)
        && found
            .get(entry.len())
            .is_none_or(|next| !next.starts_with("  "))
}

#[cfg(test)]
mod tests {
    use super::enter;

    const ENTRY: &str = "- The API follows version `2`:\n  - One.";
    const OTHER: &str = "- The API follows version `1`:\n  - One.";

    #[test]
    fn an_entry_goes_to_the_end_of_the_changes_that_are_not_released_and_once() {
        let cases = [
            (
                "# C\n\n## Unreleased\n",
                "# C\n\n## Unreleased\n\n### Changed\n\n- The API follows version `2`:\n  - One.\n",
            ),
            (
                "# C\n\n## [Unreleased](https://a) - soon\n\n## 1.0\n\n- Old.\n",
                "# C\n\n## [Unreleased](https://a) - soon\n\n### Changed\n\n- The API follows version `2`:\n  - One.\n\n## 1.0\n\n- Old.\n",
            ),
            (
                "## Unreleased\n\nSoon.\n\n### Added\n\n- A.\n\n## 1.0\n### Changed\n- Old.\n",
                "## Unreleased\n\nSoon.\n\n### Added\n\n- A.\n\n### Changed\n\n- The API follows version `2`:\n  - One.\n\n## 1.0\n### Changed\n- Old.\n",
            ),
            (
                "## Unreleased\n### Changed\n\n- C,\n  and more.\n\n### Fixed\n\n- F.\n",
                "## Unreleased\n### Changed\n\n- C,\n  and more.\n- The API follows version `2`:\n  - One.\n\n### Fixed\n\n- F.\n",
            ),
            (
                "## Unreleased\n### Changed\n## 1.0",
                "## Unreleased\n### Changed\n\n- The API follows version `2`:\n  - One.\n\n## 1.0\n",
            ),
            (
                "## [Unreleased]\n\n- A.\n\n[Unreleased]: https://a\n[1.0]: https://b\n",
                "## [Unreleased]\n\n- A.\n\n### Changed\n\n- The API follows version `2`:\n  - One.\n\n[Unreleased]: https://a\n[1.0]: https://b\n",
            ),
            (
                "## unreleased\n```md\n## 1.0\n### Changed\n```\n",
                "## unreleased\n```md\n## 1.0\n### Changed\n```\n\n### Changed\n\n- The API follows version `2`:\n  - One.\n",
            ),
        ];
        for (before, after) in cases {
            assert_eq!(enter(before, ENTRY).as_deref(), Some(after), "{before}");
            assert_eq!(enter(after, ENTRY), None, "{before}");
            let again = enter(after, OTHER).and_then(|text| enter(&text, ENTRY));
            let again = again.expect("the last word is another one");
            assert_eq!(again.matches(ENTRY).count(), 2, "{again}");
        }
    }

    #[test]
    fn an_entry_of_a_release_is_not_one_of_those_to_come() {
        let before =
            "## Unreleased\n\n## 1.0\n\n### Changed\n\n- The API follows version `2`:\n  - One.\n";
        assert!(enter(before, ENTRY).is_some());
    }

    #[test]
    fn a_changelog_without_the_heading_is_left_alone() {
        for text in [
            "",
            "# C\n",
            "# Unreleased\n",
            "### Unreleased\n",
            "## Unreleasedly\n",
            "```\n## Unreleased\n```\n",
            "##Unreleased\n",
        ] {
            assert_eq!(enter(text, ENTRY), None, "{text}");
            let finding = super::without_heading(&super::Source::new("c.md", text));
            assert!(finding.is_some(), "{text}");
        }
    }
}
