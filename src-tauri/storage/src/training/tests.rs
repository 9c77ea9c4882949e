//! Going round everything above: what the database itself refuses.

use jiff::Timestamp;
use jiff::civil::date;
use uuid::Uuid;
use yichuang_domain::numbering::NumberSource;
use yichuang_domain::training::TrainingStep;

use super::*;
use crate::Enrolment;
use crate::tests::{actor, filed_with_material, source};

const AT: Timestamp = Timestamp::UNIX_EPOCH;

fn training() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let key = crate::key::Key::random().unwrap();
    let store = Store::open_training_with_key(folder.path(), &key).unwrap();
    (folder, store)
}

fn enrolment(trial: bool) -> Enrolment {
    Enrolment {
        hub_url: "http://127.0.0.1:1".into(),
        origin: "O1".into(),
        device_code: "D1".into(),
        region: "150785".into(),
        station: "01".into(),
        window: "3".into(),
        hall: "大厅".into(),
        trial,
        device_seed: [7; 32],
        hub_key: [9; 32],
        authority_pem: None,
    }
}

fn sql(store: &Store, statement: &str) -> Result<usize, StorageError> {
    Ok(store.lock().execute(statement, [])?)
}

#[test]
fn no_credentials_are_kept_by_the_program_nor_round_it() {
    let (_folder, store) = training();
    for trial in [true, false] {
        let refused = store.save_enrolment(&enrolment(trial)).unwrap_err();
        assert_eq!(refused.code(), "training");
    }
    for statement in [
        "INSERT INTO meta (name, value) VALUES ('upstream.enrolment', '{}')",
        "INSERT OR REPLACE INTO meta (name, value) VALUES ('upstream.enrolment', '{}')",
        "INSERT INTO meta (name, value) VALUES ('UPSTREAM.ENROLMENT', '{}')",
        "UPDATE meta SET name = 'upstream.enrolment' WHERE name = 'practice.seed'",
        "INSERT INTO meta (name, value) VALUES ('upstream.receipt', 'x')",
        "INSERT INTO hub_logs (log, nth) VALUES ('hub', 1)",
        "INSERT INTO wanted_cases (number, reason, clerk, clerk_name, asked_at) VALUES ('1', '', '', '', '')",
        "DELETE FROM meta WHERE name = 'training.mark'",
        "UPDATE meta SET value = '0' WHERE name = 'training.mark'",
        "UPDATE meta SET name = 'other' WHERE name = 'training.mark'",
        "INSERT OR REPLACE INTO meta (name, value) VALUES ('training.mark', '0')",
    ] {
        let refused = sql(&store, statement).map(|_| ());
        let replaced =
            statement.contains("REPLACE INTO meta (name, value) VALUES ('training.mark'");
        if replaced && refused.is_ok() {
            // What replaces it is a mark again.
            assert!(store.is_training().unwrap());
            continue;
        }
        assert_eq!(refused.unwrap_err().code(), "training", "{statement}");
    }
    assert!(store.enrolment().unwrap().is_none() && store.is_training().unwrap());
}

#[test]
fn no_number_no_paper_and_no_record_but_those_of_practice() {
    let (_folder, store) = training();
    let real = NumberSource { practice: false, ..source() };
    let refused = store.write(|tx| tx.next_number(&real, date(2026, 3, 2))).unwrap_err();
    assert_eq!(refused.code(), "training");
    let refused = store.write(|tx| tx.next_formal_number("根市监许", |n| format!("{n}号")));
    assert_eq!(refused.unwrap_err().code(), "training");
    for statement in [
        "INSERT INTO numbers (prefix, sequence, number) VALUES ('150785-01', 1, '150785-01-D1-20260302-0001-X')",
        "INSERT INTO events (origin, seq, case_id, text, hash) VALUES ('O1', 1, 'c', '{}', 'h')",
        "INSERT INTO documents (number, case_id, kind, sha256, issued_at, pdf) VALUES ('150785-1', 'c', 'k', 's', '', x'00')",
        "INSERT INTO cases (id, number, state, matter_code, matter_name, applicant, applicant_key, filed_on, due_estimated, conflicts, last_origin, last_seq, body)
         VALUES ('c', '1', 's', 'm', 'm', 'a', 'a', '2026-03-02', 0, 0, 'o', 1, '{\"practice\":false}')",
    ] {
        assert_eq!(sql(&store, statement).unwrap_err().code(), "training", "{statement}");
    }
    let case = store.write(|tx| {
        let body = filed_with_material(tx, "m1")?;
        tx.append(&actor(), Uuid::now_v7(), vec![body], AT)
    });
    assert!(case.unwrap().number.as_str().starts_with("YS-"));
    let formal =
        store.write(|tx| tx.next_formal_number("演练根市监许", |n| format!("{n}号")));
    assert_eq!(formal.unwrap(), "1号");
}

