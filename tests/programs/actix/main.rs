//! A handler of actix-web, whose types of HTTP are its own.

#[path = "../delivery.rs"]
mod delivery;

use actix_web::http::StatusCode;
use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::{App, HttpRequest, HttpResponse, web};
use delivery::{BODY, SIGNATURE, URL};
use qstash_api::http::Response;
use qstash_api::inbound::Reply;
use qstash_api::receiver::{Delivery, Receiver};

async fn order(receiver: web::Data<Receiver>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let header = |name: &str| Some(request.headers().get(name)?.as_bytes());
    let delivery = Delivery::new(header("upstash-signature"))
        .with_region(header("upstash-region"))
        .with_message_id(header("upstash-message-id"))
        .with_url(URL);
    let response: Response<String> = match receiver.verify(delivery, &body) {
        Ok(_) => Reply::delivered().into(),
        Err(rejection) => rejection.into(),
    };
    let status = StatusCode::from_u16(response.status().as_u16()).unwrap();
    let mut answer = HttpResponse::build(status);
    for (name, value) in response.headers() {
        answer.insert_header((name.as_str(), value.as_bytes()));
    }
    answer.body(response.into_body())
}

#[actix_web::main]
async fn main() {
    let app = App::new()
        .app_data(web::Data::new(delivery::receiver()))
        .route("/orders", web::post().to(order));
    let app = init_service(app).await;
    for (signature, status) in [(SIGNATURE, 200), ("", 401)] {
        let request = TestRequest::post()
            .uri("/orders")
            .insert_header(("Upstash-Signature", signature))
            .set_payload(BODY);
        let answer = call_service(&app, request.to_request()).await;
        assert_eq!(answer.status().as_u16(), status);
    }
}
