//! Where the window stands with its hub: who it is there, what was acknowledged, what was
//! refused, what came down.

use jiff::Timestamp;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use yichuang_domain::case::SignedEvent;
use yichuang_domain::case::log::{further_log, is_log_of};
use zeroize::Zeroizing;

use crate::error::StorageError;
use crate::meta;
use crate::store::{Store, Tx};
use crate::{attachments, cases, hub_logs, log, news, training};

const ENROLMENT: &str = "upstream.enrolment";
const PRACTICE: &str = "practice.device";
const PRACTICE_ORIGIN: &str = "practice-";
const LOG: &str = "upstream.log";
const EARLIER: &str = "upstream.earlier-logs";
const ACKNOWLEDGED: &str = "upstream.acknowledged";
const RECEIPT: &str = "upstream.receipt";
pub(crate) const CURSOR: &str = "upstream.cursor";
const LAST_SYNC: &str = "upstream.last-sync";
pub(crate) const CLOCK_SKEW: &str = "upstream.clock-skew";
/// How many of the last events are asked when they were written.
const LOOKED_BACK: u32 = 100;

/// Who this window is at its hub. Kept inside the encrypted database only.
#[derive(Clone, Serialize, Deserialize)]
pub struct Enrolment {
    /// The hub's address.
    pub hub_url: String,
    /// This device's log.
    pub origin: String,
    /// The code in its case numbers, given out once.
    pub device_code: String,
    /// 区划代码.
    pub region: String,
    /// 站点代码.
    pub station: String,
    /// 窗口代码.
    pub window: String,
    /// The hall's name.
    pub hall: String,
    /// Whether the hub is for practice.
    pub trial: bool,
    /// The device's Ed25519 seed.
    #[serde(with = "base64_bytes")]
    pub device_seed: [u8; 32],
    /// The hub's Ed25519 public key.
    #[serde(with = "base64_bytes")]
    pub hub_key: [u8; 32],
    /// A private authority's certificate.
    pub authority_pem: Option<String>,
}

impl std::fmt::Debug for Enrolment {
    /// Shows no secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Enrolment")
            .field("hub_url", &self.hub_url)
            .field("origin", &self.origin)
            .field("device_code", &self.device_code)
            .field("trial", &self.trial)
            .finish_non_exhaustive()
    }
}

mod base64_bytes {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD as BASE64;
    use serde::{Deserialize as _, Deserializer, Serializer, de};

    pub fn serialize<S: Serializer>(bytes: &[u8; 32], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64.encode(bytes))
    }

    pub fn deserialize<'d, D: Deserializer<'d>>(deserializer: D) -> Result<[u8; 32], D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = BASE64.decode(text).map_err(de::Error::custom)?;
        bytes.try_into().map_err(|_| de::Error::custom("not 32 bytes"))
    }
}

/// A log of this window, and how much of it has arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnLog {
    /// Its name.
    pub log: String,
    /// Up to where the hub acknowledged it.
    pub acknowledged: u64,
}

/// How far the exchange has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SyncState {
    /// Everything up to here was acknowledged.
    pub acknowledged_seq: u64,
    /// The hub's signed acknowledgement, as received.
    pub receipt: Option<String>,
    /// How far this window has pulled.
    pub pull_cursor: u64,
    /// When the last complete sync ended.
    pub last_sync: Option<Timestamp>,
    /// Device clock minus hub clock, in milliseconds.
    pub clock_skew: Option<i64>,
}

pub(crate) fn enrolment(sql: &Connection) -> Result<Option<Enrolment>, StorageError> {
    let unreadable = |_| StorageError::Unreadable { what: "入网信息" };
    let text = meta::get(sql, ENROLMENT)?.map(Zeroizing::new);
    text.map(|text| serde_json::from_str(&text).map_err(unreadable)).transpose()
}

/// Makes the device code of a profile that joined no hub, once: eight characters of randomness,
/// so that practice numbers of two machines do not meet either.
pub(crate) fn ensure_practice_device(sql: &Connection) -> Result<(), StorageError> {
    if meta::get(sql, PRACTICE)?.is_some() {
        return Ok(());
    }
    let code = uuid::Uuid::new_v4().simple().to_string()[..8].to_ascii_uppercase();
    let query = "INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO NOTHING";
    sql.execute(query, params![PRACTICE, code])?;
    Ok(())
}

