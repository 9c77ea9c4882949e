//! Signing in to the back office, and the sessions that come of it.
//!
//! An attempt counts as failed before the password is compared, and is forgiven when it was right:
//! so many attempts at once are as many failures.

use std::net::IpAddr;

use jiff::{SignedDuration, Timestamp};
use yichuang_domain::named::Named as _;

use super::accounts::normal_login;
use super::audit::{self, Deed};
use super::passwords;
use crate::neighbourhood::neighbourhood;
use crate::secrets;
use crate::store::{Account, Attempts, AuditEntry, HubStore, StoreError, Tx};

/// After how long without a request a session ends.
pub const IDLE: SignedDuration = SignedDuration::from_mins(30);
/// After how long a session ends whatever happens.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(12);
/// How exactly it is kept when a session was last used: not every look needs to be written.
const TOUCH: SignedDuration = SignedDuration::from_secs(60);

/// Wrong passwords in a row before an account rests.
const TRIES: u32 = 5;
/// The longest rest, in minutes.
const LONGEST_REST: i64 = 30;
/// The most failures of one address with its neighbourhood, which many may share, in a span.
const PER_ADDRESS: u32 = 30;
/// That span.
const SPAN: SignedDuration = SignedDuration::from_mins(10);
/// The most characters of what can be a login.
const LONGEST_LOGIN: usize = 64;

/// Who tries to sign in, and from where.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// The login as typed.
    pub login: String,
    /// The password as typed.
    pub password: String,
    /// From which address.
    pub from: IpAddr,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum SignedIn {
    /// A session was begun; this is its token.
    Yes(String),
    /// Login or password is wrong; which of them is not told.
    Wrong,
    /// The account rests after too many failures, for so many minutes.
    Resting(i64),
    /// Too many failures came from the address.
    TooMany,
}

/// For how many minutes an account rests now: nothing below [`TRIES`], then a minute, doubled with
/// every further failure.
fn resting(attempts: Option<Attempts>, now: Timestamp) -> Option<i64> {
    let attempts = attempts?;
    let over = attempts.failures.checked_sub(TRIES)?;
    let rest = (1i64 << over.min(10)).min(LONGEST_REST);
    let left = SignedDuration::from_mins(rest).saturating_sub(now.duration_since(attempts.last_at));
    // More than the longest rest is left only where the clock was set back since: that rest is over,
    // or it would last until the wrong time comes true.
    let rests = left > SignedDuration::ZERO && left <= SignedDuration::from_mins(LONGEST_REST);
    rests.then(|| ((left.as_secs() + 59) / 60).max(1))
}

/// The attempts with one more; those of long ago don't count where `span` says so.
fn one_more(attempts: Option<Attempts>, now: Timestamp, span: Option<SignedDuration>) -> Attempts {
    let recent = |a: &Attempts| span.is_none_or(|span| now.duration_since(a.last_at).abs() < span);
    let failures = attempts.filter(recent).map_or(0, |a| a.failures);
    Attempts { failures: failures.saturating_add(1), last_at: now }
}

fn counted(attempts: Option<Attempts>, now: Timestamp) -> u32 {
    attempts.filter(|a| now.duration_since(a.last_at).abs() < SPAN).map_or(0, |a| a.failures)
}

/// Who proved to be the holder of an account. What was counted against them is forgiven when they
/// are let in.
struct Proven {
    account: Account,
    /// The hash that their password matched.
    hash: String,
    of_account: String,
    of_address: String,
    /// The attempts of their address before this one.
    before: Option<Attempts>,
}

/// What an attempt came to.
enum Proof {
    Right(Box<Proven>),
    Not(SignedIn),
}

/// Compares a password, and counts the attempt.
fn prove(store: &HubStore, attempt: &Attempt, now: Timestamp) -> Result<Proof, StoreError> {
    let login = normal_login(&attempt.login);
    if login.is_empty() || login.chars().count() > LONGEST_LOGIN {
        return Ok(Proof::Not(SignedIn::Wrong));
    }
    let address = attempt.from.to_string();
    // Hashed: what is typed for a login may be a password by mistake.
    let of_account = secrets::digest(&format!("account {login}"));
    let of_address = format!("address {}", neighbourhood(attempt.from));
    let begun = store.write(|tx| {
        let here = tx.attempts(&of_address)?;
        if counted(here, now) >= PER_ADDRESS {
            return Ok(Err(SignedIn::TooMany));
        }
        let before = tx.attempts(&of_account)?;
        if let Some(minutes) = resting(before, now) {
            return Ok(Err(SignedIn::Resting(minutes)));
        }
        tx.set_attempts(&of_account, one_more(before, now, None))?;
        tx.set_attempts(&of_address, one_more(here, now, Some(SPAN)))?;
        let account = tx.account(&login)?.filter(|(account, _)| !account.disabled);
        Ok::<_, StoreError>(Ok((account, here)))
    })?;
    let (found, before) = match begun {
        Ok(begun) => begun,
        Err(refused) => return Ok(Proof::Not(refused)),
    };
    let right = passwords::matches(&attempt.password, found.as_ref().map(|(_, hash)| &**hash));
    if let Some((account, hash)) = found.filter(|_| right) {
        return Ok(Proof::Right(Box::new(Proven {
            account,
            hash,
            of_account,
            of_address,
            before,
        })));
    }
    store.write(|tx| {
        // A login that is none may be anything that was typed: it is not written down.
        let known = tx.account(&login)?.is_some();
        let entry = AuditEntry {
            at: now,
            login: if known { login.clone() } else { "（无此账号）".to_owned() },
            name: String::new(),
            act: Deed::SignInFailed.name().to_owned(),
            case_number: String::new(),
            detail: String::new(),
            address: address.clone(),
        };
        audit::note(tx, &entry)
    })?;
    Ok(Proof::Not(SignedIn::Wrong))
}

