//! Small crates with their public API, to prove the lister.

/// Files by their paths below `src`, and the listing.
type Snippet = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static str,
);

pub(crate) const SNIPPETS: [Snippet; 21] = [
    (
        "fields, public and private",
        &[("lib.rs", "pub struct A { pub a: u8, b: u8 } pub struct B(pub u8, u8); pub struct C; struct D;")],
        "
pub struct A
    pub a: u8
    private fields
pub struct B
    pub 0: u8
    private fields
pub struct C
",
    ),
    (
        "variants, with values and fields",
        &[("lib.rs", "#[non_exhaustive] pub enum A { B = 1, C(u8, String), #[deprecated = \"no\"] D { e: Vec<u8> } }")],
        "
#[non_exhaustive] pub enum A
    B = 1
    C(u8, String)
    #[deprecated] D { e: Vec<u8> }
",
    ),
    (
        "functions without bodies, patterns and documentation",
        &[("lib.rs", "/// Docs.\n#[must_use] #[inline] pub const fn f<'a, T: Into<String>>(mut a: &'a str, (b, c): (u8, T)) -> Option<&'a T> where T: Clone { todo() } pub async unsafe fn g() {} fn h() {}")],
        "
#[must_use] pub const fn f<'a, T: Into<String>>(a: &'a str, (b, c): (u8, T)) -> Option<&'a T> where T: Clone
pub async unsafe fn g()
",
    ),
    (
        "constants, statics and aliases",
        &[("lib.rs", "pub const A: &[u8] = &[1]; pub static B: u8 = 2; pub type C<T> = Result<T, E>; pub struct E; const D: u8 = 3;")],
        "
pub const A: &[u8]
pub static B: u8
pub type C<T> = Result<T, E>
pub struct E
",
    ),
    (
        "a trait, and its implementations",
        &[("lib.rs", "pub trait A: Send { type B: Clone; const C: u8; fn d(&self); fn e(mut self) -> Self::B where Self: Sized { f() } }
            pub struct S; impl A for S { type B = u8; const C: u8 = 1; fn d(&self) {} }
            impl<T: Clone> A for Vec<T> { type B = T; const C: u8 = 1; fn d(&self) {} }
            trait Private {} impl Private for S {}")],
        "
pub trait A: Send
    type B: Clone
    const C: u8
    fn d(&self)
    fn e(self) -> Self::B where Self: Sized { … }
    impl<T: Clone> A for Vec<T> { type B = T; }
pub struct S
    impl A for S { type B = u8; }
",
    ),
    (
        "derived traits, also under a condition",
        &[("lib.rs", "#[derive(Clone, ::serde::Serialize)] #[cfg_attr(feature = \"f\", derive(x::Y, Z))] pub struct A<'a, T: Copy>(&'a T);")],
        "
pub struct A<'a, T: Copy>
    private fields
    impl<'a, T: Copy> Clone for A<'a, T>
    #[cfg(feature = \"f\")] impl<'a, T: Copy> Z for A<'a, T>
    impl<'a, T: Copy> serde::Serialize for A<'a, T>
    #[cfg(feature = \"f\")] impl<'a, T: Copy> x::Y for A<'a, T>
",
    ),
    (
        "a method in another file, on a type that is public elsewhere",
        &[
            ("lib.rs", "mod a; mod b; pub use a::deep::A;"),
            ("a.rs", "pub mod deep;"),
            ("a/deep.rs", "pub struct A { pub(crate) x: u8 }"),
            ("b/mod.rs", "use crate::a; impl a::deep::A { pub fn new() -> Self { A } pub(crate) fn no() {} fn never() {} } impl From<u8> for a::deep::A {}"),
        ],
        "
pub struct A
    private fields
    impl From<u8> for A
    pub fn new() -> Self
",
    ),
    (
        "public paths of private modules do not count",
        &[("lib.rs", "mod a { pub struct A; pub fn f() {} } pub(crate) mod b { pub struct B; } pub mod c { pub(super) struct C; pub struct D; }")],
        "
pub mod c
pub struct c::D
",
    ),
    (
        "names brought in by others: renamed, grouped, of other crates",
        &[("lib.rs", "mod a { pub struct A; pub fn f() {} } pub use a::{A as B, f}; pub use http::{StatusCode, header as names}; pub use ::bytes::Bytes; use a::A;")],
        "
pub struct B
pub use bytes::Bytes as Bytes
pub use http::StatusCode as StatusCode
pub fn f()
pub use http::header as names
",
    ),
    (
        "globs, and what hides them",
        &[("lib.rs", "mod a; pub use a::*; pub use http::*; pub struct A { pub mine: u8 }"), ("a.rs", "pub struct A; pub struct B; struct C; pub use self::inner::*; mod inner { pub struct D; }")],
        "
pub use http as * from http
pub struct A
    pub mine: u8
pub struct B
pub struct D
",
    ),
    (
        "an item with two paths is described once",
        &[("lib.rs", "pub mod a { pub mod b { pub struct S { pub x: u8 } } } pub use a::b::S; pub use a::b as c;")],
        "
pub struct S
    pub x: u8
pub mod a
pub mod a::b
pub use S as a::b::S
pub mod c
pub use S as c::S
",
    ),
    (
        "modules that lead to each other, which are followed once",
        &[("lib.rs", "pub mod a { pub use super::*; pub struct A; } pub use a::*;")],
        "
pub struct A
pub mod a
pub use A as a::A
",
    ),
    (
        "conditions on modules, items, fields, methods and blocks",
        &[
            ("lib.rs", "#[cfg(feature = \"x\")] mod a; #[cfg(feature = \"x\")] pub use a::A; #[cfg(feature = \"y\")] pub mod b { pub fn f() {} }"),
            ("a.rs", "pub struct A { #[cfg(unix)] pub f: u8 } impl A { #[cfg(not(test))] pub fn g() {} } #[cfg(feature = \"z\")] impl A { pub fn h() {} }"),
        ],
        "
#[cfg(feature = \"x\")] pub struct A
    #[cfg(unix)] pub f: u8
    #[cfg(feature = \"x\")] #[cfg(not(test))] pub fn g()
    #[cfg(feature = \"x\")] #[cfg(feature = \"z\")] pub fn h()
#[cfg(feature = \"y\")] pub mod b
#[cfg(feature = \"y\")] pub fn b::f()
",
    ),
    (
        "what is there for tests only is not",
        &[("lib.rs", "#[cfg(test)] mod tests; #[cfg(test)] pub fn f() {} #[cfg(all(test, unix))] pub use a::B; pub fn g() {}")],
        "
pub fn g()
",
    ),
    (
        "every path is written as others would write it",
        &[
            ("lib.rs", "pub mod a; mod e { pub struct E; type R<T> = std::result::Result<T, super::Error>; pub fn f(x: &super::a::A) -> R<Vec<E>> { x } } pub use e::{E, f}; pub struct Error;"),
            ("a.rs", "use std::fmt; use super::{Error as Mine, e}; use http::Uri; pub struct A; impl fmt::Display for A {} impl A { pub fn b(self: Box<Self>, e: Mine, u: &Uri) -> ::std::option::Option<e::E> { x } }"),
        ],
        "
pub struct E
pub struct Error
pub mod a
pub struct a::A
    impl Display for a::A
    pub fn b(self: Box<Self>, e: Error, u: &http::Uri) -> Option<E>
pub fn f(x: &a::A) -> Result<Vec<E>, Error>
",
    ),
    (
        "what nobody can name is seen",
        &[("lib.rs", "mod a { pub struct S; pub trait T {} } pub fn f(_: a::S) -> impl Into<a::S> {} pub struct P; impl a::T for P {} impl From<a::S> for P {}")],
        "
pub struct P
pub fn f(_: private::S) -> impl Into<private::S>
",
    ),
    (
        "macros of the crate are expanded",
        &[("lib.rs", "macro_rules! both { ($($name:ident: $of:ty => $value:expr),+ $(,)?) => { $(one!($name $of); const _: u8 = $value;)+ }; }
            macro_rules! one { ($name:ident $of:ty) => { impl S { pub fn $name(&self) -> $of { self.$name } } }; }
            macro_rules! inner { ($($name:ident)*) => { $(pub fn $name() {})* }; }
            pub struct S; both!(a: u8 => 1, b: Vec<u8> => f(2),); impl S { inner!(c d); }")],
        "
pub struct S
    pub fn a(&self) -> u8
    pub fn b(&self) -> Vec<u8>
    pub fn c()
    pub fn d()
",
    ),
    (
        "macros of others are said to be unknown",
        &[("lib.rs", "mod a; pub fn f() {}"), ("a.rs", "thread_local! { static X: u8 = 1; } other::make!(A);")],
        "
pub fn f()
not expanded: thread_local! in a.rs
not expanded: other::make! in a.rs
",
    ),
    (
        "methods for some types only",
        &[("lib.rs", "pub struct A<T>(T); impl<T> A<T> { pub fn a() {} } impl<T: Clone> A<T> { pub fn b() {} } impl A<u8> { pub const C: u8 = 1; }")],
        "
pub struct A<T>
    private fields
    pub const C: u8 in impl A<u8>
    pub fn a()
    pub fn b() in impl<T: Clone> A<T>
",
    ),
    (
        "implementations for types of other crates, and for references",
        &[("lib.rs", "pub struct A; impl From<A> for String {} impl From<&A> for Vec<u8> {} impl<'a> IntoIterator for &'a A { type Item = &'a u8; type IntoIter = X; fn into_iter(self) -> X {} } #[doc(hidden)] impl A { pub fn hidden() {} }")],
        "
pub struct A
    impl<'a> IntoIterator for &'a A { type Item = &'a u8; type IntoIter = X; }
    #[doc(hidden)] pub fn hidden()
implementations for types of other crates
    impl From<&A> for Vec<u8>
    impl From<A> for String
",
    ),
    (
        "modules elsewhere, and exported macros",
        &[("lib.rs", "#[path = \"x/y.rs\"] pub mod a; mod b { #[macro_export] macro_rules! m { () => {}; } macro_rules! n { () => {}; } }"), ("x/y.rs", "pub mod z;"), ("a/z.rs", "pub fn f() {}"), ("x/z.rs", "pub fn g() {}")],
        "
pub mod a
pub mod a::z
pub fn a::z::g()
macro_rules! m
",
    ),
];
