//! The table of fields in `docs/paper-templates.md` is the vocabulary of the code, word for word.

use std::fmt::Write as _;
use std::path::Path;

use yichuang_domain::document::DocumentKind;

use crate::template::vocabulary::{self, Name, Presence};

const BEGIN: &str = "<!-- vocabulary -->\n";
const END: &str = "<!-- /vocabulary -->\n";

fn presence(name: &Name) -> String {
    match name.presence {
        Presence::Always => "总有".to_owned(),
        Presence::Sometimes => "不一定有".to_owned(),
        Presence::With(other) => format!("有“{other}”时有"),
    }
}

fn row(table: &mut String, name: &Name, kinds: &str) {
    let (field, has) = (name.name, presence(name));
    writeln!(table, "| `{{{field}}}` | {} | {has} | {} |{kinds}", name.meaning, name.example)
        .unwrap();
}

fn table() -> String {
    let mut table = String::from(
        "\n### Fields\n\n| 字段 | 含义 | 是否总有内容 | 例 | 只用于 |\n|---|---|---|---|---|\n",
    );
    let common: Vec<Name> = vocabulary::fields(DocumentKind::EvaluationForm).collect();
    for name in &common {
        row(&mut table, name, " |");
    }
    for &kind in DocumentKind::ALL {
        for name in vocabulary::fields(kind).filter(|name| !common.contains(name)) {
            row(&mut table, &name, &format!(" {} |", kind.title()));
        }
    }
    table.push_str("\n### Lists\n\n| 列表 | 含义 | 每行的字段 |\n|---|---|---|\n");
    for list in vocabulary::lists() {
        let fields: Vec<_> = list.fields.iter().map(|f| format!("`{{{}}}`", f.name)).collect();
        writeln!(table, "| {} | {} | {} |", list.name, list.meaning, fields.join(" ")).unwrap();
    }
    table.push_str("\n| 行内字段 | 含义 | 是否总有内容 |\n|---|---|---|\n");
    let mut seen: Vec<&str> = Vec::new();
    for field in vocabulary::lists().iter().flat_map(|list| list.fields) {
        if !seen.contains(&field.name) {
            seen.push(field.name);
            writeln!(table, "| `{{{}}}` | {} | {} |", field.name, field.meaning, presence(field))
                .unwrap();
        }
    }
    table.push_str("\n### Choices\n\n| 选项 | 可以是 | 含义 |\n|---|---|---|\n");
    for choice in vocabulary::choices() {
        writeln!(table, "| {} | {} | {} |", choice.name, choice.values.join("、"), choice.meaning)
            .unwrap();
    }
    table.push_str("\n### What each kind must show\n\n| 文书 | 代号 | 必备字段 |\n|---|---|---|\n");
    for &kind in DocumentKind::ALL {
        let required = vocabulary::required(kind).join("、");
        writeln!(table, "| {} | `{}` | {required} |", kind.title(), kind.as_str()).unwrap();
    }
    table.push('\n');
    table
}

#[test]
fn the_document_names_every_field_as_the_code_does() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/paper-templates.md");
    let document = std::fs::read_to_string(path).unwrap();
    let (before, rest) = document.split_once(BEGIN).unwrap();
    let (written, after) = rest.split_once(END).unwrap();
    let table = table();
    if std::env::var("YICHUANG_WRITE_VOCABULARY").is_ok() {
        std::fs::write(Path::new(path), format!("{before}{BEGIN}{table}{END}{after}")).unwrap();
        return;
    }
    assert_eq!(
        written, table,
        "write it anew: YICHUANG_WRITE_VOCABULARY=1 cargo nextest run -p yichuang-documents vocabulary"
    );
}

#[test]
fn every_name_says_what_it_is() {
    let mut names: Vec<(&str, &str)> = Vec::new();
    for &kind in DocumentKind::ALL {
        names.extend(vocabulary::fields(kind).map(|f| (f.meaning, f.example)));
    }
    names.extend(vocabulary::lists().iter().map(|l| (l.meaning, l.name)));
    names.extend(vocabulary::choices().iter().map(|c| (c.meaning, c.usual)));
    assert!(names.iter().all(|(meaning, example)| !meaning.is_empty() && !example.is_empty()));
    for choice in vocabulary::choices() {
        assert!(choice.values.contains(&choice.usual), "{}", choice.name);
    }
}
