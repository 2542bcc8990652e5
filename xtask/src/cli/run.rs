//! Runs a command line from its arguments to its exit code.

use std::ffi::OsString;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use super::arguments::{
    Arguments, CodegenArguments, Command, DiffArguments, FailOn, WatchArguments,
};
use super::{color, text};
use crate::accept::{Request, accept, watch};
use crate::codegen::codegen;
use crate::finding::Findings;
use crate::{diff, report};

/// The exit code for output that could not be written.
const FAILED: u8 = 1;

/// The exit code for a report that has no place, a fault of the command line.
const UNUSABLE: u8 = 2;

/// The exit code for a change as grave as was asked for.
const REACHED: u8 = 4;

/// Does what the arguments ask for in a workspace, and returns the exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>, workspace: &Path) -> u8 {
    match Arguments::parse_from_args(arguments) {
        Ok(Arguments {
            command: Command::Codegen(arguments),
        }) => run_codegen(&arguments, workspace),
        Ok(Arguments {
            command: Command::Diff(arguments),
        }) => run_diff(&arguments, workspace),
        Ok(Arguments {
            command: Command::Watch(arguments),
        }) => run_watch(&arguments, workspace),
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
    let errors = compared.report(color::on_stderr(arguments.color));
    let (output, code) = match &compared.diff {
        None => (String::new(), FAILED),
        Some(found) => {
            let reached = |fail_on: FailOn| fail_on.is_reached(found.effect());
            let failed = arguments.fail_on.is_some_and(reached);
            let code = if failed { REACHED } else { 0 };
            (diff::render(found, arguments.format), code)
        }
    };
    finish(&output, &errors, code)
}

fn run_watch(arguments: &WatchArguments, workspace: &Path) -> u8 {
    let (news, report) = watch(&arguments.request(workspace));
    let (code, words) = news.told();
    let words = format!("{words}\n");
    match &arguments.report {
        None => finish(&report, &words, code),
        Some(path) => match std::fs::write(path, report) {
            Ok(()) => finish("", &words, code),
            Err(error) => {
                let message = format!(
                    "the report could not be written to {}: {error}\n",
                    path.display()
                );
                finish("", &message, UNUSABLE)
            }
        },
    }
}

fn run_codegen(arguments: &CodegenArguments, workspace: &Path) -> u8 {
    if let Some(request) = arguments.request(workspace) {
        return run_accept(&request, arguments);
    }
    let (outcome, findings) = codegen(&arguments.options(workspace));
    let text = text::render(&outcome);
    let errors = format!("{}{}", reported(&findings, arguments), text.summary);
    finish(&text.output, &errors, outcome.exit_code())
}

fn reported(findings: &Findings, arguments: &CodegenArguments) -> String {
    let color = color::on_stderr(arguments.color);
    if arguments.notes {
        report::render_all(findings, color)
    } else {
        report::render(findings, color)
    }
}

fn run_accept(request: &Request, arguments: &CodegenArguments) -> u8 {
    let (accepted, findings) = accept(request);
    let findings = reported(&findings, arguments);
    match accepted {
        Some(accepted) => {
            let text = text::accepted(&accepted);
            finish(&text.output, &format!("{findings}{}", text.summary), 0)
        }
        None => {
            let next = "the revision has not been taken in; mend what is listed and run the same command again\n";
            finish("", &format!("{findings}{next}"), FAILED)
        }
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
