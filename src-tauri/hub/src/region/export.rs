//! The records of one table in a file: for platforms that take files, and for looking at them.

use std::collections::HashSet;
use std::io::Write;

use jiff::civil::Date;
use jiff::tz::Offset;
use serde::Serialize;
use serde_json::json;

use super::codes::Codes;
use super::link::batch_id;
use super::records::{Record, Unmade};
use super::source;
use super::tables::Table;
use crate::error::{HubError, Refused};
use crate::store::{HubStore, StoreError};

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
    let early = |at| since.is_some_and(|since| Offset::constant(8).to_datetime(at).date() < since);
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
                    Ok(record) if record.table == table => {
                        if seen.insert(record.id.clone()) {
                            records.push(record);
                        }
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
