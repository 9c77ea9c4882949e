use jiff::civil::date;

use super::*;
use crate::key::Key;

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_with_key(folder.path(), &Key::random().unwrap()).unwrap();
    (folder, store)
}

fn job(id: &str, day: Date) -> StoredPrintJob {
    StoredPrintJob {
        id: id.to_owned(),
        number: "N-SL01".to_owned(),
        case: "c".to_owned(),
        kind: "acceptance".to_owned(),
        clerk: Actor { id: "k".to_owned(), name: "王敏".to_owned() },
        session: "s".to_owned(),
        day,
        queued_at: "2026-11-24T02:00:00Z".parse().unwrap(),
        changed_at: "2026-11-24T02:00:00Z".parse().unwrap(),
        state: PrintState::Queued,
        printer: "前台".to_owned(),
        job: String::new(),
        said: String::new(),
        reason: Some(ReprintReason::Other { text: "盖错章".to_owned() }),
    }
}

#[test]
fn a_job_reads_back_and_is_found_by_day_state_and_paper() {
    let (_folder, store) = store();
    let (today, before) = (date(2026, 11, 24), date(2026, 11, 23));
    let written = [job("a", before), StoredPrintJob { reason: None, ..job("b", today) }];
    for job in &written {
        store.write(|tx| tx.queue_print_job(job)).unwrap();
    }
    assert_eq!(store.print_job("a").unwrap().as_ref(), Some(&written[0]));
    let sent = StoredPrintJob { state: PrintState::Sent, job: "7".into(), ..written[1].clone() };
    store.write(|tx| tx.keep_print_job(&sent)).unwrap();
    let ids = |query: PrintJobQuery| -> Vec<String> {
        store.print_jobs(&query).unwrap().into_iter().map(|job| job.id).collect()
    };
    let all = PrintJobQuery { limit: 9, ..PrintJobQuery::default() };
    assert_eq!(ids(all.clone()), ["b", "a"]);
    assert_eq!(ids(PrintJobQuery { day: Some(before), ..all.clone() }), ["a"]);
    assert_eq!(ids(PrintJobQuery { states: vec![PrintState::Sent], ..all.clone() }), ["b"]);
    assert_eq!(ids(PrintJobQuery { number: Some("M".into()), ..all.clone() }), [""; 0]);
    assert_eq!(ids(PrintJobQuery { limit: 1, ..all }), ["b"]);
}

#[test]
fn a_job_that_has_ended_can_be_neither_changed_nor_removed() {
    let (_folder, store) = store();
    let mut job = job("a", date(2026, 11, 24));
    store.write(|tx| tx.queue_print_job(&job)).unwrap();
    job.state = PrintState::Failed;
    store.write(|tx| tx.keep_print_job(&job)).unwrap();
    job.state = PrintState::Printed;
    assert!(store.write(|tx| tx.keep_print_job(&job)).is_err());
    let removed = store.lock().execute("DELETE FROM print_jobs", []);
    assert!(removed.is_err());
    assert_eq!(store.print_job("a").unwrap().unwrap().state, PrintState::Failed);
}

#[test]
fn a_day_has_its_first_second_and_not_the_next_days() {
    let (_folder, store) = store();
    let midnight: Timestamp = "2026-11-23T16:00:00Z".parse().unwrap();
    for (number, at) in [
        ("before", "2026-11-23T15:59:59.999Z"),
        ("first", "2026-11-23T16:00:00Z"),
        ("soon", "2026-11-23T16:00:00.25Z"),
        ("last", "2026-11-24T15:59:59.999Z"),
        ("after", "2026-11-24T16:00:00Z"),
    ] {
        store
            .lock()
            .execute(
                "INSERT INTO documents (number, case_id, kind, sha256, issued_at, pdf)
                 VALUES (?1, 'c', 'acceptance', '', ?2, x'')",
                [number, at],
            )
            .unwrap();
    }
    let today = date(2026, 11, 24);
    store
        .write(|tx| tx.queue_print_job(&StoredPrintJob { number: "old".into(), ..job("a", today) }))
        .unwrap();
    let until = midnight + jiff::SignedDuration::from_hours(24);
    let papers = store.papers_of_day(today, midnight, until).unwrap();
    let numbers: Vec<_> = papers.iter().map(|paper| paper.number.as_str()).collect();
    assert_eq!(numbers, ["first", "last", "old", "soon"]);
}

#[test]
fn rules_and_other_ways_read_back() {
    let (_folder, store) = store();
    let mut rule = PrintRule {
        kind: "acceptance".to_owned(),
        printer: Some("前台".to_owned()),
        tray: None,
        copies: 1,
        both_sides: false,
        slip: false,
    };
    store.write(|tx| tx.set_print_rule(&rule)).unwrap();
    rule.copies = 2;
    store.write(|tx| tx.set_print_rule(&rule)).unwrap();
    assert_eq!(store.print_rules().unwrap(), [rule]);
    let given = GivenPaper {
        number: "N".to_owned(),
        way: OtherWay::Electronic,
        day: date(2026, 11, 24),
        at: Timestamp::UNIX_EPOCH,
        clerk: Actor { id: "k".to_owned(), name: "王敏".to_owned() },
    };
    store.write(|tx| tx.note_given_paper(&given)).unwrap();
    assert_eq!(store.given_papers("N").unwrap(), [given]);
    assert_eq!(store.given_papers("M").unwrap(), []);
}
