//! One fault, put in the way of every operation.

use std::rc::Rc;
use std::time::Duration;

use qstash_api::{Client, CredentialsIn, Error, RetryPolicy};
use qstash_dev_server::{Fault, Gate, Operation, Shapes};
use tokio::sync::Semaphore;
use tokio::task::LocalSet;

use super::expectation::{Class, Fate, class, is_gone_afterwards, is_sent_again};
use super::{output, secrets};
use crate::operations::cases::{self, Row};
use crate::operations::world::{Subject, World, builder};

/// The most times that a request is sent.
const ATTEMPTS: u32 = 3;

/// The time after which a call surely hangs.
const FOR_EVER: Duration = Duration::from_secs(600);

/// For how many faults there are servers at a time. Each has one for every operation, and each of those has sockets,
/// which many machines count.
static ROOM: Semaphore = Semaphore::const_new(3);

/// Whom a fault harms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Harms {
    All,
    /// Those who read the body of the answer.
    Readers,
    Nobody,
}

/// Something that goes wrong.
pub(super) struct Scenario {
    /// The fault.
    pub(super) fault: Fault,
    /// The progress of the request.
    pub(super) fate: Fate,
    /// `true` if the request takes effect all the same.
    pub(super) is_applied: bool,
    /// Whom it harms.
    pub(super) harms: Harms,
    /// The gate that holds the answers back, if the fault is one of time.
    pub(super) gate: Option<Gate>,
    /// The time limit of an attempt.
    pub(super) attempt_timeout: Duration,
    /// The time limit of a call.
    pub(super) call_timeout: Duration,
    /// Checks the error that a call ends in.
    pub(super) check: fn(&Error),
}

impl Scenario {
    pub(super) fn new(fault: Fault, fate: Fate, check: fn(&Error)) -> Self {
        Self {
            fault,
            fate,
            is_applied: false,
            gate: None,
            harms: Harms::All,
            attempt_timeout: FOR_EVER,
            call_timeout: FOR_EVER,
            check,
        }
    }

    /// The request takes effect all the same.
    pub(super) fn applied(mut self) -> Self {
        self.is_applied = true;
        self
    }

    /// Nothing is wrong for those who do not read the body of the answer.
    pub(super) fn in_body(mut self) -> Self {
        self.harms = Harms::Readers;
        self
    }

    /// Nothing is wrong for anybody.
    pub(super) fn harmless(mut self) -> Self {
        self.harms = Harms::Nobody;
        self
    }

    /// The answers wait at this gate, and time passes at once when one has come to it.
    pub(super) fn held_by(mut self, gate: &Gate) -> Self {
        self.gate = Some(gate.clone());
        self
    }

    /// An attempt may take no longer than this.
    pub(super) fn within(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// A call may take no longer than this in all.
    pub(super) fn within_in_all(mut self, timeout: Duration) -> Self {
        self.call_timeout = timeout;
        self
    }

    /// Puts the fault in the way of every operation at once, with the token in either place: of one request, and of
    /// all that are sent.
    pub(super) async fn play(self) {
        output::watch();
        let scenario = Rc::new(self);
        for place in [CredentialsIn::Header, CredentialsIn::Query] {
            for is_always in [true, false] {
                Self::play_with(&scenario, place, is_always).await;
            }
        }
        output::check();
    }

    async fn play_with(scenario: &Rc<Self>, place: CredentialsIn, is_always: bool) {
        let _room = ROOM.acquire().await.unwrap();
        let mut scenes = Vec::new();
        for row in cases::all() {
            scenes.push(Scene::set(row, place, is_always, scenario).await);
        }
        if scenario.gate.is_some() {
            // Time is the same for all of them.
            for scene in scenes {
                scene.play(Rc::clone(scenario)).await;
            }
            return;
        }
        let together = LocalSet::new();
        let playing: Vec<_> = scenes
            .into_iter()
            .map(|scene| together.spawn_local(scene.play(Rc::clone(scenario))))
            .collect();
        together.await;
        for played in playing {
            played.await.unwrap();
        }
    }
}

/// Sends again at once, a few times.
pub(super) fn policy() -> RetryPolicy {
    RetryPolicy::default()
        .max_attempts(ATTEMPTS)
        .base_delay(Duration::from_millis(1))
        .max_elapsed(Duration::MAX)
}

/// One operation on one server.
struct Scene {
    row: Box<dyn Row>,
    world: World,
    client: Client,
    subject: Subject,
    is_always: bool,
}

impl Scene {
    async fn set(
        row: Box<dyn Row>,
        place: CredentialsIn,
        is_always: bool,
        scenario: &Scenario,
    ) -> Self {
        let shapes = Shapes {
            cancel_without_body: true,
            ..Shapes::default()
        };
        let world = World::start_with(shapes).await;
        let client = builder(&world.server, place)
            .retry(policy())
            .attempt_timeout(scenario.attempt_timeout)
            .timeout(scenario.call_timeout)
            .build()
            .unwrap();
        let subject = row.arrange(&world).await;
        // A connection that is there already fails in other ways than one that has yet to be made.
        if !is_always {
            client.get_global_parallelism().send().await.unwrap();
        }
        world.server.take_requests();
        Self {
            row,
            world,
            client,
            subject,
            is_always,
        }
    }

