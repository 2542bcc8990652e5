//! Types: slots, and the shapes that need a name.

use super::About;

/// A place for a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The values that fit.
    pub kind: Kind,
    /// `null` fits too.
    pub nullable: bool,
}

impl Slot {
    /// Returns a slot that does not take `null`.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            nullable: false,
        }
    }

    /// Returns a slot for any value.
    #[must_use]
    pub fn any() -> Self {
        Self::new(Kind::Any)
    }

    /// Returns a slot for text.
    #[must_use]
    pub fn string() -> Self {
        Self::new(Kind::Scalar(Scalar::String))
    }

    /// Returns the same slot, which also takes `null` if `nullable`.
    #[must_use]
    pub fn or_null(mut self, nullable: bool) -> Self {
        self.nullable |= nullable;
        self
    }

    /// Returns whether the values are whole numbers, without `null`.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        use Scalar::{Int32, Int64, UInt32, UInt64};
        let is_whole = matches!(self.kind, Kind::Scalar(Int32 | Int64 | UInt32 | UInt64));
        is_whole && !self.nullable
    }
}

/// The values that fit a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any JSON value.
    Any,
    /// A value without parts.
    Scalar(Scalar),
    /// An array.
    List(Box<Slot>),
    /// An object whose members all have values of one kind.
    Map(Box<Slot>),
    /// A type of [`Api::types`](super::Api::types).
    Type(String),
}

/// A value without parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// `true` or `false`.
    Boolean,
    /// `i32`.
    Int32,
    /// `i64`.
    Int64,
    /// `u32`.
    UInt32,
    /// `u64`.
    UInt64,
    /// `f32`.
    Float,
    /// `f64`.
    Double,
    /// Text.
    String,
    /// Text that must not be shown.
    Secret,
    /// A value with a `format` for which the settings name a Rust type.
    Format {
        /// The JSON type: `string`, `integer` or `number`.
        json: String,
        /// The `format`.
        format: String,
    },
}

/// A type with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Type {
    /// The Rust name.
    pub name: String,
    /// Its documentation, and its place.
    pub about: About,
    /// The kind.
    pub shape: Shape,
}

/// The shape of a type with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// An object with named members.
    Struct(Struct),
    /// A text out of a list.
    Enum(Enum),
    /// One of several.
    Union(Union),
    /// Another name for a slot, which does not take `null`: the places that use the alias do.
    Alias(Slot),
}

/// An object with named members.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Struct {
    /// The members, in the order of the document.
    pub properties: Vec<Property>,
    /// The values of all other members, where the document speaks of them.
    pub rest: Option<Slot>,
}

impl Struct {
    /// Returns the Rust name of the field for all other members, where there is one.
    #[must_use]
    pub fn rest_field(&self) -> Option<String> {
        self.rest.as_ref()?;
        let taken = |field: &String| self.properties.iter().any(|it| it.field == *field);
        std::iter::once("extra".to_owned())
            .chain((2_usize..).map(|number| format!("extra{number}")))
            .find(|field| !taken(field))
    }
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// The Rust name of the field.
    pub field: String,
    /// The name on the wire.
    pub name: String,
    /// Other names under which it is read.
    pub aliases: Vec<String>,
    /// It is always there.
    pub required: bool,
    /// It may hold credentials, so that `Debug` shows its keys at most: `x-sensitive`.
    pub sensitive: bool,
    /// The whole number that it is unless it is given.
    pub default: Option<i32>,
    /// The values.
    pub slot: Slot,
    /// Its documentation, and its place.
    pub about: About,
}

/// A text out of a list. Values that are not in the list are kept as text where an answer may have them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Enum {
    /// The values, in the order of the document.
    pub values: Vec<Value>,
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// The Rust name of the variant.
    pub variant: String,
    /// The value on the wire.
    pub value: String,
    /// The description; empty where there is none.
    pub description: String,
}

/// One of several. Without a tag, reading takes the first variant that fits, and lowering has seen to it that this is
/// the right one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Union {
    /// The member that says which variant it is.
    pub tag: Option<Tag>,
    /// The variants, in the order in which they are tried.
    pub variants: Vec<Variant>,
}

/// A member that says which variant of a union an object is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The name of the member on the wire.
    pub name: String,
}

/// A variant of a union.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The Rust name.
    pub name: String,
    /// The values.
    pub slot: Slot,
    /// The values of the tag that stand for this variant; empty where the union has no tag. The first is written.
    pub tags: Vec<String>,
    /// The description; empty where there is none.
    pub description: String,
}