#[test]
fn a_database_with_records_never_becomes_one_for_training_and_holds_nothing_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let key = crate::key::Key::random().unwrap();
    let store = Store::open_with_key(folder.path(), &key).unwrap();
    let attempt = NewAttempt { id: "a", card: "{}", clerk: "c", clerk_name: "王敏", draft: "d" };
    let refused = store.write(|tx| tx.add_training_attempt(&attempt, AT)).unwrap_err();
    assert_eq!(refused.code(), "training-foreign");
    let refused = store.write(|tx| tx.save_training_card(("x", "{}"), "王敏", AT)).unwrap_err();
    assert_eq!(refused.code(), "training-foreign");
    store.save_enrolment(&enrolment(false)).unwrap();
    let refused = store.write(|tx| meta::set(&tx.sql, MARK, "1")).unwrap_err();
    assert_eq!(refused.code(), "training-foreign");
    assert!(!store.is_training().unwrap());
}

#[test]
fn a_folder_with_records_is_neither_opened_for_training_nor_erased() {
    let folder = tempfile::tempdir().unwrap();
    {
        let store = Store::open(folder.path(), None).unwrap();
        store.write(|tx| tx.add_clerk("c", "王敏", "hash", AT)).unwrap();
    }
    assert_eq!(Store::open_training(folder.path()).unwrap_err().code(), "training-foreign");
    assert_eq!(erase_training(folder.path()).unwrap_err().code(), "training-foreign");
    let store = Store::open(folder.path(), None).unwrap();
    assert_eq!(store.clerks().unwrap().len(), 1);
}

#[test]
fn a_training_folder_is_erased_whole_and_begins_anew_under_its_key() {
    let folder = tempfile::tempdir().unwrap();
    {
        let store = Store::open_training(folder.path()).unwrap();
        store.write(|tx| tx.add_clerk("c", "王敏", "hash", AT)).unwrap();
    }
    let key = fs::read(folder.path().join("key.json")).unwrap();
    erase_training(folder.path()).unwrap();
    erase_training(folder.path()).unwrap();
    let store = Store::open_training(folder.path()).unwrap();
    assert!(store.clerks().unwrap().is_empty() && store.is_training().unwrap());
    assert_eq!(fs::read(folder.path().join("key.json")).unwrap(), key);
}

#[test]
fn the_keys_of_training_and_of_records_open_nothing_of_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let (real, training) = (folder.path().to_owned(), folder.path().join(TRAINING_FOLDER));
    drop(Store::open(&real, None).unwrap());
    drop(Store::open_training(&training).unwrap());
    let its = crate::key::open(&training, None).unwrap();
    assert_eq!(Store::open_with_key(&real, &its).unwrap_err().code(), "storage-damaged");
}

#[test]
fn an_attempt_is_kept_as_it_was_with_one_result() {
    let (_folder, store) = training();
    let attempt = NewAttempt { id: "a", card: "{}", clerk: "c", clerk_name: "王敏", draft: "d" };
    let step = |step| {
        store.write(|tx| tx.mark_training_step("d", step, AT)).unwrap();
        store.training_marks("a").unwrap().len()
    };
    store.write(|tx| tx.add_training_attempt(&attempt, AT)).unwrap();
    assert_eq!(step(TrainingStep::Questions), 1);
    assert_eq!(step(TrainingStep::Questions), 1, "standing still is no news");
    assert_eq!(step(TrainingStep::Materials), 2);
    assert!(!store.write(|tx| tx.mark_training_step("other", TrainingStep::Papers, AT)).unwrap());
    store.write(|tx| tx.bind_training_case("d", "case", AT)).unwrap();
    assert!(store.write(|tx| tx.bind_training_case("d", "another", AT)).is_err());
    let result = |points| store.write(|tx| tx.add_training_result("a", points, "{}", AT)).unwrap();
    assert!(result(80) && !result(100));
    for statement in [
        "DELETE FROM training_attempts",
        "UPDATE training_attempts SET card = '{\"x\":1}'",
        "DELETE FROM training_marks",
        "UPDATE training_marks SET mark = '{}'",
        "DELETE FROM training_results",
        "UPDATE training_results SET points = 100",
    ] {
        assert!(sql(&store, statement).is_err(), "{statement}");
    }
    let stored = store.training_attempt("a").unwrap().unwrap();
    assert_eq!((stored.case.as_deref(), stored.draft_there), (Some("case"), false));
    assert_eq!(store.training_attempts(Some("c")).unwrap(), [stored]);
    assert!(store.training_attempts(Some("other")).unwrap().is_empty());
}
