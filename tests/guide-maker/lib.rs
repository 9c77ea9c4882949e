//! Made-up guides of any size: plausible names, real departments' words, questions and materials
//! after the example guide. The same size gives the same guide on every machine.
//!
//! The patterns come from the example package, so that whatever the format learns is in here too.

mod reference;
mod words;

use yichuang_domain::condition::Condition;
use yichuang_domain::identity::{IdType, check_id_number};
use yichuang_domain::matter::{AGENT_QUESTION, Department, Matter, MatterKind};
use yichuang_guide::{EXAMPLE, FORMAT, GuidePackage, ReleaseStatus};

use words::{ACTIVITY_ACTS, ENTITLEMENT_ACTS, OFFICES, STAGES, SUBJECTS};

const REGION: &str = "根河市";
/// Materials that a pattern keeps: a package of 100,000 matters must stay below 256 MB.
const MOST_MATERIALS: usize = 3;

/// One thing that a department does, without a qualifier in brackets.
struct Act {
    office: usize,
    /// The activity or entitlement.
    object: &'static str,
    /// What is done about it.
    act: &'static str,
    kind: MatterKind,
    /// Where its qualifiers begin.
    first: usize,
}

/// The example guide.
///
/// # Errors
/// Never, as long as the bundled package is one.
pub fn example() -> Result<GuidePackage, serde_json::Error> {
    serde_json::from_str(EXAMPLE)
}

/// A guide of `count` matters by 33 departments, its names all different up to half a million.
///
/// # Errors
/// Never, as long as the bundled package is one.
pub fn guide(count: usize) -> Result<GuidePackage, serde_json::Error> {
    let mut guide = example()?;
    let patterns: Vec<Matter> = guide.matters.iter().map(pattern).collect();
    departments(&mut guide);
    let acts = acts();
    let qualifiers = qualifiers();
    // Small guides take one matter of each act; large ones come back for more qualifiers.
    let mut chosen: Vec<(usize, usize)> =
        (0..count).map(|i| (i % acts.len(), i / acts.len())).collect();
    chosen.sort_by_key(|(act, round)| (acts[*act].office, *round, *act));
    let mut sequence = vec![0usize; OFFICES.len()];
    let matters = chosen.into_iter().map(|(at, round)| {
        let act = &acts[at];
        sequence[act.office] += 1;
        let qualifier = &qualifiers[(act.first + round) % qualifiers.len()];
        let department = &guide.departments[act.office].code;
        matter(act, qualifier, department, sequence[act.office], &patterns)
    });
    guide.matters = matters.collect();
    guide.bundles.clear();
    FORMAT.clone_into(&mut guide.format);
    guide.status = ReleaseStatus::Sample;
    reference::give(&mut guide);
    Ok(guide)
}

