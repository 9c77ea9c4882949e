//! The command line. Each command prints JSON; exit 0 done, 1 a check failed, 2 refused input with
//! `{code, field, message}`, 3 the machine failed.

mod ferry;
mod moving;
mod region;
mod station;
mod watch;

use std::io::Write as _;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand, ValueEnum};
use ipnet::IpNet;
use jiff::civil::Date;
use yichuang_domain::beijing;
use yichuang_domain::case::event::Decision;
use yichuang_domain::review::Role;
use yichuang_protocol::ProgressAddress;
use yichuang_protocol::office::DecideRequest;
use yichuang_protocol::progress::NotAnAddress;

use crate::clock::{Clock, SystemClock};
use crate::decide::decide;
use crate::enrolment::{DEFAULT_HALL, DEFAULT_REGION, make_code};
use crate::error::{HubError, Refused, StepError};
use crate::objects::Place;
use crate::office::accounts::{self, NewAccount};
use crate::publish;
use crate::roster;
use crate::server::{Hub, Tls, refuse_insecure};
use crate::store::{CodeHolder, Database, HubStore, PostgresAddress};
use crate::{listing, logging};

/// 一窗大厅中心
#[derive(Debug, Parser)]
#[command(name = "yichuang-hub", version)]
pub struct Cli {
    /// 输出 JSON（各命令总是如此）
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 启动大厅中心
    Serve(Serve),
    /// 为新窗口生成一次性入网码
    Enrol(Enrol),
    /// 停用一台设备：不能再同步，此后以它的名义出具的文书不再有效（不可撤销）
    Revoke(Revoke),
    /// 列出已收到的办件
    Cases(Data),
    /// 办结一件办件
    Decide(Decide),
    /// 后台审批页面的账号
    #[command(subcommand)]
    Account(Account),
    /// 办事指南的发布
    #[command(subcommand)]
    Guide(Guide),
    /// 向上级平台上报：导出交换表、处理未上报清单
    #[command(subcommand)]
    Region(region::Region),
    /// 导入一份摆渡文件，写出给该窗口的回执文件
    Ferry(ferry::Ferry),
    /// 站点的规定
    #[command(subcommand)]
    Station(station::Station),
    /// 把全部数据迁往另一个数据库，如从 SQLite 迁往 PostgreSQL；各窗口无须重新入网
    Move(moving::Moving),
}

