//! Serves QStash on the loopback interface until it is stopped.

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser;
use qstash_dev_server::{Plan, QStash};

/// A QStash server for development: no account, no network.
///
/// Prints the environment to export, then a line for each request, delivery, retry and refusal, until Ctrl-C. Messages
/// are really delivered, to loopback addresses alone, signed with the keys printed. The page at / shows what there is.
/// On port 8080, official clients find the server with `QSTASH_DEV=1`.
#[derive(Parser)]
#[command(name = "qstash-dev-server", version)]
struct Arguments {
    /// The port to bind; 0 stands for any that is free.
    #[arg(long, env = "QSTASH_DEV_PORT", default_value_t = 8080)]
    port: u16,
    /// The port that shows the page and the logs without a token [default: the port after --port].
    #[arg(long, env = "QSTASH_DEV_LOG_PORT")]
    log_port: Option<u16>,
    /// The plan whose limits hold: free, payg or pro.
    #[arg(long, env = "QSTASH_DEV_QUOTA", default_value = "payg")]
    quota: Plan,
    /// Says nothing but the environment.
    #[arg(long, short)]
    quiet: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match serve(&arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let hint = match error.kind() {
                io::ErrorKind::AddrInUse => {
                    "; choose others with --port and --log-port, or any with --port 0"
                }
                _ => "",
            };
            say(format_args!("{error}{hint}"));
            ExitCode::FAILURE
        }
    }
}

/// Writes a line to standard error. If that is closed, nobody is there to be told.
fn say(line: impl std::fmt::Display) {
    let _ = writeln!(io::stderr(), "qstash-dev-server: {line}");
}

async fn serve(arguments: &Arguments) -> io::Result<()> {
    let next = match arguments.port {
        0 => 0,
        port => port.checked_add(1).unwrap_or(0),
    };
    let mut builder = QStash::builder()
        .for_development()
        .port(arguments.port)
        .log_port(arguments.log_port.unwrap_or(next))
        .limits(arguments.quota.limits());
    if !arguments.quiet {
        builder = builder.observe(|event| say(event));
    }
    let server = builder.start().await?;
    let mut stop = std::pin::pin!(tokio::signal::ctrl_c());
    // Polled once before anything is printed, so that whoever has read the environment can interrupt.
    tokio::select! {
        biased;
        stopped = &mut stop => return stopped,
        () = std::future::ready(()) => {}
    }
    let mut out = io::stdout();
    write!(out, "{}", server.environment())?;
    out.flush()?;
    if !arguments.quiet {
        say(format_args!("{}/ shows what there is", server.url()));
        if let Some(url) = server.log_url() {
            say(format_args!("logs without a token: {url}"));
        }
    }
    stop.await
}
