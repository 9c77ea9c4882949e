//! Finding a matter among 100,000, beside SQLite's `LIKE` over the same names.

use rusqlite::Connection;
use yichuang_guide::{SearchIndex, Usage};

use crate::table::{Table, milliseconds, p99, ratio, timed};

const MATTERS: usize = 100_000;
const BUDGET: std::time::Duration = std::time::Duration::from_millis(2);

/// Two characters, initials, full pinyin, mixed, codes, and what is nowhere.
const QUERIES: [&str; 16] = [
    "食品",
    "社区",
    "许可",
    "林木采伐",
    "spjy",
    "lmcf",
    "sqsp",
    "shipin",
    "linmucaifa",
    "社区sp",
    "shipin许可",
    "11150785MB0A000000",
    "MB0A0000000000000004",
    "没有这个",
    "zzzz",
    "区",
];

/// Adds its row.
pub fn measure(table: &mut Table) {
    let guide = guide_maker::guide(MATTERS).expect("a guide");
    let (build, index) = timed(|| SearchIndex::build(&guide));
    println!("index of {MATTERS} matters built in {}", milliseconds(build));
    let mut times = Vec::new();
    for _ in 0..20 {
        for query in QUERIES {
            times.push(timed(|| index.search(query, 20, &Usage::default())).0);
        }
    }
    let found = p99(times);

    let sql = Connection::open_in_memory().expect("a database");
    sql.execute_batch("CREATE TABLE names (name TEXT)").expect("a table");
    for matter in &guide.matters {
        let mut insert = sql.prepare_cached("INSERT INTO names VALUES (?1)").expect("a statement");
        insert.execute([&matter.name]).expect("a row");
    }
    let mut like = Vec::new();
    for query in QUERIES {
        let count = || -> i64 {
            let text = "SELECT count(*) FROM names WHERE name LIKE '%' || ?1 || '%'";
            sql.query_row(text, [query], |row| row.get(0)).expect("a count")
        };
        like.push(timed(count).0);
    }
    let like = p99(like);
    table.add(
        "search, 100,000 matters, p99",
        (milliseconds(found), "2 ms".to_owned()),
        (ratio(found, BUDGET), 1.0),
        "any way to type",
    );
    table.add(
        "search, beside LIKE",
        (milliseconds(found), milliseconds(like)),
        (ratio(found, like), 1.0),
        "LIKE finds characters only",
    );
}
