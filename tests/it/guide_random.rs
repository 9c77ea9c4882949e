//! Random releases and random damage: a window has the release it had or the one that was
//! published, byte for byte.

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use yichuang_protocol::guide::{PART_PATH, PATH};
use yichuang_protocol::packing;
use yichuang_tests::faults::{Fault, FaultyLine};
use yichuang_tests::guides::{release, release_with};
use yichuang_tests::hub::TestHub;
use yichuang_tests::sync_window::{SyncWindow, compare_sides};

use crate::guide_damage::{Hall, hall, kept, later, without_delta};

/// One random change to a guide that passes its check.
#[derive(Clone, Debug)]
enum Edit {
    Rename(Index, String),
    Remove(Index),
    Move(Index, Index),
    Copy(Index, u32),
    Standard(Index, String),
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = any::<Index>;
    prop_oneof![
        (at(), "[一-龥a-z🏛\"\\\\]{1,12}").prop_map(|(i, s)| Edit::Rename(i, s)),
        at().prop_map(Edit::Remove),
        (at(), at()).prop_map(|(i, j)| Edit::Move(i, j)),
        (at(), any::<u32>()).prop_map(|(i, n)| Edit::Copy(i, n)),
        (at(), "\\PC{1,40}x").prop_map(|(i, s)| Edit::Standard(i, s)),
    ]
}

fn carry_out(guide: &mut Value, edit: &Edit) {
    guide["bundles"] = json!([]);
    let matters = guide["matters"].as_array_mut().unwrap();
    let len = matters.len();
    match edit {
        Edit::Rename(i, name) => matters[i.index(len)]["name"] = json!(format!("改{name}")),
        Edit::Remove(i) if len > 2 => drop(matters.remove(i.index(len))),
        Edit::Remove(_) => {}
        Edit::Move(i, j) => matters.swap(i.index(len), j.index(len)),
        Edit::Copy(i, n) => {
            let mut copy = matters[i.index(len)].clone();
            copy["code"] = json!(format!("{}-{len}-{n}", copy["code"].as_str().unwrap()));
            matters.push(copy);
        }
        Edit::Standard(i, text) => {
            let materials = matters[i.index(len)]["materials"].as_array_mut().unwrap();
            if let Some(material) = materials.first_mut() {
                material["standard"] = json!(text);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 20, ..ProptestConfig::default() })]

    /// Whatever changes between releases, and whenever a window syncs: it ends with the very bytes
    /// that were published last.
    #[test]
    fn a_window_has_the_bytes_that_were_published(
        releases in prop::collection::vec(
            (prop::collection::vec(edit(), 1..6), any::<bool>(), any::<bool>()), 1..5),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let hub = TestHub::start(folder.path(), false);
        let line = FaultyLine::to(hub.address());
        let window = SyncWindow::joined(&hub, &line.url(), "03");
        let mut guide: Value = serde_json::from_str(&release_with(1, |_| {})).unwrap();
        let mut before: Option<String> = None;
        let mut last = String::new();
        for (n, (edits, pretty, syncs)) in releases.iter().enumerate() {
            guide["release"] = json!(n + 1);
            edits.iter().for_each(|edit| carry_out(&mut guide, edit));
            last = if *pretty { serde_json::to_string_pretty(&guide).unwrap() } else { guide.to_string() };
            hub.publish(last.as_bytes()).unwrap();
            if let Some(before) = &before {
                let delta = packing::delta(before.as_bytes(), last.as_bytes()).unwrap();
                let applied = packing::apply(before.as_bytes(), &delta, last.len() as u64).unwrap();
                prop_assert!(applied == last.as_bytes());
            }
            before = Some(last.clone());
            if *syncs {
                prop_assert_eq!(window.sync().unwrap().guide_taken, Some(n as u32 + 1));
                prop_assert!(kept(&window).1 == last);
            }
        }
        window.sync().unwrap();
        prop_assert!(kept(&window).1 == last);
        prop_assert_eq!(window.desk().guide_view().unwrap().unwrap().release as usize, releases.len());
    }

    /// Whatever happens to the bytes of an answer: the window has the release it had or the one
    /// that was published, and its cases arrive.
    #[test]
    fn whatever_is_altered_on_the_way_nothing_false_is_taken(
        on_parts in any::<bool>(),
        hits in prop::collection::vec((any::<Index>(), any::<u8>()), 1..6),
        cut in prop::option::of(any::<Index>()),
        whole in any::<bool>(),
    ) {
        let Hall { hub, line, mut window, _folder } = hall();
        let path = if on_parts { PART_PATH } else { PATH };
        if whole && on_parts {
            line.next_of(PATH, without_delta(|_| {}));
        }
        let damage = move |answer: &mut Value| {
            let mut bytes = serde_json::to_vec(answer).unwrap();
            for (place, byte) in &hits {
                let at = place.index(bytes.len());
                bytes[at] = *byte;
            }
            bytes.truncate(cut.map_or(bytes.len(), |cut| cut.index(bytes.len())));
            *answer = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        };
        line.next_of(path, Fault::alter(damage));
        let before = kept(&window);
        window.file();
        let report = window.sync().unwrap();
        match report.guide_taken {
            None => prop_assert!(kept(&window) == before, "{report:?}"),
            Some(_) => prop_assert!(kept(&window).1 == release(2, "第二版")),
        }
        compare_sides(&hub, &window);
        line.heal();
        window.sync_at(&later).unwrap();
        prop_assert!(kept(&window).1 == release(2, "第二版"));
    }

    /// A file that was damaged is refused, or it is still a newer guide; nothing in between, and
    /// nothing panics.
    #[test]
    fn a_damaged_file_changes_nothing(
        hits in prop::collection::vec((any::<Index>(), any::<u8>()), 1..6),
        cut in prop::option::of(any::<Index>()),
    ) {
        let window = SyncWindow::new();
        window.desk().ensure_guide().unwrap();
        let before = kept(&window);
        let mut bytes = release(2, "第二版").into_bytes();
        for (place, byte) in hits {
            let at = place.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.map_or(bytes.len(), |cut| cut.index(bytes.len())));
        match window.desk().import_guide(&bytes) {
            Ok(checked) => prop_assert!(kept(&window).1 == checked.text),
            Err(_) => prop_assert!(kept(&window) == before),
        }
    }
}
