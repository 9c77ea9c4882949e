//! The line between windows and hub, on which everything goes wrong that can.

use std::cell::RefCell;
use std::io;
use std::sync::Arc;

use fastrand::Rng;
use yichuang_sync::{Answer, Line, Packed, SyncError};

use crate::hub::{HubSide, SimClock};
use crate::sabotage::{self, REFUSALS, Side};

/// What was sent and has not arrived yet.
struct Late {
    step: &'static str,
    token: Option<String>,
    body: Vec<u8>,
}

/// Everything between the windows and the database of the hub.
pub struct Net {
    /// The hub.
    pub hub: HubSide,
    /// The dice.
    pub rng: Rng,
    /// The true time.
    pub clock: Arc<SimClock>,
    /// What happened.
    pub trace: Vec<String>,
    /// Out of how many requests one goes wrong; 0 for a good line.
    pub one_in: u32,
    /// Set when the window's program ended in the middle of a sync.
    pub window_crashed: bool,
    late: Vec<Late>,
}

fn silence() -> SyncError {
    SyncError::Unreachable(Box::new(io::Error::from(io::ErrorKind::ConnectionReset)))
}

impl Net {
    /// A line to a hub.
    pub fn new(hub: HubSide, rng: Rng, clock: Arc<SimClock>) -> Self {
        let (trace, late) = (Vec::new(), Vec::new());
        Self { hub, rng, clock, trace, one_in: 0, window_crashed: false, late }
    }

    /// Something that was under way for long arrives after all.
    pub fn deliver_one(&mut self) {
        if self.late.is_empty() {
            return;
        }
        let late = self.late.swap_remove(self.rng.usize(..self.late.len()));
        let answer = self.arrive(late.step, late.token.as_deref(), late.body);
        self.trace.push(format!("late {} arrives: {}", late.step, answer.status));
    }

    /// Everything that is still under way arrives.
    pub fn deliver_all(&mut self) {
        while !self.late.is_empty() {
            self.deliver_one();
        }
    }

    fn arrive(&mut self, step: &str, token: Option<&str>, body: Vec<u8>) -> Answer {
        let process = self.rng.usize(..self.hub.processes());
        self.hub.post(process, step, token, body)
    }

    fn post(
        &mut self,
        step: &'static str,
        token: Option<&str>,
        body: Vec<u8>,
    ) -> Result<Answer, SyncError> {
        let slow = self.one_in > 0 && self.rng.u32(..40) == 0;
        let most = if slow { 1_200_000 } else { 3_000 };
        self.clock.pass(self.rng.i64(1..most));
        if self.one_in == 0 || self.rng.u32(..self.one_in) != 0 {
            return Ok(self.arrive(step, token, body));
        }
        let fault = self.rng.u32(..11);
        self.trace.push(format!("  {step}: {}", FAULTS[fault as usize]));
        match fault {
            0 => return Err(silence()),
            1 => {
                self.arrive(step, token, body);
                return Err(silence());
            }
            2 => {
                let mut cut = body;
                cut.truncate(self.rng.usize(..cut.len().max(1)));
                self.arrive(step, token, cut);
                return Err(silence());
            }
            3 => {
                let mut answer = self.arrive(step, token, body);
                answer.status = 502;
                answer.body = b"<html>Bad Gateway</html>".to_vec();
                return Ok(answer);
            }
            4 => {
                self.arrive(step, token, body.clone());
            }
            5 => {
                let token = token.map(str::to_owned);
                self.late.push(Late { step, token, body });
                return Err(silence());
            }
            6 => {
                let token = token.map(str::to_owned);
                self.late.push(Late { step, token, body: body.clone() });
            }
            7 => {
                if self.rng.bool() {
                    self.arrive(step, token, body);
                }
                self.window_crashed = true;
                return Err(silence());
            }
            8 => {
                let which = self.rng.usize(..self.hub.processes());
                self.hub.restart(which);
            }
            9 => {
                self.arrive(step, token, body);
                let which = self.rng.usize(..self.hub.processes());
                self.hub.restart(which);
                return Err(silence());
            }
            _ => {
                let at_hub: Vec<_> =
                    REFUSALS.iter().filter(|(side, _)| *side == Side::Hub).collect();
                let (_, statement) = at_hub[self.rng.usize(..at_hub.len())];
                let sql = sabotage::open(&self.hub.database(), None);
                sabotage::refuse(&sql, statement);
                let answer = self.arrive(step, token, body);
                sabotage::relent(&sql);
                return Ok(answer);
            }
        }
        Ok(self.arrive(step, token, body))
    }
}

/// What goes wrong with a request.
pub const FAULTS: [&str; 11] = [
    "lost on the way",
    "answer lost",
    "cut on the way",
    "a gateway spoils the answer",
    "arrives twice",
    "arrives later",
    "arrives now and again later",
    "the window ends",
    "the hub restarted before",
    "the hub ends after",
    "the hub's disk is full",
];

/// A window's end of the line.
pub struct SimLine<'a>(pub &'a RefCell<Net>);

impl Line for SimLine<'_> {
    fn post(
        &self,
        step: &'static str,
        token: Option<&str>,
        body: Packed,
    ) -> Result<Answer, SyncError> {
        self.0.borrow_mut().post(step, token, body.bytes)
    }
}
