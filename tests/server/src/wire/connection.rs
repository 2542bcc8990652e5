//! One connection: requests in, reactions out.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::header::{CONTENT_LENGTH, HeaderName, HeaderValue};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::outgoing::Outgoing;
use super::tap::{Control, Tap};
use super::{Answer, Reaction, Service};
use crate::record::RecordedRequest;

/// No body is kept beyond this size.
const BODY_LIMIT: usize = 32 << 20;

/// Serves one connection to its end.
pub(super) async fn serve(stream: TcpStream, peer: SocketAddr, service: Arc<dyn Service>) {
    let (tap, control) = Tap::new(stream);
    let answering =
        service_fn(|request| answer(request, peer, control.clone(), Arc::clone(&service)));
    // How a connection ends is the client's affair, or was asked for by a fault.
    let _ = hyper::server::conn::http1::Builder::new()
        .serve_connection(TokioIo::new(tap), answering)
        .await;
}

async fn answer(
    request: Request<Incoming>,
    peer: SocketAddr,
    control: Control,
    service: Arc<dyn Service>,
) -> io::Result<Response<Outgoing>> {
    let mut record = RecordedRequest::from_head(&control.take(), &request, peer, service.now());
    let fault = service.fault(&record);
    if fault
        .as_ref()
        .is_some_and(|fault| fault.is_before_reading())
    {
        service.record(record);
        return reset(&control);
    }
    match Limited::new(request.into_body(), BODY_LIMIT)
        .collect()
        .await
    {
        Ok(body) => record.set_body(body.to_bytes()),
        Err(_) => {
            service.record(record);
            return respond(Answer::error(413, "the body could not be read to its end"));
        }
    }
    // What is in the tap now is the framing of this body. The next request is yet to come, for clients do not pipeline.
    control.take();
    let reaction = match fault {
        None => service.respond(&record),
        Some(fault) if fault.is_applied() => fault.react(service.respond(&record)),
        Some(fault) => fault.react(Reaction::Answer(Answer::empty(200))),
    };
    service.record(record);
    perform(reaction, &control).await
}

async fn perform(reaction: Reaction, control: &Control) -> io::Result<Response<Outgoing>> {
    match reaction {
        Reaction::Answer(answer) => respond(answer),
        Reaction::Reset => reset(control),
        Reaction::Truncate { answer, keep } => {
            let body = Outgoing::cut(&answer.body, keep);
            declared(answer, body)
        }
        Reaction::Stall { answer, gate } => {
            gate.wait().await;
            respond(answer)
        }
        Reaction::Hold { answer, keep, gate } => {
            let body = Outgoing::held(&answer.body, keep, gate);
            declared(answer, body)
        }
        Reaction::Drip {
            answer,
            bytes,
            pause,
        } => {
            let body = Outgoing::drip(&answer.body, bytes, pause);
            declared(answer, body)
        }
    }
}

fn reset(control: &Control) -> io::Result<Response<Outgoing>> {
    control.reset();
    Err(io::Error::new(
        io::ErrorKind::ConnectionReset,
        "reset on purpose",
    ))
}

fn respond(answer: Answer) -> io::Result<Response<Outgoing>> {
    let body = Outgoing::whole(answer.body.clone());
    build(&answer, body)
}

/// Returns an answer that declares the length of its whole body, whatever of it is sent.
fn declared(answer: Answer, body: Outgoing) -> io::Result<Response<Outgoing>> {
    let mut response = build(&answer, body)?;
    let length = HeaderValue::from(answer.body.len());
    response.headers_mut().insert(CONTENT_LENGTH, length);
    Ok(response)
}

fn build(answer: &Answer, body: Outgoing) -> io::Result<Response<Outgoing>> {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(answer.status).map_err(unusable)?;
    for (name, value) in &answer.headers {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(unusable)?;
        let value = HeaderValue::from_maybe_shared(Bytes::from(value.clone())).map_err(unusable)?;
        response.headers_mut().append(name, value);
    }
    Ok(response)
}

fn unusable(error: impl std::error::Error + Send + Sync + 'static) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, error)
}
