//! The hub's door: HTTP. Translates between requests and the steps, and knows no rule.

mod answer;
mod attachments;
#[cfg(test)]
mod behind_proxy;
mod caller;
mod help;
#[cfg(test)]
mod hostile;
mod office;
mod policy;
mod progress;
mod proxies;
mod steps;
mod transfer;
mod watch;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use axum::Router;
use axum::http::Uri;
use axum::routing::get;
use ipnet::IpNet;
use tokio::sync::Semaphore;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate, SizeAbove};
use tower_http::decompression::RequestDecompressionLayer;
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use yichuang_protocol::check::Statement;
use yichuang_protocol::hub_log::SignedEventSchema;
use yichuang_protocol::policy::PolicyStatement;
use yichuang_protocol::push::SealedEventSchema;
use yichuang_protocol::roster::RosterDevice;
use yichuang_protocol::{
    Acknowledgement, Fault, FaultCode, ProgressAddress, ReleaseStatement, RosterStatement,
};

use crate::clock::Clock;
use crate::objects::Objects;
use crate::office::Office;
use crate::pace::Pace;
use crate::progress::Guard;
use crate::region::Poster;
use crate::store::HubStore;
use crate::throttle::Throttle;
use answer::Answer;
pub(crate) use answer::Failure;
pub(crate) use steps::blocking;

/// The bytes of a body that travel in one packet.
const ONE_PACKET: u16 = 1400;

/// What every request needs. A copy is the same hub: what it counts, it counts with the first.
#[derive(Clone)]
pub(crate) struct Shared {
    pub(crate) store: HubStore,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) office_token: String,
    pub(crate) throttle: Arc<Throttle>,
    /// As many steps as the database takes at once.
    pub(crate) seats: Arc<Semaphore>,
    pub(crate) pace: Arc<Pace>,
    /// Whether it was told to stop.
    pub(crate) stopping: Arc<AtomicBool>,
    pub(crate) objects: Objects,
    pub(crate) office: Office,
    /// Whether the pages of the back office are served.
    pub(crate) office_open: bool,
    /// Whether this process ends TLS itself.
    pub(crate) tls: Arc<AtomicBool>,
    /// The proxies that are believed about whom they got a request from.
    pub(crate) proxies: Vec<IpNet>,
    /// Where applicants reach the page of their cases; none where it is closed.
    pub(crate) progress_address: Option<ProgressAddress>,
    /// The questions that failed there.
    pub(crate) progress_guard: Arc<Guard>,
    /// What tells the regional platform, if anything does.
    pub(crate) poster: Option<Arc<Poster>>,
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "一窗大厅中心",
        description = "窗口与大厅中心之间的数据交换。协议全文见 docs/protocol.md。"
    ),
    components(schemas(
        Acknowledgement,
        Statement,
        ReleaseStatement,
        RosterStatement,
        RosterDevice,
        PolicyStatement,
        SealedEventSchema,
        SignedEventSchema
    )),
    modifiers(&Tokens)
)]
struct Description;

struct Tokens;

impl utoipa::Modify for Tokens {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let bearer =
            || SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
        let components = api.components.get_or_insert_default();
        components.add_security_scheme("session", bearer());
        components.add_security_scheme("office", bearer());
    }
}

fn described() -> (Router<Arc<Shared>>, utoipa::openapi::OpenApi) {
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(steps::health))
        .routes(routes!(steps::hello))
        .routes(routes!(steps::enrol))
        .routes(routes!(steps::challenge))
        .routes(routes!(steps::session))
        .routes(routes!(steps::push))
        .routes(routes!(steps::pull))
        .routes(routes!(steps::check))
        .routes(routes!(steps::guide_news))
        .routes(routes!(steps::guide_part))
        .routes(routes!(steps::roster))
        .routes(routes!(policy::policy))
        .routes(routes!(transfer::transfer))
        .routes(routes!(help::help))
        .routes(routes!(attachments::offer))
        .routes(routes!(attachments::chunk))
        .routes(routes!(steps::decide))
        .split_for_parts()
}

/// Which answers are packed: not those that fit into one packet as they are. Packing takes a quarter
/// of a megabyte of memory for as long as the answer is on its way, and most answers are small.
fn worth_packing() -> impl Predicate {
    DefaultPredicate::new().and(SizeAbove::new(ONE_PACKET))
}

/// The whole door.
pub(crate) fn router(shared: Arc<Shared>) -> Router {
    let (router, description) = described();
    let description: Arc<utoipa::openapi::OpenApi> = Arc::new(description);
    let described = get(move || async move { Answer((*description).clone()) });
    let office = if shared.office_open { office::routes() } else { Router::new() };
    router
        .route("/v1/openapi.json", described)
        .merge(watch::routes())
        .merge(office)
        .merge(progress::routes())
        .fallback(|uri: Uri| async move {
            let message = format!("大厅中心没有地址{}：请核对大厅中心地址与程序版本", uri.path());
            Failure(Fault::new(FaultCode::NotFound, message))
        })
        .method_not_allowed_fallback(|| async {
            Failure(Fault::new(FaultCode::MethodNotAllowed, "该地址不接受这种请求"))
        })
        // Packed with gzip, either way: unpacking it takes the same few kilobytes of memory
        // whatever it says of itself, and the limit of a body counts what comes out.
        .layer(CompressionLayer::new().compress_when(worth_packing()))
        .layer(RequestDecompressionLayer::new().pass_through_unaccepted(true))
        .layer(axum::middleware::from_fn(watch::count))
        .with_state(shared)
}

#[cfg(test)]
mod tests {
    use yichuang_protocol::{
        attachment, check, enrol, guide, hello, help, office, policy, pull, push, roster, session,
        transfer,
    };

    #[test]
    fn the_description_names_every_step_where_the_protocol_puts_it() {
        let (_, description) = super::described();
        let json = serde_json::to_value(&description).unwrap();
        let steps = [
            hello::PATH,
            enrol::PATH,
            session::CHALLENGE_PATH,
            session::PATH,
            push::PATH,
            pull::PATH,
            check::PATH,
            guide::PATH,
            guide::PART_PATH,
            roster::PATH,
            policy::PATH,
            transfer::PATH,
            help::PATH,
            attachment::OFFER_PATH,
            attachment::CHUNK_PATH,
            office::DECIDE_PATH,
        ];
        for path in steps {
            assert!(json["paths"][path]["post"].is_object(), "{path}");
        }
        assert!(json["paths"]["/v1/health"]["get"].is_object());
        assert_eq!(json["paths"].as_object().unwrap().len(), steps.len() + 1);
        for schema in [
            "SealedEvent",
            "SignedEvent",
            "Fault",
            "PushReply",
            "Acknowledgement",
            "Statement",
            "ReleaseStatement",
            "RosterStatement",
            "RosterDevice",
        ] {
            assert!(json["components"]["schemas"][schema].is_object(), "{schema}");
        }
    }
}