impl Proven {
    /// Lets them in, unless the account was disabled or got another password since; whether it did.
    fn settle(&self, tx: &Tx<'_>) -> Result<bool, StoreError> {
        let still = tx.account(&self.account.login)?;
        if still.is_none_or(|(account, hash)| account.disabled || hash != self.hash) {
            return Ok(false);
        }
        tx.forget_attempts(&self.of_account)?;
        match self.before {
            Some(before) => tx.set_attempts(&self.of_address, before)?,
            None => tx.forget_attempts(&self.of_address)?,
        }
        Ok(true)
    }
}

/// Signs somebody in.
///
/// # Errors
/// The store's.
pub fn sign_in(
    store: &HubStore,
    attempt: &Attempt,
    now: Timestamp,
) -> Result<SignedIn, StoreError> {
    let proven = match prove(store, attempt, now)? {
        Proof::Right(proven) => proven,
        Proof::Not(why) => return Ok(why),
    };
    let token = secrets::token()?;
    let (login, address) = (&proven.account.login, attempt.from.to_string());
    store.write(|tx| {
        if !proven.settle(tx)? {
            return Ok(SignedIn::Wrong);
        }
        tx.add_office_session(&secrets::digest(&token), login, now, later(now, LONGEST))?;
        audit::note(tx, &audit::of(&proven.account, Deed::SignedIn, "", "", &address, now))?;
        Ok(SignedIn::Yes(token.clone()))
    })
}

/// Replaces one's own password, which the attempt names, by one that was hashed. Every session of the
/// account ends. None if it was done, else why not: who found an open browser can't guess on.
///
/// # Errors
/// The store's.
pub fn change_password(
    store: &HubStore,
    attempt: &Attempt,
    new_hash: &str,
    now: Timestamp,
) -> Result<Option<SignedIn>, StoreError> {
    let proven = match prove(store, attempt, now)? {
        Proof::Right(proven) => proven,
        Proof::Not(why) => return Ok(Some(why)),
    };
    let (account, address) = (&proven.account, attempt.from.to_string());
    store.write(|tx| {
        if !proven.settle(tx)? {
            return Ok(Some(SignedIn::Wrong));
        }
        tx.set_account_password(&account.login, new_hash, false)?;
        audit::note(tx, &audit::of(account, Deed::ChangedPassword, "", "", &address, now))?;
        Ok(None)
    })
}

fn later(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.checked_add(by).unwrap_or(Timestamp::MAX)
}

fn earlier(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.checked_sub(by).unwrap_or(Timestamp::MIN)
}

/// Whose session a token opens, if it is open. Being asked about keeps it open.
///
/// # Errors
/// The store's.
pub fn account_of(
    store: &HubStore,
    token: &str,
    now: Timestamp,
) -> Result<Option<Account>, StoreError> {
    let hash = secrets::digest(token);
    let idle_since = earlier(now, IDLE);
    let Some((account, seen_at)) = store.read(|tx| tx.office_session(&hash, now, idle_since))?
    else {
        return Ok(None);
    };
    if now.duration_since(seen_at).abs() >= TOUCH {
        store.write(|tx| tx.touch_office_session(&hash, now))?;
    }
    Ok(Some(account))
}

/// Ends a session.
///
/// # Errors
/// The store's.
pub fn sign_out(
    store: &HubStore,
    token: &str,
    account: &Account,
    address: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    store.write(|tx| {
        tx.end_office_session(&secrets::digest(token))?;
        audit::note(tx, &audit::of(account, Deed::SignedOut, "", "", address, now))
    })
}

/// What a form of a session carries, so that no other site can send it: derived from the token,
/// which no other site can read.
pub fn form_token(token: &str) -> String {
    secrets::digest(&format!("yichuang-office-form {token}"))
}

/// Forgets sessions that ended, and attempts of the day before, or of a time that is yet to come
/// since the clock was set back.
///
/// # Errors
/// The store's.
pub fn forget_ended(store: &HubStore, now: Timestamp) -> Result<(), StoreError> {
    let day = SignedDuration::from_hours(24);
    let attempts = earlier(now, day)..=later(now, SignedDuration::from_mins(LONGEST_REST));
    store.write(|tx| tx.forget_office(now, earlier(now, IDLE), &attempts))
}

#[cfg(test)]
mod tests;
