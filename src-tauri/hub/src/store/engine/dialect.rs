//! The one dialect in which the store's statements are written, and what each engine is told.
//!
//! It is the SQL that SQLite and PostgreSQL share, with `?1` for placeholders and two words more:
//!
//! | written | SQLite | PostgreSQL |
//! |---|---|---|
//! | `?2` | `?2` | `$2` |
//! | `x IN LIST ?2` | `x IN (SELECT value FROM json_each(?2))` | `x = ANY($2)` |
//! | `VALUES EACH (text, bigint)` | `VALUES (?1, ?2)`, run for each row | `SELECT * FROM unnest($1::text[], $2::bigint[])`, run once |
//!
//! So a batch is one round trip, and each statement is written once.

const LIST: &str = " IN LIST ?";
const EACH: &str = "VALUES EACH (";

/// The kinds of the columns of `VALUES EACH`, and what stands before and behind it.
struct Each<'s> {
    before: &'s str,
    kinds: Vec<&'s str>,
    behind: &'s str,
}

fn each(sql: &str) -> Option<Each<'_>> {
    let (before, rest) = sql.split_once(EACH)?;
    let (kinds, behind) = rest.split_once(')')?;
    Some(Each { before, kinds: kinds.split(',').map(str::trim).collect(), behind })
}

/// Every `IN LIST ?n` with `open` and `close` around the `?n`.
fn lists(sql: &str, open: &str, close: &str) -> String {
    let mut told = String::with_capacity(sql.len() + 64);
    let mut rest = sql;
    while let Some((before, behind)) = rest.split_once(LIST) {
        let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
        let (number, after) = behind.split_at(digits);
        told.extend([before, open, "?", number, close]);
        rest = after;
    }
    told.push_str(rest);
    told
}

/// What SQLite is told.
pub(super) fn sqlite(sql: &str) -> String {
    let told = lists(sql, " IN (SELECT value FROM json_each(", "))");
    match each(&told) {
        None => told,
        Some(Each { before, kinds, behind }) => {
            let places: Vec<String> = (1..=kinds.len()).map(|n| format!("?{n}")).collect();
            format!("{before}VALUES ({}){behind}", places.join(", "))
        }
    }
}

/// What PostgreSQL is told.
pub(super) fn postgres(sql: &str) -> String {
    let told = lists(sql, " = ANY(", ")").replace('?', "$");
    match each(&told) {
        None => told,
        Some(Each { before, kinds, behind }) => {
            let places: Vec<String> =
                kinds.iter().zip(1..).map(|(kind, n)| format!("${n}::{kind}[]")).collect();
            format!("{before}SELECT * FROM unnest({}){behind}", places.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_engine_is_told_the_same_in_its_own_words() {
        let look = "SELECT a FROM t WHERE b = ?1 AND c IN LIST ?2 AND d IN LIST ?3 LIMIT ?10";
        assert_eq!(
            sqlite(look),
            "SELECT a FROM t WHERE b = ?1 AND c IN (SELECT value FROM json_each(?2)) \
             AND d IN (SELECT value FROM json_each(?3)) LIMIT ?10"
        );
        assert_eq!(
            postgres(look),
            "SELECT a FROM t WHERE b = $1 AND c = ANY($2) AND d = ANY($3) LIMIT $10"
        );
        let add = "INSERT INTO t (a, b) VALUES EACH (text, bigint) ON CONFLICT (a) DO NOTHING";
        assert_eq!(sqlite(add), "INSERT INTO t (a, b) VALUES (?1, ?2) ON CONFLICT (a) DO NOTHING");
        assert_eq!(
            postgres(add),
            "INSERT INTO t (a, b) SELECT * FROM unnest($1::text[], $2::bigint[]) \
             ON CONFLICT (a) DO NOTHING"
        );
        assert_eq!(sqlite("SELECT 1"), "SELECT 1");
    }
}
