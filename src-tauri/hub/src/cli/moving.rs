//! `yichuang-hub move`: the hub's records into another database.

use std::path::PathBuf;

use clap::Args;

use super::{Data, Secret, print, watch};
use crate::error::{HubError, Refused};
use crate::moving::{Doing, Standing, abandon, move_hub};
use crate::store::{Database, PostgresAddress};

/// The variable for the database to move to, so that its password stands in no list of processes.
const TARGET_VARIABLE: &str = "YICHUANG_HUB_MOVE_TO";

#[derive(Debug, Args)]
pub(super) struct Moving {
    #[command(flatten)]
    data: Data,
    /// 迁往哪里：postgres://用户:密码@主机:5432/库名，须是空的数据库；或一个文件夹（迁回 SQLite）。
    /// 含密码时请改用环境变量 YICHUANG_HUB_MOVE_TO
    #[arg(long, value_name = "PLACE")]
    to: Option<Secret>,
    /// 目标数据库证书的签发机构（PEM）；不给则信任系统的
    #[arg(long)]
    to_ca: Option<PathBuf>,
    /// 放弃没有迁完的搬迁，旧库恢复使用
    #[arg(long, conflicts_with = "to")]
    abandon: bool,
}

impl Moving {
    /// Moves, and prints what was moved.
    ///
    /// # Errors
    /// As [`move_hub`]; `bad-database`, `missing-target`.
    pub(super) fn run(&self) -> Result<(), HubError> {
        let from = self.data.database()?;
        if self.abandon {
            abandon(&from)?;
            return print(&serde_json::json!({ "abandoned": true }));
        }
        let moved = move_hub(&from, &self.target()?, &mut show);
        watch::say("");
        print(&moved?)
    }

    fn target(&self) -> Result<Database, HubError> {
        let named = self.to.as_ref().map(|secret| secret.0.clone());
        let named = named.or_else(|| std::env::var(TARGET_VARIABLE).ok());
        let Some(named) = named.filter(|place| !place.is_empty()) else {
            let message = "请用 --to 或环境变量 YICHUANG_HUB_MOVE_TO 说明迁往哪里";
            return Err(Refused::new("missing-target", "to", message).into());
        };
        if !named.contains("://") {
            return Ok(Database::Folder(PathBuf::from(named)));
        }
        let address = PostgresAddress::parse(&named, self.to_ca.as_deref());
        let address = address.map_err(|refused| Refused { field: "to".to_owned(), ..refused })?;
        Ok(Database::Postgres(Box::new(address)))
    }
}

fn show(standing: Standing) {
    let doing = match standing.doing {
        Doing::Copying => "正在复制",
        Doing::Comparing => "正在核对",
    };
    watch::say(&format!("{doing}：{} / {} 行", standing.done, standing.of));
}
