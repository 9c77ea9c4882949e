//! Ways to break the program on purpose, and ways for a disk to refuse, as triggers in the
//! databases: what a wrong line of code or a full disk would do to the records.

use std::path::Path;

use rusqlite::Connection;

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Every window's.
    Window,
    /// The hub's.
    Hub,
}

/// A way to break the program.
pub struct Sabotage {
    /// What is broken.
    pub what: &'static str,
    /// Where.
    pub side: Side,
    /// How.
    pub sql: &'static str,
    /// What a finding must say, one of these.
    pub seen_as: &'static [&'static str],
}

/// All of them.
pub const ALL: &[&Sabotage] = &[
    &Sabotage {
        what: "a paper is logged and not archived",
        side: Side::Window,
        sql: "CREATE TRIGGER broken BEFORE INSERT ON documents BEGIN SELECT RAISE(IGNORE); END",
        seen_as: &["paper-missing"],
    },
    &Sabotage {
        what: "a number given out is forgotten",
        side: Side::Window,
        sql: "CREATE TRIGGER broken AFTER INSERT ON numbers BEGIN
                DELETE FROM numbers WHERE number = NEW.number; END",
        seen_as: &["twice", "number"],
    },
    &Sabotage {
        what: "the mark of what was sent runs ahead",
        side: Side::Window,
        sql: "CREATE TRIGGER broken AFTER UPDATE ON meta
                WHEN NEW.name = 'upstream.acknowledged' AND NEW.value + 0 > OLD.value + 0 BEGIN
                UPDATE meta SET value = NEW.value + 1 WHERE name = NEW.name; END",
        seen_as: &["says it is in step", "permanent", "beyond"],
    },
    &Sabotage {
        what: "the hub loses an event of a batch",
        side: Side::Hub,
        sql: "CREATE TRIGGER broken BEFORE INSERT ON events
                WHEN NEW.seq % 7 = 5 AND NEW.origin LIKE 'win-%' BEGIN
                SELECT RAISE(IGNORE); END",
        seen_as: &["permanent", "never comes to rest", "count"],
    },
    &Sabotage {
        what: "the hub keeps an event that it altered",
        side: Side::Hub,
        sql: "DROP TRIGGER events_are_final;
              CREATE TRIGGER broken AFTER INSERT ON events WHEN NEW.seq = 4 BEGIN
                UPDATE events SET text = replace(NEW.text, '\"at\"', '\"ta\"')
                WHERE origin = NEW.origin AND seq = NEW.seq; END",
        seen_as: &["bytes", "never comes to rest", "unreadable", "bad-hub-answer"],
    },
    &Sabotage {
        what: "one bad case parks all others",
        side: Side::Hub,
        sql: "DROP TRIGGER events_are_final;
              DROP TRIGGER events_stay_applied;
              CREATE TRIGGER broken AFTER INSERT ON events WHEN NEW.code = 'bad-number' BEGIN
                UPDATE events SET code = 'case-parked', field = 'case', message = ''
                WHERE origin = NEW.origin AND code IS NULL; END",
        seen_as: &["held up", "rejected", "never arrived", "never comes to rest"],
    },
    &Sabotage {
        what: "what the hub decided is fetched and not kept",
        side: Side::Window,
        sql: "CREATE TRIGGER broken BEFORE INSERT ON events WHEN NEW.origin LIKE 'hub-%' BEGIN
                SELECT RAISE(IGNORE); END",
        seen_as: &[
            "permanent",
            "never comes to rest",
            "decision",
            "another one at a window",
            "not where it is held",
        ],
    },
    &Sabotage {
        what: "what the hub lost is not given back",
        side: Side::Window,
        sql: "CREATE TRIGGER broken BEFORE INSERT ON given_back BEGIN SELECT RAISE(IGNORE); END",
        seen_as: &["decision", "two different", "another one at a window", "rejected"],
    },
    &Sabotage {
        what: "a scan counts as sent before the hub has it",
        side: Side::Window,
        sql: "CREATE TRIGGER broken AFTER INSERT ON attachments BEGIN
                UPDATE attachments SET held = size WHERE hash = NEW.hash; END",
        seen_as: &["never arrived"],
    },
    &Sabotage {
        what: "who took a case over is forgotten",
        side: Side::Hub,
        sql: "CREATE TRIGGER broken AFTER INSERT ON parties BEGIN
                DELETE FROM parties WHERE case_id = NEW.case_id AND origin = NEW.origin; END",
        seen_as: &["another one at a window", "rejected", "two different", "known on one side"],
    },
    &Sabotage {
        what: "an action is half done",
        side: Side::Window,
        sql: "CREATE TRIGGER broken BEFORE INSERT ON cases BEGIN SELECT RAISE(IGNORE); END",
        seen_as: &["case-differs", "case"],
    },
    &Sabotage {
        what: "the hub loses a record of help",
        side: Side::Hub,
        sql: "CREATE TRIGGER broken BEFORE INSERT ON help_records WHEN NEW.seq % 3 = 2 BEGIN
                SELECT RAISE(IGNORE); END",
        seen_as: &["help", "never comes to rest"],
    },
    &Sabotage {
        what: "a window keeps no record of help of others",
        side: Side::Window,
        sql: "CREATE TRIGGER broken BEFORE INSERT ON help_records WHEN NEW.place IS NOT NULL BEGIN
                SELECT RAISE(IGNORE); END",
        seen_as: &["help", "never comes to rest"],
    },
    &Sabotage {
        what: "what the hub lost of help counts as there",
        side: Side::Window,
        sql: "CREATE TRIGGER broken BEFORE UPDATE ON help_records WHEN NEW.place IS NULL BEGIN
                SELECT RAISE(IGNORE); END",
        seen_as: &["help", "never comes to rest"],
    },
];

