//! Following a cursor to its end.

use std::collections::HashSet;
use std::future::Future;

use futures_core::Stream;
use futures_util::stream;

use super::Error;

/// The number of pages in a row that may be empty although each has a new cursor.
///
/// A page can be empty where a filter selects nothing of it. A service that never comes to an end is faulty.
const MOST_EMPTY: usize = 100;

/// A request that can be sent again with another cursor.
pub(super) trait Request: Clone + Send {
    type Page: Page;

    /// The cursor to begin at.
    fn cursor(&self) -> Option<&str>;

    fn at(self, cursor: &str) -> Self;

    fn fetch(self) -> impl Future<Output = Result<Self::Page, Error>> + Send;
}

/// A part of a collection, or what a round of a bulk operation did.
pub(super) trait Page: Send {
    fn cursor(&self) -> Option<&str>;

    /// Returns whether it holds nothing, or did nothing.
    fn is_empty(&self) -> bool;
}

/// A page with entries.
pub(super) trait Entries: Page {
    type Entry: Send;

    fn entries(self) -> Vec<Self::Entry>;
}

/// The next step.
enum State<R> {
    Fetch(Progress<R>),
    Fail(Error),
    End,
}

struct Progress<R> {
    request: R,
    seen: HashSet<String>,
    empty: usize,
}

/// All pages. The page that came with a faulty cursor is not lost: the error comes after it.
pub(super) fn follow<R: Request>(request: R) -> impl Stream<Item = Result<R::Page, Error>> + Send {
    let begin = Progress {
        seen: request.cursor().map(str::to_owned).into_iter().collect(),
        request,
        empty: 0,
    };
    stream::try_unfold(State::Fetch(begin), async |state| match state {
        State::End => Ok(None),
        State::Fail(error) => Err(error),
        State::Fetch(progress) => {
            let page = progress.request.clone().fetch().await?;
            let next = progress.after(&page);
            Ok(Some((page, next)))
        }
    })
}

impl<R: Request> Progress<R> {
    fn after(mut self, page: &R::Page) -> State<R> {
        let Some(cursor) = page.cursor().filter(|cursor| !cursor.is_empty()) else {
            return State::End;
        };
        self.empty = if page.is_empty() { self.empty + 1 } else { 0 };
        if self.empty >= MOST_EMPTY {
            return State::Fail(Error::service(format!(
                "the service gave {MOST_EMPTY} empty answers in a row, and a cursor to go on with each; narrow \
                 the filters, or try again later"
            )));
        }
        if !self.seen.insert(cursor.to_owned()) {
            return State::Fail(Error::service(
                "the service answered with a cursor that it gave before, so following it would never end; try \
                 again later",
            ));
        }
        State::Fetch(Self {
            request: self.request.at(cursor),
            ..self
        })
    }
}
