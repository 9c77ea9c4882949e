//! The cases that a paper is looked at in.

use yichuang_domain::document::DocumentKind;
use yichuang_domain::matter::{Material, Matter, Necessity, StopOutcome};

use super::super::cases::{Guide, Wish, desk, guide};
use super::super::joint::joint_sheet;
use super::super::sheets::{by_name, sheet, told};
use super::Looked;
use crate::Paper;

/// A case.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stress {
    /// A short one.
    Plain,
    /// A name of fifty characters, rare ones among them, and an agent.
    Name,
    /// Thirty materials with long names, reasons and standards.
    Many,
}

/// Fifty characters with 间隔号; the last but one stretch is of Extensions A to G.
const NAME: &str =
    "阿不都热西提·买买提艾力·吐尔逊江·库尔班江·艾尔肯·玉素甫江·阿卜杜拉·热合曼·㛃𠮷𫍯𬀩𰻝·吐拉克";

impl Stress {
    pub(crate) const ALL: [Self; 3] = [Self::Plain, Self::Name, Self::Many];

    /// The paper in this case.
    pub(crate) fn paper(self, looked: Looked) -> Paper {
        let guide = guide();
        let kind = match looked {
            Looked::Sheet => return self.sheet(&guide),
            Looked::JointSheet => return self.joint_sheet(&guide),
            Looked::Of(kind) => kind,
        };
        let matter = by_name(&guide, "转移登记");
        match self {
            Self::Plain => match stopped(&guide, kind) {
                Some((matter, wish)) => desk(&guide, matter, &wish).paper(kind),
                None => desk(&guide, matter, &wish(kind)).paper(kind),
            },
            Self::Name => {
                assert_eq!(NAME.chars().count(), 50);
                let agent = Some("额尔敦·𡋾𬸚巴图".to_owned());
                let wish = Wish { name: NAME.to_owned(), agent, ..wish(kind) };
                desk(&guide, matter, &wish).paper(kind)
            }
            Self::Many => many(&guide, matter, kind),
        }
    }

    fn sheet(self, guide: &Guide) -> Paper {
        match self {
            Self::Plain => {
                let matter = by_name(guide, "结婚登记");
                sheet(guide, matter, &told(matter, &[]))
            }
            Self::Name => {
                let mut matter = by_name(guide, "转移登记").clone();
                matter.name = NAME.to_owned();
                sheet(guide, &matter, &told(&matter, &[("agent", "yes"), ("q1", "c")]))
            }
            Self::Many => {
                let matter = thirty(by_name(guide, "转移登记"));
                sheet(guide, &matter, &told(&matter, &[]))
            }
        }
    }

    fn joint_sheet(self, guide: &Guide) -> Paper {
        let birth = ["出生登记", "居民基本医疗保险参保", "社会保障卡"];
        let [first, second, third] = birth.map(|part| by_name(guide, part));
        match self {
            Self::Plain => {
                joint_sheet(guide, "新生儿出生一件事", (&[first, second, third], 0), &[])
            }
            Self::Name => {
                let shop = by_name(guide, "个体工商户设立");
                let (allowed, open) = (format!("{}:q3", shop.code), format!("{}:q4", shop.code));
                let told = [("agent", "yes"), (&*allowed, "c"), (&*open, "b")];
                let food = by_name(guide, "食品经营许可");
                joint_sheet(guide, NAME, (&[shop, food, third], 1), &told)
            }
            Self::Many => {
                let many = thirty(first);
                joint_sheet(guide, "新生儿出生一件事", (&[&many, second, third], 0), &[])
            }
        }
    }
}

/// A case that a paper of the kind is made in.
fn wish(kind: DocumentKind) -> Wish {
    let checks = match kind {
        DocumentKind::OneTimeNotice | DocumentKind::ReturnNotice => {
            vec![(0, "missing", ""), (1, "defective", "未签字")]
        }
        _ => Vec::new(),
    };
    Wish { checks, ..Wish::default() }
}

/// A matter and answers by which a paper that takes nothing is made.
fn stopped(guide: &Guide, kind: DocumentKind) -> Option<(&Matter, Wish)> {
    let outcome = match kind {
        DocumentKind::Refusal => StopOutcome::OutOfScope,
        DocumentKind::NotRequiredNotice => StopOutcome::NotRequired,
        _ => return None,
    };
    guide.matters.iter().find_map(|matter| {
        let asked = matter.questions.iter().filter(|question| question.when.is_none());
        let mut choices = asked.flat_map(|q| q.choices.iter().map(move |choice| (q, choice)));
        let stops = |stop: &yichuang_domain::matter::Stop| stop.outcome == outcome;
        let (question, choice) =
            choices.find(|(_, choice)| choice.stop.as_ref().is_some_and(stops))?;
        let answers = vec![(&*question.id.clone().leak(), &*choice.id.clone().leak())];
        Some((matter, Wish { kind: matter.audience[0].as_str(), answers, ..Wish::default() }))
    })
}

/// Thirty materials, every kind of treatment among them.
fn thirty(matter: &Matter) -> Matter {
    let mut matter = matter.clone();
    let pattern = matter.materials[0].clone();
    let material = |i: usize| {
        Material {
        id: format!("m{i}"),
        name: format!("第{i:02}份不动产权属来源证明、测绘成果报告及其附图附表（须加盖出具机构的公章）"),
        standard: "复印件与原件一致，并由提交人逐页签名、注明日期；（外文的）应当附具有资质的翻译机构出具的中文译本，译本须加盖翻译机构公章".to_owned(),
        how_to_get: "向原出具机构申请补发；遗失的，先在《内蒙古日报》刊登遗失声明".to_owned(),
        necessity: if i % 3 == 2 { Necessity::Deferrable } else { pattern.necessity },
        commitment_allowed: i % 3 == 1,
        ..pattern.clone()
    }
    };
    matter.materials = (0..30).map(material).collect();
    matter
}

fn many(guide: &Guide, matter: &Matter, kind: DocumentKind) -> Paper {
    const REASON: &str = "缺少第二页“房屋分户平面图”，所载面积（118.06平方米）与登记簿记载的面积不一致，且未加盖测绘机构公章";
    let matter = thirty(matter);
    let check = |i: usize| match (kind, i % 3) {
        (DocumentKind::OneTimeNotice, 0) => Some((i, "missing", REASON)),
        (DocumentKind::OneTimeNotice, _) => Some((i, "defective", REASON)),
        (_, 1) => Some((i, "committed", "申请人自愿以书面承诺替代")),
        (_, 2) => Some((i, "deferred", "原件在外地，五日内寄到")),
        _ => None,
    };
    let wish = Wish { checks: (0..30).filter_map(check).collect(), ..Wish::default() };
    desk(guide, &matter, &wish).paper(kind)
}
