//! Values for parameters that are lists.

/// One value or several, for a parameter that is a list of `T`.
///
/// `M` says which of them, and is inferred: `"a"` is one value; `["a", "b"]`, a `Vec` and every other iterator are
/// several.
pub trait IntoList<T, M> {
    /// Converts into a list, or into nothing where a value cannot be converted into `T`.
    fn into_list(self) -> Option<Vec<T>>;
}

/// The mark of one value, see [`IntoList`].
#[derive(Debug)]
pub enum One {}

/// The mark of several values, see [`IntoList`].
#[derive(Debug)]
pub enum Many {}

impl<T, V: TryInto<T>> IntoList<T, One> for V {
    #[inline]
    fn into_list(self) -> Option<Vec<T>> {
        self.try_into().ok().map(|value| vec![value])
    }
}

impl<T, V> IntoList<T, Many> for V
where
    V: IntoIterator,
    V::Item: TryInto<T>,
{
    #[inline]
    fn into_list(self) -> Option<Vec<T>> {
        self.into_iter().map(|value| value.try_into().ok()).collect()
    }
}