/// A disk that refuses: the statement that must fail, on either side.
pub const REFUSALS: &[(Side, &str)] = &[
    (Side::Window, "INSERT ON events"),
    (Side::Window, "INSERT ON documents"),
    (Side::Window, "INSERT ON numbers"),
    (Side::Window, "INSERT ON cases"),
    (Side::Window, "UPDATE ON cases"),
    (Side::Window, "INSERT ON meta"),
    (Side::Window, "UPDATE ON meta"),
    (Side::Window, "INSERT ON parked"),
    (Side::Window, "INSERT ON attachments"),
    (Side::Window, "UPDATE ON attachments"),
    (Side::Window, "INSERT ON case_attachments"),
    (Side::Window, "INSERT ON hub_logs"),
    (Side::Window, "INSERT ON given_back"),
    (Side::Window, "INSERT ON help_records"),
    (Side::Window, "UPDATE ON help_records"),
    (Side::Window, "INSERT ON ledger"),
    (Side::Window, "UPDATE ON ledger"),
    (Side::Window, "INSERT ON help_news"),
    (Side::Hub, "INSERT ON events"),
    (Side::Hub, "INSERT ON heads"),
    (Side::Hub, "UPDATE ON heads"),
    (Side::Hub, "INSERT ON cases"),
    (Side::Hub, "INSERT ON sessions"),
    (Side::Hub, "INSERT ON challenges"),
    (Side::Hub, "INSERT ON hub_logs"),
    (Side::Hub, "INSERT ON parties"),
    (Side::Hub, "INSERT ON help_records"),
];

/// A second hand on a database. `key` as 64 hex digits, where it is encrypted.
pub fn open(file: &Path, key: Option<&str>) -> Connection {
    let sql = Connection::open(file).expect("the database opens");
    if let Some(key) = key {
        sql.pragma_update(None, "key", format!("x'{key}'")).expect("the key is taken");
    }
    sql
}

/// Makes a statement fail as on a full disk. Only every third row of the log, so that batches
/// fail in their middle.
pub fn refuse(sql: &Connection, statement: &str) {
    let when = if statement == "INSERT ON events" { "WHEN NEW.seq % 3 = 0" } else { "" };
    sql.execute_batch(&format!(
        "CREATE TRIGGER full BEFORE {statement} {when} BEGIN SELECT RAISE(ABORT, 'disk full'); END"
    ))
    .expect("a trigger");
}

/// There is room again.
pub fn relent(sql: &Connection) {
    sql.execute_batch("DROP TRIGGER IF EXISTS full").expect("no trigger");
}
