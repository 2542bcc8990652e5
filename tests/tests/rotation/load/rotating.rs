//! Those who rotate: an operator, another process, two at once; with and without answers.

use std::time::Duration;

use qstash_api::keys::KeyRing;
use qstash_api::keys::rotation::{Rotation, RotationOutcome, RotationPlan, RotationRefused};
use qstash_dev_server::{Answer, Fault, Operation};

use super::World;

const ROTATE: Operation = Operation::RotateSigningKeys;

/// Rotates in the way of this minute.
pub(super) async fn rotate(world: &World, minute: usize) {
    let lost = || Some(Fault::reset().applied());
    match minute % 10 {
        0 => operator(world, None).await,
        1 => operator(world, lost()).await,
        2 | 7 => world.server.rotate_signing_keys(),
        3 => two(world, None).await,
        4 => operator(world, Some(Fault::truncate())).await,
        5 => operator(world, Some(Fault::answer(Answer::empty(502)))).await,
        6 => {
            let garbage = Fault::answer(Answer::text(200, "garbage"));
            operator(world, Some(garbage.applied())).await;
        }
        8 => operator(world, Some(Fault::reset())).await,
        _ => two(world, lost()).await,
    }
}

/// A rotation that every endpoint has confirmed to be ready for.
async fn plan(world: &World) -> Rotation {
    let own = KeyRing::from_service(&world.client).await.unwrap();
    let plan = RotationPlan::read(&world.client, &own).await.unwrap();
    let endpoints = world.endpoints.iter();
    let answers = endpoints.map(|endpoint| (endpoint.url(), endpoint.holds(plan.pair())));
    let rotation = plan.confirmed_by(answers).unwrap();
    rotation.recheck_after(Duration::ZERO)
}

/// Rotates until it is told that it has, which is so at once or after a failure without effect.
async fn operator(world: &World, fault: Option<Fault>) {
    let before = world.server.effects_of(ROTATE);
    if let Some(fault) = fault {
        world.server.faults().once(ROTATE, fault);
    }
    let mut outcome = plan(world).await.execute().await.unwrap();
    if let RotationOutcome::NotRotated { .. } = outcome {
        assert_eq!(world.server.effects_of(ROTATE), before);
        outcome = plan(world).await.execute().await.unwrap();
    }
    assert!(
        matches!(outcome, RotationOutcome::Rotated { .. }),
        "{outcome}"
    );
    assert_eq!(world.server.effects_of(ROTATE), before + 1);
}

/// Two at once: there is one rotation, or one of them is told.
async fn two(world: &World, fault: Option<Fault>) {
    let before = world.server.effects_of(ROTATE);
    if let Some(fault) = fault {
        world.server.faults().once(ROTATE, fault);
    }
    let (one, other) = tokio::join!(plan(world), plan(world));
    let outcomes = tokio::join!(one.execute(), other.execute());
    let told = [&outcomes.0, &outcomes.1].into_iter().filter(|outcome| {
        matches!(
            outcome,
            Ok(RotationOutcome::RotatedByOthersToo { .. }) | Err(RotationRefused::OtherKeys { .. })
        )
    });
    let rotations = world.server.effects_of(ROTATE) - before;
    assert!(
        matches!((rotations, told.count()), (1, 1) | (2, 1..)),
        "{outcomes:?}"
    );
}
