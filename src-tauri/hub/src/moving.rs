//! Moves a hub to another database: the same hub, with its key, its logs and its accounts, so that
//! no window has to join anew.
//!
//! At no time can both databases be served, nor a half copied one: the side that is copied from is
//! marked before the first row is read, the side that is copied to before the first is written, and
//! the mark there goes only when everything was compared and the other side is marked as left. What
//! breaks off in the middle is gone on with by the same command.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::error::{HubError, Refused};
use crate::secrets;
use crate::store::{Database, HubStore, Move, MoveState, Reached, StoreError, Tally};

/// How many rows are read first: it is not known yet how long they are.
const FIRST_ROWS: usize = 16;

/// What was moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// The hub's id: the same as before.
    pub hub: String,
    /// Where it is now.
    pub to: String,
    /// How many logs it has, all of which end at both sides alike.
    pub logs: u64,
    /// How many rows of each table are the same at both sides.
    pub rows: BTreeMap<&'static str, u64>,
}

/// What is being done, for those who wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Rows are copied.
    Copying,
    /// Rows of both sides are compared.
    Comparing,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// With what.
    pub doing: Doing,
    /// Rows that are done.
    pub done: u64,
    /// Of how many.
    pub of: u64,
}

/// Moves a hub, or goes on with a move that was broken off.
///
/// # Errors
/// [`Refused`] `no-hub`, `hub-running` where something else has the old database open, `hub-moved`
/// where it moved away before, `target-not-empty`, `move-differs` where the sides are not the same
/// in the end; or the databases'. Nothing is lost by any of them: the old database is only marked.
pub fn move_hub(
    from: &Database,
    to: &Database,
    tell: &mut dyn FnMut(Standing),
) -> Result<Moved, HubError> {
    let source = HubStore::open_to_leave(from)?;
    let target = HubStore::open_to_arrive(to)?;
    let mark = prepare((&source, from), (&target, to))?;
    let mut telling = Telling { doing: Doing::Copying, done: 0, of: 0, tell };
    if mark.left {
        // Everything was compared before this mark was made.
        return finish(&source, &target, to, tallies(&target, &mut telling)?);
    }
    telling.of = source.read(|tx| tx.rows_of_all())?;
    copy(&source, &target, mark.arriving, &mut telling)?;
    (telling.doing, telling.done) = (Doing::Comparing, 0);
    let there = tallies(&target, &mut telling)?;
    telling.done = 0;
    for ((name, here), (_, there)) in tallies(&source, &mut telling)?.into_iter().zip(&there) {
        if here != *there {
            return Err(differs(&format!(
                "表 {name}：旧库 {} 行，新库 {} 行",
                here.rows, there.rows
            )));
        }
    }
    finish(&source, &target, to, there)
}

/// Gives up a move that was broken off: the old database is served again. What was copied so far
/// can't be served; empty that database before it is used for anything.
///
/// # Errors
/// As [`move_hub`]; [`Refused`] `not-moving` where nothing is being moved from there.
pub fn abandon(from: &Database) -> Result<(), HubError> {
    let source = HubStore::open_to_leave(from)?;
    let abandoned = source.write(|tx| match tx.moving()? {
        Some(said) if said.state == MoveState::Leaving => tx.end_move().map(|()| true),
        Some(said) if said.state == MoveState::Left => Err(StoreError::Moved { to: said.peer }),
        _ => Ok(false),
    })?;
    if abandoned {
        return Ok(());
    }
    Err(Refused::new("not-moving", "abandon", "这里没有未完成的搬迁，没有可放弃的").into())
}

fn differs(what: &str) -> HubError {
    let message = format!(
        "两边的数据不一致（{what}）：新库没有启用，旧库完好。请清空新库，\
         用 yichuang-hub move --abandon 放弃后重新搬迁"
    );
    Refused::new("move-differs", "to", message).into()
}

/// What is marked, and where the copy goes on.
struct Marked {
    arriving: Move,
    /// Whether everything but the last step was done before.
    left: bool,
}

