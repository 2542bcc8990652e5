//! The decision to colour what is printed.

use std::ffi::OsStr;
use std::io::IsTerminal;

use clap::ColorChoice;

/// Returns whether standard error is to be coloured.
pub(super) fn on_stderr(choice: ColorChoice) -> bool {
    let terminal = std::io::stderr().is_terminal();
    decide(choice, terminal, |name| std::env::var_os(name))
}

/// Left to itself, a terminal is coloured, unless the environment says that it should not
/// (<https://no-color.org>) or cannot.
fn decide<T: AsRef<OsStr>>(
    choice: ColorChoice,
    terminal: bool,
    environment: impl Fn(&str) -> Option<T>,
) -> bool {
    let is = |name, value: &str| environment(name).is_some_and(|it| it.as_ref() == value);
    let unwanted = environment("NO_COLOR").is_some_and(|value| !value.as_ref().is_empty());
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => terminal && !unwanted && !is("TERM", "dumb"),
    }
}

#[cfg(test)]
mod tests {
    use super::decide;
    use clap::ColorChoice::{Always, Auto, Never};

    #[test]
    fn a_terminal_is_coloured_unless_somebody_objects() {
        let none = ("UNSET", "");
        let cases = [
            (Auto, true, none, true),
            (Auto, false, none, false),
            (Auto, true, ("NO_COLOR", "1"), false),
            (Auto, true, ("NO_COLOR", ""), true),
            (Auto, true, ("TERM", "dumb"), false),
            (Auto, true, ("TERM", "xterm"), true),
            (Always, false, ("NO_COLOR", "1"), true),
            (Never, true, none, false),
        ];
        for (choice, terminal, (known, value), expected) in cases {
            let environment = |name: &str| (known == name).then_some(value);
            assert_eq!(
                decide(choice, terminal, environment),
                expected,
                "{choice:?} {terminal} {known}={value}"
            );
        }
    }
}
