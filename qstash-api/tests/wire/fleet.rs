//! Verifiers prove that they hold the keys before a rotation.

use qstash_api::Timestamp;
use qstash_api::keys::challenge::{self, Challenge};
use qstash_api::keys::rotation::{RotationOutcome, RotationPlan, RotationRefused};
use qstash_api::keys::{KeyPair, KeyRing};
use qstash_dev_server::QStash;

#[tokio::test]
async fn a_rotation_waits_until_every_verifier_has_proven_that_it_holds_the_keys() {
    let service = QStash::start().await.unwrap();
    let client = service.client().unwrap();
    let ring = KeyRing::from_service(&client).await.unwrap();
    let fleet = [
        KeyRing::from_service(&client).await.unwrap(),
        KeyRing::from_service(&client).await.unwrap(),
    ];
    let ask = |challenge: &Challenge| {
        let ask = |ring| challenge::answer(ring, &challenge.to_string()).into_body();
        [("a", ask(&fleet[0])), ("b", ask(&fleet[1]))]
    };
    for rotation in 0..2 {
        let plan = RotationPlan::read(&client, &ring).await.unwrap();
        let challenge = Challenge::random().unwrap();
        if rotation > 0 {
            // Nobody has told them of the rotation before.
            let error = plan.proven_by(&challenge, ask(&challenge)).unwrap_err();
            assert_eq!(
                error.to_string(),
                "these verifiers have not proven that they hold the service's pair of signing keys: a (it has not \
                 learnt of the last rotation), b (it has not learnt of the last rotation); have them refresh, then \
                 ask them again"
            );
            let keys = client.get_signing_keys().send().await.unwrap();
            let pair = KeyPair::try_from(&*keys).unwrap();
            for ring in &fleet {
                ring.adopt(&pair, Timestamp::from_unix_secs(1_760_000_000));
            }
        }
        // An answer to another challenge, and a page of a proxy, prove nothing.
        let old = plan.proven_by(&Challenge::random().unwrap(), ask(&challenge));
        assert!(
            matches!(old, Err(RotationRefused::NotProven { verifiers, .. }) if verifiers.len() == 2)
        );
        let page = plan.proven_by(&challenge, [("a", "<html>")]).unwrap_err();
        assert!(
            page.to_string().contains("a (its answer is no proof)"),
            "{page}"
        );
        let nobody = plan.proven_by(&challenge, [("a", ""); 0]);
        assert!(matches!(nobody, Err(RotationRefused::NobodyConfirmed)));

        let ready = plan.proven_by(&challenge, ask(&challenge)).unwrap();
        let outcome = ready.execute().await.unwrap();
        assert!(
            matches!(outcome, RotationOutcome::Rotated { .. }),
            "{outcome}"
        );
    }
}