#[derive(Debug, Subcommand)]
enum Account {
    /// 建立账号，给出首次登录用的口令（只显示这一次）
    Add {
        #[command(flatten)]
        data: Data,
        /// 登录名
        #[arg(long)]
        login: String,
        /// 姓名，写入办理记录
        #[arg(long)]
        name: String,
        /// 角色
        #[arg(long)]
        role: RoleArg,
        /// 部门：与指南里的实施主体全称一致；大厅负责人和管理员没有部门
        #[arg(long)]
        department: Option<String>,
        /// 可看全部部门的办件
        #[arg(long, conflicts_with = "department")]
        all_departments: bool,
    },
    /// 列出账号
    List(Data),
    /// 停用账号：登录全部退出，不能再登录
    Disable {
        #[command(flatten)]
        data: Data,
        /// 登录名
        #[arg(long)]
        login: String,
        /// 恢复已停用的账号
        #[arg(long)]
        undo: bool,
    },
    /// 重置口令，给出首次登录用的口令（只显示这一次）
    Password {
        #[command(flatten)]
        data: Data,
        /// 登录名
        #[arg(long)]
        login: String,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RoleArg {
    Reviewer,
    Lead,
    HallLead,
    Administrator,
}

#[derive(Debug, Subcommand)]
enum Guide {
    /// 检查并发布一个新版本，各窗口同步时自动取用
    Publish {
        #[command(flatten)]
        data: Data,
        /// 指南包
        file: PathBuf,
    },
    /// 列出已发布的版本，新的在前
    List(Data),
}

/// The variable for a database, so that its password stands in no list of processes.
pub const DATABASE_VARIABLE: &str = "YICHUANG_HUB_DATABASE";

#[derive(Debug, Args)]
struct Data {
    /// 数据目录
    #[arg(long)]
    data: Option<PathBuf>,
    /// PostgreSQL 数据库，多台服务器可共用：postgres://用户:密码@主机:5432/库名。
    /// 含密码时请改用环境变量 YICHUANG_HUB_DATABASE；都不给则用数据目录里的 SQLite
    #[arg(long)]
    database: Option<Secret>,
    /// 数据库证书的签发机构（PEM）；不给则信任系统的
    #[arg(long)]
    database_ca: Option<PathBuf>,
}

/// Text that is not shown.
#[derive(Clone)]
struct Secret(String);

impl std::str::FromStr for Secret {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

#[derive(Debug, Args)]
struct Serve {
    #[command(flatten)]
    data: Data,
    /// 演练大厅中心：只收演练办件
    #[arg(long)]
    trial: bool,
    /// 扫描件的存放处：文件夹，或 s3://存储桶/前缀?endpoint=https://…&region=…
    /// （密钥用环境变量 AWS_ACCESS_KEY_ID 与 AWS_SECRET_ACCESS_KEY 给出）；不给则放在数据目录里
    #[arg(long, value_name = "PLACE")]
    attachments: Option<String>,
    /// 不提供后台审批页面（/office）
    #[arg(long)]
    no_office: bool,
    /// 监听地址
    #[arg(long, default_value = "127.0.0.1:7400")]
    listen: SocketAddr,
    /// 申请人查询办理进度的网址，如 https://cx.genhe.gov.cn，印在凭证上；给 off 则关闭查询页。
    /// 不给则沿用上次的
    #[arg(long, value_name = "URL")]
    progress_url: Option<String>,
    /// 前面的反向代理（地址或网段，可给多次）：只采信它们写的 X-Forwarded-For
    #[arg(long, value_name = "IP", value_parser = proxy)]
    proxy: Vec<IpNet>,
    #[command(flatten)]
    posting: region::Posting,
    /// 证书（PEM）
    #[arg(long, requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// 私钥（PEM）
    #[arg(long, requires = "tls_cert")]
    tls_key: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Enrol {
    #[command(flatten)]
    data: Data,
    /// 站点代码
    #[arg(long)]
    station: String,
    /// 窗口代码
    #[arg(long)]
    window: String,
    /// 行政区划代码
    #[arg(long, default_value = DEFAULT_REGION)]
    region: String,
    /// 大厅名称
    #[arg(long, default_value = DEFAULT_HALL)]
    hall: String,
}

#[derive(Debug, Args)]
struct Revoke {
    #[command(flatten)]
    data: Data,
    /// 设备代码：办件编号的第三段
    #[arg(long)]
    device: String,
    /// 从哪一天起的文书不再有效，如 2026-11-24；不给则从今天起
    #[arg(long)]
    from: Option<Date>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum DecisionArg {
    Granted,
    Denied,
}

#[derive(Debug, Args)]
struct Decide {
    #[command(flatten)]
    data: Data,
    /// 办件编号
    #[arg(long)]
    case: String,
    /// 准予或不予
    #[arg(long)]
    decision: DecisionArg,
    /// 理由；不予时必填
    #[arg(long, default_value = "")]
    reason: String,
    /// 结果证号
    #[arg(long)]
    result_number: Option<String>,
}

impl Data {
    fn folder(&self) -> Result<PathBuf, HubError> {
        let folder = self.data.clone().or_else(default_folder);
        folder.ok_or_else(|| {
            let message = "系统没有给出用户数据目录：请用 --data 指定";
            Refused::new("no-data-folder", "data", message).into()
        })
    }

    fn database(&self) -> Result<Database, HubError> {
        let named = self.database.as_ref().map(|secret| secret.0.clone());
        let named = named.or_else(|| std::env::var(DATABASE_VARIABLE).ok());
        match named.filter(|address| !address.is_empty()) {
            None => Ok(Database::Folder(self.folder()?)),
            Some(address) => {
                let address = PostgresAddress::parse(&address, self.database_ca.as_deref())?;
                Ok(Database::Postgres(Box::new(address)))
            }
        }
    }

    fn existing(&self) -> Result<HubStore, HubError> {
        Ok(HubStore::open_existing_at(&self.database()?)?)
    }
}

/// A network, or one address as the network that has it alone.
fn proxy(text: &str) -> Result<IpNet, String> {
    let alone = text.parse::<IpAddr>().map(IpNet::from);
    text.parse().or(alone).map_err(|_| "须是 IP 地址或网段，如 10.1.2.3 或 10.1.0.0/16".to_owned())
}

/// Where applicants reach the hub's page, or that it is closed.
fn progress_address(said: &str) -> Result<Option<ProgressAddress>, Refused> {
    if said == "off" {
        return Ok(None);
    }
    let bad =
        |error: NotAnAddress| Refused::new("bad-progress-url", "progress-url", error.to_string());
    ProgressAddress::parse(said).map(Some).map_err(bad)
}

/// Where the system keeps a user's data.
fn default_folder() -> Option<PathBuf> {
    let variable = |name| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let base = if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        variable("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        variable("XDG_DATA_HOME").or_else(|| variable("HOME").map(|h| h.join(".local/share")))
    };
    base.map(|base| base.join("yichuang-hub"))
}

fn print<T: serde::Serialize>(value: &T) -> Result<(), HubError> {
    let text = serde_json::to_string(value)
        .map_err(|error| HubError::Server(std::io::Error::other(error)))?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}").and_then(|()| out.flush()).map_err(HubError::Server)
}

/// Runs a command of the process and says how it should exit.
pub fn main() -> u8 {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() => {
            // clap's words go to people, a refusal in the common form to programs.
            let _ = error.print();
            let refused = Refused::new("bad-arguments", "arguments", error.kind().to_string());
            return finish(Err(refused.into()));
        }
        Err(help) => {
            let _ = help.print();
            return 0;
        }
    };
    finish(run(&cli.command, &(Arc::new(SystemClock) as Arc<dyn Clock>)))
}

fn finish(result: Result<(), HubError>) -> u8 {
    let error = match result {
        Ok(()) => return 0,
        Err(error) => error,
    };
    if let HubError::Refused(refused) = &error {
        return match print(refused) {
            Ok(()) => 2,
            Err(_) => 3,
        };
    }
    let told = serde_json::json!({ "code": error.code(), "message": error.to_string() });
    let _ = print(&told);
    3
}

fn run(command: &Command, clock: &Arc<dyn Clock>) -> Result<(), HubError> {
    match command {
        Command::Serve(serve) => serve_until_stopped(serve, clock),
        Command::Enrol(enrol) => {
            let store = HubStore::open_at(&enrol.data.database()?)?;
            let Enrol { region, station, window, hall, .. } = enrol;
            let holder = CodeHolder {
                region: region.clone(),
                station: station.clone(),
                window: window.clone(),
                hall: hall.clone(),
            };
            print(&make_code(&store, &holder, clock.now())?)
        }
        Command::Revoke(given) => {
            let store = given.data.existing()?;
            let now = clock.now();
            let from = given.from.unwrap_or_else(|| beijing::day(now));
            print(&roster::revoke(&store, &given.device, from, now)?)
        }
        Command::Cases(data) => {
            let store = data.existing()?;
            print(&listing::cases(&store)?)
        }
        Command::Decide(decide) => decide_case(decide, clock.as_ref()),
        Command::Account(account) => keep_account(account, clock.as_ref()),
        Command::Guide(Guide::Publish { data, file }) => {
            let store = data.existing()?;
            let bytes = std::fs::read(file).map_err(|error| {
                let message = format!("文件“{}”无法读取：{error}", file.display());
                Refused::new("file", "file", message)
            })?;
            print(&publish::publish(&store, &bytes, clock.now())?)
        }
        Command::Guide(Guide::List(data)) => {
            let store = data.existing()?;
            print(&publish::published(&store)?)
        }
        Command::Region(command) => region::run(command),
        Command::Ferry(ferry) => ferry.run(clock.as_ref()),
        Command::Station(station) => station.run(clock.as_ref()),
        Command::Move(moving) => moving.run(),
    }
}

fn keep_account(command: &Account, clock: &dyn Clock) -> Result<(), HubError> {
    match command {
        Account::Add { data, login, name, role, department, all_departments } => {
            let role = match role {
                RoleArg::Reviewer => Role::Reviewer,
                RoleArg::Lead => Role::Lead,
                RoleArg::HallLead => Role::HallLead,
                RoleArg::Administrator => Role::Administrator,
            };
            let (login, name) = (login.clone(), name.clone());
            if role.is_of_departments() && department.is_none() && !all_departments {
                let message = "请用 --department 指定部门，或用 --all-departments 表示全部部门";
                return Err(Refused::new("bad-account", "department", message).into());
            }
            let account = NewAccount { login, name, department: department.clone(), role };
            print(&accounts::add(&data.existing()?, &account, clock.now())?)
        }
        Account::List(data) => print(&accounts::list(&data.existing()?)?),
        Account::Disable { data, login, undo } => {
            print(&accounts::set_disabled(&data.existing()?, login, !undo, clock.now())?)
        }
        Account::Password { data, login } => {
            print(&accounts::reset_password(&data.existing()?, login)?)
        }
    }
}

fn decide_case(given: &Decide, clock: &dyn Clock) -> Result<(), HubError> {
    let store = given.data.existing()?;
    let request = DecideRequest {
        case: given.case.clone(),
        decision: match given.decision {
            DecisionArg::Granted => Decision::Granted,
            DecisionArg::Denied => Decision::Denied,
        },
        reason: given.reason.clone(),
        result_number: given.result_number.clone(),
    };
    match decide(&store, &request, clock.now()) {
        Ok(reply) => print(&reply),
        Err(StepError::Store(error)) => Err(error.into()),
        Err(StepError::Fault(fault)) => {
            let field = fault.field.as_deref().unwrap_or("case");
            Err(Refused::new(fault.code.as_str(), field, fault.message.clone()).into())
        }
    }
}

fn bind(address: SocketAddr) -> Result<TcpListener, HubError> {
    TcpListener::bind(address)
        .map_err(|source| HubError::Listen { address: address.to_string(), source })
}

fn serve_until_stopped(serve: &Serve, clock: &Arc<dyn Clock>) -> Result<(), HubError> {
    let tls = match (&serve.tls_cert, &serve.tls_key) {
        (Some(certificate), Some(key)) => {
            Some(Tls { certificate: certificate.clone(), key: key.clone() })
        }
        _ => None,
    };
    // Before the port is taken and the folder made: what is refused changes nothing.
    refuse_insecure(serve.listen, tls.is_some())?;
    let poster = serve.posting.poster(serve.trial)?;
    let address = serve.progress_url.as_deref().map(progress_address).transpose()?;
    logging::begin();
    let (database, folder) = (serve.data.database()?, serve.data.folder()?);
    let attachments = match &serve.attachments {
        Some(place) => Place::parse(place)?,
        None => Place::of(&folder),
    };
    let hub = Hub::open_at(&database, &folder, &attachments, serve.trial, Arc::clone(clock))?;
    let hub = if serve.no_office { hub.without_office() } else { hub };
    let mut hub = hub.behind(serve.proxy.clone());
    if let Some(address) = address {
        hub = hub.reached_at(address)?;
    }
    if let Some(poster) = poster {
        for missing in poster.codes().missing() {
            tracing::warn!(%missing, "a value has no code of the regional platform");
        }
        hub = hub.posting(poster);
    }
    let listener = bind(serve.listen)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(HubError::Server)?;
    runtime.block_on(async {
        let (running, serving) = hub.serve(listener, tls.as_ref()).await?;
        let stop = order_to_stop()?;
        print(&serde_json::json!({ "listening": running.url, "trial": running.trial }))?;
        let mut serving = std::pin::pin!(serving);
        tokio::select! {
            served = &mut serving => return served,
            () = stop => running.stop(),
        }
        serving.await
    })
}

/// Ends when the process is told to stop. The handlers are in place when this returns.
fn order_to_stop() -> Result<impl Future<Output = ()>, HubError> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate()).map_err(HubError::Server)?;
        let mut interrupt = signal(SignalKind::interrupt()).map_err(HubError::Server)?;
        Ok(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        })
    }
    #[cfg(not(unix))]
    {
        Ok(async {
            // Where the console gives no signal, the process ends with it.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        })
    }
}
