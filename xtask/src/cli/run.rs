//! Runs a command line from its arguments to its exit code.

use std::ffi::OsString;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use super::arguments::{Arguments, CodegenArguments, Command};
use super::{color, text};
use crate::codegen::codegen;
use crate::report;

/// The exit code for output that could not be written.
const FAILED: u8 = 1;

/// Does what the arguments ask for in a workspace, and returns the exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>, workspace: &Path) -> u8 {
    match Arguments::parse_from_args(arguments) {
        Ok(Arguments {
            command: Command::Codegen(arguments),
        }) => run_codegen(&arguments, workspace),
        Err(error) => {
            // Nobody is left to hear that the message cannot be printed.
            let _ = error.print();
            u8::try_from(error.exit_code()).unwrap_or(FAILED)
        }
    }
}

fn run_codegen(arguments: &CodegenArguments, workspace: &Path) -> u8 {
    let (outcome, findings) = codegen(&arguments.options(workspace));
    let text = text::render(&outcome);
    let errors = format!(
        "{}{}",
        report::render(&findings, color::on_stderr(arguments.color)),
        text.summary
    );
    let printed = print(&mut io::stdout().lock(), &text.output);
    let _ = print(&mut io::stderr().lock(), &errors);
    match printed {
        Ok(()) => outcome.exit_code(),
        Err(error) => {
            let message = format!("the output could not be written: {error}\n");
            let _ = print(&mut io::stderr().lock(), &message);
            outcome.exit_code().max(FAILED)
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
