//! The effect of each kind of change on a caller.
//!
//! The measure is the promise of semantic versions for a crate whose requests are part of the promise: what
//! can stop a program from compiling breaks, and so does, in its own way, what compiles and then sends,
//! refuses or reads something else. What a service adds to its answers does neither, because types of answers
//! are `#[non_exhaustive]` and unknown values are kept.

/// The effect of a change on a program that calls the generated crate, from the harmless to the grave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, clap::ValueEnum)]
pub enum Effect {
    /// Nothing that a program notices.
    #[value(name = "any", help = "Any difference at all")]
    Neutral,
    /// It can do more than before, and what it does goes on as it was.
    Addition,
    /// It compiles, and does something else: sends, refuses or reads otherwise.
    Behaviour,
    /// It may no longer compile.
    Breaking,
}

impl Effect {
    /// All of them, the gravest first.
    pub const ALL: [Self; 4] = [
        Self::Breaking,
        Self::Behaviour,
        Self::Addition,
        Self::Neutral,
    ];

    /// Returns the word for it, which is stable.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Addition => "addition",
            Self::Behaviour => "behaviour",
            Self::Breaking => "breaking",
        }
    }

    /// Returns whether a program goes on as it was.
    #[must_use]
    pub fn is_compatible(self) -> bool {
        self < Self::Behaviour
    }
}

/// Declares the kinds with their stable names and their effects.
macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $kind:ident: $word:literal => $effect:ident,)*) => {
        /// The kind of difference that a change is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[doc = $doc])* $kind,)*
        }

        impl Kind {
            /// All kinds.
            pub const ALL: &[Self] = &[$(Self::$kind,)*];

            /// Returns the name of the kind, which is stable.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$kind => $word,)*
                }
            }

            /// Returns the effect on a caller.
            #[must_use]
            pub fn effect(self) -> Effect {
                match self {
                    $(Self::$kind => Effect::$effect,)*
                }
            }
        }
    };
}

kinds! {
    /// A method of the client is new.
    OperationAdded: "operation-added" => Addition,
    /// A method of the client is gone.
    OperationRemoved: "operation-removed" => Breaking,
    /// The same method and path belong to a method of the client with another name.
    OperationRenamed: "operation-renamed" => Breaking,
    /// The request goes out with another HTTP method or to another path.
    RequestLineChanged: "request-line-changed" => Behaviour,
    /// The request is repeated after a failure where it was not, or the other way round.
    IdempotenceChanged: "idempotence-changed" => Behaviour,
    /// Another set of parameters keeps the operation from acting on everything.
    FilterChanged: "filter-changed" => Behaviour,
    /// One more parameter keeps the operation from acting on everything.
    FilterAdded: "filter-added" => Addition,
    /// The value that `send` returns.
    SuccessChanged: "success-changed" => Breaking,
    /// The content of the error of `send`.
    ErrorChanged: "error-changed" => Breaking,
    /// An answer with this status is read where it was an unexpected one.
    StatusAdded: "status-added" => Addition,
    /// An answer with this status is an unexpected one where it was read.
    StatusRemoved: "status-removed" => Behaviour,
    /// A fact of the operation table that requests do not depend on.
    FactsChanged: "facts-changed" => Neutral,
    /// A fact of the operation table for those who send the requests of the operation.
    TableChanged: "table-changed" => Behaviour,
    /// A setter is new, and need not be called.
    ParameterAdded: "parameter-added" => Addition,
    /// A setter is new, and `send` refuses to work without it.
    RequiredParameterAdded: "required-parameter-added" => Behaviour,
    /// A setter is gone.
    ParameterRemoved: "parameter-removed" => Breaking,
    /// A setter takes another type.
    ParameterTypeChanged: "parameter-type-changed" => Breaking,
    /// `send` refuses to work without it where it did.
    ParameterRequired: "parameter-required" => Behaviour,
    /// `send` works without it.
    ParameterOptional: "parameter-optional" => Addition,
    /// The value of a setter goes to another place in the request, or there by another name.
    ParameterSentOtherwise: "parameter-sent-otherwise" => Behaviour,
    /// A type is new.
    TypeAdded: "type-added" => Addition,
    /// A type is gone.
    TypeRemoved: "type-removed" => Breaking,
    /// A type has another name, and is otherwise the same.
    TypeRenamed: "type-renamed" => Breaking,
    /// A struct has become an enum, or the like.
    TypeReshaped: "type-reshaped" => Breaking,
    /// A field is new: nobody builds or matches a `#[non_exhaustive]` type in full.
    FieldAdded: "field-added" => Addition,
    /// A field is new, and its builder refuses to work without it.
    RequiredFieldAdded: "required-field-added" => Behaviour,
    /// A field is gone.
    FieldRemoved: "field-removed" => Breaking,
    /// A field has another type.
    FieldTypeChanged: "field-type-changed" => Breaking,
    /// A field is written or read otherwise.
    FieldSentOtherwise: "field-sent-otherwise" => Behaviour,
    /// A field is read by one more name.
    FieldAliasAdded: "field-alias-added" => Addition,
    /// A variant is new: nobody matches a `#[non_exhaustive]` enum in full.
    VariantAdded: "variant-added" => Addition,
    /// A variant is gone.
    VariantRemoved: "variant-removed" => Breaking,
    /// A variant holds another type.
    VariantTypeChanged: "variant-type-changed" => Breaking,
    /// A variant is written or read otherwise.
    VariantSentOtherwise: "variant-sent-otherwise" => Behaviour,
    /// A type can do more.
    TraitAdded: "trait-added" => Addition,
    /// A type can do less.
    TraitRemoved: "trait-removed" => Breaking,
    /// A type accepts or writes other values.
    ValuesChanged: "values-changed" => Behaviour,
    /// Its use is a warning now.
    Deprecated: "deprecated" => Addition,
    /// Its use is no warning any more.
    NoLongerDeprecated: "no-longer-deprecated" => Neutral,
    /// Only what is written about it.
    DescriptionChanged: "description-changed" => Neutral,
    /// The document names one more host.
    ServerAdded: "server-added" => Addition,
    /// The document no longer names a host.
    ServerRemoved: "server-removed" => Behaviour,
    /// The document has another version.
    VersionChanged: "version-changed" => Neutral,
    /// There is code beside operations and types that was not there.
    CodeAdded: "code-added" => Addition,
    /// The code is another one, in a way that no other kind explains.
    CodeChanged: "code-changed" => Behaviour,
}
