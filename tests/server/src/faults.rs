//! Faults that a server is to have, by operation and count.

use std::sync::{Mutex, PoisonError};

use crate::operation::Operation;
use crate::wire::Fault;

/// The faults that a server was given, in the order in which they are used up.
#[derive(Debug, Default)]
pub struct Faults {
    plan: Mutex<Vec<Planned>>,
}

#[derive(Debug)]
struct Planned {
    operation: Option<Operation>,
    left: Option<usize>,
    fault: Fault,
}

impl Faults {
    /// Makes the next request to an operation go wrong; `None` stands for any request.
    pub fn once(&self, operation: impl Into<Option<Operation>>, fault: Fault) {
        self.times(1, operation, fault);
    }

    /// Makes the next so many requests to an operation go wrong; `None` stands for any request.
    pub fn times(&self, count: usize, operation: impl Into<Option<Operation>>, fault: Fault) {
        self.plan(operation.into(), Some(count), fault);
    }

    /// Makes every request to an operation go wrong until [`Self::clear`]; `None` stands for any request.
    pub fn always(&self, operation: impl Into<Option<Operation>>, fault: Fault) {
        self.plan(operation.into(), None, fault);
    }

    /// Forgets every fault that is still to come.
    pub fn clear(&self) {
        self.lock().clear();
    }

    /// Returns how many requests are still to go wrong, without those that always do.
    pub fn left(&self) -> usize {
        self.lock().iter().filter_map(|planned| planned.left).sum()
    }

    fn plan(&self, operation: Option<Operation>, left: Option<usize>, fault: Fault) {
        self.lock().push(Planned {
            operation,
            left,
            fault,
        });
    }

    /// Uses up the first fault that fits. A request to no operation meets only faults for any request.
    pub(crate) fn take(&self, operation: Option<Operation>) -> Option<Fault> {
        let mut plan = self.lock();
        let found = plan.iter().position(|planned| {
            planned.left != Some(0)
                && (planned.operation.is_none() || planned.operation == operation)
        })?;
        let planned = plan.get_mut(found)?;
        let fault = planned.fault.clone();
        planned.left = planned.left.map(|left| left - 1);
        plan.retain(|planned| planned.left != Some(0));
        Some(fault)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Planned>> {
        self.plan.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
