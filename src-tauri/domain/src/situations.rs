//! Every situation (情形) that a matter's questions can end in: what a guide is judged by before
//! an applicant ever stands at the window.

use crate::checklist::walk;
use crate::condition::Answers;
use crate::matter::Matter;

/// One way through the questions, to their end or to a choice that ends the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Situation {
    /// The answers that count, the reserved one about an agent included.
    pub answers: Answers,
    /// Whether a choice ended it.
    pub stopped: bool,
}

/// The situations of `matter`, without and (where one is allowed) with an agent, in the order of
/// the questions and choices. None where there are more than `most`: a matter that no person
/// could look through either.
pub fn situations(matter: &Matter, most: usize) -> Option<Vec<Situation>> {
    let agents: &[bool] = if matter.agent_allowed { &[false, true] } else { &[false] };
    let mut found = Vec::new();
    for &agent in agents {
        let mut open = vec![Answers::new()];
        while let Some(given) = open.pop() {
            let walk = walk(matter, &given, agent);
            let unanswered = walk.visible.iter().find(|q| !walk.answers.contains_key(&q.id));
            match unanswered {
                Some(question) if walk.stopped.is_none() => {
                    open.extend(question.choices.iter().rev().map(|choice| {
                        let mut given = given.clone();
                        given.insert(question.id.clone(), choice.id.clone());
                        given
                    }));
                }
                _ => {
                    let stopped = walk.stopped.is_some();
                    found.push(Situation { answers: walk.answers, stopped });
                }
            }
            if found.len() + open.len() > most {
                return None;
            }
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests;
