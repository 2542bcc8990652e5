//! A loopback listener that can be closed and opened again on the same port.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::{Mutex, watch};
use tokio::task::JoinHandle;

use super::{Service, connection};

/// A listener and the connections it has accepted; all end when it is dropped.
pub(crate) struct Listener {
    address: SocketAddr,
    accepting: Mutex<Option<Accepting>>,
    service: Arc<dyn Service>,
}

struct Accepting {
    task: JoinHandle<()>,
    // Connections end when this is dropped.
    open: watch::Sender<()>,
}

impl Drop for Accepting {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Listener {
    /// Binds a port of the loopback interface (0 for any) without accepting yet.
    pub(crate) async fn bind(port: u16) -> io::Result<TcpListener> {
        let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
        bound.map_err(|error| io::Error::new(error.kind(), format!("port {port}: {error}")))
    }

    /// Starts to accept.
    pub(crate) fn start(socket: TcpListener, service: Arc<dyn Service>) -> io::Result<Self> {
        let address = socket.local_addr()?;
        let accepting = Mutex::new(Some(accept(socket, Arc::clone(&service))));
        Ok(Self {
            address,
            accepting,
            service,
        })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Closes the port and every connection, so that new ones are refused.
    pub(crate) async fn close(&self) {
        if let Some(mut accepting) = self.accepting.lock().await.take() {
            accepting.task.abort();
            // The port is closed once the task is gone; that it was aborted is the expected end.
            let _ = (&mut accepting.task).await;
            let open = accepting.open.clone();
            drop(accepting);
            drop_and_wait(open).await;
        }
    }

    /// Opens the port again after [`Self::close`].
    pub(crate) async fn open(&self) -> io::Result<()> {
        let mut accepting = self.accepting.lock().await;
        if accepting.is_none() {
            let socket = TcpListener::bind(self.address).await?;
            *accepting = Some(accept(socket, Arc::clone(&self.service)));
        }
        Ok(())
    }
}

/// Tells the connections to end and waits until they have.
async fn drop_and_wait(open: watch::Sender<()>) {
    open.send_replace(());
    open.closed().await;
}

fn accept(socket: TcpListener, service: Arc<dyn Service>) -> Accepting {
    let (open, _) = watch::channel(());
    let connections = open.clone();
    let task = tokio::spawn(async move {
        loop {
            match socket.accept().await {
                Ok((stream, peer)) => {
                    let serve = connection::serve(stream, peer, Arc::clone(&service));
                    let mut ended = connections.subscribe();
                    tokio::spawn(async move {
                        tokio::select! {
                            () = serve => {}
                            // An error means that every sender is gone, and the server with them.
                            _ = ended.changed() => {}
                        }
                    });
                }
                // Out of descriptors, or the peer was gone before we looked: the next one may be luckier.
                Err(_) => tokio::task::yield_now().await,
            }
        }
    });
    Accepting { task, open }
}
