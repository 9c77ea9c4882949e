//! `yichuang cases` and `yichuang audit`.

use serde_json::{Value, json};
use yichuang_desk::view::Upload;
use yichuang_storage::CaseQuery;

use super::output::Done;
use crate::ipc::failure::Failure;
use crate::shell::Shell;

/// Every case, newest first.
pub(crate) fn list(shell: &Shell, unsent: bool) -> Result<Done, Failure> {
    let query = CaseQuery { unsent, limit: u32::MAX, ..CaseQuery::default() };
    let rows = shell.open_or_make()?.case_rows(&query)?;
    let json: Vec<Value> = rows
        .iter()
        .map(|row| {
            json!({
                "case_number": row.number,
                "state": row.state,
                "matter": row.matter_name,
                "applicant": row.applicant,
                "filed_on": row.filed_on,
                "due": row.due,
                "upload": row.upload,
            })
        })
        .collect();
    let lines: Vec<_> = rows
        .iter()
        .map(|row| {
            let upload = match &row.upload {
                Upload::Local => "仅在本机".to_owned(),
                Upload::Sent => "已上传".to_owned(),
                Upload::Waiting => "未上传".to_owned(),
                Upload::Rejected { message, .. } => format!("上传被拒：{message}"),
            };
            let (number, state) = (&row.number, row.state.label());
            format!("{number}  {state}  {}  {}  {upload}", row.matter_name, row.applicant)
        })
        .collect();
    Ok(Done::new(Value::Array(json), lines.join("\n")))
}

/// Proves the log, the cases and the archive.
pub(crate) fn audit(shell: &Shell) -> Result<Done, Failure> {
    let desk = shell.open_or_make()?;
    desk.store().check_file()?;
    let report = desk.store().audit()?;
    let mut text = format!(
        "核验{}条记录、{}件办件、{}份文书、{}份扫描件：",
        report.events, report.cases, report.documents, report.attachments
    );
    match report.findings.is_empty() {
        true => text.push_str("全部相符"),
        false => {
            for finding in &report.findings {
                text.push_str(&format!(
                    "\n  {}：{}（{}）",
                    finding.place, finding.message, finding.code
                ));
            }
        }
    }
    let in_order = report.findings.is_empty();
    Ok(Done { json: json!(report), text, in_order })
}