    async fn play(self, scenario: Rc<Scenario>) {
        let operation = self.row.operation();
        let name = operation.name();
        let before = self.world.server.effects_of(operation);
        let faults = self.world.server.faults();
        if self.is_always {
            faults.always(operation, scenario.fault.clone());
        } else {
            faults.once(operation, scenario.fault.clone());
        }
        secrets::check_debug(&self.client, name);
        let call = self.row.call(&self.client, &self.subject);
        let limit = scenario.attempt_timeout.min(scenario.call_timeout);
        let ended = match &scenario.gate {
            Some(gate) => tokio::select! {
                ended = call => ended,
                () = passes(gate, limit) => panic!("{name} waits for ever"),
            },
            None => tokio::time::timeout(FOR_EVER * 2, call)
                .await
                .unwrap_or_else(|_| panic!("{name} hangs")),
        };
        if let Err(error) = &ended {
            secrets::check(error, name);
        }
        let sent = self.world.server.requests().len();
        let effects = self.world.server.effects_of(operation) - before;
        self.check_end(&scenario, sent, ended);
        check_effects(operation, &scenario, sent, effects);
    }

    /// Checks how often the request was sent, and what the call ended in.
    fn check_end(&self, scenario: &Scenario, sent: usize, ended: Result<String, Error>) {
        let operation = self.row.operation();
        let always = if self.is_always { "always" } else { "once" };
        let told = format!("{operation}, {always}: {ended:?}");
        let is_harmed = match scenario.harms {
            Harms::All => true,
            Harms::Readers => self.row.has_answer(),
            Harms::Nobody => false,
        };
        if !is_harmed {
            assert_eq!((sent, ended.is_ok()), (1, true), "{told}");
            return;
        }
        let again = is_sent_again(class(operation), scenario.fate);
        let expected = match (again, self.is_always) {
            (false, _) => 1,
            (true, true) => ATTEMPTS as usize,
            (true, false) => 2,
        };
        assert_eq!(sent, expected, "{told}");
        match ended {
            Ok(_) => assert!(again && !self.is_always, "{told}"),
            Err(error) if again && !self.is_always => {
                // The first attempt has done it, though nobody has heard of that.
                assert!(scenario.is_applied, "{told}");
                assert!(is_gone_afterwards(operation), "{told}");
                assert_eq!(error.status().unwrap(), 404, "{told}");
            }
            Err(error) => {
                assert_eq!(error.operation_id(), Some(operation.name()));
                (scenario.check)(&error);
            }
        }
    }
}

/// Lets time pass whenever an answer has come to the gate.
async fn passes(gate: &Gate, limit: Duration) {
    for count in gate.count() + 1.. {
        gate.reached(count).await;
        // What of the answer is sent has to be read first.
        for _ in 0..1000 {
            tokio::task::yield_now().await;
        }
        tokio::time::pause();
        let _frozen = Frozen;
        tokio::time::advance(limit).await;
    }
}

/// Lets tokio's time go on when it is dropped: with the call that was waited for, too.
struct Frozen;

impl Drop for Frozen {
    fn drop(&mut self) {
        tokio::time::resume();
    }
}

/// Checks that nothing was done twice that must be done once.
fn check_effects(operation: Operation, scenario: &Scenario, sent: usize, effects: usize) {
    let told = format!("{operation} was sent {sent} times and took effect {effects} times");
    if class(operation) != Class::Repeatable {
        assert!(effects <= 1, "{told}");
        assert!(!scenario.is_applied || effects == 1, "{told}");
    }
    if class(operation) == Class::Rotation {
        assert_eq!(sent, 1, "{told}");
    }
}
