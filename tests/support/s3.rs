//! A real server that speaks S3, on a port of its own, over a folder.

use std::net::SocketAddr;
use std::path::Path;
use std::thread::JoinHandle;

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use yichuang_hub::Place;

const ID: &str = "hall";
const SECRET: &str = "not-a-secret";
const BUCKET: &str = "scans";

/// A server that serves until it is dropped.
pub struct S3Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    serving: Option<JoinHandle<()>>,
}

impl S3Server {
    /// Starts one over a folder, with one bucket.
    pub fn start(folder: &Path) -> Self {
        std::fs::create_dir_all(folder.join(BUCKET)).expect("a bucket");
        let files = s3s_fs::FileSystem::new(folder).expect("a folder");
        let mut builder = S3ServiceBuilder::new(files);
        builder.set_auth(SimpleAuth::from_single(ID, SECRET));
        let service = builder.build();
        let (tell, told) = std::sync::mpsc::channel();
        let (stop, mut stopped) = oneshot::channel::<()>();
        let serving = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(async {
                let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
                tell.send(listener.local_addr().expect("a bound port")).expect("the test waits");
                loop {
                    let socket = tokio::select! {
                        accepted = listener.accept() => accepted.expect("a connection").0,
                        _ = &mut stopped => return,
                    };
                    let service = service.clone();
                    tokio::spawn(async move {
                        let server = Builder::new(TokioExecutor::new());
                        // A client that goes away is no fault of this server.
                        let _ = server.serve_connection(TokioIo::new(socket), service).await;
                    });
                }
            });
        });
        let address = told.recv().expect("the server serves");
        Self { address, stop: Some(stop), serving: Some(serving) }
    }

    /// Its bucket, as a hub is told of it.
    pub fn place(&self) -> Place {
        self.place_with(SECRET)
    }

    /// Its bucket, with another secret.
    pub fn place_with(&self, secret: &str) -> Place {
        let text = format!("s3://{BUCKET}/genhe?endpoint=http://{}", self.address);
        match Place::parse(&text).expect("a place") {
            Place::S3(address) => Place::S3(address.with_keys(ID, secret)),
            folder => folder,
        }
    }
}

impl Drop for S3Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(serving) = self.serving.take() {
            let _ = serving.join();
        }
    }
}
