//! A socket that keeps what it reads and can be made to break.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// A socket below hyper.
pub(super) struct Tap {
    stream: TcpStream,
    control: Control,
}

/// The other end of a [`Tap`].
#[derive(Clone, Default)]
pub(super) struct Control {
    read: Arc<Mutex<Vec<u8>>>,
    reset: Arc<AtomicBool>,
}

impl Control {
    /// Takes what was read since the last time.
    pub(super) fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.read.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Lets the socket end with a reset instead of a proper close.
    pub(super) fn reset(&self) {
        self.reset.store(true, Ordering::Release);
    }
}

impl Tap {
    pub(super) fn new(stream: TcpStream) -> (Self, Control) {
        // Answers leave in small pieces; waiting to join them would cost each one tens of milliseconds. Should this
        // fail, everything still arrives.
        let _ = stream.set_nodelay(true);
        let control = Control::default();
        let tap = Self {
            stream,
            control: control.clone(),
        };
        (tap, control)
    }

    fn broken(&self) -> io::Result<()> {
        if self.control.reset.load(Ordering::Acquire) {
            return Err(io::Error::new(
                io::ErrorKind::ConnectionReset,
                "reset on purpose",
            ));
        }
        Ok(())
    }
}

impl Drop for Tap {
    fn drop(&mut self) {
        if self.broken().is_err() {
            // With no time to linger, the kernel sends RST when the socket closes. Should this fail, the peer sees a
            // connection that ends without an answer, which is no answer either.
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Tap {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.broken()?;
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(cx, buffer);
        if let Some(read) = buffer.filled().get(before..) {
            let mut kept = self
                .control
                .read
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            kept.extend_from_slice(read);
        }
        polled
    }
}

impl AsyncWrite for Tap {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.broken()?;
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        // A shutdown would send FIN before the reset.
        self.broken()?;
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
