//! The changelog, in the form of <https://keepachangelog.com>: sections by version, the first of which is
//! called "Unreleased", and in each of them sections by kind of change.

use std::ops::Range;
use std::sync::Arc;

use crate::diff::ENTRY;
use crate::finding::Finding;
use crate::source::{Location, Source};

/// The section within "Unreleased" that entries go to.
const KIND: &str = "### Changed";

/// Returns the finding for a changelog that has no place for what is not released.
pub(super) fn without_heading(changelog: &Arc<Source>) -> Option<Finding> {
    let finding = Finding::error(
        "accept/no-unreleased",
        "The changelog has no heading `## Unreleased`, so the change has no place in it.",
        "Add the heading above the latest release.",
    );
    let section = unreleased(&changelog.text);
    section
        .is_none()
        .then(|| finding.at(Location::whole_file(changelog)))
}

/// Returns the changelog with an entry, a list item without a line end, at the end of the changes that are not
/// released; `None` where it is the last of its kind there already, or has no place.
///
/// An earlier entry may say the same: what was added, removed and added again is there in the end.
pub(super) fn enter(changelog: &str, entry: &str) -> Option<String> {
    let section = unreleased(changelog)?;
    let body = changelog.get(section.clone())?;
    let last = body
        .rfind(ENTRY)
        .and_then(|at| body.get(at..)?.strip_prefix(entry));
    if last.is_some_and(|rest| !rest.starts_with("\n  ")) {
        return None;
    }
    let headings = headings(body);
    let is_kind =
        |it: &(usize, Range<usize>)| body.get(it.1.clone()).is_some_and(|it| it.trim() == KIND);
    let kind = headings.iter().position(is_kind);
    let next = kind.and_then(|kind| headings.get(kind + 1));
    let end = section.start + next.map_or(body.len(), |(_, next)| next.start);
    let (before, after) = changelog.split_at_checked(end)?;
    let (before, after) = (before.trim_end(), after.trim());
    let is_list = before
        .rsplit('\n')
        .next()
        .is_some_and(|line| line.starts_with(['-', ' ', '\t']));
    let between = match kind {
        None => format!("\n{KIND}\n\n"),
        Some(_) if is_list => String::new(),
        Some(_) => "\n".to_owned(),
    };
    let text = format!("{before}\n{between}{entry}\n\n{after}");
    Some(text.trim_end().to_owned() + "\n")
}

/// Returns the section "Unreleased" below its heading, without the link targets at the end of a file.
fn unreleased(text: &str) -> Option<Range<usize>> {
    let mut headings = headings(text).into_iter().filter(|(level, _)| *level == 2);
    let is_unreleased = |(_, line): &(usize, Range<usize>)| {
        // Also as a link, and with a date behind it.
        let line = text
            .get(line.clone())
            .unwrap_or_default()
            .trim_start_matches(['#', ' ', '[']);
        let word = line.split(|c: char| !c.is_alphanumeric()).next();
        word.is_some_and(|word| word.eq_ignore_ascii_case("unreleased"))
    };
    let (_, heading) = headings.find(is_unreleased)?;
    if let Some((_, next)) = headings.next() {
        return Some(heading.end..next.start);
    }
    let lines = text.get(heading.end..)?.split_inclusive('\n');
    let is_end =
        |line: &&str| line.trim().is_empty() || line.starts_with('[') && line.contains("]: ");
    let tail: usize = lines.rev().take_while(is_end).map(str::len).sum();
    Some(heading.end..text.len() - tail)
}

/// Returns the levels and places of all headings of the second and the third level outside of blocks of code.
fn headings(text: &str) -> Vec<(usize, Range<usize>)> {
    let (mut at, mut in_code) = (0, false);
    let headings = text.split_inclusive('\n').filter_map(|line| {
        let place = at..at + line.len();
        at = place.end;
        in_code ^= line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        let title = line.trim_start_matches('#');
        let level = line.len() - title.len();
        let is_heading = !in_code && title.starts_with(' ') && (2..=3).contains(&level);
        is_heading.then_some((level, place))
    });
    headings.collect()
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