/// SplitMix64: well mixed, and the same everywhere.
fn mixed(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Every act of every department, mixed.
fn acts() -> Vec<Act> {
    let mut acts: Vec<Act> = Vec::new();
    for (office, words) in OFFICES.iter().enumerate() {
        let activities =
            words.activities.iter().flat_map(|object| ACTIVITY_ACTS.map(|act| (*object, act)));
        let entitlements =
            words.entitlements.iter().flat_map(|object| ENTITLEMENT_ACTS.map(|act| (*object, act)));
        for (object, (act, kind)) in activities.chain(entitlements) {
            let chance = mixed(acts.len() as u64);
            // Half of the names are plain, the others begin with some simple qualifier.
            let first = if chance.is_multiple_of(2) { 0 } else { (chance >> 8) as usize % 24 + 1 };
            acts.push(Act { office, object, act, kind, first });
        }
    }
    let mut order: Vec<(u64, Act)> =
        (0u64..).zip(acts).map(|(i, act)| (mixed(i ^ 0xA5A5), act)).collect();
    order.sort_by_key(|(place, _)| *place);
    order.into_iter().map(|(_, act)| act).collect()
}

/// What can stand behind a name: nothing, then one word, then two.
fn qualifiers() -> Vec<String> {
    let mut all = vec![String::new()];
    all.extend(STAGES.iter().chain(&SUBJECTS).map(|word| format!("（{word}）")));
    for subject in SUBJECTS {
        all.extend(STAGES.iter().map(|stage| format!("（{subject}，{stage}）")));
    }
    all
}

fn departments(guide: &mut GuidePackage) {
    let Some(pattern) = guide.departments.first().cloned() else { return };
    for (i, office) in OFFICES.iter().enumerate().skip(guide.departments.len()) {
        guide.departments.push(Department {
            code: department_code(i),
            name: format!("{REGION}{}", office.name),
            phone: format!("0470-55502{i:02}"),
            complaint_phone: format!("0470-55509{i:02}"),
            ..pattern.clone()
        });
    }
}

/// A 统一社会信用代码 that is given to nobody, its check character right.
fn department_code(i: usize) -> String {
    let body = format!("11150785MB0B{i:05}");
    let candidates =
        "0123456789ABCDEFGHJKLMNPQRTUWXY".chars().map(|check| format!("{body}{check}"));
    let mut right = candidates.filter(|code| check_id_number(IdType::Uscc, code).is_ok());
    right.next().unwrap_or(body)
}

/// An example matter cut down to its first question and the materials that need no other.
fn pattern(example: &Matter) -> Matter {
    let mut matter = example.clone();
    matter.questions.retain(|q| q.when.is_none());
    matter.questions.truncate(1);
    let first = matter.questions.first().map(|q| q.id.clone());
    let is_asked = |when: &Condition| {
        let clauses = match when {
            Condition::All(clause) => std::slice::from_ref(clause),
            Condition::Any(clauses) => clauses.as_slice(),
        };
        let mut questions = clauses.iter().flat_map(|clause| clause.keys());
        questions.all(|id| id == AGENT_QUESTION || Some(id) == first.as_ref())
    };
    matter.materials.retain(|m| m.when.as_ref().is_none_or(is_asked));
    matter.materials.truncate(MOST_MATERIALS);
    matter.conditions.truncate(1);
    matter.basis.truncate(1);
    matter.common_returns.truncate(1);
    matter
}

fn matter(
    act: &Act,
    qualifier: &str,
    department: &str,
    sequence: usize,
    patterns: &[Matter],
) -> Matter {
    let chance = mixed(sequence as u64 ^ (act.office as u64) << 40) as usize;
    let of_kind: Vec<&Matter> = patterns.iter().filter(|p| p.kind == act.kind).collect();
    let pattern = match of_kind.as_slice() {
        [] => &patterns[chance % patterns.len()],
        fitting => fitting[chance % fitting.len()],
    };
    let (name, kind) = (format!("{}{}{qualifier}", act.object, act.act), kind_digits(act.kind));
    let mut matter = pattern.clone();
    matter.code = format!("{department}400{kind}{:02}{sequence:04}00", act.office + 1);
    matter.aliases = aliases(act, chance);
    matter.department = department.to_owned();
    if let Some(material) = matter.materials.first_mut() {
        material.name = format!("{}申请表", act.object);
    }
    matter.result.name = format!("{}结果", act.object);
    matter.name = name;
    matter
}

/// 事项类型, as in GB/T 39046 A.1.
fn kind_digits(kind: MatterKind) -> &'static str {
    match kind {
        MatterKind::Licence => "01",
        MatterKind::Penalty => "02",
        MatterKind::Compulsion => "03",
        MatterKind::Levy => "04",
        MatterKind::Payment => "05",
        MatterKind::Inspection => "06",
        MatterKind::Confirmation => "07",
        MatterKind::Reward => "08",
        MatterKind::Ruling => "09",
        MatterKind::PublicService => "20",
        MatterKind::Other => "10",
    }
}

/// What people would call it: one to three of the usual ways.
fn aliases(act: &Act, chance: usize) -> Vec<String> {
    let object = act.object;
    let ways = [
        format!("办{object}"),
        format!("{object}怎么办"),
        format!("{object}手续"),
        format!("{object}找谁办"),
        format!("{object}的事"),
    ];
    (0..=chance % 3).map(|i| ways[(chance / 7 + i) % ways.len()].clone()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_made_up_guide_passes_the_check_as_a_sample() {
        for count in [1, 33, 1573, 6000] {
            let made = guide(count).unwrap();
            assert_eq!(made.matters.len(), count);
            assert_eq!(made.departments.len(), 33);
            let checked = yichuang_guide::check(&serde_json::to_vec(&made).unwrap()).unwrap();
            // A sample need not say that it is one, and whoever meant another is told.
            let places: Vec<_> = checked.warnings.iter().map(|w| w.place.as_str()).collect();
            assert_eq!(places, ["status"], "{count}");
            assert_eq!(checked.package, made);
        }
    }

    #[test]
    fn some_matters_say_where_and_when_and_bring_their_forms() {
        let made = guide(1000).unwrap();
        let told: Vec<&Matter> = made.matters.iter().filter(|m| m.reference.is_some()).collect();
        assert!((100..=500).contains(&told.len()), "{}", told.len());
        for matter in told {
            let service = &matter.reference.as_ref().unwrap().service;
            assert!(!service.places[0].hours.is_empty());
            assert!(service.contact.starts_with("0470-"));
            let named = matter.materials.first().and_then(|m| m.reference.as_ref());
            assert!(named.is_none_or(|m| m.blank_form == "F1" && m.sample_form == "F2"));
        }
        assert_eq!(made.forms.len(), 2);
    }

    #[test]
    fn names_and_codes_differ_and_the_same_size_gives_the_same_guide() {
        let made = guide(20_000).unwrap();
        let names: HashSet<&str> = made.matters.iter().map(|m| m.name.as_str()).collect();
        let codes: HashSet<&str> = made.matters.iter().map(|m| m.code.as_str()).collect();
        assert_eq!((names.len(), codes.len()), (20_000, 20_000));
        assert!(made.matters.iter().all(|m| m.code.len() == 31), "as long as a real one");
        assert!(guide(500).unwrap() == guide(500).unwrap());
    }
}
