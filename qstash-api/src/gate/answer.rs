//! Answers, read to their end.

use bytes::BytesMut;
use http::HeaderValue;
use reqwest::Response;

use crate::error;
use crate::generated::runtime::{Content, Received};
use crate::token::Token;

/// Reads the whole body, so that an answer that breaks off is a failure of the attempt.
///
/// Most bodies come in one piece, and cost nothing but the place that they are kept in.
pub(super) async fn read(mut response: Response) -> reqwest::Result<Received> {
    let mut body = response.chunk().await?.unwrap_or_default();
    let mut more = BytesMut::new();
    while let Some(chunk) = response.chunk().await? {
        if more.is_empty() {
            more.extend_from_slice(&body);
        }
        more.extend_from_slice(&chunk);
    }
    if !more.is_empty() {
        body = more.freeze();
    }
    let mut received = Received::unread(response);
    received.content = Content::Read(body);
    Ok(received)
}

/// Returns whether an answer of success is one that an error may quote.
pub(super) fn is_quotable(answer: &Received) -> bool {
    matches!(&answer.content, Content::Read(body) if error::is_quotable(body))
}

/// Takes the token out of an answer that repeats it: its body and its headers end up in errors.
#[inline]
pub(super) fn hide(answer: &mut Received, token: &Token) {
    let spellings = spellings(token);
    for value in answer.headers.values_mut() {
        if let Some(hidden) = without(value.as_bytes(), &spellings) {
            *value = HeaderValue::from_bytes(&hidden).unwrap_or(HeaderValue::from_static("***"));
        }
    }
    if let Content::Read(body) = &mut answer.content
        && let Some(hidden) = without(body, &spellings)
    {
        *body = hidden.into();
    }
}

/// A token shorter than this is none of the service's, but a word that may well stand in a message.
const SHORTEST: usize = 8;

/// The token as it is, as it stands in a query with either case of the digits, and as JSON may escape it.
fn spellings(token: &Token) -> Vec<String> {
    let token = token.expose();
    if token.len() < SHORTEST {
        return Vec::new();
    }
    let encoded = form_urlencoded(token);
    vec![
        token.to_owned(),
        encoded
            .replace("%2B", "%2b")
            .replace("%2F", "%2f")
            .replace("%3D", "%3d"),
        encoded,
        token.replace('/', "\\/"),
    ]
}

/// The token as [`CredentialsIn::Query`](crate::CredentialsIn::Query) has it in the query.
fn form_urlencoded(token: &str) -> String {
    let mut encoded = String::with_capacity(token.len());
    for character in token.chars() {
        match character {
            '*' | '-' | '.' | '_' | '0'..='9' | 'A'..='Z' | 'a'..='z' => encoded.push(character),
            // A token is ASCII, so a character is a byte.
            _ => encoded.push_str(&format!("%{:02X}", u32::from(character))),
        }
    }
    encoded
}

/// `text` with asterisks in place of every spelling, or `None` where none stands in it.
fn without(text: &[u8], spellings: &[String]) -> Option<Vec<u8>> {
    let (mut rest, mut hidden, mut found) = (text, Vec::with_capacity(text.len()), false);
    while let Some((first, tail)) = rest.split_first() {
        let after = spellings
            .iter()
            .find_map(|spelling| rest.strip_prefix(spelling.as_bytes()));
        match after {
            Some(after) => {
                hidden.extend_from_slice(b"***");
                (rest, found) = (after, true);
            }
            None => {
                hidden.push(*first);
                rest = tail;
            }
        }
    }
    found.then_some(hidden)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    fn answer(body: &'static str) -> Received {
        let mut answer = Received::unread(Response::from(http::Response::new("")));
        answer.content = Content::Read(Bytes::from_static(body.as_bytes()));
        answer
    }

    fn body(answer: &Received) -> &Bytes {
        match &answer.content {
            Content::Read(body) => body,
            Content::Broken(_) | Content::Unread(_) => panic!("a body that was not read"),
        }
    }

    #[test]
    fn an_answer_that_repeats_the_token_hides_it_in_every_spelling() {
        let token = Token::new("eyJ+s3cr3t/x==").unwrap();
        for (text, hidden) in [
            ("nothing here", "nothing here"),
            ("eyJ+s3cr3t/x==", "***"),
            ("a eyJ+s3cr3t/x== b eyJ+s3cr3t/x==", "a *** b ***"),
            (
                "/v2/keys?qstash_token=eyJ%2Bs3cr3t%2Fx%3D%3D&a=1",
                "/v2/keys?qstash_token=***&a=1",
            ),
            (
                "/v2/keys?qstash_token=eyJ%2bs3cr3t%2fx%3d%3d",
                "/v2/keys?qstash_token=***",
            ),
            (r#"{"error":"eyJ+s3cr3t\/x=="}"#, r#"{"error":"***"}"#),
        ] {
            let mut answer = answer(text);
            answer
                .headers
                .insert("location", HeaderValue::from_static(text));
            hide(&mut answer, &token);
            assert_eq!(body(&answer), hidden);
            assert_eq!(answer.headers["location"], hidden);
        }
    }

    #[test]
    fn a_short_token_does_not_garble_messages() {
        let mut answer = answer("token is wrong");
        hide(&mut answer, &Token::new("token").unwrap());
        assert_eq!(body(&answer), "token is wrong");
    }
}
