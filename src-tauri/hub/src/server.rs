//! The server: an address, perhaps a certificate, and an orderly end.

use std::convert::Infallible;
use std::future::Future;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Once};
use std::time::Duration;

use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use ipnet::IpNet;
use jiff::SignedDuration;
use tokio::sync::Semaphore;
use yichuang_protocol::ProgressAddress;

use crate::clock::Clock;
use crate::error::{HubError, Refused};
use crate::gauges;
use crate::http::{self, Shared};
use crate::objects::{Objects, Place};
use crate::office::{Office, sign_in};
use crate::office_token;
use crate::pace::Pace;
use crate::progress::Guard;
use crate::region::Poster;
use crate::store::{CasePlace, Database, HubStore};
use crate::throttle::Throttle;

/// How long requests under way get to finish after the order to stop.
const GRACE: Duration = Duration::from_secs(10);
/// How often to forget sessions that ended.
const SWEEP: Duration = Duration::from_secs(60);
/// After how long chunks of an attachment count as abandoned: longer than any window is away.
const ABANDONED: SignedDuration = SignedDuration::from_hours(90 * 24);
/// How many connections may wait to be taken: the windows of a region whose power comes back. Those
/// beyond it would wait a second before they try again. The system may allow fewer.
const WAITING_ROOM: i32 = 4096;
/// How long the head of a request may take to arrive.
const HEAD_PATIENCE: Duration = Duration::from_secs(20);

/// A certificate and its key, as PEM files.
#[derive(Clone, Debug)]
pub struct Tls {
    /// The certificate, with those between it and the authority.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// A hub that is open and ready to serve.
pub struct Hub {
    shared: Arc<Shared>,
    trial: bool,
}

/// A hub that serves.
#[derive(Clone, Debug)]
pub struct Running {
    /// Where: `http://127.0.0.1:7400`.
    pub url: String,
    /// Whether it is for practice.
    pub trial: bool,
    handle: Handle<SocketAddr>,
    stopping: Arc<AtomicBool>,
}

impl Running {
    /// Orders it to stop; requests under way get ten seconds.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
        self.handle.graceful_shutdown(Some(GRACE));
    }
}

/// Installs the one cryptography provider of the process.
pub(crate) fn install_crypto() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // An error means that the process has one already, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

impl Hub {
    /// Opens the hub of a folder; makes it where there is none. `trial` is settled by the first
    /// start and never changes.
    ///
    /// # Errors
    /// [`Refused`] `mode-mismatch` if the folder's hub is of the other kind; or the store's.
    pub fn open(folder: &Path, trial: bool, clock: Arc<dyn Clock>) -> Result<Self, HubError> {
        let place = Place::of(folder);
        Self::open_at(&Database::Folder(folder.to_owned()), folder, &place, trial, clock)
    }

