//! The commands of the regional platform.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use jiff::civil::Date;
use yichuang_domain::named::Named as _;

use super::{Data, print};
use crate::error::{HubError, Refused};
use crate::region::export::{Form, export};
use crate::region::{Codes, Link, Platform, Poster, Table, dead};

#[derive(Debug, Subcommand)]
pub(super) enum Region {
    /// 把一张交换表导出为文件；不影响向上级平台的自动上报
    Export(Export),
    /// 未上报清单：无法生成或被上级平台拒收的记录
    #[command(subcommand)]
    Dead(Dead),
}

#[derive(Debug, Args)]
pub(super) struct Export {
    #[command(flatten)]
    data: Data,
    /// 哪张表：accept 受理、process 过程、special 特别程序、material 材料、result 结果
    #[arg(long)]
    table: String,
    /// 从哪一天收到的记录起，如 2026-11-24；不给则全部
    #[arg(long)]
    since: Option<Date>,
    /// 文件格式；不给则按文件名的后缀
    #[arg(long)]
    form: Option<Form>,
    /// 写到哪个文件
    #[arg(long)]
    out: PathBuf,
    /// 码表文件；不给则用程序自带的
    #[arg(long)]
    region_codes: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Dead {
    /// 列出
    List(Data),
    /// 重新上报：一条，或全部待处理的
    Retry {
        #[command(flatten)]
        data: Data,
        /// 记录标识
        #[arg(long, required_unless_present = "all", conflicts_with = "all")]
        record: Option<String>,
        /// 全部待处理的
        #[arg(long)]
        all: bool,
    },
    /// 放弃一条，不再上报；清单上留有记录
    Drop {
        #[command(flatten)]
        data: Data,
        /// 记录标识
        #[arg(long)]
        record: String,
    },
}

/// How `serve` reaches the platform.
#[derive(Debug, Args)]
pub(super) struct Posting {
    /// 上级平台的接收地址，自动上报办件数据；不给则不上报
    #[arg(long, value_name = "URL")]
    region: Option<String>,
    /// 上级平台令牌的文件
    #[arg(long, value_name = "FILE", requires = "region")]
    region_token: Option<PathBuf>,
    /// 上级平台的码表文件；不给则用程序自带的
    #[arg(long, value_name = "FILE", requires = "region")]
    region_codes: Option<PathBuf>,
}

impl Posting {
    /// What posts, if an address was given. Practice never leaves the hall.
    pub(super) fn poster(&self, trial: bool) -> Result<Option<Poster>, HubError> {
        let Some(url) = &self.region else { return Ok(None) };
        if trial {
            let message = "演练大厅中心不能向上级平台上报：请去掉 --region";
            return Err(Refused::new("region-trial", "region", message).into());
        }
        let platform = Platform::new(url, self.region_token.as_deref())?;
        let codes = codes(self.region_codes.as_deref())?;
        Ok(Some(Poster::new(Link::open(platform)?, codes)?))
    }
}

fn codes(file: Option<&Path>) -> Result<Codes, Refused> {
    let Some(file) = file else { return Codes::shipped() };
    let text = std::fs::read_to_string(file).map_err(|error| {
        let message = format!("码表文件“{}”无法读取：{error}", file.display());
        Refused::new("bad-region-codes", "region-codes", message)
    })?;
    Codes::read(&text)
}

/// Runs one of the commands.
pub(super) fn run(command: &Region) -> Result<(), HubError> {
    match command {
        Region::Export(given) => export_table(given),
        Region::Dead(Dead::List(data)) => print(&dead::list(&data.existing()?)?),
        Region::Dead(Dead::Retry { data, record, .. }) => {
            print(&dead::retry(&data.existing()?, record.as_deref())?)
        }
        Region::Dead(Dead::Drop { data, record }) => print(&dead::drop(&data.existing()?, record)?),
    }
}

/// The file is whole or not there.
fn export_table(given: &Export) -> Result<(), HubError> {
    let table = Table::with_name(&given.table).ok_or_else(|| {
        let known = Table::NAMES.join("、");
        let message = format!("没有“{}”这张交换表：只有{known}", given.table);
        Refused::new("unknown-table", "table", message)
    })?;
    let form = given.form.or_else(|| match given.out.extension()?.to_str()? {
        "json" => Some(Form::Json),
        "csv" => Some(Form::Csv),
        _ => None,
    });
    let form = form.ok_or_else(|| {
        Refused::new("unknown-form", "out", "请用后缀 .json 或 .csv，或者用 --form 指定格式")
    })?;
    let codes = codes(given.region_codes.as_deref())?;
    let store = given.data.existing()?;
    let disk = |error: std::io::Error| {
        HubError::from(Refused::new("region-export", "out", format!("导出文件无法写入：{error}")))
    };
    let beside = given.out.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file =
        tempfile::NamedTempFile::new_in(beside.unwrap_or(Path::new("."))).map_err(disk)?;
    let written = std::io::BufWriter::new(file.as_file_mut());
    let exported = export(&store, &codes, (table, form), given.since, written)?;
    file.as_file().sync_all().map_err(disk)?;
    file.persist(&given.out).map_err(|error| disk(error.error))?;
    print(&exported)
}
