//! Calls everything that the crate generated from `base.yaml` offers, in every way that its callers may:
//! this is who judges whether a change breaks them.
//!
//! It is compiled against the old and the new crate. Where it compiles, it runs both, and prints what was
//! sent and how each call ended, so that the two runs can be compared.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};

use subject::types::{Kind, NewPet, Order, Page, Pet, Problem};
use subject::{Client, Error};

/// Holds for every type of `base.yaml`.
const BODY: &str = r#"{"id":"1","name":"Rex","kind":"cat","age":3,"cursor":"c","message":"m","pets":[{"id":"1","name":"Rex"}]}"#;

fn main() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            answer(stream.unwrap());
        }
    });
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(calls(&url));
}

async fn calls(url: &str) {
    for (what, status) in [("success", 200), ("failure", 404), ("conflict", 409)] {
        println!("{what}");
        let url = format!("{url}/{status}");
        let client = Client::with_client(&url, reqwest::Client::new());

        let listed: Result<subject::Response<Page>, Error<Problem>> = client
            .list_pets()
            .limit(3_i64)
            .owner("ann".to_owned())
            .order(Order::Newest)
            .shop("s")
            .x_trace("t")
            .send()
            .await;
        ended(&listed);
        if let Ok(page) = listed {
            let page: Page = page.into_inner();
            let _: (Vec<Pet>, Option<String>) = (page.pets, page.cursor);
        }
        ended(&client.list_pets().shop("s").send().await);
        ended(&client.list_pets().send().await);

        let pet: NewPet = NewPet::builder().name("Rex").age(3).build().unwrap();
        let _: (String, Option<i64>) = (pet.name.clone(), pet.age);
        let added: Result<subject::Response<Pet>, Error<Problem>> =
            client.add_pet().body(pet).send().await;
        ended(&added);
        if let Err(Error::Service(problem)) = &added {
            let _: &String = &problem.message;
        }
        let built = client.add_pet().body(NewPet::builder().name("Rex"));
        ended(&built.send().await);
        ended(&client.add_pet().send().await);

        let got: Result<subject::Response<Pet>, Error> =
            client.get_pet().pet_id("1").send().await;
        ended(&got);
        if let Ok(pet) = got {
            let pet: Pet = pet.into_inner();
            let _: (String, String, Option<Kind>, Option<i64>) =
                (pet.id, pet.name, pet.kind.clone(), pet.age);
            match pet.kind {
                Some(Kind::Cat | Kind::Dog) | None => {}
                Some(_) => println!("another kind"),
            }
        }
        let deleted: Result<subject::Response<()>, Error> =
            client.delete_pet().pet_id("1").send().await;
        ended(&deleted);
        ended(&client.write_note().pet_id("1").body("text").send().await);
        ended(&client.write_note().pet_id("1").send().await);
    }
    match Order::Newest {
        Order::Oldest | Order::Newest => {}
        _ => println!("another order"),
    }
    let copied = Order::Oldest;
    let _: (Order, Order) = (copied, copied);
    let _: NewPet = NewPet::builder().name("n").try_into().unwrap();
    for text in ["cat", "fish"] {
        println!("{text}: {}", text.parse::<Kind>().is_ok());
    }
    let read = |text: &str| serde_json::from_str::<NewPet>(text).map(|pet| pet.age);
    println!("{:?}", read(r#"{"name":"Rex"}"#).ok());
    println!("{}", serde_json::from_str::<Pet>(r#"{"id":"1","name":"Rex"}"#).is_ok());
}

/// Prints how a call ended.
fn ended<T, E>(result: &Result<subject::Response<T>, Error<E>>) {
    println!(
        "  -> {}",
        match result {
            Ok(_) => "an answer",
            Err(Error::InvalidRequest(_)) => "refused before it was sent",
            Err(Error::Service(_)) => "an error that is described",
            Err(Error::Decode(..)) => "an answer that cannot be read",
            Err(_) => "another error",
        }
    );
}

/// Prints one request, and answers with the status that its path begins with.
fn answer(mut stream: TcpStream) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut lines: Vec<String> = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap() == 0 {
            return;
        }
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let length = lines.iter().find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    reader.read_exact(&mut body).unwrap();
    lines.retain(|line| !line.starts_with("host: "));
    println!("{}\n{}", lines.join("\n"), String::from_utf8(body).unwrap());
    let status = lines.first().and_then(|line| line.split('/').nth(1));
    let head = format!(
        "HTTP/1.1 {} X\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        status.unwrap(),
        BODY.len()
    );
    stream.write_all(format!("{head}{BODY}").as_bytes()).unwrap();
}
