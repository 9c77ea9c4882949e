//! The records of one table in a file: for platforms that take files, and for looking at them.

use std::collections::HashSet;
use std::io::Write;

use jiff::civil::Date;
use serde::Serialize;
use serde_json::json;

use super::codes::Codes;
use super::link::batch_id;
use super::records::{Record, Unmade};
use super::source;
use super::tables::Table;
use crate::error::{HubError, Refused};
use crate::store::{HubStore, StoreError};
use yichuang_domain::beijing;

/// How many events are read at once.
const EVENTS: usize = 500;

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    /// What the platform is sent: one batch.
    Json,
    /// A line of names, and one for each record (RFC 4180, UTF-8).
    Csv,
}

/// What was written, and what was left out.
#[derive(Debug, Serialize)]
pub struct Exported {
    /// The table.
    pub table: &'static str,
    /// The id of the batch.
    pub batch: String,
    /// How many rows.
    pub rows: usize,
    /// The records that can't be made, with the reason.
    pub left_out: Vec<LeftOut>,
}

/// A record that can't be made.
#[derive(Debug, Serialize)]
pub struct LeftOut {
    /// Its id.
    pub record: String,
    /// 办件编号.
    pub project: String,
    /// For machines.
    pub code: &'static str,
    /// In words.
    pub message: String,
}

impl From<Unmade> for LeftOut {
    fn from(unmade: Unmade) -> Self {
        let Unmade { id: record, project, code, message, .. } = unmade;
        Self { record, project, code, message }
    }
}

/// Writes every record of a table whose event came on a day or later, in China; it says nothing
/// of what the platform was told, and changes nothing of it.
///
/// # Errors
/// [`Refused`] `region-export` if it can't be written; or the store's.
pub fn export(
    store: &HubStore,
    codes: &Codes,
    (table, form): (Table, Form),
    since: Option<Date>,
    mut out: impl Write,
) -> Result<Exported, HubError> {
    let (records, left_out) = gather(store, codes, table, since)?;
    let batch = batch_id(&records);
    let failed = |error: std::io::Error| {
        let message = format!("导出文件无法写入：{error}");
        HubError::from(Refused::new("region-export", "out", message))
    };
    match form {
        Form::Json => {
            let rows: Vec<_> = records.iter().map(|record| record.to_json(&batch)).collect();
            let said = json!({ "table": table.sheet(), "batch": batch, "records": rows });
            serde_json::to_writer_pretty(&mut out, &said).map_err(|error| failed(error.into()))?;
            out.write_all(b"\n").map_err(failed)?;
        }
        Form::Csv => {
            let mut lines = csv::Writer::from_writer(&mut out);
            let written = (|| {
                lines.write_record(table.columns())?;
                for record in &records {
                    lines.write_record(record.values(&batch))?;
                }
                lines.flush()?;
                Ok::<_, csv::Error>(())
            })();
            written.map_err(|error| failed(error.into()))?;
        }
    }
    out.flush().map_err(failed)?;
    let left_out = left_out.into_iter().map(LeftOut::from).collect();
    Ok(Exported { table: table.sheet(), batch, rows: records.len(), left_out })
}

fn gather(
    store: &HubStore,
    codes: &Codes,
    table: Table,
    since: Option<Date>,
) -> Result<(Vec<Record>, Vec<Unmade>), StoreError> {
    let early = |at| since.is_some_and(|since| beijing::day(at) < since);
    let logs = store.read(|tx| tx.every_log())?;
    let (mut records, mut left_out) = (Vec::new(), Vec::new());
    // What stands in its own log and in a relay makes the same record.
    let mut seen = HashSet::new();
    for log in logs.iter().flat_map(|device| &device.logs) {
        let mut after = 0;
        loop {
            // A page for itself: the log only grows, and nobody waits meanwhile.
            let (made, last) = store.read(|tx| {
                let page = tx.arrived_after(log, after, EVENTS)?;
                let mut made = Vec::new();
                for event in page.iter().filter(|event| !early(event.received_at)) {
                    made.extend(source::made(tx, event, codes)?);
                }
                Ok::<_, StoreError>((made, page.last().map(|event| event.seq)))
            })?;
            for one in made {
                match one {
                    Ok(record) if record.table == table && seen.insert(record.id.clone()) => {
                        records.push(record);
                    }
                    Err(unmade) if unmade.table == table => left_out.push(unmade),
                    _ => {}
                }
            }
            match last {
                Some(seq) => after = seq,
                None => break,
            }
        }
    }
    Ok((records, left_out))
}

#[cfg(test)]
mod tests {
    use yichuang_domain::applicant::ApplicantKind;
    use yichuang_domain::case::event::EventBody;
    use yichuang_protocol::PrivateKey;
    use yichuang_protocol::push::PushRequest;

    use super::*;
    use crate::receive::push;
    use crate::sample::{
        Log, On, accepted, case, day, enrolled, filed, now, number, on_both_engines,
    };

    fn a_file_has_the_rows_of_its_table_since_a_day_and_says_what_it_left_out(on: On) {
        let (_place, store) = on.hub();
        let (_, device) = enrolled(&store, "03", &PrivateKey::from_seed(&[11; 32]));
        let mut log = Log::of(&device);
        let mut events = Vec::new();
        for (n, kind) in [(1, ApplicantKind::Person), (2, ApplicantKind::SoleTrader)] {
            let mut body = filed(number(&device, false, n), false);
            if let EventBody::Filed { applicant, .. } = &mut body {
                applicant.kind = kind;
                applicant.party.name = "甲,\"乙\"\n丙".to_owned();
            }
            events.push(log.write(case(n.into()), body));
            events.push(log.write(case(n.into()), accepted()));
        }
        push(&store, &device, &PushRequest { events }, now()).unwrap();
        let codes = Codes::shipped().unwrap();
        let written = |table, form, since| {
            let mut file = Vec::new();
            let said = export(&store, &codes, (table, form), since, &mut file).unwrap();
            (said, String::from_utf8(file).unwrap())
        };
        let (said, file) = written(Table::Accept, Form::Csv, Some(day()));
        assert_eq!((said.rows, said.left_out.len()), (1, 1));
        assert_eq!((said.left_out[0].code, said.table), ("no-code", "up_pro_accept"));
        let mut rows = csv::Reader::from_reader(file.as_bytes());
        let row = rows.records().next().unwrap().unwrap();
        let name = Table::Accept.columns().position(|column| column == "applyer_name").unwrap();
        assert_eq!(&row[name], "甲,\"乙\"\n丙");
        let (said, file) = written(Table::Process, Form::Json, None);
        let file: serde_json::Value = serde_json::from_str(&file).unwrap();
        assert_eq!((said.rows, file["records"].as_array().unwrap().len()), (4, 4));
        assert_eq!(file["records"][0]["cd_batch"], said.batch.as_str());
        let tomorrow = day().tomorrow().unwrap();
        assert_eq!(written(Table::Process, Form::Csv, Some(tomorrow)).0.rows, 0);
        // What is told by itself is no matter of files.
        assert!(!store.read(|tx| tx.region_behind("", 9)).unwrap().is_empty());
    }

    on_both_engines!(a_file_has_the_rows_of_its_table_since_a_day_and_says_what_it_left_out);
}
