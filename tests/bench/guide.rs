//! Guides of any size, made from the example: plausible names, real materials.

use yichuang_guide::{EXAMPLE, GuidePackage};

/// Words that matters are named with; combined they make many different names.
const PLACES: [&str; 20] = [
    "城镇", "乡村", "林区", "牧区", "社区", "园区", "矿区", "口岸", "校园", "医院", "商场", "工地",
    "车站", "河道", "草原", "湿地", "公路", "仓库", "市场", "酒店",
];
const THINGS: [&str; 25] = [
    "食品经营",
    "户外广告",
    "消防安全",
    "危险货物",
    "人力资源",
    "劳务派遣",
    "民办学校",
    "医疗机构",
    "药品零售",
    "道路运输",
    "出版物零售",
    "电影放映",
    "取水",
    "排污",
    "林木采伐",
    "种子生产",
    "兽药经营",
    "动物防疫",
    "烟草专卖",
    "临时占道",
    "建筑施工",
    "房屋租赁",
    "社会团体",
    "养老服务",
    "特种设备",
];
const ACTS: [&str; 10] = [
    "许可",
    "备案",
    "变更登记",
    "注销登记",
    "延续",
    "补发",
    "年度审核",
    "资格认定",
    "信息查询",
    "补贴申领",
];

/// The example guide.
pub fn example() -> GuidePackage {
    serde_json::from_str(EXAMPLE).expect("the bundled guide is a guide")
}

/// A guide of `count` matters.
pub fn of(count: usize) -> GuidePackage {
    let mut guide = example();
    let originals = std::mem::take(&mut guide.matters);
    guide.matters = (0..count)
        .map(|i| {
            let mut matter = originals[i % originals.len()].clone();
            let (place, rest) = (PLACES[i % 20], i / 20);
            let (thing, rest) = (THINGS[rest % 25], rest / 25);
            let (act, round) = (ACTS[rest % 10], rest / 10);
            matter.name = match round {
                0 => format!("{place}{thing}{act}"),
                n => format!("{place}{thing}{act}（第{n}类）"),
            };
            matter.code = format!("11150785MB0A{i:019}");
            matter.aliases.truncate(1);
            matter
        })
        .collect();
    guide.bundles.clear();
    guide
}