fn practice_device(sql: &Connection) -> Result<String, StorageError> {
    meta::get(sql, PRACTICE)?.ok_or(StorageError::Unreadable { what: "演练设备代码" })
}

/// This window, by the name of its first log.
pub(crate) fn own_origin(sql: &Connection) -> Result<String, StorageError> {
    match enrolment(sql)? {
        Some(enrolment) => Ok(enrolment.origin),
        None => Ok(format!("{PRACTICE_ORIGIN}{}", practice_device(sql)?)),
    }
}

/// Whether a log was written here before the window joined a hub.
pub fn is_practice_origin(origin: &str) -> bool {
    origin.starts_with(PRACTICE_ORIGIN)
}

/// The log that this window writes in: its own name, or another since it was put back to a backup.
pub(crate) fn own_log(sql: &Connection) -> Result<String, StorageError> {
    meta::get(sql, LOG)?.map_or_else(|| own_origin(sql), Ok)
}

/// Up to where the hub acknowledged each log of this window, the one it writes in last. Those
/// before it end where they end: nothing is written in them any more.
pub(crate) fn acknowledged_logs(sql: &Connection) -> Result<Vec<OwnLog>, StorageError> {
    let unreadable = |_| StorageError::Unreadable { what: "先前的日志" };
    let earlier = meta::get(sql, EARLIER)?;
    let mut logs: Vec<OwnLog> = match earlier {
        Some(text) => serde_json::from_str(&text).map_err(unreadable)?,
        None => Vec::new(),
    };
    logs.push(OwnLog { log: own_log(sql)?, acknowledged: acknowledged(sql)? });
    Ok(logs)
}

/// Notes up to where the hub acknowledged logs that are no longer written in.
fn set_earlier(sql: &Connection, logs: &[OwnLog]) -> Result<(), StorageError> {
    let unreadable = |_| StorageError::Unreadable { what: "先前的日志" };
    meta::set(sql, EARLIER, &serde_json::to_string(logs).map_err(unreadable)?)
}

/// Goes on in another log, of which nothing was acknowledged yet. `mark` must be one that no log of
/// this window ever had.
pub(crate) fn begin_log(sql: &Connection, mark: &str) -> Result<String, StorageError> {
    set_earlier(sql, &acknowledged_logs(sql)?)?;
    let log = further_log(&own_origin(sql)?, mark);
    meta::set(sql, LOG, &log)?;
    meta::set(sql, ACKNOWLEDGED, "0")?;
    sql.execute("DELETE FROM meta WHERE name = ?1", [RECEIPT])?;
    // The hub may have lost nothing, but what this database says of it is old.
    attachments::doubt(sql)?;
    Ok(log)
}

pub(crate) fn acknowledged(sql: &Connection) -> Result<u64, StorageError> {
    Ok(meta::number(sql, ACKNOWLEDGED)?.unwrap_or(0))
}

