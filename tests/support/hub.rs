//! A real hub inside the test: the server itself, on a port of its own, with its database at hand.

use std::io::Cursor;
use std::net::{SocketAddr, TcpListener};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use yichuang_domain::case::event::Decision;
use yichuang_hub::decide::decide;
use yichuang_hub::enrolment::{DEFAULT_HALL, DEFAULT_REGION, make_code};
use yichuang_hub::error::StepError;
use yichuang_hub::ferry::{Ferried, ferry};
use yichuang_hub::listing::{self, ListedCase};
use yichuang_hub::pace::Pace;
use yichuang_hub::publish::publish;
use yichuang_hub::store::{CodeHolder, Database, PostgresAddress, PublishedGuide};
use yichuang_hub::{Clock, Hub, HubError, HubStore, Objects, Place, Running, SystemClock, Tls};
use yichuang_protocol::ferry::Progress;
use yichuang_protocol::office::{DecideReply, DecideRequest};

/// A hub that serves until it is dropped.
pub struct TestHub {
    folder: PathBuf,
    address: SocketAddr,
    store: HubStore,
    objects: Objects,
    running: Running,
    serving: Option<JoinHandle<()>>,
}

impl TestHub {
    /// Starts one with its records in a folder.
    pub fn start(folder: &Path, trial: bool) -> Self {
        Self::serve(folder, &Place::of(folder), trial, None)
    }

    /// Starts one that keeps attachments at another place.
    pub fn start_with(folder: &Path, attachments: &Place) -> Self {
        Self::serve(folder, attachments, false, None)
    }

    /// Starts one with a certificate.
    pub fn start_secure(folder: &Path, tls: Tls) -> Self {
        Self::serve(folder, &Place::of(folder), false, Some(tls))
    }

    /// Starts one on the PostgreSQL database of an address.
    pub fn start_on(address: &str, folder: &Path) -> Self {
        let address = PostgresAddress::parse(address, None).expect("an address");
        let database = Database::Postgres(Box::new(address));
        let place = Place::of(folder);
        let hub = Hub::open_at(&database, folder, &place, false, Arc::new(SystemClock));
        Self::run(hub.expect("a hub"), folder, None)
    }

    /// Starts one that lets each device ask so often in an hour.
    pub fn start_paced(folder: &Path, hourly: NonZeroU32) -> Self {
        let hub = Hub::open(folder, false, Arc::new(SystemClock)).expect("a hub");
        Self::run(hub.paced(Pace::hourly(hourly)), folder, None)
    }

    fn serve(folder: &Path, attachments: &Place, trial: bool, tls: Option<Tls>) -> Self {
        let database = Database::Folder(folder.to_owned());
        let hub = Hub::open_at(&database, folder, attachments, trial, Arc::new(SystemClock));
        Self::run(hub.expect("a hub"), folder, tls)
    }

    fn run(hub: Hub, folder: &Path, tls: Option<Tls>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("a bound port");
        let (store, objects) = (hub.store().clone(), hub.objects().clone());
        let (tell, told) = std::sync::mpsc::channel();
        let serving = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(1)
                .enable_all()
                .build()
                .expect("a runtime");
            runtime.block_on(async {
                let (running, serving) = hub.serve(listener, tls.as_ref()).await.expect("a server");
                tell.send(running).expect("the test waits");
                serving.await.expect("an orderly end");
            });
        });
        let running = told.recv().expect("the hub serves");
        let folder = folder.to_owned();
        Self { folder, address, store, objects, running, serving: Some(serving) }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its URL.
    pub fn url(&self) -> &str {
        &self.running.url
    }

    /// Its database.
    pub fn store(&self) -> &HubStore {
        &self.store
    }

    /// Its attachments.
    pub fn objects(&self) -> &Objects {
        &self.objects
    }

    /// Takes in a window's ferry file; the answer, and what the file brought.
    pub fn ferry(&self, file: &[u8]) -> Result<(Vec<u8>, Ferried), HubError> {
        let mut answer = Vec::new();
        let (hub, progress) = ((&self.store, &self.objects), Progress::default());
        let ferried = ferry(hub, Cursor::new(file), &mut answer, SystemClock.now(), &progress)?;
        Ok((answer, ferried))
    }

    /// The bytes of an attachment that has arrived, proven.
    pub fn attachment(&self, hash: &str) -> Option<Vec<u8>> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(self.objects.read(hash)).expect("a sound store")
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A one-time code.
    pub fn code(&self, window: &str) -> String {
        let holder = CodeHolder {
            region: DEFAULT_REGION.to_owned(),
            station: "ZX".to_owned(),
            window: window.to_owned(),
            hall: DEFAULT_HALL.to_owned(),
        };
        make_code(&self.store, &holder, SystemClock.now()).expect("a code").code
    }

    /// What has arrived.
    pub fn cases(&self) -> Vec<ListedCase> {
        listing::cases(&self.store).expect("the cases")
    }

    /// Publishes a guide release.
    pub fn publish(&self, bytes: &[u8]) -> Result<PublishedGuide, HubError> {
        publish(&self.store, bytes, SystemClock.now())
    }

    /// The back office grants a case.
    pub fn grant(&self, case_number: &str) -> Result<DecideReply, StepError> {
        let request = DecideRequest {
            case: case_number.to_owned(),
            decision: Decision::Granted,
            reason: String::new(),
            result_number: Some("JY1150785".to_owned()),
        };
        decide(&self.store, &request, SystemClock.now())
    }

    /// Stops it in good order. Its records stay.
    pub fn stop(&mut self) {
        self.running.stop();
        if let Some(serving) = self.serving.take() {
            let ended = serving.join();
            if !std::thread::panicking() {
                ended.expect("the hub ends in good order");
            }
        }
    }
}

impl Drop for TestHub {
    fn drop(&mut self) {
        self.stop();
    }
}
