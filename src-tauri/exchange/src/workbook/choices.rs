//! Rows of choices: several make a question.

use serde_json::json;

use super::rows::{Build, Line, free_id};
use super::sheets::{CHOICE, OWNER};
use crate::value::{list_at, put};

impl Build<'_> {
    /// A row of a choice. The question it belongs to is the one of its id, else of its text, else
    /// that of the row before; it comes back with its matter.
    pub(super) fn choice_row(
        &mut self,
        line: &Line<'_>,
        previous: Option<(usize, usize)>,
    ) -> Option<(usize, usize)> {
        let matter = self.owner(line)?;
        let about = self.read(line, Some(matter), |p| p != OWNER && !p.starts_with(CHOICE));
        let choice = self.read(line, Some(matter), |path| path.starts_with(CHOICE));
        let given = |key: &str| about.iter().find(|(path, _)| *path == key).map(|(_, v)| v);
        let list = list_at(&mut self.value["matters"][matter], "questions");
        let found = match (given("id"), given("text")) {
            (Some(id), _) => list.iter().position(|q| &q["id"] == id),
            (None, Some(text)) => list.iter().position(|q| &q["text"] == text),
            (None, None) => previous.filter(|(of, _)| *of == matter).map(|(_, at)| at),
        };
        let at = match found {
            Some(at) => at,
            None if given("id").is_none() && given("text").is_none() => {
                let message = "没有写明是哪个问题的选项，请填“问题”或“问题编号”";
                self.fault(line, "text", "missing-field", message);
                return previous;
            }
            None => {
                let id = free_id(list, |n| format!("q{n}"));
                list.push(json!({ "id": id, "choices": [] }));
                list.len() - 1
            }
        };
        let question = &mut list[at];
        let mut differs = Vec::new();
        for (path, value) in about {
            match question.get(path) {
                Some(there) if found.is_some() && *there != value => differs.push(path),
                _ => question[path] = value,
            }
        }
        let choices = list_at(question, "choices");
        let mut object = json!({});
        for (path, value) in choice {
            put(&mut object, path.trim_start_matches(CHOICE), value);
        }
        if object.get("id").is_none() && line.cell("choices.id").is_none() {
            object["id"] = json!(free_id(choices, letters));
        }
        let index = choices.len();
        choices.push(object);
        let place = format!("matters[{matter}].questions[{at}]");
        self.origins.row(place.clone(), line.layout.number, line.row + 1, "");
        let place = format!("{place}.choices[{index}]");
        self.origins.row(place, line.layout.number, line.row + 1, CHOICE);
        for path in differs {
            let message = "同一问题的几行这里写得不一样，请改成一样，或只在第一行填写";
            self.fault(line, path, "rows-differ", message);
        }
        Some((matter, at))
    }
}

/// `a`, `b`, … `z`, `a27`.
fn letters(n: usize) -> String {
    match u8::try_from(n) {
        Ok(n @ 1..=26) => char::from(b'a' + n - 1).to_string(),
        _ => format!("a{n}"),
    }
}