impl Store {
    /// Who this window is at its hub; none in a profile that joined none.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn enrolment(&self) -> Result<Option<Enrolment>, StorageError> {
        enrolment(&self.lock())
    }

    /// This window, by the name of its first log.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn own_origin(&self) -> Result<String, StorageError> {
        own_origin(&self.lock())
    }

    /// The log that this window writes in: [`Self::own_origin`], or another of its own since it
    /// was put back to a backup.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn own_log(&self) -> Result<String, StorageError> {
        own_log(&self.lock())
    }

    /// Up to where the hub acknowledged each log of this window, the one it writes in last.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn own_logs(&self) -> Result<Vec<OwnLog>, StorageError> {
        acknowledged_logs(&self.lock())
    }

    /// How many events of its own are not acknowledged.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn unsent_events(&self) -> Result<u64, StorageError> {
        let sql = self.lock();
        let mut unsent = 0;
        for own in acknowledged_logs(&sql)? {
            unsent += log::head(&sql, &own.log)?.seq.saturating_sub(own.acknowledged);
        }
        Ok(unsent)
    }

    /// When the last events of the log that is written in were written, by this machine's clock,
    /// those that the hub has not acknowledged, the oldest first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn unsent_times(&self) -> Result<Vec<Timestamp>, StorageError> {
        let sql = self.lock();
        let mut statement = sql.prepare_cached(
            "SELECT json_extract(text, '$.at') AS at FROM events WHERE origin = ?1 AND seq > ?2
             ORDER BY seq DESC LIMIT ?3",
        )?;
        let log = own_log(&sql)?;
        let rows = statement.query_map(params![log, acknowledged(&sql)?, LOOKED_BACK], |row| {
            row.get::<_, String>("at")
        })?;
        let unreadable = |_| StorageError::Unreadable { what: "日志" };
        let mut times = rows
            .map(|at| at?.parse().map_err(unreadable))
            .collect::<Result<Vec<_>, StorageError>>()?;
        times.reverse();
        Ok(times)
    }

    /// The hub holds a log that is no longer written in up to there, with what it was just sent.
    /// Never lowers the mark.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn acknowledge_earlier(&self, log: &str, seq: u64) -> Result<(), StorageError> {
        self.write(|tx| {
            let mut logs = acknowledged_logs(&tx.sql)?;
            logs.pop();
            for own in logs.iter_mut().filter(|own| own.log == log) {
                own.acknowledged = own.acknowledged.max(seq);
            }
            set_earlier(&tx.sql, &logs)
        })
    }

    /// The hub turned out to have less of a log that is no longer written in: what is behind that
    /// place counts as unsent again, as with [`Self::forget_acknowledgement`].
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn forget_earlier(&self, log: &str, seq: u64) -> Result<(), StorageError> {
        self.write(|tx| {
            let mut logs = acknowledged_logs(&tx.sql)?;
            logs.pop();
            for own in logs.iter_mut().filter(|own| own.log == log) {
                own.acknowledged = own.acknowledged.min(seq);
            }
            set_earlier(&tx.sql, &logs)?;
            attachments::doubt(&tx.sql)
        })
    }

    /// Takes in events of a log of this window that it lost, or that another copy of it wrote, as
    /// the hub holds them up to there. They follow what is here.
    ///
    /// # Errors
    /// [`StorageError`]; nothing is kept then.
    pub fn take_own(&self, log: &str, events: &[SignedEvent]) -> Result<(), StorageError> {
        let unreadable = StorageError::Unreadable { what: "大厅中心留存的本机记录" };
        self.write(|tx| {
            let mut logs = acknowledged_logs(&tx.sql)?;
            let writes = logs.pop().map(|own| own.log);
            if writes.as_deref() == Some(log) || !is_log_of(log, &own_origin(&tx.sql)?) {
                return Err(unreadable);
            }
            let mut touched = Vec::new();
            for signed in events {
                let sealed = signed.sealed();
                let event = sealed.open().map_err(|_| StorageError::Unreadable {
                    what: "大厅中心留存的本机记录",
                })?;
                log::insert(&tx.sql, &event, &sealed, Some(&signed.signature))?;
                touched.push(event.case);
            }
            let seq = log::head(&tx.sql, log)?.seq;
            match logs.iter_mut().find(|own| own.log == log) {
                Some(own) => own.acknowledged = own.acknowledged.max(seq),
                None => logs.push(OwnLog { log: log.to_owned(), acknowledged: seq }),
            }
            set_earlier(&tx.sql, &logs)?;
            touched.sort_unstable();
            touched.dedup();
            for case in touched {
                cases::refold(&tx.sql, case)?;
            }
            Ok(())
        })
    }

    /// The device code of a profile that joined no hub.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn practice_device(&self) -> Result<String, StorageError> {
        practice_device(&self.lock())
    }

    /// Joins a hub: from now on this device writes the log that the hub gave it.
    ///
    /// # Errors
    /// [`StorageError::Enrolled`] if it joined one already; [`StorageError::Practised`] if
    /// practice would join a real hub. Asked here, where nothing can come in between.
    pub fn save_enrolment(&self, enrolment: &Enrolment) -> Result<(), StorageError> {
        self.write(|tx| {
            if self::enrolment(&tx.sql)?.is_some() {
                return Err(StorageError::Enrolled);
            }
            if training::is_training(&tx.sql)? {
                return Err(StorageError::Training);
            }
            if !enrolment.trial && cases::is_practised(&tx.sql)? {
                return Err(StorageError::Practised);
            }
            let text = serde_json::to_string(enrolment)
                .map(Zeroizing::new)
                .map_err(|_| StorageError::Unreadable { what: "入网信息" })?;
            meta::set(&tx.sql, ENROLMENT, &text)?;
            // Practice that was put back to a backup has nothing to do with the hub's log.
            tx.sql.execute("DELETE FROM meta WHERE name IN (?1, ?2)", [LOG, EARLIER])?;
            meta::set(&tx.sql, ACKNOWLEDGED, "0")?;
            meta::set(&tx.sql, CURSOR, "0")
        })
    }

    /// How far the exchange has come.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn sync_state(&self) -> Result<SyncState, StorageError> {
        let sql = self.lock();
        Ok(SyncState {
            acknowledged_seq: acknowledged(&sql)?,
            receipt: meta::get(&sql, RECEIPT)?,
            pull_cursor: meta::number(&sql, CURSOR)?.unwrap_or(0),
            last_sync: meta::get(&sql, LAST_SYNC)?.and_then(|text| text.parse().ok()),
            clock_skew: meta::get(&sql, CLOCK_SKEW)?.and_then(|text| text.parse().ok()),
        })
    }

    /// The hub has everything up to `seq`; `receipt` is its signed word. Never lowers the mark.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn acknowledge(&self, seq: u64, receipt: &str) -> Result<(), StorageError> {
        self.write(|tx| {
            if seq >= acknowledged(&tx.sql)? {
                meta::set(&tx.sql, ACKNOWLEDGED, &seq.to_string())?;
                meta::set(&tx.sql, RECEIPT, receipt)?;
            }
            Ok(())
        })
    }

    /// The hub turned out to have only up to `seq`: what is behind it counts as unsent again, and
    /// no scan counts as arrived until the hub was asked.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn forget_acknowledgement(&self, seq: u64) -> Result<(), StorageError> {
        self.write(|tx| {
            if seq < acknowledged(&tx.sql)? {
                meta::set(&tx.sql, ACKNOWLEDGED, &seq.to_string())?;
                attachments::doubt(&tx.sql)?;
            }
            Ok(())
        })
    }

    /// Takes in events of other logs and moves the cursor, together or not at all. Events that
    /// are here already change nothing.
    ///
    /// # Errors
    /// [`StorageError`]; an event that can't be trusted fails the whole batch.
    pub fn take_pulled(&self, events: &[SignedEvent], cursor: u64) -> Result<(), StorageError> {
        self.write(|tx| {
            let own = own_origin(&tx.sql)?;
            let mut touched = Vec::new();
            let mut log_of_hub = None;
            for signed in events {
                let sealed = signed.sealed();
                let event = sealed
                    .open()
                    .map_err(|_| StorageError::Unreadable { what: "中心发来的记录" })?;
                if event.origin == own {
                    continue;
                }
                log::insert(&tx.sql, &event, &sealed, Some(&signed.signature))?;
                news::note(&tx.sql, &event)?;
                touched.push(event.case);
                log_of_hub = Some(event.origin);
            }
            if let Some(log) = log_of_hub {
                hub_logs::enter(&tx.sql, &log)?;
            }
            touched.sort_unstable();
            touched.dedup();
            for case in touched {
                cases::refold(&tx.sql, case)?;
            }
            meta::set(&tx.sql, CURSOR, &cursor.to_string())
        })
    }

    /// Remembers by how much the clocks differ.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn set_clock_skew(&self, milliseconds: i64) -> Result<(), StorageError> {
        meta::set(&self.lock(), CLOCK_SKEW, &milliseconds.to_string())
    }

    /// A sync came to its end.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn finish_sync(&self, at: Timestamp) -> Result<(), StorageError> {
        meta::set(&self.lock(), LAST_SYNC, &at.to_string())
    }
}

impl Tx<'_> {
    /// Who this window is at its hub, as this transaction sees it.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn enrolment(&self) -> Result<Option<Enrolment>, StorageError> {
        enrolment(&self.sql)
    }

    /// This window, by the name of its first log.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn own_origin(&self) -> Result<String, StorageError> {
        own_origin(&self.sql)
    }

    /// The device code of a profile that joined no hub.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn practice_device(&self) -> Result<String, StorageError> {
        practice_device(&self.sql)
    }
}
