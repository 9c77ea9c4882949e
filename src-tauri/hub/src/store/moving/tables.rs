//! Every table that moves with a hub, in an order in which each finds what it refers to.
//!
//! A test compares the list with the tables that the schemas make: what is missing here would be
//! left behind.

use std::sync::LazyLock;

use Kind::{Bool, Bytes, Int, Text};

/// What a column holds. SQLite has no truth values, so a value alone does not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Int,
    Bool,
    Bytes,
}

impl Kind {
    /// Its name in `VALUES EACH`.
    fn sql(self) -> &'static str {
        match self {
            Text => "text",
            Int => "bigint",
            Bool => "boolean",
            Bytes => "bytea",
        }
    }
}

/// A table, and by what its rows are told apart and read in order.
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) key: &'static [&'static str],
    pub(super) columns: &'static [(&'static str, Kind)],
}

const fn table(
    name: &'static str,
    key: &'static [&'static str],
    columns: &'static [(&'static str, Kind)],
) -> Table {
    Table { name, key, columns }
}

/// The tables that stay: each database has its own.
#[cfg(test)]
pub(super) const STAYING: [&str; 2] = ["moves", "schema_version"];

static LIST: &[Table] = &[
    table("meta", &["name"], &[("name", Text), ("value", Text)]),
    table(
        "devices",
        &["origin"],
        &[
            ("origin", Text),
            ("code", Text),
            ("region", Text),
            ("station", Text),
            ("window", Text),
            ("hall", Text),
            ("public_key", Text),
            ("enrolled_at", Text),
            ("revoked_at", Text),
            ("revoked_from", Text),
        ],
    ),
    table(
        "enrol_codes",
        &["code_hash"],
        &[
            ("code_hash", Text),
            ("region", Text),
            ("station", Text),
            ("window", Text),
            ("hall", Text),
            ("expires_at", Int),
            ("used_by", Text),
        ],
    ),
    table(
        "challenges",
        &["challenge_hash"],
        &[("challenge_hash", Text), ("origin", Text), ("expires_at", Int)],
    ),
    table(
        "sessions",
        &["token_hash"],
        &[("token_hash", Text), ("origin", Text), ("expires_at", Int), ("log", Text)],
    ),
    table(
        "device_logs",
        &["origin", "log"],
        &[("origin", Text), ("log", Text), ("begun_at", Text)],
    ),
    table(
        "hub_logs",
        &["origin", "nth"],
        &[("origin", Text), ("nth", Int), ("name", Text), ("begun_at", Text)],
    ),
    table("heads", &["origin"], &[("origin", Text), ("seq", Int), ("hash", Text)]),
    table(
        "events",
        &["origin", "seq"],
        &[
            ("origin", Text),
            ("seq", Int),
            ("hash", Text),
            ("case_id", Text),
            ("text", Text),
            ("received_at", Text),
            ("code", Text),
            ("field", Text),
            ("message", Text),
        ],
    ),
    table("filings", &["id"], &[("id", Text), ("origin", Text)]),
    table(
        "cases",
        &["origin", "id"],
        &[("id", Text), ("number", Text), ("origin", Text), ("body", Text)],
    ),
    table(
        "guides",
        &["release"],
        &[
            ("release", Int),
            ("digest", Text),
            ("region", Text),
            ("issued_on", Text),
            ("matters", Int),
            ("sample", Bool),
            ("length", Int),
            ("published_at", Text),
            ("statement", Text),
            ("signature", Text),
        ],
    ),
    table(
        "guide_parts",
        &["digest", "base", "part"],
        &[("digest", Text), ("base", Text), ("part", Int), ("bytes", Bytes)],
    ),
    table(
        "office_accounts",
        &["login"],
        &[
            ("login", Text),
            ("name", Text),
            ("department", Text),
            ("role", Text),
            ("password_hash", Text),
            ("must_change", Bool),
            ("created_at", Text),
            ("disabled_at", Text),
        ],
    ),
    table(
        "office_sessions",
        &["token_hash"],
        &[("token_hash", Text), ("login", Text), ("seen_at", Int), ("ends_at", Int)],
    ),
    table("office_attempts", &["who"], &[("who", Text), ("failures", Int), ("last_at", Int)]),
    table(
        "office_audit",
        &["at", "id"],
        &[
            ("at", Int),
            ("id", Text),
            ("login", Text),
            ("name", Text),
            ("act", Text),
            ("case_number", Text),
            ("detail", Text),
            ("address", Text),
        ],
    ),
    table(
        "office_cases",
        &["origin", "id"],
        &[
            ("origin", Text),
            ("id", Text),
            ("number", Text),
            ("department", Text),
            ("matter", Text),
            ("applicant", Text),
            ("state", Text),
            ("filed_on", Text),
            ("due", Text),
            ("urgent_by", Text),
        ],
    ),
    table("region_cursors", &["origin"], &[("origin", Text), ("seq", Int)]),
    table("region_lease", &["one"], &[("one", Int), ("holder", Text), ("held_until", Int)]),
    table(
        "region_dead",
        &["record"],
        &[
            ("record", Text),
            ("origin", Text),
            ("seq", Int),
            ("sheet", Text),
            ("project", Text),
            ("code", Text),
            ("message", Text),
            ("at", Int),
            ("tries", Int),
            ("state", Text),
        ],
    ),
    table(
        "station_policies",
        &["region", "station"],
        &[("region", Text), ("station", Text), ("policy", Text), ("set_at", Text)],
    ),
    table(
        "follow_ups",
        &["case_id", "service"],
        &[
            ("case_id", Text),
            ("service", Text),
            ("origin", Text),
            ("number", Text),
            ("matter", Text),
            ("filed_on", Text),
            ("channel", Text),
            ("rating", Text),
            ("came_at", Int),
            ("since", Text),
            ("state", Text),
            ("complex", Bool),
            ("tries", Int),
            ("steps", Int),
        ],
    ),
    table(
        "follow_up_steps",
        &["case_id", "service", "nth"],
        &[
            ("case_id", Text),
            ("service", Text),
            ("nth", Int),
            ("at", Int),
            ("login", Text),
            ("name", Text),
            ("step", Text),
        ],
    ),
    table("parties", &["case_id", "origin"], &[("case_id", Text), ("origin", Text)]),
    table(
        "help_records",
        &["region", "station", "seq"],
        &[
            ("region", Text),
            ("station", Text),
            ("seq", Int),
            ("hash", Text),
            ("head", Text),
            ("entry", Text),
            ("origin", Text),
            ("text", Text),
            ("received_at", Text),
        ],
    ),
];

