//! `yichuang-hub station`: what holds for all windows of a station.

use clap::{Args, Subcommand};
use yichuang_domain::away::{AwayLimit, AwayPolicy};

use super::{Data, print};
use crate::clock::Clock;
use crate::enrolment::DEFAULT_REGION;
use crate::error::HubError;
use crate::policy::{set_station_policy, station_policy};

#[derive(Debug, Subcommand)]
pub(super) enum Station {
    /// 离网管理办法：多久不交换、多少件未上传时提醒，何时请组长确认；不给限度则显示现行的
    Policy(Policy),
}

#[derive(Debug, Args)]
pub(super) struct Policy {
    #[command(flatten)]
    data: Data,
    /// 站点代码
    #[arg(long)]
    station: String,
    /// 行政区划代码
    #[arg(long, default_value = DEFAULT_REGION)]
    region: String,
    /// 多少天没有交换就提醒
    #[arg(long, value_name = "DAYS")]
    warn_days: Option<u32>,
    /// 多少件未上传就提醒
    #[arg(long, value_name = "CASES")]
    warn_cases: Option<u32>,
    /// 多少天没有交换就请组长确认
    #[arg(long, value_name = "DAYS")]
    lead_days: Option<u32>,
    /// 多少件未上传就请组长确认
    #[arg(long, value_name = "CASES")]
    lead_cases: Option<u32>,
    /// 取消全部限度
    #[arg(long, conflicts_with_all = ["warn_days", "warn_cases", "lead_days", "lead_cases"])]
    none: bool,
}

impl Station {
    /// Shows or sets, and prints what holds. Limits that are given replace all of before.
    ///
    /// # Errors
    /// `bad-code`, `bad-policy`; or the store's.
    pub(super) fn run(&self, clock: &dyn Clock) -> Result<(), HubError> {
        let Self::Policy(given) = self;
        let store = given.data.existing()?;
        let warn = AwayLimit { days: given.warn_days, cases: given.warn_cases };
        let confirm = AwayLimit { days: given.lead_days, cases: given.lead_cases };
        let policy = AwayPolicy { warn, confirm };
        if policy == AwayPolicy::default() && !given.none {
            return print(&station_policy(&store, &given.region, &given.station)?);
        }
        let place = (given.region.as_str(), given.station.as_str());
        print(&set_station_policy(&store, place, &policy, clock.now())?)
    }
}
