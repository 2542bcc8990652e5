//! What to say when the parser gives up.

use granit_parser::{ErrorKind, Marker, ScanError};

use super::MAX_DEPTH;
use crate::finding::Finding;

/// The place of an error of the parser, and the finding for it.
pub(super) fn finding(error: &ScanError, text: &str) -> (Marker, Finding) {
    use ErrorKind as Kind;
    let at = *error.marker();
    let said = error.info();
    let finding = match error.kind() {
        Kind::RecursionLimitExceeded => too_deep(),
        Kind::UnexpectedCharacter { character } if is_control(*character) => {
            return control_character(at, text);
        }
        Kind::UnknownAnchor => Finding::error(
            "load/unknown-alias",
            "This alias names an anchor that does not stand before it.",
            "Put the value in quotes if the asterisk is meant as text, or correct the name.",
        ),
        Kind::TabNotAllowed
        | Kind::TabInBlockIndentation
        | Kind::TabAtBlockScalarStart
        | Kind::TabInIndentation
        | Kind::TabInPlainScalar => Finding::error(
            "load/tab",
            format!("A tab stands where YAML wants spaces: {said}."),
            "Indent with spaces.",
        ),
        Kind::UnclosedQuotedScalar
        | Kind::UnclosedFlowCollection { .. }
        | Kind::UnexpectedEof
        | Kind::UnexpectedEofFlowSequence
        | Kind::UnexpectedEofFlowMapping
        | Kind::UnexpectedEofImplicitFlowMapping
        | Kind::UnexpectedEofBlockSequence
        | Kind::UnexpectedEofBlockMapping => Finding::error(
            "load/truncated",
            format!("The file ends before this is complete: {said}."),
            "Close what is open, or fetch the file again if its end is missing.",
        ),
        Kind::MissingLowSurrogate
        | Kind::InvalidLowSurrogate
        | Kind::InvalidLowSurrogateHexEscape
        | Kind::UnpairedLowSurrogate => Finding::error(
            "load/syntax",
            "An escape in this string stands for half a character.",
            "Write the character itself, or as `\\U` and eight hexadecimal digits.",
        ),
        kind => {
            let next = match kind {
                Kind::MappingValueNotAllowed => {
                    "Put the value in quotes if the colon belongs to it, or correct the indentation."
                }
                Kind::InvalidIndentation | Kind::InvalidBlockScalarIndent => {
                    "Indent all lines of a value further than its key."
                }
                Kind::UnexpectedCharacter { .. } => {
                    "Put the value in quotes if the character belongs to it."
                }
                _ => "Correct the syntax here or on the lines just above.",
            };
            Finding::error(
                "load/syntax",
                format!("This is not valid YAML: {said}."),
                next,
            )
        }
    };
    (at, finding)
}

pub(super) fn too_deep() -> Finding {
    Finding::error(
        "load/too-deep",
        format!("More than {MAX_DEPTH} collections stand inside one another here."),
        "Move the inner schemas to components and use `$ref`.",
    )
}

/// The finding for the first control character from a place on; the parser names the beginning of its token.
fn control_character(token: Marker, text: &str) -> (Marker, Finding) {
    let rest = text
        .get(token.byte_offset().unwrap_or_default()..)
        .unwrap_or_default();
    let found = rest.chars().position(is_control);
    let code = found
        .and_then(|at| rest.chars().nth(at))
        .map_or(0, u32::from);
    let at = Marker::new(
        token.index(),
        token.line(),
        token.col() + found.unwrap_or_default(),
    );
    let finding = Finding::error(
        "load/control-character",
        format!("The control character U+{code:04X} may not stand in a document."),
        "Delete the character, or write it as an escape in a quoted string.",
    );
    (at, finding)
}

fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}