/// A table with its statements.
pub(super) struct Moving {
    pub(super) table: &'static Table,
    /// How many rows it has, as `rows`.
    pub(super) count: String,
    /// One row where it has any.
    pub(super) any: String,
    /// The first `?1` rows.
    pub(super) first: String,
    /// The `?n` rows behind the key `?1 …`.
    pub(super) next: String,
    /// Adds rows.
    pub(super) add: String,
}

/// All of them. The statements are made once, from the list alone.
pub(super) static TABLES: LazyLock<Vec<Moving>> =
    LazyLock::new(|| LIST.iter().map(statements).collect());

fn quoted(names: impl Iterator<Item = &'static str>) -> String {
    names.map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
}

fn statements(table: &'static Table) -> Moving {
    let Table { name, key, columns } = table;
    let all = quoted(columns.iter().map(|(column, _)| *column));
    let keys = quoted(key.iter().copied());
    let places: Vec<String> = (1..=key.len()).map(|n| format!("?{n}")).collect();
    let kinds: Vec<&str> = columns.iter().map(|(_, kind)| kind.sql()).collect();
    let limit = key.len() + 1;
    Moving {
        table,
        count: format!("SELECT count(*) AS \"rows\" FROM {name}"),
        any: format!("SELECT 1 AS \"one\" FROM {name} LIMIT 1"),
        first: format!("SELECT {all} FROM {name} ORDER BY {keys} LIMIT ?1"),
        next: format!(
            "SELECT {all} FROM {name} WHERE ({keys}) > ({}) ORDER BY {keys} LIMIT ?{limit}",
            places.join(", ")
        ),
        add: format!("INSERT INTO {name} ({all}) VALUES EACH ({})", kinds.join(", ")),
    }
}
