//! A material that several matters ask for, brought once.

use crate::checklist::{Check, CheckedMaterial};
use crate::matter::{Material, MaterialHandling, MaterialId, MaterialMedia, Necessity};

/// A material of a bundle as it applies now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JointMaterial {
    /// The material as the bundle asks for it: its id is the bundle's.
    pub material: Material,
    /// Where it applies: the position of the matter in the bundle, and the material there.
    pub parts: Vec<(usize, MaterialId)>,
}

/// Joins what several matters ask of one material: as much, as strictly and as surely as the
/// strictest of them. `id` and `name` are the bundle's.
pub(super) fn join(id: MaterialId, name: String, parts: &[&Material]) -> Material {
    let most = |count: fn(&Material) -> u8| parts.iter().map(|m| count(m)).max().unwrap_or(0);
    // A material that is optional somewhere is not brought there at all if it can't be brought as
    // that matter wants it.
    let binding: Vec<_> = match strictest(parts) {
        Necessity::Optional => parts.to_vec(),
        _ => parts.iter().copied().filter(|m| m.necessity != Necessity::Optional).collect(),
    };
    let everywhere = |allowed: fn(&Material) -> bool| binding.iter().all(|m| allowed(m));
    let first = parts.first();
    let media = match parts.iter().all(|m| Some(m.media) == first.map(|f| f.media)) {
        true => first.map(|m| m.media).unwrap_or_default(),
        false if parts.iter().any(|m| m.media == MaterialMedia::Paper) => MaterialMedia::Paper,
        false => MaterialMedia::Either,
    };
    Material {
        id,
        name,
        originals: most(|m| m.originals),
        copies: most(|m| m.copies),
        handling: handling(parts),
        source: first.map(|m| m.source).unwrap_or_default(),
        issuer: distinct(parts, |m| &m.issuer, "或"),
        necessity: strictest(parts),
        kind: first.map(|m| m.kind).unwrap_or_default(),
        media,
        licence_reuse: everywhere(|m| m.licence_reuse),
        commitment_allowed: everywhere(|m| m.commitment_allowed),
        when: None,
        standard: distinct(parts, |m| &m.standard, "；"),
        how_to_get: distinct(parts, |m| &m.how_to_get, "；"),
        reference: first.and_then(|m| m.reference.clone()),
    }
}

/// What a check of the joint material says about it in one matter. Where the matter does not need
/// it and does not take it so, it was not brought there, which blocks nothing.
pub(super) fn check_there(check: Check, there: &Material) -> Check {
    match there.necessity == Necessity::Optional && check.obstacle(there).is_some() {
        true => Check::Missing,
        false => check,
    }
}

/// The check that papers of several cases show: that of the case that needs the material most.
pub(super) fn shown<'a>(parts: &[&'a CheckedMaterial]) -> Option<&'a CheckedMaterial> {
    let need = |m: &CheckedMaterial| match m.material.necessity {
        Necessity::Required => 0,
        Necessity::Deferrable => 1,
        Necessity::Optional => 2,
    };
    parts.iter().copied().min_by_key(|m| need(m))
}

fn strictest(parts: &[&Material]) -> Necessity {
    let any = |wanted| parts.iter().any(|m| m.necessity == wanted);
    match (any(Necessity::Required), any(Necessity::Deferrable)) {
        (true, _) => Necessity::Required,
        (false, true) => Necessity::Deferrable,
        (false, false) => Necessity::Optional,
    }
}

/// What the window does with the one paper so that each matter has what it wants.
fn handling(parts: &[&Material]) -> MaterialHandling {
    use MaterialHandling as H;
    let any = |of: &[H]| parts.iter().any(|m| of.contains(&m.handling));
    let keeps_original = any(&[H::KeepOriginal, H::KeepBoth]);
    let keeps_copy = any(&[H::KeepCopy, H::VerifyOriginalKeepCopy, H::KeepBoth]);
    let sees_original = any(&[H::VerifyOriginalKeepCopy, H::VerifyOnly]);
    match (keeps_original, keeps_copy, sees_original) {
        (true, true, _) => H::KeepBoth,
        (true, false, _) => H::KeepOriginal,
        (false, true, true) => H::VerifyOriginalKeepCopy,
        (false, true, false) => H::KeepCopy,
        (false, false, _) => H::VerifyOnly,
    }
}

/// Each text once, in the order of the matters.
fn distinct<'m>(parts: &[&'m Material], text: fn(&'m Material) -> &'m String, by: &str) -> String {
    let mut texts: Vec<&str> = Vec::new();
    for part in parts {
        let said = text(part).as_str();
        if !said.is_empty() && !texts.contains(&said) {
            texts.push(said);
        }
    }
    texts.join(by)
}