    /// Opens the hub of a database, which other processes may serve too, with its attachments at a
    /// place that they share. `folder` gets the file with the back office's token.
    ///
    /// # Errors
    /// As [`Self::open`]; [`Refused`] `bad-attachments`.
    pub fn open_at(
        database: &Database,
        folder: &Path,
        attachments: &Place,
        trial: bool,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, HubError> {
        let store = HubStore::open_at(database)?;
        if store.write(|tx| tx.settle_trial(trial))? != trial {
            let message = if trial {
                "这是正式大厅中心的数据，不能用 --trial 启动：请另选目录或数据库"
            } else {
                "这是演练大厅中心的数据，须加 --trial 启动，或另选目录或数据库"
            };
            return Err(Refused::new("mode-mismatch", "trial", message).into());
        }
        let office_token = office_token::ensure(&store, folder)?;
        let objects = Objects::open(attachments)?;
        let seats = Arc::new(Semaphore::new(store.seats()));
        let address = store.read(|tx| tx.progress_address())?;
        let progress_address = address.and_then(|address| ProgressAddress::parse(&address).ok());
        enter_in_lists(&store)?;
        enter_ratings(&store, clock.as_ref())?;
        let shared = Shared {
            store,
            clock,
            office_token,
            throttle: Arc::new(Throttle::default()),
            seats,
            pace: Arc::new(Pace::default()),
            stopping: Arc::default(),
            objects,
            office: Office::default(),
            office_open: true,
            tls: Arc::default(),
            proxies: Vec::new(),
            progress_address,
            progress_guard: Arc::new(Guard::default()),
            poster: None,
        };
        Ok(Self { shared: Arc::new(shared), trial })
    }

    /// With another measure of how much one device may ask.
    pub fn paced(self, pace: Pace) -> Self {
        self.with(|shared| shared.pace = Arc::new(pace))
    }

    /// Without the pages of the back office.
    pub fn without_office(self) -> Self {
        self.with(|shared| shared.office_open = false)
    }

    /// Behind proxies that are believed about whom they got a request from.
    pub fn behind(self, proxies: Vec<IpNet>) -> Self {
        self.with(|shared| shared.proxies = proxies)
    }

    /// Reached by applicants at an address, which every process of the hub and every window is
    /// told; none closes the page.
    ///
    /// # Errors
    /// The store's.
    pub fn reached_at(self, address: Option<ProgressAddress>) -> Result<Self, HubError> {
        let said = address.as_ref().map(ProgressAddress::as_str);
        self.shared.store.write(|tx| tx.set_progress_address(said))?;
        Ok(self.with(|shared| shared.progress_address = address))
    }

    /// With something that tells the regional platform what happened.
    pub fn posting(self, poster: Poster) -> Self {
        self.with(|shared| shared.poster = Some(Arc::new(poster)))
    }

    /// What its requests share.
    #[cfg(test)]
    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// Set up otherwise, before it serves; everything else stays as it was.
    fn with(mut self, change: impl FnOnce(&mut Shared)) -> Self {
        change(Arc::make_mut(&mut self.shared));
        self
    }

    /// The hub's database.
    pub fn store(&self) -> &HubStore {
        &self.shared.store
    }

    /// Its attachments.
    pub fn objects(&self) -> &Objects {
        &self.shared.objects
    }

    /// The door without a listener: what [`Self::serve`] serves.
    pub fn router(&self) -> axum::Router {
        http::router(Arc::clone(&self.shared))
    }

    /// Serves on a bound listener until it is stopped. Gives what stops it, and the future that
    /// does the serving.
    ///
    /// # Errors
    /// [`Refused`] `insecure-listen` for an address beyond this machine without a certificate;
    /// [`HubError::Certificate`], [`HubError::Listen`].
    pub async fn serve(
        self,
        listener: TcpListener,
        tls: Option<&Tls>,
    ) -> Result<(Running, impl Future<Output = Result<(), HubError>> + Send), HubError> {
        let listen = |source| HubError::Listen { address: "已绑定的地址".to_owned(), source };
        let address = listener.local_addr().map_err(listen)?;
        // Asked again, it only makes the room larger.
        socket2::SockRef::from(&listener).listen(WAITING_ROOM).map_err(listen)?;
        refuse_insecure(address, tls.is_some())?;
        let config = match tls {
            None => None,
            Some(tls) => {
                install_crypto();
                let config = RustlsConfig::from_pem_chain_file(&tls.certificate, &tls.key).await;
                Some(config.map_err(HubError::Certificate)?)
            }
        };
        let scheme = if config.is_some() { "https" } else { "http" };
        self.shared.tls.store(config.is_some(), Ordering::Relaxed);
        let handle = Handle::new();
        let url = format!("{scheme}://{address}");
        let stopping = Arc::clone(&self.shared.stopping);
        let running = Running { url, trial: self.trial, handle: handle.clone(), stopping };
        gauges::begin();
        let sweeping = sweep(Arc::clone(&self.shared));
        let posting = post(Arc::clone(&self.shared));
        let ending = Arc::clone(&self.shared);
        forget_abandoned(&self.shared).await;
        let app = http::router(self.shared).into_make_service_with_connect_info::<SocketAddr>();
        let mut server = axum_server::from_tcp(listener).map_err(listen)?.handle(handle);
        server.http_builder().http1().header_read_timeout(HEAD_PATIENCE);
        let serving = async move {
            let serve = async {
                match config {
                    None => server.serve(app).await,
                    Some(config) => {
                        let acceptor = axum_server::tls_rustls::RustlsAcceptor::new(config);
                        server.acceptor(acceptor).serve(app).await
                    }
                }
            };
            let served = tokio::select! {
                served = serve => served.map_err(HubError::Server),
                never = sweeping => match never {},
                never = posting => match never {},
            };
            if let Some(poster) = ending.poster.clone() {
                poster.end(&ending).await;
            }
            served
        };
        Ok((running, serving))
    }
}

/// Forgets sessions and challenges that ended, again and again. Of several processes each does it,
/// which does no harm.
async fn sweep(shared: Arc<Shared>) -> Infallible {
    loop {
        tokio::time::sleep(SWEEP).await;
        shared.pace.forget_quiet();
        gauges::tidy();
        let swept = http::blocking(&shared, |shared| {
            let now = shared.clock.now();
            sign_in::forget_ended(&shared.store, now)?;
            Ok(shared.store.write(|tx| tx.forget_ended(now))?)
        });
        match swept.await {
            Ok(0) => {}
            Ok(ended) => tracing::debug!(ended, "sessions and challenges that ended are gone"),
            // Told where it happened; the next round is soon.
            Err(_) => tracing::debug!("sessions that ended stay for now"),
        }
    }
}

/// Enters cases of before there were lists in the office's lists.
fn enter_in_lists(store: &HubStore) -> Result<(), HubError> {
    let mut entered = 0;
    loop {
        match store.write(|tx| tx.queue_missing())? {
            0 if entered > 0 => {
                tracing::info!(entered, "older cases are in the office's lists now")
            }
            0 => {}
            more => {
                entered += more;
                continue;
            }
        }
        return Ok(());
    }
}

/// Enters poor ratings of before they were followed up among those that are.
fn enter_ratings(store: &HubStore, clock: &dyn Clock) -> Result<(), HubError> {
    if store.read(|tx| tx.ratings_are_entered())? {
        return Ok(());
    }
    let mut place = Some(CasePlace::default());
    while let Some(after) = place {
        place = store.write(|tx| tx.enter_earlier_ratings(&after, clock.now()))?;
    }
    Ok(())
}

/// Tells the regional platform, where there is one.
async fn post(shared: Arc<Shared>) -> Infallible {
    match shared.poster.clone() {
        Some(poster) => poster.run(shared).await,
        None => std::future::pending().await,
    }
}

/// Forgets chunks of attachments whose rest never came. Trouble with it is no reason not to serve.
async fn forget_abandoned(shared: &Shared) {
    let before = shared.clock.now().saturating_sub(ABANDONED);
    match before {
        Ok(before) => match shared.objects.forget_abandoned(before).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "abandoned chunks of attachments are gone"),
            Err(error) => tracing::warn!(%error, "abandoned chunks of attachments stay"),
        },
        Err(error) => tracing::warn!(%error, "no time to count from"),
    }
}

