//! Why a choice ended the walk, and where to go instead.

use yichuang_domain::matter::StopOutcome;

use crate::facts::PaperFacts;
use crate::paper::Text;
use crate::template::{Values, yes_no};

/// Without the stop at its end, which the template sets.
fn bare(sentence: &str) -> &str {
    sentence.trim_end_matches(['。', '；', '，']).trim()
}

/// The situation told, the reason, and the way on.
pub(super) fn stopped(facts: &PaperFacts<'_>, values: &mut Values) {
    let stopped = facts.case.stopped.as_ref();
    let outcome = stopped.map(|s| s.stop.outcome);
    values.choice("超出职权", yes_no(outcome == Some(StopOutcome::OutOfScope)));
    if let Some(stopped) = stopped {
        let question = stopped.question_text.trim_end_matches(['？', '?']);
        values.field("情形问题", Text::value("情形", question));
        values.field("情形选择", Text::value("情形", &stopped.choice_text));
        values.field("理由", Text::value("理由", bare(&stopped.stop.reason)));
        values.field("指引", Text::value("指引", bare(&stopped.stop.refer_to)));
    }
}
