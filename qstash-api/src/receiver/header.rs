//! The token's own header: it may say what is true of every token of the service, and no more.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, Visitor};

use super::jwt::segment;
use super::members::{Others, Text};
use super::rejection::Malformed;

/// `{"alg":"HS256","typ":"JWT"}`, which is what the service sends and needs no parsing.
const USUAL: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";

/// Refuses a header of another algorithm or type, or one with critical extensions. Other
/// parameters are ignored, as RFC 7515 wants it.
#[inline]
pub(super) fn check(header: &str) -> Result<(), Malformed> {
    if header == USUAL {
        return Ok(());
    }
    let json = segment(header)?;
    let mut fault = Malformed::Header;
    let mut reader = serde_json::Deserializer::from_slice(&json);
    Check(&mut fault)
        .deserialize(&mut reader)
        .and_then(|()| reader.end())
        .map_err(|_| fault)
}

/// Visits the header, and leaves in its place what is wrong when something is.
struct Check<'f>(&'f mut Malformed);

impl<'de> DeserializeSeed<'de> for Check<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl Check<'_> {
    /// Reads a string that `is` what it has to be, or else blames `fault`.
    fn require<'de, A: MapAccess<'de>>(
        &mut self,
        map: &mut A,
        fault: Malformed,
        is: impl Fn(&str) -> bool,
    ) -> Result<(), A::Error> {
        *self.0 = fault;
        if !is(&map.next_value::<Text<'de>>()?.0) {
            return Err(de::Error::custom("not what it has to be"));
        }
        *self.0 = Malformed::Header;
        Ok(())
    }
}

impl<'de> Visitor<'de> for Check<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let mut algorithm = false;
        let mut kind = false;
        let mut others = Others::default();
        while let Some(name) = map.next_key::<Text<'de>>()? {
            match &*name.0 {
                "alg" if !algorithm => {
                    self.require(&mut map, Malformed::Algorithm, |alg| alg == "HS256")?;
                    algorithm = true;
                }
                "typ" if !kind => {
                    self.require(&mut map, Malformed::Type, |typ| {
                        typ.eq_ignore_ascii_case("JWT")
                    })?;
                    kind = true;
                }
                "alg" | "typ" => return Err(de::Error::custom("there twice")),
                "crit" => {
                    *self.0 = Malformed::Critical;
                    return Err(de::Error::custom("no extension is understood"));
                }
                _ => others.skip(name, &mut map)?,
            }
        }
        if algorithm {
            Ok(())
        } else {
            *self.0 = Malformed::Algorithm;
            Err(de::Error::custom("no algorithm"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    #[test]
    fn only_a_plain_hs256_header_passes() {
        use Malformed::{Algorithm, Critical, Header, Type};
        for (json, answer) in [
            (r#"{"alg":"HS256","typ":"JWT"}"#, Ok(())),
            (r#"{"typ":"JWT","alg":"HS256"}"#, Ok(())),
            ("{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}", Ok(())),
            (r#"{"alg":"HS256"}"#, Ok(())),
            (r#"{"alg":"HS256","typ":"jwt"}"#, Ok(())),
            (r#"{"\u0061lg":"HS\u003256"}"#, Ok(())),
            (r#"{"alg":"HS256","kid":"a","x":[{"y":null}]}"#, Ok(())),
            (r#"{"alg":"none"}"#, Err(Algorithm)),
            (r#"{"alg":"hs256"}"#, Err(Algorithm)),
            (r#"{"alg":"HS512"}"#, Err(Algorithm)),
            (r#"{"alg":"RS256"}"#, Err(Algorithm)),
            (r#"{"alg":["HS256"]}"#, Err(Algorithm)),
            (r#"{"alg":null}"#, Err(Algorithm)),
            (r#"{"typ":"JWT"}"#, Err(Algorithm)),
            ("{}", Err(Algorithm)),
            (r#"{"alg":"HS256","typ":"JOSE"}"#, Err(Type)),
            (r#"{"alg":"HS256","typ":null}"#, Err(Type)),
            (r#"{"alg":"HS256","crit":["exp"]}"#, Err(Critical)),
            (r#"{"alg":"HS256","crit":[]}"#, Err(Critical)),
            (r#"{"alg":"HS256","alg":"HS256"}"#, Err(Header)),
            (r#"{"alg":"HS256","\u0061lg":"none"}"#, Err(Header)),
            (r#"{"alg":"HS256","typ":"JWT","typ":"JWT"}"#, Err(Header)),
            (r#"{"alg":"HS256","kid":"a","kid":"b"}"#, Err(Header)),
            (r#"{"alg":"HS256","x":{"y":1,"y":2}}"#, Err(Header)),
            (r#"{"alg":"HS256"}{}"#, Err(Header)),
            (r#"{"alg":"HS256"},"#, Err(Header)),
            (r#"{"alg":"HS256""#, Err(Header)),
            (r#"["HS256","JWT"]"#, Err(Header)),
            (r#""HS256""#, Err(Header)),
            ("", Err(Header)),
            ("\u{feff}{\"alg\":\"HS256\"}", Err(Header)),
        ] {
            assert_eq!(check(&URL_SAFE_NO_PAD.encode(json)), answer, "{json}");
        }
        assert_eq!(check("eyJhbGciOiJIUzI1NiJ9="), Err(Malformed::Base64));
        let bytes = URL_SAFE_NO_PAD.encode(b"{\"alg\":\"HS256\",\"kid\":\"\xff\"}");
        assert_eq!(check(&bytes), Err(Header));
        assert_eq!(
            URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","typ":"JWT"}"#),
            USUAL
        );
    }
}