/// Marks both sides, the old one first; or finds the marks of a move that was broken off.
fn prepare(
    (source, from): (&HubStore, &Database),
    (target, to): (&HubStore, &Database),
) -> Result<Marked, HubError> {
    let here = source.read(|tx| tx.moving())?;
    let there = target.read(|tx| tx.moving())?;
    let not_empty = || {
        let message = "目标数据库里已有数据：请给一个空的数据库（已迁了一部分又放弃的，请先清空）";
        HubError::from(Refused::new("target-not-empty", "to", message))
    };
    let same = here.as_ref().zip(there.as_ref()).is_some_and(|(here, there)| here.id == there.id);
    match (here, there) {
        (Some(Move { state: MoveState::Arriving, peer, .. }), _) => {
            Err(StoreError::Arriving { from: peer }.into())
        }
        (Some(here), Some(there)) if same && there.state == MoveState::Arriving => {
            Ok(Marked { arriving: there, left: here.state == MoveState::Left })
        }
        (Some(Move { state: MoveState::Left, peer, .. }), _) => {
            Err(StoreError::Moved { to: peer }.into())
        }
        (_, Some(_)) => Err(not_empty()),
        (before, None) => {
            if !target.read(|tx| tx.is_empty())? {
                return Err(not_empty());
            }
            let side =
                |state, peer| Move { id: String::new(), state, peer, reached: Reached::default() };
            let id = secrets::token()?;
            let leaving = Move { id: id.clone(), ..side(MoveState::Leaving, to.shown()) };
            let arriving = Move { id, ..side(MoveState::Arriving, from.shown()) };
            source.write(|tx| tx.say_moving(&leaving))?;
            // Whoever opened it before the mark was there is seen now; whoever comes later is refused.
            if source.is_in_use()? {
                source.write(|tx| {
                    before.as_ref().map_or_else(|| tx.end_move(), |said| tx.say_moving(said))
                })?;
                return Err(StoreError::InUse.into());
            }
            let marked = target.write(|tx| {
                let free = tx.moving()?.is_none() && tx.is_empty()?;
                if free {
                    tx.say_moving(&arriving)?;
                }
                Ok::<_, StoreError>(free)
            })?;
            if marked { Ok(Marked { arriving, left: false }) } else { Err(not_empty()) }
        }
    }
}

/// Copies what is not there yet. Each page is one transaction with the note of how far it reaches.
fn copy(
    source: &HubStore,
    target: &HubStore,
    mut mark: Move,
    telling: &mut Telling<'_>,
) -> Result<(), HubError> {
    telling.done = target.read(|tx| tx.rows_of_all())?;
    let mut rows = FIRST_ROWS;
    while mark.reached.table().is_some() {
        let page = source.read(|tx| tx.page(&mark.reached, rows))?;
        rows = page.next_rows();
        let end = page.end();
        mark.reached = end.unwrap_or_else(|| mark.reached.next_table());
        target.write(|tx| {
            tx.add_page(&page)?;
            tx.say_moving(&mark)
        })?;
        telling.add(page.len());
    }
    Ok(())
}

/// What each table of a side holds.
fn tallies(
    side: &HubStore,
    telling: &mut Telling<'_>,
) -> Result<Vec<(&'static str, Tally)>, HubError> {
    let mut all = Vec::new();
    let (mut reached, mut rows) = (Reached::default(), FIRST_ROWS);
    let mut tally = Tally::default();
    while let Some(name) = reached.table() {
        let page = side.read(|tx| tx.page(&reached, rows))?;
        rows = page.next_rows();
        tally.add(&page);
        telling.add(page.len());
        reached = match page.end() {
            Some(end) => end,
            None => {
                all.push((name, std::mem::take(&mut tally)));
                reached.next_table()
            }
        };
    }
    Ok(all)
}

/// The last two steps. Between them neither side is served, and the same command does the second.
fn finish(
    source: &HubStore,
    target: &HubStore,
    to: &Database,
    tallies: Vec<(&'static str, Tally)>,
) -> Result<Moved, HubError> {
    let (logs, broken) = target.read(|tx| tx.ends_of_logs())?;
    if broken > 0 {
        return Err(differs(&format!("{broken} 条日志的末尾对不上")));
    }
    source.write(|tx| match tx.moving()? {
        Some(said) => tx.say_moving(&Move { state: MoveState::Left, ..said }),
        None => Err(StoreError::Unreadable("搬迁状态")),
    })?;
    let hub = target.write(|tx| {
        tx.end_move()?;
        tx.hub_id()
    })?;
    let rows = tallies.into_iter().map(|(name, tally)| (name, tally.rows)).collect();
    Ok(Moved { hub, to: to.shown(), logs, rows })
}

struct Telling<'t> {
    doing: Doing,
    done: u64,
    of: u64,
    tell: &'t mut dyn FnMut(Standing),
}

impl Telling<'_> {
    fn add(&mut self, rows: usize) {
        self.done += rows as u64;
        (self.tell)(Standing { doing: self.doing, done: self.done, of: self.of });
    }
}

#[cfg(test)]
mod tests;
