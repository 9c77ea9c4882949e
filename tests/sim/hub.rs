//! The hub's side: one database, and several processes that serve it.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::Request;
use jiff::Timestamp;
use tower::ServiceExt as _;
use yichuang_hub::{Clock, Hub, HubStore, Objects};
use yichuang_sync::Answer;

use crate::sabotage;

/// A clock that stands until it is moved.
pub struct SimClock(AtomicI64);

impl SimClock {
    /// The morning on which every history begins.
    pub fn new() -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(1_772_413_200_000)))
    }

    /// Lets time pass.
    pub fn pass(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::Relaxed);
    }

    /// The time on a clock that is off by so much.
    pub fn off_by(&self, millis: i64) -> Timestamp {
        let at = self.0.load(Ordering::Relaxed) + millis;
        Timestamp::from_millisecond(at).expect("a time of this century")
    }
}

impl Clock for SimClock {
    fn now(&self) -> Timestamp {
        self.off_by(0)
    }
}

struct Process {
    router: Router,
    store: HubStore,
    objects: Objects,
}

/// The hub.
pub struct HubSide {
    folder: PathBuf,
    backup: PathBuf,
    clock: Arc<SimClock>,
    runtime: tokio::runtime::Runtime,
    processes: Vec<Option<Process>>,
}

impl HubSide {
    /// Starts so many processes on one new database.
    pub fn new(folder: &Path, processes: usize, clock: Arc<SimClock>) -> Self {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
        let backup = folder.join("backup.db");
        let folder = folder.join("hub");
        let mut this = Self { folder, backup, clock, runtime, processes: Vec::new() };
        this.processes.resize_with(processes, || None);
        (0..processes).for_each(|which| this.restart(which));
        this
    }

    /// How many processes there are.
    pub fn processes(&self) -> usize {
        self.processes.len()
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.folder.join("hub.db")
    }

    /// Ends a process wherever it is, and starts it again.
    pub fn restart(&mut self, which: usize) {
        self.processes[which] = None;
        let clock: Arc<dyn Clock> = self.clock.clone();
        let hub = Hub::open(&self.folder, false, clock).expect("the hub opens");
        let (router, store, objects) = (hub.router(), hub.store().clone(), hub.objects().clone());
        self.processes[which] = Some(Process { router, store, objects });
    }

    /// The records, as a process holds them.
    pub fn store(&self) -> &HubStore {
        &self.processes[0].as_ref().expect("the process runs").store
    }

    /// The scans, as a process holds them.
    pub fn objects(&self) -> &Objects {
        &self.processes[0].as_ref().expect("the process runs").objects
    }

    /// The bytes of a scan, if it has arrived.
    pub fn attachment(&self, hash: &str) -> Option<Vec<u8>> {
        self.runtime.block_on(self.objects().read(hash)).expect("a sound store")
    }

    /// Takes a step at a process.
    pub fn post(&self, which: usize, step: &str, token: Option<&str>, body: Vec<u8>) -> Answer {
        let mut request = Request::post(step).header("content-type", "application/json");
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let mut request = request.body(Body::from(body)).expect("a request");
        let peer = SocketAddr::from((Ipv4Addr::LOCALHOST, 1));
        request.extensions_mut().insert(ConnectInfo(peer));
        let router = self.processes[which].as_ref().expect("the process runs").router.clone();
        self.runtime.block_on(async {
            let response = router.oneshot(request).await.expect("the door always answers");
            let status = response.status().as_u16();
            let body = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
            Answer { status, body: body.to_vec() }
        })
    }

    /// Copies the records aside.
    pub fn back_up(&self) {
        let _ = std::fs::remove_file(&self.backup);
        let sql = sabotage::open(&self.database(), None);
        let to = self.backup.to_string_lossy().into_owned();
        sql.execute("VACUUM INTO ?1", [to]).expect("a backup");
    }

    /// Puts the copy in place of the records; whether there was one.
    pub fn restore(&mut self) -> bool {
        if !self.backup.exists() {
            return false;
        }
        self.processes.iter_mut().for_each(|process| *process = None);
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(self.folder.join(format!("hub.db{end}")));
        }
        std::fs::copy(&self.backup, self.database()).expect("the backup is copied");
        (0..self.processes.len()).for_each(|which| self.restart(which));
        true
    }
}
