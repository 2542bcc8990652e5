//! Runs a command line from its arguments to its exit code.

use std::ffi::OsString;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;

use clap::{ColorChoice, Parser};

use super::arguments::{Arguments, CodegenArguments, Command, DiffArguments, WatchArguments};
use super::text;
use crate::accept::{Request, accept, watch};
use crate::codegen::{Tree, codegen};
use crate::config::Mode;
use crate::finding::Findings;
use crate::{diff, report};

/// The exit code for findings that end a run, and for output that could not be written.
const FAILED: u8 = 1;

/// The exit code for a wrong command line, such as a report that cannot be written where it says.
const USAGE: u8 = 2;

/// The exit code for a check that failed: the files are stale, or a change is as grave as asked about.
const CHECK_FAILED: u8 = 4;

/// Does what the arguments ask for in a workspace, and returns the exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>, workspace: &Path) -> u8 {
    match Arguments::try_parse_from(arguments).map(|arguments| arguments.command) {
        Ok(Command::Codegen(arguments)) => match arguments.request(workspace) {
            Some(request) => run_accept(&request, &arguments),
            None => run_codegen(&arguments, workspace),
        },
        Ok(Command::Diff(arguments)) => run_diff(&arguments, workspace),
        Ok(Command::Watch(arguments)) => run_watch(&arguments, workspace),
        Err(error) => usage(&error),
    }
}

/// Prints what is wrong with the command line, or the help that was asked for.
fn usage(error: &clap::Error) -> u8 {
    // Nobody is left to hear that the message cannot be printed.
    let _ = error.print();
    u8::try_from(error.exit_code()).unwrap_or(FAILED)
}

fn run_diff(arguments: &DiffArguments, workspace: &Path) -> u8 {
    let sides = match arguments.options(workspace) {
        Ok(sides) => sides,
        Err(error) => return usage(&error),
    };
    let compared = diff::compare_options(&sides);
    let errors = compared.report(is_colored(arguments.color));
    let Some(found) = &compared.diff else {
        return finish("", &errors, FAILED);
    };
    let is_reached = arguments
        .fail_on
        .is_some_and(|least| found.effect() >= Some(least));
    let code = if is_reached { CHECK_FAILED } else { 0 };
    finish(&diff::render(found, arguments.format), &errors, code)
}

fn run_watch(arguments: &WatchArguments, workspace: &Path) -> u8 {
    let (news, report) = watch(&arguments.request(workspace));
    let (code, words) = news.outcome();
    let words = format!("{words}\n");
    let Some(path) = &arguments.report else {
        return finish(&report, &words, code);
    };
    match std::fs::write(path, report) {
        Ok(()) => finish("", &words, code),
        Err(error) => {
            let path = path.display();
            let message = format!("the report could not be written to {path}: {error}\n");
            finish("", &message, USAGE)
        }
    }
}

fn run_codegen(arguments: &CodegenArguments, workspace: &Path) -> u8 {
    let options = arguments.options(workspace);
    let (tree, findings) = codegen(&options);
    let text = tree.as_ref().map(|it| text::tree(it, options.mode));
    let text = text.unwrap_or_default();
    let errors = reported(&findings, arguments) + &text.summary;
    finish(
        &text.output,
        &errors,
        exit_code(tree.as_ref(), options.mode),
    )
}

/// Returns the exit code of a run of codegen.
#[must_use]
pub fn exit_code(tree: Option<&Tree>, mode: Mode) -> u8 {
    match tree {
        None => FAILED,
        Some(tree) if mode == Mode::Check && !tree.comparison.is_fresh() => CHECK_FAILED,
        Some(_) => 0,
    }
}

fn run_accept(request: &Request, arguments: &CodegenArguments) -> u8 {
    let (accepted, findings) = accept(request);
    let findings = reported(&findings, arguments);
    match accepted {
        Some(accepted) => {
            let text = text::accepted(&accepted);
            finish(&text.output, &(findings + &text.summary), 0)
        }
        None => {
            let next = "the revision has not been taken in; mend what is listed and run the same command again\n";
            finish("", &format!("{findings}{next}"), FAILED)
        }
    }
}

fn reported(findings: &Findings, arguments: &CodegenArguments) -> String {
    let color = is_colored(arguments.color);
    if arguments.notes {
        report::render_all(findings, color)
    } else {
        report::render(findings, color)
    }
}

/// Decides on colour for standard error. Left to itself, a terminal is, unless the environment says that it
/// should not (<https://no-color.org>) or cannot.
fn is_colored(choice: ColorChoice) -> bool {
    let is_unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => io::stderr().is_terminal() && !is_unwanted && !is_dumb,
    }
}

/// Prints both texts, and returns the exit code.
fn finish(output: &str, errors: &str, code: u8) -> u8 {
    let printed = print(&mut io::stdout().lock(), output);
    let _ = print(&mut io::stderr().lock(), errors);
    match printed {
        Ok(()) => code,
        Err(error) => {
            let message = format!("the output could not be written: {error}\n");
            let _ = print(&mut io::stderr().lock(), &message);
            code.max(FAILED)
        }
    }
}

/// Prints, unless nobody reads: a pipe that was closed at the other end is no failure.
fn print(stream: &mut dyn Write, text: &str) -> io::Result<()> {
    match stream
        .write_all(text.as_bytes())
        .and_then(|()| stream.flush())
    {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

#[cfg(test)]
mod tests {
    use super::print;
    use std::io::{self, ErrorKind, Write};

    /// A stream that fails like this.
    struct Failing(ErrorKind);

    impl Write for Failing {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_closed_pipe_is_no_failure_and_a_full_disk_is_one() {
        assert!(print(&mut Failing(ErrorKind::BrokenPipe), "text").is_ok());
        assert!(print(&mut Failing(ErrorKind::StorageFull), "text").is_err());
    }
}
