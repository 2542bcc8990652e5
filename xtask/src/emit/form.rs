//! A document in the form of the file that it replaces.

use serde::de::IgnoredAny;
use serde_json::Value;

use super::yaml;

/// Returns a document as the text of a file that had the text `before`: JSON where that was JSON, or else YAML
/// below the comment that the file began with.
#[must_use]
pub fn document(root: &Value, before: &str) -> String {
    if serde_json::from_str::<IgnoredAny>(before).is_ok() {
        // The alternate form of a value is JSON on several lines.
        return format!("{root:#}\n");
    }
    format!("{}{}", leading_comment(before), yaml(root))
}

/// Returns the lines at the beginning of a text that are comments, or empty between comments.
#[must_use]
pub fn leading_comment(text: &str) -> &str {
    let mut end = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        if line.starts_with('#') {
            end = at;
        } else if !line.trim().is_empty() {
            break;
        }
    }
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{document, leading_comment};
    use serde_json::json;

    #[test]
    fn the_comment_at_the_beginning_is_kept_and_json_stays_json() {
        let root = json!({ "openapi": "3.1.0", "a": [1] });
        let cases = [
            (
                "# One\n#\n\n# Two\n\nopenapi: 3.1.0\n# Three\n",
                "# One\n#\n\n# Two\n",
            ),
            ("\n# One\nx: 1\n", "\n# One\n"),
            ("openapi: 3.1.0 # One\n", ""),
            ("# One", "# One"),
            ("", ""),
        ];
        for (before, comment) in cases {
            assert_eq!(leading_comment(before), comment, "{before:?}");
            let expected = format!("{comment}openapi: 3.1.0\na:\n  - 1\n");
            assert_eq!(document(&root, before), expected, "{before:?}");
        }
        assert_eq!(
            document(&root, "{ \"a\": 1 }"),
            "{\n  \"openapi\": \"3.1.0\",\n  \"a\": [\n    1\n  ]\n}\n"
        );
    }
}