/// Without a certificate names and identity numbers would cross the network readable.
///
/// # Errors
/// [`Refused`] `insecure-listen`.
pub fn refuse_insecure(address: SocketAddr, tls: bool) -> Result<(), Refused> {
    if tls || address.ip().is_loopback() {
        return Ok(());
    }
    let message = format!(
        "不能在{address}上明文监听：没有证书时只允许本机地址（127.0.0.1），\
         请用 --tls-cert 与 --tls-key 指定证书"
    );
    Err(Refused::new("insecure-listen", "listen", message))
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::*;
    use crate::clock::SystemClock;

    #[test]
    fn what_is_set_up_stays_whatever_is_set_up_after_it() {
        let folder = tempfile::tempdir().unwrap();
        let address = ProgressAddress::parse("https://cx.genhe.gov.cn").unwrap();
        let hub = Hub::open(folder.path(), false, Arc::new(SystemClock))
            .unwrap()
            .paced(Pace::hourly(NonZeroU32::MIN))
            .behind(vec!["10.1.0.0/16".parse().unwrap()])
            .reached_at(Some(address.clone()))
            .unwrap()
            .without_office();
        let shared = hub.shared();
        let device = "win-7K2M".to_owned();
        assert_eq!([(); 2].map(|()| shared.pace.allows(&device)), [true, false]);
        assert_eq!((shared.proxies.len(), shared.office_open), (1, false));
        assert_eq!(shared.progress_address, Some(address));
    }
}
