//! Numbers that JSON has no notation for.

use serde::de::value::Error;
use serde::ser::{self, Error as _, Serialize, Serializer};

/// Refuses NaN and infinity anywhere in `value`, for which `serde_json` writes `null`.
pub(super) fn check<T: Serialize + ?Sized>(value: &T) -> Result<(), Error> {
    value.serialize(Finite)
}

/// A serializer that writes nothing and looks at floating-point numbers alone.
struct Finite;

fn finite(value: f64) -> Result<(), Error> {
    if value.is_finite() {
        Ok(())
    } else {
        Err(Error::custom(
            "it holds a number that is not finite, for which JSON has no notation and `null` would be sent; leave it \
             out, or send it as text",
        ))
    }
}

/// `fn name(self, its arguments)` that have nothing to refuse in them.
macro_rules! plain {
    ($($name:ident($($argument:ty),*);)*) => {
        $(fn $name(self, $(_: $argument),*) -> Result<(), Error> {
            Ok(())
        })*
    };
}

impl Serializer for Finite {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    plain! {
        serialize_bool(bool);
        serialize_i8(i8);
        serialize_i16(i16);
        serialize_i32(i32);
        serialize_i64(i64);
        serialize_i128(i128);
        serialize_u8(u8);
        serialize_u16(u16);
        serialize_u32(u32);
        serialize_u64(u64);
        serialize_u128(u128);
        serialize_char(char);
        serialize_str(&str);
        serialize_bytes(&[u8]);
        serialize_none();
        serialize_unit();
        serialize_unit_struct(&'static str);
        serialize_unit_variant(&'static str, u32, &'static str);
    }

    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        finite(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        finite(value)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Error> {
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Error> {
        Ok(self)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Error> {
        Ok(self)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, Error> {
        Ok(self)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, Error> {
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Error> {
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, Error> {
        Ok(self)
    }
}

/// The parts of a value, each of which is looked at by itself.
macro_rules! parts {
    ($($kind:ident::$method:ident($($name:ty)?);)*) => {
        $(impl ser::$kind for Finite {
            type Ok = ();
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, $(_: $name,)? value: &T) -> Result<(), Error> {
                check(value)
            }

            fn end(self) -> Result<(), Error> {
                Ok(())
            }
        })*
    };
}

parts! {
    SerializeSeq::serialize_element();
    SerializeTuple::serialize_element();
    SerializeTupleStruct::serialize_field();
    SerializeTupleVariant::serialize_field();
    SerializeStruct::serialize_field(&'static str);
    SerializeStructVariant::serialize_field(&'static str);
}

impl ser::SerializeMap for Finite {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, _: &T) -> Result<(), Error> {
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        check(value)
    }

    fn end(self) -> Result<(), Error> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Message;
    use crate::invalid::InvalidMessage;

    #[test]
    fn a_number_that_json_has_no_notation_for_is_refused_wherever_it_stands() {
        #[derive(serde::Serialize)]
        enum Shape {
            Unit,
            New(f32),
            Tuple(Option<u8>, f64),
            Struct { at: Option<f64> },
        }
        type Json = Result<Message, InvalidMessage>;
        let refused = |message: Json| {
            let error = message.unwrap_err().to_string();
            assert!(error.contains("not finite"), "{error}");
        };
        refused(Message::json(&f64::NAN));
        refused(Message::json(&[Some(1.0), Some(f32::INFINITY)]));
        refused(Message::json(&std::collections::BTreeMap::from([(
            "a",
            (1, f64::NEG_INFINITY),
        )])));
        refused(Message::json(&Shape::New(f32::NAN)));
        refused(Message::json(&Shape::Tuple(None, f64::NAN)));
        refused(Message::json(&Shape::Struct { at: Some(f64::NAN) }));
        for (shape, json) in [
            (Shape::Unit, r#""Unit""#),
            (Shape::New(0.5), r#"{"New":0.5}"#),
            (Shape::Tuple(None, 1.5), r#"{"Tuple":[null,1.5]}"#),
            (Shape::Struct { at: None }, r#"{"Struct":{"at":null}}"#),
        ] {
            let body = Message::json(&shape).unwrap().body.unwrap().0;
            assert_eq!(body, json);
        }
    }
}
