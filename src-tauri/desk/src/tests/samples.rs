//! Example data (示例): for practice, and for nobody who takes real applications.

use super::{Bench, enrol, next_release};

#[test]
fn a_window_with_real_records_takes_no_example_data() {
    let bench = Bench::new();
    enrol(&bench.desk, false);
    bench.desk.first_account("王敏", "246802").unwrap();
    let before = bench.desk.guide_view().unwrap();
    // Format 1 is a sample whatever it says; format 2 where it does not say that it is official.
    let old = yichuang_guide::EXAMPLE.replacen("\"release\": 1", "\"release\": 2", 1);
    let sample = next_release(|guide| guide["status"] = "sample".into());
    for bytes in [old.as_bytes(), &sample] {
        let error = bench.desk.import_guide(bytes).unwrap_err();
        assert_eq!((error.code(), error.field().as_deref()), ("guide-sample", Some("status")));
        assert!(error.is_refusal() && error.to_string().contains("培训请用演练档案"));
        let checked = yichuang_guide::check(bytes).unwrap();
        let offer = crate::releases::Offer {
            release: 2,
            region: &checked.package.region.code,
            digest: &checked.digest,
        };
        let error = bench.desk.take_release(offer, bytes).unwrap_err();
        assert_eq!(error.code(), "guide-sample");
    }
    assert_eq!(bench.desk.guide_view().unwrap(), before, "nothing is changed");
    // The example that came with the program is there until the hub has a release, and marked.
    assert!(before.unwrap().sample);
    bench.desk.import_guide(yichuang_guide::EXAMPLE.as_bytes()).unwrap();
    bench.desk.import_guide(&next_release(|_| {})).unwrap();
    assert!(!bench.desk.guide_view().unwrap().unwrap().sample);
}

#[test]
fn a_window_of_a_practice_hub_takes_the_trainers_example() {
    let bench = Bench::new();
    enrol(&bench.desk, true);
    let sample = next_release(|guide| guide["status"] = "sample".into());
    bench.desk.import_guide(&sample).unwrap();
    assert!(bench.desk.guide_view().unwrap().unwrap().sample);
}
