//! One case for each operation.

mod dlq;
mod flow_control;
mod full;
mod messages;
mod others;
mod queues;
mod schedules;
mod url_groups;

use std::any::TypeId;
use std::fmt::Debug;
use std::pin::Pin;

use qstash_api::{Client, Error, Response};
use qstash_dev_server::{Operation, RecordedRequest, Snapshot};

use crate::operations::world::{Subject, World};

/// The outcome of a call.
pub(crate) type Sent<A> = Result<Response<A>, Error>;

/// One operation: what is there before, how it is called, and what must be so afterwards.
trait Case: 'static {
    /// The operation.
    const OPERATION: Operation;

    /// The answer.
    type Answer: Debug + 'static;

    /// Brings about what the operation is about.
    async fn arrange(world: &World) -> Subject;

    /// Calls it with what is required alone.
    async fn minimal(client: &Client, subject: &Subject) -> Sent<Self::Answer>;

    /// Calls it with everything that there is, or returns `None` where there is no more than that.
    async fn full(client: &Client, subject: &Subject) -> Option<Sent<Self::Answer>>;

    /// Calls it with what cannot be said together with the rest, where there is such a thing.
    async fn other(client: &Client, subject: &Subject) -> Option<Sent<Self::Answer>>;

    /// Checks what the operation has answered and done.
    fn check(seen: &Seen<Self::Answer>);
}

/// The observations of one call.
pub(crate) struct Seen<A> {
    pub(crate) answer: A,
    pub(crate) subject: Subject,
    pub(crate) before: Snapshot,
    pub(crate) after: Snapshot,
    /// The changes on the server, by name or id.
    pub(crate) effects: Vec<String>,
    pub(crate) form: Form,
}

/// The amount of a call's arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Minimal,
    Full,
    /// Arguments that exclude the others.
    Other,
}

/// Every form.
pub(crate) const FORMS: [Form; 3] = [Form::Minimal, Form::Full, Form::Other];

/// Defines a case in its parts.
macro_rules! case {
    (
        $operation:ident -> $answer:ty,
        arrange |$world:ident| $arrange:expr,
        minimal |$client:ident, $subject:ident| $minimal:expr,
        $(full |$full_client:ident, $full_subject:ident| $full:expr,)?
        $(other |$other_client:ident, $other_subject:ident| $other:expr,)?
        check |$seen:ident| $check:expr $(,)?
    ) => {
        pub(super) struct $operation;

        impl $crate::operations::cases::Case for $operation {
            const OPERATION: qstash_dev_server::Operation = qstash_dev_server::Operation::$operation;

            type Answer = $answer;

            async fn arrange($world: &$crate::operations::world::World) -> $crate::operations::world::Subject {
                $arrange
            }

            async fn minimal(
                $client: &qstash_api::Client,
                $subject: &$crate::operations::world::Subject,
            ) -> $crate::operations::cases::Sent<$answer> {
                $minimal.send().await
            }

            $crate::operations::cases::more!(full -> $answer, $($full_client, $full_subject, $full)?);

            $crate::operations::cases::more!(other -> $answer, $($other_client, $other_subject, $other)?);

            fn check($seen: &$crate::operations::cases::Seen<$answer>) {
                $check
            }
        }
    };
}

/// Defines a form that not every case has.
macro_rules! more {
    ($form:ident -> $answer:ty, $client:ident, $subject:ident, $call:expr) => {
        async fn $form(
            $client: &qstash_api::Client,
            $subject: &$crate::operations::world::Subject,
        ) -> Option<$crate::operations::cases::Sent<$answer>> {
            Some($call.send().await)
        }
    };
    ($form:ident -> $answer:ty,) => {
        async fn $form(
            _: &qstash_api::Client,
            _: &$crate::operations::world::Subject,
        ) -> Option<$crate::operations::cases::Sent<$answer>> {
            None
        }
    };
}
use {case, more};

/// A future that stays on its thread.
pub(crate) type Local<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// A case whatever its answer is.
pub(crate) trait Row {
    /// The operation.
    fn operation(&self) -> Operation;

    /// `true` if the body of the answer says anything.
    fn has_answer(&self) -> bool;

    /// Brings about what the operation is about.
    fn arrange<'a>(&'a self, world: &'a World) -> Local<'a, Subject>;

    /// Calls the operation in its smallest form, and returns the answer as `Debug` shows it.
    fn call<'a>(
        &'a self,
        client: &'a Client,
        subject: &'a Subject,
    ) -> Local<'a, Result<String, Error>>;

    /// Calls the operation in a world of its own, checks everything, and returns the request; `None` where the
    /// operation has no such form.
    fn run<'a>(
        &'a self,
        world: &'a World,
        client: &'a Client,
        form: Form,
    ) -> Local<'a, Option<RecordedRequest>>;
}

impl<C: Case> Row for C {
    fn operation(&self) -> Operation {
        C::OPERATION
    }

    fn has_answer(&self) -> bool {
        TypeId::of::<C::Answer>() != TypeId::of::<()>()
    }

    fn arrange<'a>(&'a self, world: &'a World) -> Local<'a, Subject> {
        Box::pin(C::arrange(world))
    }

    fn call<'a>(
        &'a self,
        client: &'a Client,
        subject: &'a Subject,
    ) -> Local<'a, Result<String, Error>> {
        Box::pin(async move {
            let answer = C::minimal(client, subject).await?;
            Ok(format!("{:?}", answer.into_inner()))
        })
    }

    fn run<'a>(
        &'a self,
        world: &'a World,
        client: &'a Client,
        form: Form,
    ) -> Local<'a, Option<RecordedRequest>> {
        Box::pin(run::<C>(world, client, form))
    }
}

async fn run<C: Case>(world: &World, client: &Client, form: Form) -> Option<RecordedRequest> {
    let name = C::OPERATION.name();
    let subject = C::arrange(world).await;
    let before = world.server.snapshot();
    let earlier = world.server.effects().len();
    world.server.take_requests();
    let sent = match form {
        Form::Minimal => C::minimal(client, &subject).await,
        Form::Full => C::full(client, &subject).await?,
        Form::Other => C::other(client, &subject).await?,
    };
    let answer = sent.unwrap_or_else(|error| panic!("{name}, {form:?}: {error:?}"));
    let effects = world.server.effects().split_off(earlier);
    assert!(
        effects
            .iter()
            .all(|effect| effect.operation == C::OPERATION),
        "{name}: {effects:?}"
    );
    let mut requests = world.server.take_requests();
    let request = requests.pop().unwrap();
    assert!(requests.is_empty(), "{name} sent more than one request");
    let seen = Seen {
        answer: answer.into_inner(),
        subject,
        before,
        after: world.server.snapshot(),
        effects: effects.into_iter().map(|effect| effect.subject).collect(),
        form,
    };
    if request.method() == "GET" {
        assert_eq!(seen.before, seen.after, "{name} changed something");
        assert!(seen.effects.is_empty(), "{name} changed something");
    }
    C::check(&seen);
    Some(request)
}

/// Every case, in the order of the service's document.
pub(crate) fn all() -> Vec<Box<dyn Row>> {
    let mut all = messages::all();
    all.extend(queues::all());
    all.extend(schedules::all());
    all.extend(url_groups::all());
    all.extend(dlq::all());
    all.extend(flow_control::all());
    all.extend(others::all());
    all
}
