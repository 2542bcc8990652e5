//! Something that goes wrong with one request.

use std::time::Duration;

use super::{Answer, Gate, Reaction};

/// Something that goes wrong with one request.
#[derive(Clone, Debug)]
pub struct Fault {
    kind: Kind,
    applied: bool,
}

#[derive(Clone, Debug)]
enum Kind {
    ResetBeforeReading,
    Reset,
    Truncate(Option<usize>),
    Stall(Gate),
    Hold(Gate),
    Drip { bytes: usize, pause: Duration },
    Answer(Answer),
}

impl Fault {
    /// The connection is reset when the head has arrived, before the body is read. Nothing takes effect.
    pub fn reset_before_reading() -> Self {
        Self::new(Kind::ResetBeforeReading, false)
    }

    /// The connection is reset after the whole request was read. Nothing takes effect unless [`Self::applied`] is said.
    pub fn reset() -> Self {
        Self::new(Kind::Reset, false)
    }

    /// The request takes effect, but half of the answer's body is lost.
    pub fn truncate() -> Self {
        Self::new(Kind::Truncate(None), true)
    }

    /// The request takes effect, but of the answer's body only so many bytes arrive.
    pub fn truncate_at(keep: usize) -> Self {
        Self::new(Kind::Truncate(Some(keep)), true)
    }

    /// The request takes effect, but its answer is held back until the gate opens.
    pub fn stall(gate: &Gate) -> Self {
        Self::new(Kind::Stall(gate.clone()), true)
    }

    /// The request takes effect, but half of its answer's body is held back until the gate opens.
    pub fn hold(gate: &Gate) -> Self {
        Self::new(Kind::Hold(gate.clone()), true)
    }

    /// The request takes effect, but the body of its answer comes a few bytes at a time, with pauses in real time.
    pub fn drip(bytes: usize, pause: Duration) -> Self {
        Self::new(Kind::Drip { bytes, pause }, true)
    }

    /// The request is answered with this. Nothing takes effect unless [`Self::applied`] is said.
    pub fn answer(answer: Answer) -> Self {
        Self::new(Kind::Answer(answer), false)
    }

    /// The request is sent elsewhere with the given status. Nothing takes effect unless [`Self::applied`] is said.
    pub fn redirect(status: u16, location: impl Into<String>) -> Self {
        Self::answer(Answer::redirect(status, location))
    }

    /// The request takes effect all the same; only its answer is lost. Has no meaning before reading.
    #[must_use]
    pub fn applied(mut self) -> Self {
        self.applied = !self.is_before_reading();
        self
    }

    /// The request does not take effect; an answer that is cut, held back or dripped is then an empty 200.
    #[must_use]
    pub fn not_applied(mut self) -> Self {
        self.applied = false;
        self
    }

    fn new(kind: Kind, applied: bool) -> Self {
        Self { kind, applied }
    }

    pub(crate) fn is_before_reading(&self) -> bool {
        matches!(self.kind, Kind::ResetBeforeReading)
    }

    pub(crate) fn is_applied(&self) -> bool {
        self.applied
    }

    /// Turns what would have happened into what goes wrong.
    pub(crate) fn react(self, otherwise: Reaction) -> Reaction {
        let Reaction::Answer(answer) = otherwise else {
            return otherwise;
        };
        match self.kind {
            Kind::ResetBeforeReading | Kind::Reset => Reaction::Reset,
            Kind::Truncate(keep) => {
                let keep = keep.unwrap_or(answer.body.len() / 2);
                Reaction::Truncate { answer, keep }
            }
            Kind::Stall(gate) => Reaction::Stall { answer, gate },
            Kind::Hold(gate) => {
                let keep = answer.body.len() / 2;
                Reaction::Hold { answer, keep, gate }
            }
            Kind::Drip { bytes, pause } => Reaction::Drip {
                answer,
                bytes,
                pause,
            },
            Kind::Answer(answer) => Reaction::Answer(answer),
        }
    }
}

impl From<Answer> for Fault {
    fn from(answer: Answer) -> Self {
        Self::answer(answer)
    }
}
