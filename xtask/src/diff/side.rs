//! One side of a comparison: the sources, taken through the stages of codegen up to the refined tree.

use super::api::Api;
use super::{Names, read};
use crate::finding::{Finding, Findings};
use crate::overlay::Mode;
use crate::pipeline::{self, Sources};
use crate::settings::Settings;

/// One side of a comparison.
#[derive(Clone, Debug)]
pub struct Side {
    pub(super) names: Names,
    pub(super) api: Api,
    pub(super) obsolete_actions: Vec<Finding>,
    pub(super) unnamed_operations: Vec<Finding>,
}

/// Takes sources through the stages; the overlay may have actions that select or change nothing.
pub fn side(sources: &Sources, settings: &Settings, findings: &mut Findings) -> Option<Side> {
    let mut own = Findings::new();
    let api = api(sources, settings, &mut own);
    findings.extend(own.iter().cloned());
    let with_code = |codes: &[&str]| {
        let chosen = own.iter().filter(|finding| codes.contains(&finding.code));
        chosen.cloned().collect()
    };
    Some(Side {
        names: Names {
            document: sources.document.name.clone(),
            overlay: sources.overlay.as_ref().map(|source| source.name.clone()),
        },
        api: api?,
        obsolete_actions: with_code(&["overlay/unmatched", "overlay/no-effect"]),
        unnamed_operations: with_code(&["lower/derived-operation-id"]),
    })
}

fn api(sources: &Sources, settings: &Settings, findings: &mut Findings) -> Option<Api> {
    let document = pipeline::lowered(sources, Mode::Lenient, findings)?;
    let (file, table) = pipeline::refined(document.clone(), settings, findings)?;
    Some(read::read(file, &table, &document))
}
