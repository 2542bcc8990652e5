//! Serves QStash on the loopback interface until it is stopped.

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser;
use qstash_dev_server::QStash;

/// A QStash server for development: no account, no network.
///
/// Prints the environment to export, then serves until Ctrl-C. Messages are really delivered, to loopback addresses
/// alone, signed with the keys printed. On port 8080, official clients find it with `QSTASH_DEV=1`.
#[derive(Parser)]
#[command(name = "qstash-dev-server", version)]
struct Arguments {
    /// The port to bind; 0 stands for any that is free.
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

#[tokio::main]
async fn main() -> ExitCode {
    let Arguments { port } = Arguments::parse();
    match serve(port).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let hint = match error.kind() {
                io::ErrorKind::AddrInUse => "; choose another with --port, or any with --port 0",
                _ => "",
            };
            // If standard error is closed, nobody is there to be told.
            let _ = writeln!(
                io::stderr(),
                "qstash-dev-server: port {port}: {error}{hint}"
            );
            ExitCode::FAILURE
        }
    }
}

async fn serve(port: u16) -> io::Result<()> {
    let server = QStash::builder()
        .for_development()
        .port(port)
        .start()
        .await?;
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
    stop.await
}
