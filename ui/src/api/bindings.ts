// Made by `cargo xtask bindings` from src-tauri/app/ipc/contract.rs. Do not edit.

export type AcceptanceMode = "on-receipt" | "after-review";

export type AccountChange = { "kind": "added", 
/**
 * With which roles.
 */
roles: Array<ClerkRole>, } | { "kind": "roles-set", 
/**
 * Which it has since.
 */
roles: Array<ClerkRole>, } | { "kind": "renamed", 
/**
 * The name until then.
 */
from: string, 
/**
 * The name since.
 */
to: string, } | { "kind": "pin-reset" } | { "kind": "pin-changed" } | { "kind": "retired" } | { "kind": "restored" };

export type AccountRecord = { 
/**
 * When.
 */
at: string, 
/**
 * Whose account, under the name it had then.
 */
clerk: Actor, 
/**
 * Who did it; none where it was done on the computer itself, without signing in.
 */
by: Actor | null, 
/**
 * What.
 */
change: AccountChange, };

export type AccountView = { 
/**
 * Its id.
 */
id: string, 
/**
 * 姓名.
 */
name: string, 
/**
 * What it may do beside a clerk's work.
 */
roles: Array<ClerkRole>, 
/**
 * 停用.
 */
retired: boolean, 
/**
 * Whether its PIN is one that an administrator set.
 */
pin_is_temporary: boolean, };

export type AccountsView = { 
/**
 * Every account, oldest first.
 */
accounts: Array<AccountView>, 
/**
 * What was done to them, the newest first.
 */
records: Array<AccountRecord>, };

export type ActionView = { 
/**
 * The step.
 */
action: CaseAction, 
/**
 * Why not now; none if it is open.
 */
obstacle: string | null, };

export type Actor = { 
/**
 * 工号 or the account's id.
 */
id: string, 
/**
 * Name, as printed on papers.
 */
name: string, };

export type AddClerk = { 
/**
 * 姓名.
 */
name: string, 
/**
 * Six digits or more, chosen by its owner.
 */
pin: string, 
/**
 * What it may do beside a clerk's work.
 */
roles?: Array<ClerkRole>, };

export type AddScan = { 
/**
 * Whose.
 */
owner: ScanOwner, 
/**
 * Of which material.
 */
material: string, 
/**
 * The name of its file.
 */
name: string, };

export type AlsoWaiting = { 
/**
 * The case.
 */
id: string, 
/**
 * 办件编号.
 */
number: string, 
/**
 * 事项名称.
 */
matter_name: string, };

export type AnswerEvaluation = { 
/**
 * Of which question.
 */
token: string, 
/**
 * What; none where they do not want to say.
 */
evaluation: Evaluation | null, };

export type Answered = "not" | "declined" | "given";

export type Applicant = { 
/**
 * 服务对象.
 */
kind: ApplicantKind, 
/**
 * As typed, every character with ink kept; only blanks around it and marks are gone.
 */
name: string, 
/**
 * Which document.
 */
id_type: IdType, 
/**
 * Its number, normalised.
 */
id_number: string, 
/**
 * None where the person has none.
 */
phone: string | null, 
/**
 * 通讯地址: where a result is posted to; none where nobody gave one.
 */
address?: string, };

export type ApplicantAddress = { 
/**
 * The address for the page to open; none where the program opened a window itself.
 */
url: string | null, };

export type ApplicantInput = { 
/**
 * The name of an [`ApplicantKind`].
 */
kind: string, 
/**
 * 姓名 or 名称.
 */
name: string, 
/**
 * The name of an [`IdType`].
 */
id_type: string, 
/**
 * As typed.
 */
id_number: string, 
/**
 * None where the person has none.
 */
phone: string | null, 
/**
 * 通讯地址; none where nobody gave one.
 */
address?: string, };

export type ApplicantKind = "person" | "enterprise" | "sole-trader" | "organisation" | "institution";

export type ApplicantScreen = { "state": "idle", 
/**
 * 大厅.
 */
hall: string, 
/**
 * 窗口.
 */
window: string, 
/**
 * 演练.
 */
practice: boolean, } | { "state": "asking", 
/**
 * 大厅.
 */
hall: string, 
/**
 * 窗口.
 */
window: string, 
/**
 * 演练.
 */
practice: boolean, 
/**
 * By which it is answered, once.
 */
token: string, 
/**
 * The day of the service, `YYYY-MM-DD`.
 */
on: string, 
/**
 * 事项名称.
 */
matter: string, 
/**
 * Who served.
 */
served_by: string, } | { "state": "signing", 
/**
 * 大厅.
 */
hall: string, 
/**
 * 窗口.
 */
window: string, 
/**
 * 演练.
 */
practice: boolean, 
/**
 * What is signed.
 */
request: SigningRequest, };

export type ArchivedCopy = { 
/**
 * The case's id.
 */
case: string, 
/**
 * 文号, to open it by.
 */
number: string, 
/**
 * Whether it is the same: of a code, what the paper says; of a file, every byte. None where
 * the archived paper is of before papers were signed.
 */
same: boolean | null, };

export type Arrival = { 
/**
 * Which.
 */
id: string, 
/**
 * When.
 */
on: string, };

export type AskSignature = { 
/**
 * The case.
 */
id: string, 
/**
 * To whom and how, as typed.
 */
input: HandoverInput, 
/**
 * As at the handover.
 */
on: string | null, 
/**
 * Where they sign.
 */
screen: SigningScreen, };

export type AskedItem = { 
/**
 * Which.
 */
id: string, 
/**
 * What is wrong with it and how to mend it, for the applicant.
 */
mend: string, };

export type AskedService = { 
/**
 * Of which case.
 */
case: string, 
/**
 * Of which day, `YYYY-MM-DD`.
 */
service: string, };

export type Assessment = { 
/**
 * The questions visible with these answers, in order.
 */
questions: Array<Question>, 
/**
 * Whether they are all answered, or a choice ended the walk.
 */
answered: boolean, 
/**
 * The choice that ended the walk.
 */
stopped: Stopped | null, 
/**
 * The materials that apply; empty until `answered`, and after a `stop`.
 */
checklist: Array<ChecklistRow>, 
/**
 * Every fault of what was typed so far, in the order of the fields.
 */
faults: Array<Refusal>, 
/**
 * What follows, once nothing is at fault.
 */
determination: Determination | null, 
/**
 * How the due date was counted, in words.
 */
due_explained: string | null, 
/**
 * How the notice's last day was counted, in words.
 */
notify_by_explained: string | null, 
/**
 * What the applicant will be told.
 */
told: Told, };

export type AttemptOnly = { 
/**
 * Its id.
 */
attempt: string, };

export type AttemptResult = { 
/**
 * The attempt.
 */
id: string, 
/**
 * What the card is called.
 */
title: string, 
/**
 * The card, to play it again.
 */
card: string, 
/**
 * How hard it is.
 */
level: CardLevel, 
/**
 * 事项名称.
 */
matter_name: string, 
/**
 * Whose.
 */
trainee: string, 
/**
 * When it was finished, RFC 3339.
 */
at: string, 
/**
 * The case.
 */
case: string | null, 
/**
 * The score.
 */
score: Score, 
/**
 * What was owed in words.
 */
words: Array<WordView>, };

export type AttemptRow = { 
/**
 * Its id.
 */
id: string, 
/**
 * Whose.
 */
trainee: string, 
/**
 * What the card is called.
 */
title: string, 
/**
 * How hard it is.
 */
level: CardLevel, 
/**
 * 事项名称.
 */
matter_name: string, 
/**
 * When it began, RFC 3339.
 */
started_at: string, 
/**
 * How it stands.
 */
state: AttemptState, 
/**
 * The score.
 */
points: number | null, 
/**
 * How many seconds it took.
 */
seconds: number | null, 
/**
 * How many differences there were.
 */
findings: number | null, };

export type AttemptState = "open" | "finished" | "dropped";

export type AttemptView = { 
/**
 * Its id.
 */
id: string, 
/**
 * When it began, RFC 3339.
 */
started_at: string, 
/**
 * The draft it works on, while that is one.
 */
draft: string | null, 
/**
 * The case that came of it.
 */
case: string | null, 
/**
 * The card.
 */
role: RoleView, 
/**
 * What may have to be said; not all of it is owed in every case.
 */
words: Array<WordView>, };

export type Authority = { 
/**
 * 设定依据, taken apart.
 */
legal_basis: Array<LegalBasis>, 
/**
 * 权力来源.
 */
power_source?: PowerSource, 
/**
 * 行使层级.
 */
use_level?: UseLevel, 
/**
 * 实施主体性质.
 */
department_kind?: DepartmentKind, 
/**
 * 委托部门.
 */
entrusted_by: string, 
/**
 * 联办机构.
 */
joint_departments: Array<string>, 
/**
 * 中介服务.
 */
intermediaries: Array<string>, };

export type AwayConfirmation = { 
/**
 * The lead.
 */
lead: Actor, 
/**
 * When, by this machine's clock.
 */
at: string, 
/**
 * For how many days.
 */
days: number, 
/**
 * Why, in the lead's words.
 */
reason: string, 
/**
 * The exchange that it was given after: another time away needs another word.
 */
exchanged: string | null, };

export type AwayLevel = "fine" | "warn" | "confirm";

export type AwayLimit = { 
/**
 * So many whole days of 24 hours since the last exchange.
 */
days: number | null, 
/**
 * So many cases that the hub has not acknowledged whole.
 */
cases: number | null, };

export type AwayPolicy = { 
/**
 * From where the clerk is reminded.
 */
warn: AwayLimit, 
/**
 * From where a lead must confirm.
 */
confirm: AwayLimit, };

export type AwayView = { 
/**
 * What follows.
 */
level: AwayLevel, 
/**
 * What the clerk is told; empty where all is well.
 */
words: string, 
/**
 * Why the machine's clock is doubted; empty where nothing speaks against it.
 */
clock: string, 
/**
 * Whole days since the last exchange; none where nobody knows.
 */
days: number | null, 
/**
 * Until when a lead has confirmed, RFC 3339; none where no word holds.
 */
confirmed_until: string | null, 
/**
 * The policy; none where the hub set no limits.
 */
policy: AwayPolicy | null, 
/**
 * The last words of leads, the newest first.
 */
confirmations: Array<AwayConfirmation>, };

export type BlockTemplate = { "block": "use", 
/**
 * Its name.
 */
fragment: string, 
/**
 * When it stands.
 */
when?: string, } | { "block": "address", 
/**
 * Its words.
 */
text: Words, 
/**
 * When it stands.
 */
when?: string, } | { "block": "heading", 
/**
 * Its words.
 */
text: Words, 
/**
 * When it stands.
 */
when?: string, } | { "block": "paragraph", 
/**
 * Its words.
 */
text: Words, 
/**
 * When it stands.
 */
when?: string, } | { "block": "numbered", 
/**
 * Their words.
 */
items: Array<Words>, 
/**
 * When they stand.
 */
when?: string, } | { "block": "pairs", 
/**
 * Its rows.
 */
rows: Array<PairRow>, 
/**
 * When it stands.
 */
when?: string, } | { "block": "table", 
/**
 * The list.
 */
of: string, 
/**
 * Its columns; the first one is narrow and stands beside the notes.
 */
columns: Array<ColumnTemplate>, 
/**
 * Lines under each row.
 */
notes?: Array<Words>, 
/**
 * When it stands.
 */
when?: string, } | { "block": "ruled", 
/**
 * How many.
 */
lines: number, 
/**
 * When they stand.
 */
when?: string, } | { "block": "signature", 
/**
 * Lines about the desk and the telephones.
 */
desk: Array<Words>, 
/**
 * Who signs.
 */
signers: Array<Words>, 
/**
 * 落款机关; empty on a paper that the applicant makes.
 */
issuer?: Words, 
/**
 * What stands in the place of the seal; empty where none goes.
 */
seal?: string, 
/**
 * 年月日.
 */
date?: Words, 
/**
 * When it stands.
 */
when?: string, };

export type Brought = "paper" | "electronic" | "pledge" | "later";

export type Browse = { 
/**
 * 实施主体, in guide order.
 */
departments: Array<DepartmentShelf>, 
/**
 * 一件事, in guide order.
 */
bundles: Array<GroupShelf>, 
/**
 * 人生事件 and 主题, in guide order (from format 2).
 */
life_events: Array<GroupShelf>, 
/**
 * How many matters the clerk starred.
 */
starred: number, };

export type BundleDraft = { 
/**
 * The bundle's id in the guide.
 */
id: string, 
/**
 * The matters taken; the leading one is taken whether it stands here or not.
 */
taken: Array<string>, };

export type BundleEnquiryView = { 
/**
 * The bundle's id in the guide.
 */
id: string, 
/**
 * 一件事名称.
 */
name: string, 
/**
 * What the clerk should know about it; may be empty.
 */
note: string, 
/**
 * Example data (示例).
 */
sample: boolean, 
/**
 * What the bundle promises; none where its leading matter has ended.
 */
limit: Limit | null, 
/**
 * Its matters, in its order.
 */
members: Array<EnquiredMember>, 
/**
 * The questions that can be asked now, each once, in order; the one about an agent among them.
 */
questions: Array<Question>, 
/**
 * The answers that count.
 */
answers: Record<string, string>, 
/**
 * Whether nothing is open.
 */
settled: boolean, 
/**
 * What applies or may apply, each once.
 */
materials: Array<JointProspectView>, 
/**
 * What the matters that go on cost together.
 */
cost: Cost, 
/**
 * What is spared, counting what may apply as if it did.
 */
savings: Savings, };

export type BundleMember = { 
/**
 * 实施编码.
 */
code: string, 
/**
 * 事项名称.
 */
name: string, 
/**
 * 实施主体.
 */
department: string, 
/**
 * Whether it leads (主办), so that it can't be left out.
 */
lead: boolean, 
/**
 * Whether the applicant wants it.
 */
taken: boolean, 
/**
 * The choice that ended it; the others go on.
 */
stopped: Stopped | null, 
/**
 * What follows for it, once nothing is at fault; its materials have its own ids.
 */
determination: Determination | null, 
/**
 * How its due date was counted, in words.
 */
due_explained: string | null, };

export type BundleRef = { 
/**
 * The bundle's id in the guide that the case is pinned to.
 */
id: string, 
/**
 * 一件事名称.
 */
name: string, 
/**
 * The case of the leading matter (主办), or the first one taken where that matter was not.
 */
lead: CaseNumber, 
/**
 * Every case filed with it, this one too, in the order of the bundle.
 */
cases: Array<CaseNumber>, 
/**
 * The limit that the bundle promises: the leading matter's. None where it promises none, or
 * was not taken.
 */
limit: Limit | null, };

export type BundleSheetOf = { 
/**
 * What is asked about.
 */
about: EnquireBundle, 
/**
 * Whether the samples of forms go along.
 */
samples: boolean, };

export type BundleView = { 
/**
 * The bundle's id in the guide.
 */
id: string, 
/**
 * 一件事名称.
 */
name: string, 
/**
 * What the clerk should know about it; may be empty.
 */
note: string, 
/**
 * What the bundle promises.
 */
limit: Limit | null, 
/**
 * Its matters, in its order.
 */
members: Array<BundleMember>, 
/**
 * What it spares the applicant in this situation; none until every question is answered.
 */
savings: Savings | null, };

export type CardDocument = { 
/**
 * Of which material; none for a paper that nobody asked for.
 */
material: string | null, 
/**
 * How it is drawn.
 */
picture: PictureKind, 
/**
 * What stands above it.
 */
title: string, 
/**
 * In which way it is there.
 */
how: Brought, 
/**
 * What it shows.
 */
facts: Facts, 
/**
 * What is wrong with it.
 */
defect: Defect | null, };

export type CardFinding = { 
/**
 * Whether the card can't be played so; else it is advice.
 */
blocks: boolean, 
/**
 * Where: a path such as `documents[2].defect`.
 */
path: string, 
/**
 * What, and what to do.
 */
message: string, };

export type CardLevel = "first" | "usual" | "hard";

export type CardMaterial = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Whether it must be there.
 */
necessity: Necessity, 
/**
 * What the clerk checks.
 */
standard: string, 
/**
 * What it should be found to be; none where it does not apply.
 */
right: string | null, };

export type CardOrigin = "written" | "shipped" | "made";

export type CardRead = { 
/**
 * 姓名 or 名称.
 */
name: string, 
/**
 * The name of an [`IdType`].
 */
id_type: string, 
/**
 * The number, normalised.
 */
id_number: string, 
/**
 * 住址.
 */
address: string, };

export type CardReaderView = { 
/**
 * The helper program that reads one card; none where none is set.
 */
program: string | null, };

export type CardReply = { 
/**
 * The question.
 */
question: string, 
/**
 * The right choice.
 */
choice: string, 
/**
 * In their own words.
 */
says: string, };

export type CardReport = { 
/**
 * 事项名称; empty where there is no such matter.
 */
matter_name: string, 
/**
 * What is to be said about it.
 */
findings: Array<CardFinding>, 
/**
 * The questions that are asked with its answers.
 */
questions: Array<Question>, 
/**
 * The materials of the matter.
 */
materials: Array<CardMaterial>, 
/**
 * What comes of it, by the rules; none while it can't be played.
 */
outcome: Outcome | null, };

export type CardRow = { 
/**
 * Its id.
 */
id: string, 
/**
 * What it is called.
 */
title: string, 
/**
 * How hard it is.
 */
level: CardLevel, 
/**
 * 事项名称.
 */
matter_name: string, 
/**
 * How long it should take, in minutes.
 */
minutes: number, 
/**
 * Where it comes from.
 */
origin: CardOrigin, 
/**
 * How often whoever is signed in has finished it.
 */
finished: number, 
/**
 * Their best score of it.
 */
best: number | null, };

export type CardText = { 
/**
 * All of it.
 */
text: string, };

export type CardsView = { 
/**
 * In the order shown.
 */
rows: Array<CardRow>, 
/**
 * What is under way.
 */
open: AttemptView | null, };

export type Case = { 
/**
 * The same everywhere.
 */
id: string, 
/**
 * 办件编号.
 */
number: CaseNumber, 
/**
 * Where it stands.
 */
state: CaseState, 
/**
 * The matter.
 */
matter: MatterRef, 
/**
 * The guide it follows.
 */
guide: GuideRef, 
/**
 * The device that filed it.
 */
origin: string, 
/**
 * The window that has it in hand since the last transfer; none where the one that filed it
 * still has.
 */
holder?: Holder, 
/**
 * The clerk who filed it.
 */
filed_by: Actor, 
/**
 * The day of filing.
 */
filed_on: string, 
/**
 * 申请人.
 */
applicant: Applicant, 
/**
 * 代理人.
 */
agent: Party | null, 
/**
 * 情形.
 */
answers: Record<string, string>, 
/**
 * Every applicable material as checked at filing.
 */
materials: Array<CheckedMaterial>, 
/**
 * What the notice lists, or must list.
 */
listed: Array<string>, 
/**
 * What of it arrived.
 */
arrived: Array<Arrival>, 
/**
 * Why a choice ended the walk.
 */
stopped: Stopped | null, 
/**
 * The last day for the notice.
 */
notify_by: DueDate | null, 
/**
 * The day of the notice.
 */
notice_on: string | null, 
/**
 * The day of acceptance.
 */
accepted_on: string | null, 
/**
 * 视为受理 (行政许可法 第32条第四项).
 */
deemed: boolean, 
/**
 * 应办结日.
 */
due: DueDate | null, 
/**
 * Whether the limit was extended (行政许可法 第42条), which happens once.
 */
extended: boolean, 
/**
 * Since when the clock stands still (第45条), while it does.
 */
clock_stopped_on: string | null, 
/**
 * The papers, in the order issued.
 */
documents: Array<IssuedDocument>, 
/**
 * How it was decided.
 */
decision: DecisionTaken | null, 
/**
 * How its result reached the applicant, once it did.
 */
delivered?: ResultDelivered, 
/**
 * Made in practice.
 */
practice: boolean, 
/**
 * 一件事: what it was filed together with.
 */
bundle?: BundleRef, 
/**
 * The highest Lamport number seen.
 */
lamport: number, 
/**
 * What did not apply.
 */
conflicts: Array<Conflict>, };

export type CaseAction = "give-notice" | "supplement" | "accept" | "hand-over" | "correct" | "withdraw";

export type CaseFilter = { 
/**
 * Part of a number, of an applicant's name or of a matter's name.
 */
text: string, 
/**
 * Only in these states; empty means all.
 */
states: Array<CaseState>, 
/**
 * Only what has not reached the hub.
 */
unsent: boolean, 
/**
 * Only what waits for this, in the order of the workbench; it stands for states of its own.
 */
queue?: Queue, 
/**
 * From the how-manieth (from 0).
 */
offset: number, 
/**
 * How many at most; 0 means 50.
 */
limit: number, };

export type CaseNamed = { 
/**
 * Its id.
 */
id: string, 
/**
 * 办件编号.
 */
number: string, 
/**
 * 事项名称.
 */
matter_name: string, 
/**
 * The applicant's name.
 */
applicant: string, };

export type CaseNumber = string;

export type CaseOnDay = { 
/**
 * The case.
 */
id: string, 
/**
 * `YYYY-MM-DD`; none means today. Only practice may choose another day.
 */
on: string | null, };

export type CaseOnly = { 
/**
 * Its id.
 */
id: string, };

export type CasePage = { 
/**
 * How many there are in all.
 */
total: number, 
/**
 * The page.
 */
rows: Array<CaseRow>, };

export type CaseRow = { 
/**
 * Its id.
 */
id: string, 
/**
 * 办件编号.
 */
number: string, 
/**
 * Where it stands.
 */
state: CaseState, 
/**
 * 事项名称.
 */
matter_name: string, 
/**
 * The applicant's name.
 */
applicant: string, 
/**
 * `YYYY-MM-DD`.
 */
filed_on: string, 
/**
 * 应办结日, `YYYY-MM-DD`.
 */
due: string | null, 
/**
 * 暂估.
 */
due_estimated: boolean, 
/**
 * The last day for the notice, while it still has to be given.
 */
notify_by: string | null, 
/**
 * The last day to deliver the result, while it waits to be handed over.
 */
deliver_by: string | null, 
/**
 * How near the last day is that presses now; none where none does.
 */
light: Light | null, 
/**
 * What the department did since a clerk last looked at it, in a word or two.
 */
news: string | null, 
/**
 * Whether it has conflicts that a person must look at.
 */
conflict: boolean, 
/**
 * Whether another window has it in hand.
 */
elsewhere: boolean, 
/**
 * Whether it has reached the hub.
 */
upload: Upload, };

export type CaseState = "received" | "notice-given" | "supplemented" | "accepted" | "accepted-deferred" | "deemed-accepted" | "in-review" | "supplement-asked" | "clock-stopped" | "decided" | "ready-for-handover" | "handed-over" | "archived" | "not-required" | "out-of-scope" | "refused" | "withdrawn" | "returned";

export type CaseView = { 
/**
 * The case, without what was said of its services.
 */
case: Case, 
/**
 * What came of it at the window, as `play` prints it.
 */
outcome: Outcome, 
/**
 * The lines of its notice.
 */
notice_items: Array<NoticeItem>, 
/**
 * Its papers.
 */
papers: Array<PaperView>, 
/**
 * The scans of its materials.
 */
scans: Array<ScanView>, 
/**
 * What happened, oldest first.
 */
timeline: Array<TimelineEntry>, 
/**
 * The steps, open or not.
 */
actions: Array<ActionView>, 
/**
 * Whether it has reached the hub.
 */
upload: Upload, 
/**
 * The window that has it in hand, where that is another one: it can only be looked at here.
 */
holder: string | null, 
/**
 * What two sides wrote of it that does not go together.
 */
conflicts: Array<ConflictView>, 
/**
 * 一件事: the cases that were filed together with it.
 */
linked: Array<LinkedCaseView>, 
/**
 * The services at a window, the oldest first.
 */
services: Array<ServiceView>, 
/**
 * How the due date was counted, in words.
 */
due_explained: string | null, };

export type Catalogue = { 
/**
 * 基本编码 (`catalog_code`).
 */
catalog_code: string, 
/**
 * 地方基本编码 (`local_catalog_code`).
 */
local_catalog_code: string, 
/**
 * 地方实施编码 (`local_task_code`).
 */
local_code: string, 
/**
 * 业务办理项编码 (`task_handle_item`).
 */
handle_item: string, 
/**
 * 事项版本 (`task_version`).
 */
version: string, 
/**
 * 事项状态 (`task_state`).
 */
state?: MatterState, 
/**
 * 计划生效日期 (`plan_effective_date`): the first day in force.
 */
effective_from?: string, 
/**
 * 计划取消日期 (`plan_cancel_date`): the first day out of force.
 */
effective_until?: string, };

export type Change = { 
/**
 * What sort of entry.
 */
subject: Subject, 
/**
 * Its code, id or year; empty for the release.
 */
id: string, 
/**
 * Its name now, or the last one.
 */
name: string, 
/**
 * What happened.
 */
kind: ChangeKind, 
/**
 * What of it changed; empty where it came or went as a whole.
 */
details: Array<Detail>, };

export type ChangeKind = "added" | "removed" | "changed";

export type ChangePin = { 
/**
 * The present one.
 */
old: string, 
/**
 * Six digits or more.
 */
new: string, };

export type Check = "present" | "missing" | "defective" | "corrected" | "deferred" | "committed" | "licence";

export type CheckInput = { 
/**
 * The material.
 */
id: string, 
/**
 * The name of a [`Check`].
 */
check: string, 
/**
 * Why, for the applicant.
 */
reason: string, };

export type CheckOption = { 
/**
 * The result.
 */
check: Check, 
/**
 * Why it is not allowed here; none if it is.
 */
obstacle: string | null, };

export type CheckedMaterial = { 
/**
 * The material as the guide had it.
 */
material: Material, 
/**
 * What was found; none where an optional material was not looked at.
 */
check: Check | null, 
/**
 * Why, for the applicant.
 */
reason: string, };

export type ChecklistRow = { 
/**
 * The material.
 */
material: Material, 
/**
 * All seven results, in the order of their keys.
 */
options: Array<CheckOption>, 
/**
 * 一件事: the names of the matters that it is for; empty where the draft is of one matter.
 */
used_by?: Array<string>, };

export type Choice = { 
/**
 * Unique inside the question.
 */
id: string, 
/**
 * What the clerk reads out.
 */
text: string, 
/**
 * Ends the walk when chosen.
 */
stop: Stop | null, };

export type ChoiceView = { 
/**
 * As conditions write it.
 */
name: string, 
/**
 * What it is.
 */
meaning: string, 
/**
 * What it can be.
 */
values: Array<string>, 
/**
 * What a specimen shows unless something else is asked for.
 */
usual: string, };

export type ClerkRole = "lead" | "administrator" | "trainer";

export type ClerkView = { 
/**
 * Its id.
 */
id: string, 
/**
 * 姓名.
 */
name: string, 
/**
 * What they may do beside a clerk's work.
 */
roles: Array<ClerkRole>, };

export type ColumnTemplate = { 
/**
 * Its head.
 */
title: string, 
/**
 * In millimetres on A4, where all columns together have 170; smaller sheets scale.
 */
width: number, 
/**
 * What stands in it.
 */
text: Words, 
/**
 * Centred instead of left.
 */
centred?: boolean, 
/**
 * The column whose text must not be torn.
 */
lead?: boolean, };

export type Condition = { [key in string]: Wanted } | Array<{ [key in string]: Wanted }>;

export type ConfirmAway = { 
/**
 * The lead's account.
 */
lead: string, 
/**
 * Their PIN.
 */
pin: string, 
/**
 * For how many days.
 */
days: number, 
/**
 * Why.
 */
reason: string, };

export type Conflict = { 
/**
 * The window whose log it stands in, by the name of its first one.
 */
origin: string, 
/**
 * Where in it.
 */
seq: number, 
/**
 * Who.
 */
actor: Actor, 
/**
 * The state it met.
 */
state: CaseState | null, 
/**
 * The event, whole.
 */
event: EventBody, 
/**
 * What a person said of it; none while nobody did.
 */
settled?: Settled, };

export type ConflictSide = { 
/**
 * What, in two to six characters.
 */
title: string, 
/**
 * More of it; may be empty.
 */
detail: string, 
/**
 * Who.
 */
actor: string, 
/**
 * RFC 3339.
 */
at: string, 
/**
 * 窗口; none for the hub's back office, and where it is this window's only one.
 */
window: string | null, 
/**
 * Whether it came from the hub.
 */
from_hub: boolean, };

export type ConflictView = { 
/**
 * The log it stands in.
 */
origin: string, 
/**
 * Where in it.
 */
seq: number, 
/**
 * What did not apply.
 */
aside: ConflictSide, 
/**
 * What it met and what the other side did then, which stands.
 */
stands: Array<ConflictSide>, 
/**
 * Where the case stood.
 */
state: CaseState | null, 
/**
 * Where the case would stand if it were made to count; none where it can't be any more.
 */
if_adopted: CaseState | null, 
/**
 * What became of it; none while nobody said.
 */
settled: SettledView | null, };

export type CorrectLedger = { 
/**
 * The entry.
 */
id: string, 
/**
 * Its revision as it was seen.
 */
revision: number, 
/**
 * What it is to say.
 */
input: LedgerInput, 
/**
 * Why.
 */
reason: string, };

export type CorrectParties = { 
/**
 * The case.
 */
id: string, 
/**
 * What is right.
 */
input: CorrectionInput, 
/**
 * What the case said when it was looked at.
 */
seen: Parties, };

export type CorrectionInput = { 
/**
 * The applicant as they should stand there.
 */
applicant: PartyInput, 
/**
 * The agent as they should stand there; none where nobody came for the applicant.
 */
agent: PartyInput | null, 
/**
 * Why, for the record.
 */
reason: string, };

export type Cost = { 
/**
 * 分: the fees that have one amount, added up.
 */
fen: number, 
/**
 * Whether some matter charges by item instead, which has no sum beforehand.
 */
by_item: boolean, };

export type CourtesyWord = "greeting" | "asking" | "told-once" | "elsewhere" | "limit" | "receipt" | "farewell";

export type DayEndItem = { 
/**
 * 文号.
 */
number: string, 
/**
 * 文书名称.
 */
title: string, 
/**
 * The case.
 */
case: string, 
/**
 * 申请人.
 */
applicant: string, 
/**
 * The print job, if it is about one.
 */
job: string | null, 
/**
 * Which side is missing.
 */
side: Side, 
/**
 * What is not in order.
 */
trouble: Trouble, 
/**
 * What can be done, the usual first.
 */
remedies: Array<Remedy>, 
/**
 * Its printer; empty without a job.
 */
printer: string, 
/**
 * What was last said of the job, in words; may be empty.
 */
said: string, };

export type DayEndView = { 
/**
 * The day, `YYYY-MM-DD`.
 */
day: string, 
/**
 * Papers that were issued or printed that day.
 */
papers: number, 
/**
 * How many of them came out of a printer.
 */
printed: number, 
/**
 * How many were given in another way.
 */
given: number, 
/**
 * What is open.
 */
items: Array<DayEndItem>, 
/**
 * Earlier days that leave papers open, the newest first.
 */
earlier: Array<OpenDay>, };

export type DayOnly = { 
/**
 * `YYYY-MM-DD`; none means today.
 */
day: string | null, };

export type Decision = "granted" | "denied";

export type DecisionTaken = { 
/**
 * How.
 */
decision: Decision, 
/**
 * When.
 */
on: string, 
/**
 * Why.
 */
reason: string, 
/**
 * 结果证号.
 */
result_number: string | null, 
/**
 * 法律依据 of a denial.
 */
basis?: string, 
/**
 * 救济途径 of a denial.
 */
remedies?: string, };

export type Defect = { 
/**
 * What kind of fault.
 */
kind: DefectKind, 
/**
 * In words.
 */
words: string, 
/**
 * Whether the applicant can put it right here and now (行政许可法 第32条第一款第三项).
 */
on_the_spot: boolean, };

export type DefectKind = "expired" | "other-name" | "other-number" | "no-seal" | "unsigned" | "illegible" | "copy-only" | "pages-missing" | "unfilled" | "content";

export type Delivery = "window" | "post" | "electronic" | string;

export type Demonstration = { 
/**
 * The scenario, as read from its file.
 */
scenario: unknown, };

export type DemonstrationEnd = { 
/**
 * The case that was filed; none where it failed.
 */
case: string | null, 
/**
 * What went wrong.
 */
failure: string | null, };

export type Department = { 
/**
 * 统一社会信用代码.
 */
code: string, 
/**
 * Full name, the issuer of the papers.
 */
name: string, 
/**
 * 咨询电话.
 */
phone: string, 
/**
 * 监督投诉电话.
 */
complaint_phone: string, 
/**
 * Where it can be visited.
 */
address: string, 
/**
 * 复议机关.
 */
review_body: string, 
/**
 * The court for an administrative suit.
 */
court: string, };

export type DepartmentKind = "statutory" | "authorised" | "entrusted" | "other";

export type DepartmentShelf = { 
/**
 * 统一社会信用代码.
 */
code: string, 
/**
 * 名称.
 */
name: string, 
/**
 * How many matters.
 */
matters: number, };

export type Detail = { 
/**
 * Where, in words: 材料“身份证”·受理标准.
 */
what: string, 
/**
 * What it was; none where it is new.
 */
before: string | null, 
/**
 * What it is; none where it is gone.
 */
after: string | null, };

export type Determination = { 
/**
 * The outcome.
 */
outcome: Outcome, 
/**
 * The choice that ended the walk, if one did.
 */
stopped: Stopped | null, 
/**
 * What the notice lists, in guide order.
 */
listed: Array<string>, 
/**
 * What was deferred (容缺).
 */
deferred: Array<string>, 
/**
 * What was committed to (告知承诺).
 */
committed: Array<string>, 
/**
 * The day of acceptance.
 */
accepted_on: string | null, 
/**
 * The promised limit from there; none where the matter promises none.
 */
due: DueDate | null, 
/**
 * The last day for the notice; only with [`Outcome::OneTimeNotice`].
 */
notify_by: DueDate | null, 
/**
 * The papers that go with it.
 */
documents: Array<DocumentKind>, };

export type Dissatisfaction = "manner" | "not-told-at-once" | "beyond-checklist" | "overdue" | "sent-to-and-fro" | "other";

export type DocumentKind = "material-receipt" | "acceptance" | "one-time-notice" | "refusal" | "not-required-notice" | "commitment" | "deferral-commitment" | "special-procedure-notice" | "extension-notice" | "return-notice" | "power-of-attorney" | "delivery-receipt" | "result-slip" | "withdrawal-request" | "transfer-sheet" | "evaluation-form";

export type DocumentNumber = string;

export type Draft = { 
/**
 * Its id.
 */
id: string, 
/**
 * Where the clerk stands.
 */
step: Step, 
/**
 * What was typed. Of a bundle: the leading matter, and the bundle's own ids.
 */
intake: Intake, 
/**
 * 一件事; none where it is of one matter.
 */
bundle?: BundleDraft, };

export type DraftOnly = { 
/**
 * Its id.
 */
id: string, };

export type DraftRow = { 
/**
 * Its id.
 */
id: string, 
/**
 * 事项名称.
 */
matter_name: string, 
/**
 * The applicant's name as typed so far.
 */
applicant: string, 
/**
 * When it was last changed, RFC 3339.
 */
updated_at: string, };

export type DraftView = { 
/**
 * The draft.
 */
draft: Draft, 
/**
 * Its matter.
 */
matter: MatterView, 
/**
 * What the rules say.
 */
assessment: Assessment, 
/**
 * Which state of the draft this is: who saves over it says so, and overtakes nobody unseen.
 */
stored: string, 
/**
 * 一件事: its matters and what follows for each; none where the draft is of one matter.
 */
bundle?: BundleView, };

export type DueDate = { 
/**
 * The day counting starts after (day 0).
 */
from: string, 
/**
 * The limit counted.
 */
limit: Limit, 
/**
 * The last day.
 */
on: string, 
/**
 * Whether a counted day lies in a year that is not official (暂估).
 */
estimated: boolean, 
/**
 * Weekdays passed over because they are holidays.
 */
skipped_holidays: string[], 
/**
 * Weekend days counted because they are make-up workdays.
 */
make_up_days: string[], };

export type Enquire = { 
/**
 * 实施编码.
 */
code: string, 
/**
 * Choices by question, as many as there are; `agent` (`yes`, `no`) among them.
 */
answers: Record<string, string>, };

export type EnquireBundle = { 
/**
 * The bundle's id in the guide.
 */
id: string, 
/**
 * Which of its matters; none means every one that is taken today.
 */
taken?: Array<string>, 
/**
 * Choices by the bundle's questions, as many as there are; `agent` (`yes`, `no`) among them.
 */
answers: Record<string, string>, };

export type EnquiredMember = { 
/**
 * The matter, with why it is not taken today.
 */
view: MatterView, 
/**
 * Whether it leads (主办), so that it can't be left out.
 */
lead: boolean, 
/**
 * Whether it is among those asked about.
 */
taken: boolean, 
/**
 * The choice that ended it; the others go on.
 */
stopped: Stopped | null, 
/**
 * Its limit inside the bundle: the bundle's promise, or the law's nearer day.
 */
limit: Limit | null, 
/**
 * Whether that is the law's, which ends before the bundle promises to.
 */
lawful: boolean, 
/**
 * That limit, counted as if it were accepted today.
 */
due: DueDate | null, };

export type EnquiryView = { 
/**
 * The matter.
 */
matter: MatterView, 
/**
 * The questions that can be asked now, in order; the one about an agent among them.
 */
questions: Array<Question>, 
/**
 * The answers that count.
 */
answers: Record<string, string>, 
/**
 * Whether nothing is open.
 */
settled: boolean, 
/**
 * The choice that ended it.
 */
stopped: Stopped | null, 
/**
 * What applies or may apply.
 */
materials: Array<ProspectView>, };

export type Enrol = { 
/**
 * The hub's address.
 */
hub: string, 
/**
 * The one-time code.
 */
code: string, 
/**
 * A private authority's certificate (PEM), where the hub uses one.
 */
authority: string | null, };

export type EnterEvaluation = { 
/**
 * The case.
 */
id: string, 
/**
 * The day of the service, `YYYY-MM-DD`.
 */
service: string, 
/**
 * What they wrote.
 */
evaluation: Evaluation, };

export type Evaluation = { 
/**
 * The grade; there is none by default.
 */
satisfaction: Satisfaction, 
/**
 * Why, with the lower two; nobody has to say.
 */
reasons?: Array<Dissatisfaction>, 
/**
 * 意见和建议; may be empty.
 */
words?: string, };

export type EvaluationChannel = "screen" | "paper";

export type EvaluationScreen = { 
/**
 * Whether it is open: it looked in a moment ago.
 */
open: boolean, 
/**
 * What it asks now.
 */
waiting: AskedService | null, };

export type EventBody = { "type": "filed", 
/**
 * 办件编号.
 */
number: CaseNumber, 
/**
 * The matter.
 */
matter: MatterRef, 
/**
 * The guide it follows to its end.
 */
guide: GuideRef, 
/**
 * The day of filing.
 */
filed_on: string, 
/**
 * 申请人.
 */
applicant: Applicant, 
/**
 * 代理人.
 */
agent: Party | null, 
/**
 * 情形.
 */
answers: Record<string, string>, 
/**
 * Every applicable material; empty where a choice ended the walk.
 */
materials: Array<CheckedMaterial>, 
/**
 * What a notice of this case must list.
 */
listed: Array<string>, 
/**
 * The last day for that notice.
 */
notify_by: DueDate | null, 
/**
 * Made in practice (演练).
 */
practice: boolean, 
/**
 * 一件事: what it was filed together with; none where it was filed alone.
 */
bundle?: BundleRef, } | { "type": "stopped", 
/**
 * How and why.
 */
stopped: Stopped, } | { "type": "notice-given", 
/**
 * The day.
 */
on: string, 
/**
 * Everything the notice lists.
 */
listed: Array<string>, } | { "type": "supplemented", 
/**
 * The day.
 */
on: string, 
/**
 * Which.
 */
ids: Array<string>, } | { "type": "accepted", 
/**
 * The day of acceptance.
 */
on: string, 
/**
 * 应办结日.
 */
due: DueDate | null, 
/**
 * 容缺受理.
 */
deferred: Array<string>, } | { "type": "deemed-accepted", 
/**
 * The day of receipt.
 */
on: string, 
/**
 * 应办结日.
 */
due: DueDate | null, 
/**
 * The day it was noticed.
 */
noticed_on: string, } | { "type": "document-issued", 
/**
 * Its kind.
 */
kind: DocumentKind, 
/**
 * 文号.
 */
number: DocumentNumber, 
/**
 * SHA-256 of the PDF.
 */
sha256: string, 
/**
 * 发文字号, where the hall has set one for its papers.
 */
formal?: string, } | { "type": "document-printed", 
/**
 * Which.
 */
number: DocumentNumber, 
/**
 * The printer's name.
 */
printer: string, 
/**
 * The how-manieth time (from 1); above 1 it is 补打.
 */
nth: number, 
/**
 * Who says that it came out.
 */
proof?: PrintProof, 
/**
 * Why it was printed again.
 */
reason?: ReprintReason, 
/**
 * The job in the journal of the window that printed it: one entry for one job.
 */
job?: string, } | { "type": "attachment-added", 
/**
 * Of which material.
 */
material: string, 
/**
 * SHA-256 of the bytes.
 */
hash: string, 
/**
 * How many bytes.
 */
size: number, 
/**
 * What they are.
 */
media: Media, 
/**
 * The name of the file they came from, without its folder.
 */
name: string, } | { "type": "attachment-removed", 
/**
 * Of which material.
 */
material: string, 
/**
 * Which.
 */
hash: string, 
/**
 * Why.
 */
reason: string, } | { "type": "review-started", } | { "type": "supplement-asked", 
/**
 * The day.
 */
on: string, 
/**
 * What has to be mended, in guide order.
 */
items: Array<AskedItem>, 
/**
 * Why, for the applicant.
 */
reason: string, } | { "type": "clock-stopped", 
/**
 * Which procedure.
 */
kind: SpecialProcedureKind, 
/**
 * From when.
 */
on: string, 
/**
 * Why.
 */
reason: string, 
/**
 * 依据: what the law or the guide says of this procedure; empty where nobody noted it.
 */
basis?: string, } | { "type": "clock-resumed", 
/**
 * From when.
 */
on: string, 
/**
 * The new 应办结日.
 */
due: DueDate | null, } | { "type": "limit-recounted", 
/**
 * The last day, counted anew.
 */
limit: DueDate, 
/**
 * The last day until now; papers that name it stay as issued.
 */
was: string, } | { "type": "limit-extended", 
/**
 * The last day from now on.
 */
limit: DueDate, 
/**
 * The last day until now.
 */
was: string, 
/**
 * Who approved it.
 */
approver: string, 
/**
 * Why; the applicant is told.
 */
reason: string, } | { "type": "decided", 
/**
 * How.
 */
decision: Decision, 
/**
 * When.
 */
on: string, 
/**
 * Why; must not be empty for a denial (第38条).
 */
reason: string, 
/**
 * 结果证号, if there is one.
 */
result_number: string | null, 
/**
 * 法律依据 of a denial (第38条); empty where nobody noted it.
 */
basis?: string, 
/**
 * 救济途径: how and where the applicant can object to a denial (第38条).
 */
remedies?: string, } | { "type": "ready-for-handover", } | { "type": "handed-over", 
/**
 * Who received it.
 */
receiver: string, 
/**
 * When.
 */
on: string, 
/**
 * How, and by what they were known; none in entries of before it was noted.
 */
facts?: HandoverFacts, 
/**
 * 手写签名, where the receiver signed on a screen; none where they signed on paper.
 */
signature?: HandSignature, } | { "type": "evaluated", 
/**
 * Of which day's service.
 */
service: string, 
/**
 * How it was said.
 */
channel: EvaluationChannel, 
/**
 * What; none where they did not want to say.
 */
evaluation: Evaluation | null, } | { "type": "archived", } | { "type": "withdrawn", 
/**
 * Why.
 */
reason: string, 
/**
 * When.
 */
on: string, } | { "type": "returned", 
/**
 * Why.
 */
reason: string, 
/**
 * When.
 */
on: string, } | { "type": "parties-corrected", 
/**
 * What the case said.
 */
was: Parties, 
/**
 * What it says from now on.
 */
now: Parties, 
/**
 * The day.
 */
on: string, 
/**
 * Why.
 */
reason: string, } | { "type": "transferred", 
/**
 * Who had it.
 */
from: Holder, 
/**
 * Who has it.
 */
to: Holder, 
/**
 * The day.
 */
on: string, 
/**
 * Why.
 */
reason: string, } | { "type": "conflict-settled", 
/**
 * Which.
 */
of: EventPlace, 
/**
 * Whether it counts after all, from now on; otherwise it stays on record only.
 */
adopted: boolean, 
/**
 * Why.
 */
reason: string, } | { "type": "relayed", 
/**
 * That event, and the hub's word that it has it.
 */
event: SignedEvent, };

export type EventPlace = { 
/**
 * The window, by the name of its first log.
 */
origin: string, 
/**
 * The position in the log.
 */
seq: number, };

export type Facts = { 
/**
 * In whose name.
 */
holder: string, 
/**
 * Its number, or the number it names.
 */
number: string, 
/**
 * 出具机构.
 */
issuer: string, 
/**
 * Days from the day of play to when it was issued; negative.
 */
issued: number | null, 
/**
 * Days from the day of play to its last day; negative where it has expired.
 */
valid: number | null, 
/**
 * Whether the seal is on it.
 */
sealed: boolean, 
/**
 * Whether the signature is on it.
 */
signed: boolean, 
/**
 * Whether only a copy is there.
 */
copy: boolean, 
/**
 * Whether it can be read.
 */
legible: boolean, 
/**
 * How many pages are there.
 */
pages: number, 
/**
 * How many there should be.
 */
of_pages: number, 
/**
 * What else stands on it.
 */
lines: Array<string>, };

export type Faq = { 
/**
 * What they ask.
 */
question: string, 
/**
 * What they are told.
 */
answer: string, };

export type Fee = { 
/**
 * 收费项目.
 */
item: string, 
/**
 * In fen (分).
 */
amount_fen: number, 
/**
 * 收费依据.
 */
basis: string, };

export type FeeItem = { 
/**
 * 收费项目名称.
 */
name: string, 
/**
 * 收费标准, in words.
 */
standard?: string, 
/**
 * 收费依据.
 */
basis?: string, 
/**
 * 是否支持网上支付.
 */
online_payment?: boolean, };

export type FerryAnswerFile = { 
/**
 * Its name.
 */
name: string, 
/**
 * Where it is.
 */
path: string, 
/**
 * How many bytes it has.
 */
size: number, 
/**
 * When it was written, RFC 3339.
 */
changed_at: string, };

export type FerryFile = { 
/**
 * What it is called.
 */
name: string, 
/**
 * Where it is.
 */
path: string, 
/**
 * How many bytes it has.
 */
size: number, 
/**
 * How many events are in it.
 */
events: number, 
/**
 * How many scans are in it.
 */
scans: number, 
/**
 * How many bytes of scans.
 */
scan_bytes: number, 
/**
 * How many scans had no room and go with the next file.
 */
scans_left: number, 
/**
 * How many scans can't be read on this machine.
 */
scans_unreadable: number, };

export type FerryPhase = "events" | "scans" | "copying" | "proving" | "taking";

export type FerryPlace = { 
/**
 * The folder.
 */
path: string, 
/**
 * The name of the stick that it is on; none where it is on no stick.
 */
stick: string | null, 
/**
 * Whether it is the program's own, which is made where it is not there.
 */
own: boolean, 
/**
 * How many bytes are free there; none where the system does not say.
 */
free: number | null, 
/**
 * Answers of the hub that lie there, those for this window first.
 */
answers: Array<FerryAnswerFile>, };

export type FerryProgress = { 
/**
 * What is being done.
 */
phase: FerryPhase, 
/**
 * How much is done.
 */
done: number, 
/**
 * Of how much; 0 where nobody knows.
 */
of: number, };

export type FerryTaken = { 
/**
 * How many events of this window the hub now confirms beyond what was known.
 */
confirmed: number, 
/**
 * How many events came from the hub.
 */
pulled: number, 
/**
 * How many events of this window the hub refused.
 */
rejected: number, 
/**
 * How many scans the hub now holds whole beyond what was known.
 */
scans: number, 
/**
 * How many scans the hub takes none of.
 */
scans_refused: number, 
/**
 * The guide release that was taken into use.
 */
guide: number | null, 
/**
 * The answer is older than what is known here.
 */
stale: boolean, 
/**
 * The hub was put back to a backup and asks for a new file.
 */
again: boolean, 
/**
 * How the upload stands now.
 */
status: SyncStatus, };

export type FieldView = { 
/**
 * As templates write it.
 */
name: string, 
/**
 * What it is.
 */
meaning: string, 
/**
 * What it might say.
 */
example: string, 
/**
 * The condition under which it has something to say; none where it always has.
 */
when: string | null, };

export type Figure = "filed" | "accepted" | "turned-away" | "decided" | "decided-with-limit" | "decided-on-time" | "overdue" | "notices" | "second-notices" | "extensions" | "ended" | "handed-over" | "reprints" | "materials" | "materials-spared" | "services" | "evaluated";

export type FigureCases = { 
/**
 * Of which cases.
 */
filter: FiguresFilter, 
/**
 * Which number.
 */
figure: Figure, 
/**
 * Of which group; none for all.
 */
key: string | null, };

export type FigureGroup = "clerk" | "matter" | "department" | "day" | "month";

export type FigureReason = { 
/**
 * The case's id.
 */
case: string, 
/**
 * 办件编号.
 */
number: string, 
/**
 * What was done.
 */
title: string, 
/**
 * Why, as the case's history says it.
 */
detail: string, 
/**
 * Who.
 */
actor: string, 
/**
 * RFC 3339.
 */
at: string, };

export type FigureRow = { 
/**
 * What tells the group from others; empty for all cases.
 */
key: string, 
/**
 * What people call it; empty for all cases.
 */
name: string, 
/**
 * How often each figure counts.
 */
counts: Record<Figure, number>, 
/**
 * Parts in a thousand; none where there is nothing to divide.
 */
rates: Record<Rate, number | null>, };

export type FiguresFilter = { 
/**
 * Filed on this day or later, `YYYY-MM-DD`.
 */
from: string, 
/**
 * Filed on this day or earlier.
 */
to: string, 
/**
 * How they are put together.
 */
group: FigureGroup, };

export type FiguresView = { 
/**
 * All cases.
 */
total: FigureRow, 
/**
 * The groups asked for, the largest first; days and months in their order.
 */
groups: Array<FigureRow>, 
/**
 * By day, or by month where the period is long: for the eye.
 */
course: Array<FigureRow>, 
/**
 * Of how many matters there were cases.
 */
matters: number, 
/**
 * How many matters the guide has.
 */
guide_matters: number, 
/**
 * Second lists, extensions and reprints, the newest first.
 */
reasons: Array<FigureReason>, 
/**
 * How many of these there are, the first of which are listed.
 */
reasons_total: number, 
/**
 * The rates in the order shown, and what is divided by what.
 */
rates: Array<RateParts>, };

export type FileBundle = { 
/**
 * The draft.
 */
id: string, 
/**
 * What the clerk saw and agreed to, in the order of the matters that are taken.
 */
confirmed: Array<Determination>, 
/**
 * Take the materials in now and give the one-time notice later (within its days).
 */
notice_later: boolean, };

export type FileCase = { 
/**
 * The draft.
 */
id: string, 
/**
 * What the clerk saw and agreed to.
 */
confirmed: Determination, 
/**
 * Take the materials in now and give the one-time notice later (within its days).
 */
notice_later: boolean, };

export type FindParties = { 
/**
 * The beginning of a name or a number.
 */
text: string, };

export type Finding = { 
/**
 * The rule's code.
 */
code: string, 
/**
 * How much it matters.
 */
weight: Weight, 
/**
 * Where: a path such as `matters[3].materials[2].when`.
 */
place: string, 
/**
 * 实施编码 of the matter it is about; none where it is about the release.
 */
matter: string | null, 
/**
 * Its name; of the department, the bundle or the release where it is about no matter.
 */
subject: string, 
/**
 * What is wrong and how to mend it.
 */
message: string, 
/**
 * What the rule rests on.
 */
source: string, };

export type FindingKind = "wrong-outcome" | "missed-defect" | "invented-defect" | "wrong-answer" | "wrong-check" | "mistyped" | "told-later" | "no-reason" | "word-skipped" | "slow";

export type FirstAccount = { 
/**
 * 姓名.
 */
name: string, 
/**
 * Six digits or more.
 */
pin: string, };

export type FlowStep = { 
/**
 * 环节名称, for instance 受理.
 */
name: string, 
/**
 * 环节时限.
 */
limit?: Limit, 
/**
 * What is done.
 */
action?: string, };

export type FormContent = { 
/**
 * A file name that says what it is.
 */
name: string, 
/**
 * Its media type.
 */
media_type: string, 
/**
 * The bytes.
 */
base64: string, };

export type FormKind = "pdf" | "picture" | "word" | "excel";

export type FormOnly = { 
/**
 * Its id.
 */
id: string, };

export type FormView = { 
/**
 * Its id in the release, by which materials name it.
 */
id: string, 
/**
 * 名称.
 */
name: string, 
/**
 * What it is.
 */
kind: FormKind, 
/**
 * Whether it can be looked at and printed here; what can't is saved.
 */
printable: boolean, };

export type Format = "a4" | "a5" | "roll80";

export type GivePaper = { 
/**
 * 文号.
 */
number: string, 
/**
 * How.
 */
way: OtherWay, };

export type GroupShelf = { 
/**
 * Its id.
 */
id: string, 
/**
 * 名称.
 */
name: string, 
/**
 * What the clerk should know about it; may be empty.
 */
note: string, 
/**
 * How many matters.
 */
matters: number, };

export type GuideOrigin = "bundled" | "file" | "hub";

export type GuideRef = { 
/**
 * Release number.
 */
release: number, 
/**
 * SHA-256 of the package.
 */
digest: string, };

export type GuideView = { 
/**
 * Release number.
 */
release: number, 
/**
 * `YYYY-MM-DD`.
 */
issued_on: string, 
/**
 * 区划名称.
 */
region: string, 
/**
 * How many matters.
 */
matters: number, 
/**
 * Example data (示例): no official list.
 */
sample: boolean, 
/**
 * SHA-256 of the package.
 */
digest: string, 
/**
 * Where it came from.
 */
origin: GuideOrigin, 
/**
 * Since when this window uses it, RFC 3339.
 */
since: string, 
/**
 * How many days ago it was issued.
 */
age_days: number, 
/**
 * Why it should not be relied on; none if it can be.
 */
stale: StaleGuide | null, };

export type HandOn = { 
/**
 * The case.
 */
id: string, 
/**
 * The code of the window's device.
 */
device: string, 
/**
 * Why.
 */
reason: string, };

export type HandOver = { 
/**
 * The case.
 */
id: string, 
/**
 * To whom and how, as typed.
 */
input: HandoverInput, 
/**
 * `YYYY-MM-DD`; none means today. Only practice may choose another day.
 */
on: string | null, 
/**
 * By which the receiver was asked to sign on a screen; none where they sign on paper.
 */
signature?: string, 
/**
 * Cases filed together with it whose results the same person takes along.
 */
also?: Array<string>, };

export type HandOverShift = { 
/**
 * A word for the next clerk; may be empty.
 */
note: string, };

export type HandSignature = { 
/**
 * Who, as the clerk knew them.
 */
signer: string, 
/**
 * The papers that it stands on.
 */
papers: Array<DocumentKind>, 
/**
 * When they said that it is theirs, by the window's clock.
 */
at: string, 
/**
 * Where they wrote.
 */
screen: SigningScreen, 
/**
 * What they wrote.
 */
strokes: Strokes, };

export type HandleForm = "window" | "computer" | "mobile" | "post" | "other";

export type Handling = "immediate" | "committed";

export type HandoverFacts = { 
/**
 * How it reached them.
 */
delivery: Delivery, 
/**
 * To whom.
 */
role: ReceiverRole, 
/**
 * Who.
 */
receiver: Party, 
/**
 * 代领依据; empty for the applicant.
 */
authority?: string, 
/**
 * 件数.
 */
copies: number, 
/**
 * 邮寄单号; empty where nothing was posted.
 */
postal_number?: string, };

export type HandoverInput = { 
/**
 * How it reaches them.
 */
delivery: Delivery, 
/**
 * To whom; of what is posted or sent, the addressee.
 */
role: ReceiverRole, 
/**
 * Who came, where that is neither applicant nor agent.
 */
receiver?: PartyInput, 
/**
 * 代领依据: by what they may receive it.
 */
authority?: string, 
/**
 * 件数.
 */
copies: number, 
/**
 * 邮寄单号.
 */
postal_number?: string, 
/**
 * Whether the clerk compared the original of the receiver's document with who stands there.
 */
identity_checked: boolean, };

export type Highlight = { 
/**
 * First character.
 */
start: number, 
/**
 * One past the last.
 */
end: number, };

export type Holder = { 
/**
 * Its log.
 */
origin: string, 
/**
 * The code in its case numbers.
 */
device: string, 
/**
 * 窗口.
 */
window: string, };

export type IdType = "resident-id" | "uscc" | "passport" | "hk-macao-permit" | "taiwan-permit";

export type InstallTemplates = { 
/**
 * The set, as JSON.
 */
text: string, 
/**
 * What changed, in words.
 */
note: string, 
/**
 * The edition that it was written from, which must still be the one in use.
 */
base: number, };

export type Intake = { 
/**
 * 实施编码.
 */
matter: string, 
/**
 * The day of filing, `YYYY-MM-DD`.
 */
filed_on: string, 
/**
 * Choices by question.
 */
answers: Record<string, string>, 
/**
 * 申请人.
 */
applicant: ApplicantInput, 
/**
 * 代理人, if someone else came.
 */
agent: PartyInput | null, 
/**
 * The materials looked at.
 */
materials: Array<CheckInput>, };

export type IssuePaper = { 
/**
 * The case.
 */
id: string, 
/**
 * Which paper, and what it is about.
 */
request: PaperRequest, 
/**
 * `YYYY-MM-DD`; none means today. Only practice may choose another day.
 */
on: string | null, };

export type IssuedDocument = { 
/**
 * Its kind.
 */
kind: DocumentKind, 
/**
 * 文号.
 */
number: DocumentNumber, 
/**
 * SHA-256 of the PDF.
 */
sha256: string, 
/**
 * 发文字号, where the hall gave one.
 */
formal: string | null, 
/**
 * When it was issued.
 */
at: string, 
/**
 * How often it came out of a printer (in old entries: was handed to one).
 */
printed: number, 
/**
 * Whether who applies was corrected after it was issued (更正).
 */
outdated: boolean, 
/**
 * The log of the window that issued it, and archives it; none where that is the one that filed
 * the case.
 */
issued_in?: string, };

export type JointProspectView = { 
/**
 * The material, as the strictest of the matters asks for it.
 */
material: Material, 
/**
 * In which situation anybody asks for it, in words; none where somebody does in every one
 * that is left.
 */
when: string | null, 
/**
 * Who asks for it.
 */
wants: Array<WantView>, };

export type KindOnly = { 
/**
 * Which.
 */
kind: DocumentKind, };

export type KnownPartyView = { 
/**
 * The kind of applicant they were; none where they only came for another.
 */
kind: string | null, 
/**
 * As written then, to be taken over.
 */
party: PartyInput, 
/**
 * The day, `YYYY-MM-DD`.
 */
seen_on: string, 
/**
 * What it was about.
 */
matter_name: string, };

export type LedgerCase = { 
/**
 * Its id.
 */
id: string, 
/**
 * 办件编号.
 */
number: string, };

export type LedgerChannel = "window" | "phone" | "hotline" | "letter";

export type LedgerCountView = { 
/**
 * Which.
 */
kind: LedgerKind, 
/**
 * How many are open. Of a list that the station shares: what was written at this window or is
 * in the hands of who is signed in.
 */
open: number, 
/**
 * How many came from another window into the hands of who is signed in, and were not opened.
 */
arrived: number, 
/**
 * How many of them are late, or due by the next workday.
 */
pressing: number, 
/**
 * The nearest last day.
 */
nearest: string | null, 
/**
 * Its light.
 */
light: Light | null, };

export type LedgerDue = { 
/**
 * The last day for the first contact.
 */
contact: DueDate | null, 
/**
 * The last day for settling it.
 */
settle: DueDate, };

export type LedgerEntry = { 
/**
 * 台账编号.
 */
number: string, 
/**
 * Which ledger.
 */
kind: LedgerKind, 
/**
 * Where it stands.
 */
state: LedgerState, 
/**
 * How many records it has: who acts says which they saw.
 */
revision: number, 
/**
 * What it says now.
 */
facts: LedgerFacts, 
/**
 * The limits it was written under.
 */
limits: LedgerLimits, 
/**
 * Its last days.
 */
due: LedgerDue, 
/**
 * Whether the last day was moved.
 */
extended: boolean, 
/**
 * The day the person was first spoken to.
 */
contacted_on: string | null, 
/**
 * How often it was tried in vain.
 */
missed: number, 
/**
 * Who looks at it, where it was passed on.
 */
referred_to: string | null, 
/**
 * What came of it; none while it is open.
 */
resolution: Resolution | null, 
/**
 * Who wrote it.
 */
registered_by: Actor, 
/**
 * When.
 */
registered_at: string, 
/**
 * 演练.
 */
practice: boolean, };

export type LedgerEntryOnly = { 
/**
 * Its id.
 */
id: string, };

export type LedgerEntryView = { 
/**
 * Its id.
 */
id: string, 
/**
 * The entry; without name and contact where they are not shown.
 */
entry: LedgerEntry, 
/**
 * Whether there is a name or a contact that is not shown.
 */
person_hidden: boolean, 
/**
 * The last day that presses, `YYYY-MM-DD`.
 */
pressing: string | null, 
/**
 * Its light.
 */
light: Light | null, 
/**
 * How the last day for settling it was counted.
 */
due_explained: string, 
/**
 * Whether it was settled on time.
 */
on_time: boolean | null, 
/**
 * What happened, the oldest first.
 */
history: Array<LedgerHistory>, 
/**
 * The steps, open or not.
 */
steps: Array<LedgerStepView>, 
/**
 * What can come of it, the usual first.
 */
outcomes: Array<LedgerOutcome>, 
/**
 * Whether the other windows of the station have it too.
 */
shared: boolean, 
/**
 * The other window of the station that registered it; none for this one.
 */
window: string | null, 
/**
 * Whether its case can be opened here; false where it names none.
 */
case_here: boolean, };

export type LedgerFacts = { 
/**
 * How it came.
 */
channel: LedgerChannel, 
/**
 * The day it was brought: the limits run from there, also where it is written down later.
 */
on: string, 
/**
 * 姓名; empty where the person gave none.
 */
person: string, 
/**
 * A telephone number, or in words how the person is reached; empty where they left none.
 */
contact: string, 
/**
 * 反映内容.
 */
content: string, 
/**
 * Whom or what it is about (被反映的单位或人员); a complaint must say. Of 帮您办: the helper.
 */
about: string, 
/**
 * The matter.
 */
matter: LedgerMatter | null, 
/**
 * The case.
 */
case: LedgerCase | null, };

export type LedgerFilter = { 
/**
 * Which ledger.
 */
kind: LedgerKind, 
/**
 * Part of what it says.
 */
text: string, 
/**
 * Which of it.
 */
show: LedgerShow, 
/**
 * Brought on this day or later, `YYYY-MM-DD`.
 */
from: string | null, 
/**
 * Brought on this day or earlier.
 */
to: string | null, 
/**
 * From the how-manieth (from 0).
 */
offset: number, 
/**
 * How many at most; 0 means 50.
 */
limit: number, };

export type LedgerHistory = { 
/**
 * RFC 3339.
 */
at: string, 
/**
 * What, in two to five characters.
 */
title: string, 
/**
 * More of it; may be empty.
 */
detail: string, 
/**
 * Who.
 */
actor: string, 
/**
 * At which other window of the station; none for this one.
 */
window: string | null, 
/**
 * Written beside another (同时记下): it does not count, and a person says what is to become of
 * it.
 */
aside: boolean, 
/**
 * The other windows can't see it yet.
 */
unsent: boolean, 
/**
 * Why the hub does not take it; none where it does.
 */
refused: string | null, };

export type LedgerInput = { 
/**
 * How it came.
 */
channel: LedgerChannel, 
/**
 * The day it was brought, `YYYY-MM-DD`; none means today.
 */
on: string | null, 
/**
 * 姓名; may be empty.
 */
person: string, 
/**
 * Telephone, or in words how the person is reached; may be empty.
 */
contact: string, 
/**
 * 反映内容.
 */
content: string, 
/**
 * Whom or what it is about.
 */
about: string, 
/**
 * 实施编码 of the matter.
 */
matter: string | null, 
/**
 * 办件编号 of a case on this machine; empty for none.
 */
case_number: string, };

export type LedgerKind = "consultation" | "obstruction" | "complaint" | "assistance";

export type LedgerLimitSet = { 
/**
 * 咨询 that could not be answered at once.
 */
consultation: LedgerLimits, 
/**
 * 办不成事.
 */
obstruction: LedgerLimits, 
/**
 * 投诉.
 */
complaint: LedgerLimits, 
/**
 * 帮您办; what an earlier program wrote has none.
 */
assistance: LedgerLimits, };

export type LedgerLimits = { 
/**
 * By when the person is spoken to first (联系核实); none where the hall asks for none.
 */
contact: number | null, 
/**
 * By when it is settled (办结).
 */
settle: number, 
/**
 * By when it is settled where it is intricate and a lead says so (延长后); none where that is
 * not allowed.
 */
extended: number | null, };

export type LedgerMatter = { 
/**
 * 实施编码.
 */
code: string, 
/**
 * 事项名称.
 */
name: string, };

export type LedgerOutcome = "answered" | "solved" | "explained" | "redirected" | "upheld" | "partly-upheld" | "not-upheld" | "unverifiable" | "taken-back";

export type LedgerPage = { 
/**
 * How many match in all.
 */
total: number, 
/**
 * The page.
 */
rows: Array<LedgerRow>, 
/**
 * How much of every ledger is owed.
 */
counts: Array<LedgerCountView>, 
/**
 * Whether what is written into it is shared with the other windows of the station.
 */
shared: boolean, 
/**
 * Of 帮您办, who helps: the names that the list knows and those of this window's accounts.
 */
helpers: Array<string>, };

export type LedgerReply = "in-person" | "phone" | "writing" | "not-reached" | "anonymous";

export type LedgerRow = { 
/**
 * Its id.
 */
id: string, 
/**
 * 台账编号.
 */
number: string, 
/**
 * Where it stands.
 */
state: LedgerState, 
/**
 * The day it was brought, `YYYY-MM-DD`.
 */
on: string, 
/**
 * How it came.
 */
channel: LedgerChannel, 
/**
 * 姓名; empty where the person gave none, or where it is not shown.
 */
person: string, 
/**
 * Whether there is a name or a contact that is not shown.
 */
person_hidden: boolean, 
/**
 * 反映内容.
 */
content: string, 
/**
 * Whom or what it is about.
 */
about: string, 
/**
 * 事项名称.
 */
matter: string | null, 
/**
 * Its case.
 */
case: LedgerCase | null, 
/**
 * Who looks at it, where it was passed on.
 */
referred_to: string | null, 
/**
 * The last day that presses; none where nothing is owed.
 */
pressing: string | null, 
/**
 * Whether that is the day of the first contact.
 */
contact_first: boolean, 
/**
 * 暂估.
 */
estimated: boolean, 
/**
 * Its light.
 */
light: Light | null, 
/**
 * What came of it; none while it is open.
 */
outcome: LedgerOutcome | null, 
/**
 * Whether it was settled on time.
 */
on_time: boolean | null, 
/**
 * The other window of the station that registered it; none for this one.
 */
window: string | null, 
/**
 * How many of its records were written beside others (同时记下) and do not count.
 */
aside: number, 
/**
 * Whether it came from another window into the hands of who is signed in, and they have not
 * opened it since.
 */
arrived: boolean, };

export type LedgerShow = "all" | "open" | "overdue" | "closed" | "void" | "mine" | "here";

export type LedgerState = "open" | "referred" | "closed" | "void";

export type LedgerStep = { "step": "note", 
/**
 * What about.
 */
note: NoteKind, 
/**
 * The words.
 */
text: string, } | { "step": "refer", 
/**
 * To whom.
 */
to: string, 
/**
 * What is asked of them; may be empty.
 */
text: string, } | { "step": "extend", 
/**
 * Why.
 */
reason: string, } | { "step": "close", 
/**
 * What came of it.
 */
outcome: LedgerOutcome, 
/**
 * The answer, or what was found and done.
 */
text: string, 
/**
 * How the person learned it.
 */
reply: LedgerReply, } | { "step": "reopen", 
/**
 * Why.
 */
reason: string, } | { "step": "void", 
/**
 * Why.
 */
reason: string, };

export type LedgerStepView = { 
/**
 * The step.
 */
step: StepKind, 
/**
 * Why not now; none if it is open.
 */
obstacle: string | null, };

export type LeftOpen = { 
/**
 * Drafts not finished.
 */
drafts: number, 
/**
 * 待告知.
 */
notices: number, 
/**
 * 可受理.
 */
acceptable: number, 
/**
 * 待出件.
 */
results: number, 
/**
 * Conflicts and refused uploads.
 */
attention: number, 
/**
 * What is owed in the ledgers.
 */
ledger: number, 
/**
 * Papers that are not in order, of today.
 */
papers: number, 
/**
 * Those of the days before.
 */
earlier_papers: number, };

export type LegalBasis = { 
/**
 * What sort of rule it is.
 */
kind: LegalBasisKind, 
/**
 * 法规名称.
 */
name: string, 
/**
 * 文号.
 */
number?: string, 
/**
 * 条款号.
 */
article?: string, 
/**
 * 条款内容.
 */
content?: string, };

export type LegalBasisKind = "law" | "administrative-regulation" | "state-council-decision" | "local-regulation" | "departmental-rule" | "local-rule" | "document" | "other";

export type Level = "city" | "township" | "community";

export type Light = "red" | "orange" | "yellow" | "green";

export type Limit = { 
/**
 * How many.
 */
value: number, 
/**
 * Of what.
 */
unit: LimitUnit, };

export type LimitUnit = "workdays" | "days";

export type LinkedCaseView = { 
/**
 * Its id; none where this window does not have it.
 */
id: string | null, 
/**
 * 办件编号.
 */
number: string, 
/**
 * 事项名称; empty where this window does not have it.
 */
matter_name: string, 
/**
 * Where it stands.
 */
state: CaseState | null, 
/**
 * 应办结日, `YYYY-MM-DD`.
 */
due: string | null, 
/**
 * Whether it is the leading one (主办).
 */
lead: boolean, };

export type ListView = { 
/**
 * As templates write it.
 */
name: string, 
/**
 * What it is.
 */
meaning: string, 
/**
 * What each item has.
 */
fields: Array<FieldView>, };

export type Material = { 
/**
 * Unique inside the matter.
 */
id: string, 
/**
 * As listed on papers.
 */
name: string, 
/**
 * 原件份数.
 */
originals: number, 
/**
 * 复印件份数.
 */
copies: number, 
/**
 * What happens to it.
 */
handling: MaterialHandling, 
/**
 * Where it comes from.
 */
source: MaterialSource, 
/**
 * 出具机构; may be empty.
 */
issuer: string, 
/**
 * Whether it must be there.
 */
necessity: Necessity, 
/**
 * Its kind.
 */
kind: MaterialKind, 
/**
 * Paper or file.
 */
media: MaterialMedia, 
/**
 * An electronic licence can stand in (电子证照免提交).
 */
licence_reuse: boolean, 
/**
 * A commitment can stand in (告知承诺).
 */
commitment_allowed: boolean, 
/**
 * Applies only when this holds.
 */
when?: Condition, 
/**
 * 受理标准: what the clerk checks.
 */
standard: string, 
/**
 * How the applicant can get it.
 */
how_to_get: string, 
/**
 * What no rule depends on (from format 2).
 */
reference?: MaterialReference, };

export type MaterialHandling = "keep-original" | "keep-copy" | "verify-original-keep-copy" | "keep-both" | "verify-only";

export type MaterialKind = "certificate" | "form" | "other";

export type MaterialMedia = "paper" | "electronic" | "either";

export type MaterialReference = { 
/**
 * 规格, for instance A4.
 */
page_format: string, 
/**
 * 来源渠道说明.
 */
source_explanation: string, 
/**
 * 空白表: the id of a form of the release.
 */
blank_form: string, 
/**
 * 示例样表: the id of a form of the release.
 */
sample_form: string, 
/**
 * 填报须知.
 */
filling_notes: string, 
/**
 * 要求依据: what allows the office to ask for it.
 */
legal_basis: string, 
/**
 * 出具时间要求.
 */
issued_within: string, 
/**
 * 材料使用说明.
 */
usage_note: string, 
/**
 * 共用名称: what a bundle (一件事) calls it. Materials of its matters that are called the same
 * are one and the same paper, whatever each matter names it.
 */
common_name: string, };

export type MaterialSource = "applicant" | "government" | "other";

export type Matter = { 
/**
 * 实施编码.
 */
code: string, 
/**
 * 事项名称.
 */
name: string, 
/**
 * What people call it.
 */
aliases: Array<string>, 
/**
 * The department's code.
 */
department: string, 
/**
 * 事项类型.
 */
kind: MatterKind, 
/**
 * 办件类型.
 */
handling: Handling, 
/**
 * Who may apply. The format leaves the list open; kinds that no window can take in are
 * left out.
 */
audience: Array<ApplicantKind>, 
/**
 * Where it may be taken.
 */
levels: Array<Level>, 
/**
 * Whether receipt is acceptance.
 */
acceptance: AcceptanceMode, 
/**
 * The notice rule.
 */
supplement: SupplementRule, 
/**
 * 法定办结时限.
 */
statutory_limit: Limit | null, 
/**
 * 承诺办结时限.
 */
promised_limit: Limit | null, 
/**
 * 到现场次数.
 */
visits: number, 
/**
 * A fee, if one is due.
 */
fee: Fee | null, 
/**
 * Whether an agent may file.
 */
agent_allowed: boolean, 
/**
 * 受理条件.
 */
conditions: Array<string>, 
/**
 * 情形, in order.
 */
questions: Array<Question>, 
/**
 * 申请材料, in order.
 */
materials: Array<Material>, 
/**
 * 特别程序.
 */
special_procedures: Array<SpecialProcedure>, 
/**
 * 审批结果.
 */
result: MatterResult, 
/**
 * 设定依据.
 */
basis: Array<string>, 
/**
 * 常见退件原因.
 */
common_returns: Array<string>, 
/**
 * How sure the editors are: `high`, `medium`, `low`.
 */
confidence: string, 
/**
 * What the walk of a case does not need (from format 2).
 */
reference?: MatterReference, };

export type MatterCodeOnly = { 
/**
 * 实施编码.
 */
code: string, };

export type MatterHit = { 
/**
 * 实施编码.
 */
code: string, 
/**
 * 事项名称.
 */
name: string, 
/**
 * 实施主体.
 */
department: string, 
/**
 * Sort of act.
 */
kind: MatterKind, 
/**
 * 即办件 or 承诺件.
 */
handling: Handling, 
/**
 * Where it may be taken.
 */
levels: Array<Level>, 
/**
 * 承诺办结时限.
 */
promised_limit: Limit | null, 
/**
 * The alias that matched, where the name did not.
 */
alias: string | null, 
/**
 * What to highlight in `name` (or in `alias`, where there is one).
 */
highlights: Array<Highlight>, 
/**
 * Whether it fits only if one slip of the hand is allowed for.
 */
slip: boolean, 
/**
 * Whether the clerk starred it.
 */
starred: boolean, 
/**
 * Why no application for it is taken today; none if one is.
 */
not_in_force: NotInForce | null, };

export type MatterKind = "licence" | "penalty" | "compulsion" | "levy" | "payment" | "inspection" | "confirmation" | "reward" | "ruling" | "public-service" | "other";

export type MatterRef = { 
/**
 * 实施编码.
 */
code: string, 
/**
 * 事项名称.
 */
name: string, 
/**
 * 实施主体.
 */
department: string, };

export type MatterReference = { 
/**
 * Codes, version, state.
 */
catalogue: Catalogue, 
/**
 * By whose power, on what ground, with whom.
 */
authority: Authority, 
/**
 * Where and how it is taken.
 */
service: Service, 
/**
 * Online.
 */
online: Online, 
/**
 * 办理流程, in order.
 */
steps: Array<FlowStep>, 
/**
 * 收费项目, one by one. What papers print stays the matter's own `fee`.
 */
fees: Array<FeeItem>, 
/**
 * More about the result.
 */
result: ResultReference, 
/**
 * 主题 of the platform.
 */
topics: Topics, 
/**
 * 常见问题.
 */
faq: Array<Faq>, };

export type MatterResult = { 
/**
 * 结果名称.
 */
name: string, 
/**
 * 结果类型: `certificate`, `document` or `decision`.
 */
kind: string, 
/**
 * Ways of delivery.
 */
delivery: Array<Delivery>, };

export type MatterState = "in-force" | "suspended" | "cancelled";

export type MatterView = { 
/**
 * The matter.
 */
matter: Matter, 
/**
 * Its department.
 */
department: Department, 
/**
 * The forms that it names.
 */
forms: Array<FormView>, 
/**
 * Example data (示例).
 */
sample: boolean, 
/**
 * Why no application for it is taken: today, or for a draft on its day of filing. None if
 * one is.
 */
not_in_force: NotInForce | null, };

export type Media = "image/jpeg" | "image/png" | "application/pdf";

export type Necessity = "required" | "optional" | "deferrable";

export type NotInForce = { "state": "not-yet", 
/**
 * The first day on which it is taken.
 */
from: string, } | { "state": "cancelled", 
/**
 * The first day on which it was taken no more; none where the guide does not say, or
 * names a day that is still to come.
 */
since: string | null, } | { "state": "suspended", };

export type NoteKind = "progress" | "reached" | "missed";

export type Nothing = Record<symbol, never>;

export type NoticeItem = { 
/**
 * The material's id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * 缺少 or 不符.
 */
check: Check, 
/**
 * Why.
 */
reason: string, 
/**
 * 受理标准.
 */
standard: string, 
/**
 * When it arrived, `YYYY-MM-DD`.
 */
arrived_on: string | null, };

export type Numbering = { 
/**
 * For instance `{机关代字}{文种}字〔{年}〕第{窗口}-{流水}号`.
 */
pattern: string, 
/**
 * 机关代字 of each department, by its code in the guide. Papers of a department that has none
 * show the program's own number.
 */
authorities: { [key in string]: string }, 
/**
 * 文种 of each kind; kinds without one show the program's own number.
 */
kinds: { [key in DocumentKind]?: string }, };

export type Occasion = "filing" | "supplement" | "withdrawal" | "handover";

export type OfferedHandover = { 
/**
 * Who may collect it at the window.
 */
roles: Array<ReceiverRole>, 
/**
 * The ways that the guide names for this result, in its order.
 */
deliveries: Array<Delivery>, 
/**
 * The last day to deliver it, `YYYY-MM-DD`.
 */
deliver_by: string, 
/**
 * Whether that day has passed.
 */
late: boolean, 
/**
 * Cases that were filed together with it and whose results wait here, too.
 */
also: Array<AlsoWaiting>, };

export type OfferedPapers = { 
/**
 * The papers, in the order shown.
 */
kinds: Array<DocumentKind>, 
/**
 * The special procedures that the guide has for the matter.
 */
procedures: Array<OfferedProcedure>, 
/**
 * The unit that an extension is counted in.
 */
extension_unit: LimitUnit, 
/**
 * The most that can be added.
 */
longest_extension: number, 
/**
 * Whether the clock stands still and can be let run again.
 */
clock_stopped: boolean, };

export type OfferedProcedure = { 
/**
 * Its name, as `PaperRequest` takes it.
 */
name: string, 
/**
 * How many days it takes; 0 where the guide does not say.
 */
days: number, 
/**
 * Whether the clock stops.
 */
stops_clock: boolean, };

export type Online = { 
/**
 * 是否网办.
 */
available?: boolean, 
/**
 * 网办深度.
 */
depth?: OnlineDepth, 
/**
 * 网办地址.
 */
url: string, 
/**
 * 移动端办理地址.
 */
mobile_url: string, };

export type OnlineDepth = "information" | "one-way" | "two-way" | "whole-process";

export type OpenDay = { 
/**
 * The day, `YYYY-MM-DD`: the last one that had to do with these papers.
 */
day: string, 
/**
 * How many papers.
 */
papers: number, };

export type OtherWay = "pdf" | "electronic" | "by-hand";

export type Outcome = "accept" | "accept-deferred" | "one-time-notice" | "not-required" | "out-of-scope" | "refused" | "deemed-accepted";

export type PadBox = { 
/**
 * Units from left to right.
 */
width: number, 
/**
 * Units from top to bottom.
 */
height: number, };

export type PairRow = { 
/**
 * The pairs.
 */
pairs: Array<PairTemplate>, 
/**
 * When it stands.
 */
when?: string, };

export type PairTemplate = { 
/**
 * For instance 申请人.
 */
label: string, 
/**
 * What stands beside it.
 */
value: Words, };

export type PaperOnly = { 
/**
 * 文号.
 */
number: string, };

export type PaperRequest = { "kind": "special-procedure-notice", 
/**
 * The procedure's name, one of the matter's.
 */
procedure: string, 
/**
 * Why it is needed in this case.
 */
reason: string, } | { "kind": "extension-notice", 
/**
 * How many days are added, in the unit of [`extension_unit`].
 */
days: number, 
/**
 * Who approved it.
 */
approver: string, 
/**
 * Why.
 */
reason: string, } | { "kind": "return-notice", 
/**
 * Why.
 */
reason: string, } | { "kind": "withdrawal-request", 
/**
 * Why; may be left for the applicant to write.
 */
reason: string, } | { "kind": "transfer-sheet", 
/**
 * Whom the materials go to.
 */
to: string, } | { "kind": "power-of-attorney", } | { "kind": "delivery-receipt", } | { "kind": "result-slip", } | { "kind": "evaluation-form", };

export type PaperView = { 
/**
 * Its kind.
 */
kind: DocumentKind, 
/**
 * 文书名称.
 */
title: string, 
/**
 * 文号.
 */
number: string, 
/**
 * 发文字号, where the hall gives one.
 */
formal: string | null, 
/**
 * When it was issued, RFC 3339.
 */
issued_at: string, 
/**
 * How often it came out of a printer, as the log has it; above 1 it was printed again (补打).
 */
printed: number, 
/**
 * Whether who applies was corrected since (更正): it is no longer to be handed out.
 */
outdated: boolean, 
/**
 * Whether it is archived here; another window's papers are archived there.
 */
archived: boolean, 
/**
 * The latest print job of this window.
 */
job: PrintJobView | null, 
/**
 * How it was given otherwise, the latest.
 */
given: OtherWay | null, };

export type ParkedCase = { 
/**
 * The case.
 */
case: string, 
/**
 * 办件编号.
 */
number: string, 
/**
 * Machine-readable.
 */
code: string, 
/**
 * Which field.
 */
field: string, 
/**
 * In the clerk's words.
 */
message: string, };

export type PartTemplate = { 
/**
 * 客户联, 存根联
 */
name: string, 
/**
 * Who keeps it.
 */
to: string, };

export type Parties = { 
/**
 * 申请人.
 */
applicant: Applicant, 
/**
 * 代理人.
 */
agent: Party | null, };

export type Party = { 
/**
 * As typed, every character with ink kept; only blanks around it and marks are gone.
 */
name: string, 
/**
 * Which document.
 */
id_type: IdType, 
/**
 * Its number, normalised.
 */
id_number: string, 
/**
 * None where the person has none.
 */
phone: string | null, 
/**
 * 通讯地址: where a result is posted to; none where nobody gave one.
 */
address?: string, };

export type PartyInput = { 
/**
 * 姓名 or 名称.
 */
name: string, 
/**
 * The name of an [`IdType`].
 */
id_type: string, 
/**
 * As typed.
 */
id_number: string, 
/**
 * None where the person has none.
 */
phone: string | null, 
/**
 * 通讯地址; none where nobody gave one.
 */
address?: string, };

export type PdfFile = { 
/**
 * A file name that says what it is.
 */
name: string, 
/**
 * The bytes.
 */
base64: string, };

export type PenPoint = { 
/**
 * From the left edge of the box.
 */
x: number, 
/**
 * From its upper edge.
 */
y: number, 
/**
 * Milliseconds since the pen first touched.
 */
t: number, 
/**
 * How hard it pressed, 0 to 255.
 */
p: number, };

export type Phase = "locked" | "first-start" | "signed-out" | "signed-in";

export type PictureKind = "id-card" | "register" | "licence" | "form" | "proof" | "photo";

export type Place = { 
/**
 * Where.
 */
address: string, 
/**
 * When.
 */
hours?: string, };

export type PowerSource = "statutory" | "handed-down" | "authorised-from-above" | "authorised-by-peer" | "entrusted-from-above" | "entrusted-by-peer";

export type PreviewTemplate = { 
/**
 * The set, as JSON.
 */
text: string, 
/**
 * Of which kind.
 */
kind: DocumentKind, 
/**
 * On which sheet.
 */
sheet: Format, 
/**
 * What it shows otherwise than usual, by name: `yes` or `no`, or the value of a choice.
 */
situation: Record<string, string>, };

export type PrintBundleSheet = { 
/**
 * What is asked about.
 */
about: EnquireBundle, 
/**
 * Whether the samples of forms go along.
 */
samples: boolean, 
/**
 * The printer's name; none means the system's default.
 */
printer: string | null, };

export type PrintForm = { 
/**
 * Its id.
 */
id: string, 
/**
 * The printer's name; none means the system's default.
 */
printer: string | null, };

export type PrintGuideSheet = { 
/**
 * 实施编码.
 */
code: string, 
/**
 * As in an enquiry.
 */
answers: Record<string, string>, 
/**
 * Whether the samples of forms go along.
 */
samples: boolean, 
/**
 * The printer's name; none means the system's default.
 */
printer: string | null, };

export type PrintJobFilter = { 
/**
 * `YYYY-MM-DD`; none is any day.
 */
day: string | null, 
/**
 * Only those in one of these states; empty is any.
 */
states: Array<PrintState>, };

export type PrintJobOnly = { 
/**
 * Its id.
 */
id: string, };

export type PrintJobView = { 
/**
 * Its id.
 */
id: string, 
/**
 * 文号.
 */
number: string, 
/**
 * 文书名称.
 */
title: string, 
/**
 * The case.
 */
case: string, 
/**
 * 申请人.
 */
applicant: string, 
/**
 * Where it stands.
 */
state: PrintState, 
/**
 * What was last said of it, in words; may be empty.
 */
said: string, 
/**
 * The printer.
 */
printer: string, 
/**
 * The printing system's name for it; empty until taken.
 */
job: string, 
/**
 * Who printed it.
 */
clerk: string, 
/**
 * When, RFC 3339.
 */
queued_at: string, 
/**
 * Why it was printed again, in words; none the first time.
 */
reason: string | null, };

export type PrintPaper = { 
/**
 * 文号.
 */
number: string, 
/**
 * The printer's name; none means the one set for its kind, else the system's default.
 */
printer: string | null, 
/**
 * Why it is printed again; asked for where it came out before (补打).
 */
reason: ReprintReason | null, };

export type PrintProof = "system" | "clerk";

export type PrintRuleView = { 
/**
 * The name of the kind.
 */
kind: string, 
/**
 * 文书名称.
 */
title: string, 
/**
 * The printer; none is the system's default.
 */
printer: string | null, 
/**
 * The tray; none is the printer's own choice.
 */
tray: string | null, 
/**
 * How many times the whole paper, 1 to 9.
 */
copies: number, 
/**
 * On both sides, where the parts of the paper never share a sheet by it.
 */
both_sides: boolean, 
/**
 * As an 80 mm slip; the printer is then a raw queue, or the path of a port.
 */
slip: boolean, };

export type PrintState = "queued" | "sent" | "printed" | "failed" | "unknown";

export type Printed = { 
/**
 * What to tell the clerk: handed over, to which printer.
 */
words: string, };

export type PrinterView = { 
/**
 * The system's name for it.
 */
name: string, 
/**
 * Whether the system calls it the default.
 */
default: boolean, 
/**
 * What keeps it from printing, in words; empty if nothing is known to.
 */
trouble: string, 
/**
 * Its trays.
 */
trays: Array<string>, 
/**
 * Whether it prints on both sides.
 */
both_sides: boolean, };

export type ProfileMode = "practice" | "trial" | "live";

export type ProfileView = { 
/**
 * What kind of records.
 */
mode: ProfileMode, 
/**
 * 区划代码.
 */
region: string, 
/**
 * 站点代码.
 */
station: string, 
/**
 * 窗口代码.
 */
window: string, 
/**
 * The hall's name, for the title bar.
 */
hall: string, };

export type ProspectView = { 
/**
 * The material.
 */
material: Material, 
/**
 * In which situation it is asked for, in words; none where in every one that is left.
 */
when: string | null, };

export type Question = { 
/**
 * Unique inside the matter.
 */
id: string, 
/**
 * What the clerk asks.
 */
text: string, 
/**
 * Asked only when this holds.
 */
when?: Condition, 
/**
 * In the order shown.
 */
choices: Array<Choice>, };

export type Queue = "news" | "notice_due" | "supplement_waiting" | "ready_to_accept" | "under_way" | "decided" | "attention";

export type QueueView = { 
/**
 * How many there are.
 */
total: number, 
/**
 * The first ones: the most urgent, of the news the newest.
 */
rows: Array<CaseRow>, };

export type Rate = "on-time" | "evaluation" | "second-notice" | "material-reduction";

export type RateParts = { 
/**
 * Which.
 */
rate: Rate, 
/**
 * The part.
 */
part: Figure, 
/**
 * The whole.
 */
whole: Figure, };

export type ReceiverRole = "applicant" | "agent" | "other";

export type RecordSupplement = { 
/**
 * The case.
 */
id: string, 
/**
 * `YYYY-MM-DD`; none means today.
 */
on: string | null, 
/**
 * The materials that arrived.
 */
ids: Array<string>, };

export type Recounted = { 
/**
 * Whose.
 */
case: CaseNamed, 
/**
 * What it was (暂估).
 */
was: string, 
/**
 * What it is.
 */
on: string, 
/**
 * Whether it still is an estimate.
 */
estimated: boolean, };

export type Refusal = { 
/**
 * What kind of fault it is.
 */
code: RefusalCode, 
/**
 * Where: a path such as `materials[2].check`.
 */
field: string, 
/**
 * What happened and what to do, for the clerk.
 */
message: string, };

export type RefusalCode = "unknown-matter" | "not-in-force" | "bad-date" | "audience-mismatch" | "empty-name" | "unknown-id-type" | "bad-id-number" | "bad-phone" | "agent-not-allowed" | "unknown-question" | "unknown-choice" | "unanswered" | "unknown-material" | "not-applicable" | "duplicate-material" | "unknown-check" | "not-allowed" | "unchecked-material" | "date-before-filing" | "date-before-notice" | "not-in-notice" | "unprintable" | "too-long" | "bad-attachment" | "bad-signature" | "bad-case-number" | "unknown-window" | "not-now" | "empty-text" | "recused" | "bad-limit" | "unknown-case";

export type RegisterLedger = { 
/**
 * Which ledger.
 */
kind: LedgerKind, 
/**
 * What it says.
 */
input: LedgerInput, 
/**
 * What settles it at once; none where something is still owed.
 */
settled: LedgerStep | null, };

export type Remedy = "record" | "answer" | "cancel" | "print" | "save" | "give";

export type RemoveScan = { 
/**
 * Whose.
 */
owner: ScanOwner, 
/**
 * Of which material.
 */
material: string, 
/**
 * SHA-256 of its bytes.
 */
hash: string, 
/**
 * Why; needed in a case.
 */
reason: string, };

export type Renewal = { 
/**
 * The number of the release before.
 */
from: number, 
/**
 * The number of the release in use.
 */
to: number, 
/**
 * What changed.
 */
changes: Array<Change>, 
/**
 * The open cases of matters that changed or went, by matter code: they follow the release
 * they were filed by.
 */
touched: Record<string, CaseNamed[]>, 
/**
 * The last days of open cases that are not what they were on the day of filing.
 */
recounted: Array<Recounted>, };

export type ReprintReason = { "kind": "jam" } | { "kind": "unclear" } | { "kind": "lost" } | { "kind": "other", 
/**
 * The words; not empty.
 */
text: string, };

export type ResetPin = { 
/**
 * The account.
 */
clerk: string, 
/**
 * Six digits or more.
 */
pin: string, };

export type Resolution = { 
/**
 * What.
 */
outcome: LedgerOutcome, 
/**
 * In words.
 */
text: string, 
/**
 * How the person learned it.
 */
reply: LedgerReply, 
/**
 * The day, at the counter.
 */
on: string, 
/**
 * Who.
 */
by: Actor, };

export type RestoreTemplates = { 
/**
 * What of them.
 */
what: Restored, 
/**
 * Why, in words.
 */
note: string, 
/**
 * The edition in use.
 */
base: number, };

export type Restored = { "what": "all" } | { "what": "shared" } | { "what": "kind", 
/**
 * Which.
 */
kind: DocumentKind, };

export type ResultDelivered = { 
/**
 * Who received it.
 */
receiver: string, 
/**
 * When.
 */
on: string, 
/**
 * How; none in entries of before it was noted.
 */
facts?: HandoverFacts, 
/**
 * That the receiver signed on a screen. How it looks is in the log and on the papers, and
 * nowhere that a list or an export could take it from.
 */
signed?: SignedByHand, };

export type ResultReference = { 
/**
 * 结果样本: the id of a form of the release.
 */
sample_form: string, 
/**
 * 有效期, in words.
 */
validity: string, };

export type ReuseTemplates = { 
/**
 * Which.
 */
edition: number, 
/**
 * Why, in words.
 */
note: string, 
/**
 * The edition in use.
 */
base: number, };

export type RoleCard = { 
/**
 * Its id.
 */
id: string, 
/**
 * What it is called; gives nothing away.
 */
title: string, 
/**
 * How hard it is.
 */
level: CardLevel, 
/**
 * 实施编码 of the matter.
 */
matter: string, 
/**
 * Who it is, and how they are: for whoever plays the applicant.
 */
persona: string, 
/**
 * What they say first.
 */
story: string, 
/**
 * How long it should take, in minutes.
 */
minutes: number, 
/**
 * The applicant.
 */
applicant: ApplicantInput, 
/**
 * Who came instead.
 */
agent: PartyInput | null, 
/**
 * What they answer.
 */
replies: Array<CardReply>, 
/**
 * What they bring.
 */
documents: Array<CardDocument>, 
/**
 * What they left at home.
 */
absent: Array<string>, };

export type RoleCardOnly = { 
/**
 * Its id.
 */
id: string, };

export type RoleCardsOf = { 
/**
 * What was typed; empty for those that are offered.
 */
text: string, };

export type RoleDocument = { 
/**
 * What stands above it.
 */
title: string, 
/**
 * How it is drawn.
 */
picture: PictureKind, 
/**
 * In which way it is there.
 */
how: Brought, 
/**
 * What it shows.
 */
facts: Facts, 
/**
 * The day it was issued, `YYYY-MM-DD`.
 */
issued_on: string | null, 
/**
 * Its last day, `YYYY-MM-DD`.
 */
valid_until: string | null, };

export type RoleReply = { 
/**
 * What they are asked.
 */
asked: string, 
/**
 * What they say.
 */
says: string, };

export type RoleView = { 
/**
 * What it is called.
 */
title: string, 
/**
 * How hard it is.
 */
level: CardLevel, 
/**
 * 事项名称.
 */
matter_name: string, 
/**
 * How long it should take, in minutes.
 */
minutes: number, 
/**
 * How they are.
 */
persona: string, 
/**
 * What they say first.
 */
story: string, 
/**
 * What they answer.
 */
replies: Array<RoleReply>, 
/**
 * What they put on the counter.
 */
documents: Array<RoleDocument>, };

export type Satisfaction = "very-satisfied" | "satisfied" | "fair" | "dissatisfied" | "very-dissatisfied";

export type SaveDraft = { 
/**
 * The draft, whole.
 */
draft: Draft, 
/**
 * The state that it was typed over; none saves over whatever is there.
 */
over?: string, };

export type SaveFerryFile = { 
/**
 * Into which folder; none means the program's own among the user's documents.
 */
folder: string | null, 
/**
 * Whether scans go along.
 */
scans: boolean, };

export type SavedFile = { 
/**
 * The path.
 */
path: string, };

export type Savings = { 
/**
 * 材料: those that apply in this situation.
 */
materials: Spared, 
/**
 * 环节: the steps of the process.
 */
steps: Spared, 
/**
 * 跑动: visits to the hall.
 */
visits: Spared, };

export type SayWord = { 
/**
 * In which attempt.
 */
attempt: string, 
/**
 * What.
 */
word: CourtesyWord, 
/**
 * Whether; false takes it back.
 */
said: boolean, };

export type ScanOnly = { 
/**
 * Whose.
 */
owner: ScanOwner, 
/**
 * SHA-256 of its bytes.
 */
hash: string, };

export type ScanOwner = { "kind": "draft", 
/**
 * Its id.
 */
id: string, } | { "kind": "case", 
/**
 * Its id.
 */
id: string, };

export type ScanState = { "state": "local" } | { "state": "elsewhere" } | { "state": "waiting" } | { "state": "sending", 
/**
 * From 1 to 99.
 */
percent: number, } | { "state": "arrived" } | { "state": "stuck", 
/**
 * Machine-readable.
 */
code: string, 
/**
 * In the clerk's words.
 */
message: string, };

export type ScanView = { 
/**
 * The material's id.
 */
material: string, 
/**
 * SHA-256 of its bytes: names it among the scans of its owner.
 */
hash: string, 
/**
 * The name of its file.
 */
name: string, 
/**
 * Bytes.
 */
size: number, 
/**
 * What it is.
 */
media: string, 
/**
 * How far it has come.
 */
state: ScanState, };

export type ScansOf = { 
/**
 * Whose.
 */
owner: ScanOwner, };

export type Score = { 
/**
 * Of 100.
 */
points: number, 
/**
 * What came of the trainee's work.
 */
outcome: Outcome, 
/**
 * What should have come of it.
 */
right: Outcome, 
/**
 * What differs, the dearest first.
 */
findings: Array<ScoreFinding>, 
/**
 * How long each step took.
 */
steps: Array<StepTime>, 
/**
 * How many seconds all of it took.
 */
seconds: number, 
/**
 * What was owed in words.
 */
owed: Array<CourtesyWord>, 
/**
 * What was said.
 */
said: Array<CourtesyWord>, };

export type ScoreFinding = { 
/**
 * What kind.
 */
kind: FindingKind, 
/**
 * Where: a material, a question, a field, by name.
 */
of: string, 
/**
 * What the trainee did.
 */
given: string, 
/**
 * What was right.
 */
right: string, 
/**
 * Why.
 */
why: string, 
/**
 * The rule that says so.
 */
source: string, 
/**
 * How many points it cost.
 */
cost: number, };

export type SearchText = { 
/**
 * Chinese fragment, pinyin, initials or code; empty lists what this window uses most.
 */
text: string, 
/**
 * How many at most.
 */
limit: number, };

export type Service = { 
/**
 * 办理形式.
 */
handle_forms: Array<HandleForm>, 
/**
 * 办理地点和时间.
 */
places: Array<Place>, 
/**
 * 咨询方式.
 */
contact: string, 
/**
 * 监督投诉方式.
 */
complaint: string, 
/**
 * 必须现场办理的原因.
 */
visit_reason: string, 
/**
 * 法定办结时限说明.
 */
statutory_explanation: string, 
/**
 * 承诺办结时限说明.
 */
promised_explanation: string, 
/**
 * 数量限制.
 */
quantity_limit: string, 
/**
 * 通办范围.
 */
area?: ServiceArea, 
/**
 * 是否进驻大厅.
 */
in_hall?: boolean, 
/**
 * 是否支持预约.
 */
appointment?: boolean, 
/**
 * 是否支持快递.
 */
express?: boolean, 
/**
 * 是否支持自助终端.
 */
self_service?: boolean, };

export type ServiceArea = "national" | "cross-province" | "cross-city" | "cross-county";

export type ServiceOnly = { 
/**
 * The case.
 */
id: string, 
/**
 * The day of the service, `YYYY-MM-DD`.
 */
service: string, };

export type ServiceView = { 
/**
 * The day, `YYYY-MM-DD`.
 */
on: string, 
/**
 * What it began with.
 */
occasion: Occasion, 
/**
 * Who served.
 */
served_by: string, 
/**
 * Whether the applicant said anything.
 */
answered: Answered, };

export type SetAccount = { 
/**
 * The account.
 */
clerk: string, 
/**
 * 姓名.
 */
name: string, 
/**
 * Its roles.
 */
roles: Array<ClerkRole>, };

export type SetCardReader = { 
/**
 * Its path; empty takes the setting away.
 */
program: string, };

export type SetRetired = { 
/**
 * The account.
 */
clerk: string, 
/**
 * Whether it is out of use.
 */
retired: boolean, };

export type SettleConflict = { 
/**
 * The case.
 */
id: string, 
/**
 * Where the event stands.
 */
of: EventPlace, 
/**
 * Whether it counts after all.
 */
adopted: boolean, 
/**
 * Why.
 */
reason: string, };

export type SettlePrint = { 
/**
 * The job.
 */
id: string, 
/**
 * Whether paper came out.
 */
out: boolean, };

export type Settled = { 
/**
 * Whether the event counts after all.
 */
adopted: boolean, 
/**
 * Who said so.
 */
by: Actor, 
/**
 * Why.
 */
reason: string, };

export type SettledView = { 
/**
 * Whether the event counts after all.
 */
adopted: boolean, 
/**
 * Who said so.
 */
by: string, 
/**
 * Why.
 */
reason: string, };

export type SheetOf = { 
/**
 * 实施编码.
 */
code: string, 
/**
 * As in an enquiry.
 */
answers: Record<string, string>, 
/**
 * Whether the samples of forms go along.
 */
samples: boolean, };

export type Shelf = { "department": string } | { "bundle": string } | { "life-event": string } | "starred";

export type ShelfOnly = { 
/**
 * A department, a bundle, or the starred ones.
 */
shelf: Shelf, };

export type ShiftOnly = { 
/**
 * Its id.
 */
id: string, };

export type ShiftView = { 
/**
 * Its id.
 */
id: string, 
/**
 * Who left.
 */
clerk: string, 
/**
 * When, RFC 3339.
 */
at: string, 
/**
 * What they wrote for the next; may be empty.
 */
note: string, 
/**
 * What was open then.
 */
left_open: LeftOpen, 
/**
 * Whether who is signed in is who left: they came back, and take over from themselves.
 */
own: boolean, };

export type Side = "paper-without-record" | "record-without-paper";

export type Sign = { 
/**
 * Of which question.
 */
token: string, 
/**
 * What they wrote, stroke by stroke.
 */
strokes: Array<Array<PenPoint>>, };

export type SignIn = { 
/**
 * The account's id.
 */
clerk: string, 
/**
 * Their PIN.
 */
pin: string, 
/**
 * Their own from now on, where somebody else had set that one.
 */
new_pin?: string, };

export type SignedByHand = { 
/**
 * Who.
 */
signer: string, 
/**
 * When.
 */
at: string, 
/**
 * Where they wrote.
 */
screen: SigningScreen, };

export type SignedEvent = { 
/**
 * The event, serialised once.
 */
text: string, 
/**
 * SHA-256 of `text`.
 */
hash: string, 
/**
 * The hub's signature over the hash, base64: it wrote the event, or took it in.
 */
signature: string, };

export type SignedPaper = { 
/**
 * 办件编号.
 */
case_number: string, 
/**
 * 文书名称.
 */
title: string, 
/**
 * Which paper of that kind in the case, from 1.
 */
nth: number, 
/**
 * 签发日期, `YYYY-MM-DD`.
 */
issued_on: string, 
/**
 * Hall and window; none where the device is not known.
 */
window: string | null, 
/**
 * The device code in the number.
 */
device: string, 
/**
 * Whether the number is one of practice.
 */
practice: boolean, 
/**
 * Whether the signature is right; if not, all this is only what the paper claims.
 */
proven: boolean, };

export type SigningOnly = { 
/**
 * Its token.
 */
token: string, };

export type SigningRequest = { 
/**
 * By which it is answered, once.
 */
token: string, 
/**
 * Of which case.
 */
case: string, 
/**
 * Where it is signed.
 */
screen: SigningScreen, 
/**
 * How far it is.
 */
state: SigningState, 
/**
 * Who signs.
 */
signer: string, 
/**
 * The papers that are signed.
 */
papers: Array<DocumentKind>, 
/**
 * 事项名称.
 */
matter: string, 
/**
 * What is received.
 */
result: string, 
/**
 * 件数.
 */
copies: number, 
/**
 * The day on the papers, `YYYY-MM-DD`.
 */
on: string, 
/**
 * Where it is written in.
 */
pad: PadBox, 
/**
 * What was written, for the clerk to compare; empty until then.
 */
strokes: Array<Array<PenPoint>>, };

export type SigningScreen = "applicant" | "clerk";

export type SigningState = "waiting" | "signed" | "left";

export type SigningView = { 
/**
 * Whether the applicant's screen is open.
 */
open: boolean, 
/**
 * What is asked; none where nothing is.
 */
request: SigningRequest | null, };

export type Spared = { 
/**
 * If each matter were taken on its own.
 */
apart: number, 
/**
 * Taken as one.
 */
joint: number, };

export type SpecialProcedure = { 
/**
 * Which.
 */
kind: SpecialProcedureKind, 
/**
 * How many days it takes.
 */
days: number, 
/**
 * Whether the clock stops.
 */
stops_clock: boolean, 
/**
 * What is done and on what ground (from format 2).
 */
explanation?: string, };

export type SpecialProcedureKind = "hearing" | "tender" | "auction" | "inspection" | "testing" | "quarantine" | "appraisal" | "expert-review" | string;

export type StaleGuide = { 
/**
 * Machine-readable: `newer-not-taken`, `old`.
 */
code: string, 
/**
 * In the clerk's words, with what to do.
 */
message: string, };

export type StarMatter = { 
/**
 * 实施编码.
 */
code: string, 
/**
 * Whether it is to be starred.
 */
starred: boolean, };

export type StartBundle = { 
/**
 * The bundle's id in the guide.
 */
id: string, 
/**
 * Which of its matters, if an enquiry went before; none means every one that is taken today.
 */
taken?: Array<string>, 
/**
 * What an enquiry brought, if one went before.
 */
answers?: Record<string, string>, };

export type StartDraft = { 
/**
 * 实施编码.
 */
code: string, 
/**
 * What an enquiry brought, if one went before.
 */
answers?: Record<string, string>, };

export type StationWindow = { 
/**
 * The code of its device.
 */
device: string, 
/**
 * 窗口.
 */
window: string, };

export type Status = { 
/**
 * How far.
 */
phase: Phase, 
/**
 * This window; none while locked.
 */
profile: ProfileView | null, 
/**
 * Who is signed in.
 */
clerk: ClerkView | null, 
/**
 * Whether they keep this window: as an administrator, or because nobody is one.
 */
keeps: boolean, 
/**
 * Whom the sign-in screen offers.
 */
clerks: Array<ClerkView>, 
/**
 * The guide; none where none was imported.
 */
guide: GuideView | null, 
/**
 * Today in Asia/Shanghai, `YYYY-MM-DD`.
 */
today: string, 
/**
 * Program version.
 */
version: string, 
/**
 * Whether the first start must ask for a passphrase, because this machine has no keyring.
 */
wants_passphrase: boolean, 
/**
 * 训练: the screens stand before a database for training only.
 */
training: boolean, };

export type Step = "questions" | "applicant" | "materials" | "determination";

export type StepKind = "close" | "note" | "refer" | "extend" | "correct" | "reopen" | "void";

export type StepLedger = { 
/**
 * The entry.
 */
id: string, 
/**
 * Its revision as it was seen.
 */
revision: number, 
/**
 * The step.
 */
step: LedgerStep, };

export type StepTime = { 
/**
 * Which.
 */
step: TrainingStep, 
/**
 * How long it took.
 */
seconds: number, 
/**
 * How long it should take.
 */
hint: number, };

export type Stop = { 
/**
 * How it ends.
 */
outcome: StopOutcome, 
/**
 * Why.
 */
reason: string, 
/**
 * Where to apply instead; may be empty.
 */
refer_to: string, };

export type StopOutcome = "not-required" | "out-of-scope" | "refused";

export type Stopped = { 
/**
 * The question.
 */
question: string, 
/**
 * Its text.
 */
question_text: string, 
/**
 * The choice.
 */
choice: string, 
/**
 * Its text.
 */
choice_text: string, 
/**
 * What it says to the applicant.
 */
stop: Stop, };

export type Strokes = number[][];

export type Subject = "matter" | "department" | "bundle" | "calendar-year" | "release";

export type SupplementLaw = "licence-art-32" | "written-on-the-spot" | "local";

export type SupplementRule = { 
/**
 * Which law.
 */
rule: SupplementLaw, 
/**
 * Within how many days of receipt the notice must be given; 0 is the same day.
 */
days: number, 
/**
 * The unit of `days`.
 */
unit: LimitUnit, 
/**
 * Whether a late notice means that the case counts as accepted from the day of receipt.
 */
deemed_accepted: boolean, };

export type SyncFailure = { 
/**
 * Machine-readable.
 */
code: string, 
/**
 * In the clerk's words, with what to do.
 */
message: string, 
/**
 * Whether it will pass by itself (no network, hub restarting).
 */
passing: boolean, };

export type SyncStatus = { 
/**
 * Whether the window has joined a hub.
 */
enrolled: boolean, 
/**
 * The hub's address.
 */
hub: string | null, 
/**
 * Events that the hub has not acknowledged.
 */
unsent_events: number, 
/**
 * Cases that they belong to.
 */
unsent_cases: number, 
/**
 * Records of 帮您办 that are nowhere but here.
 */
unsent_help: number, 
/**
 * Scans that the hub does not have whole.
 */
scans_waiting: number, 
/**
 * How many bytes of them it lacks.
 */
scan_bytes_waiting: number, 
/**
 * When the last complete sync ended, RFC 3339.
 */
last_sync: string | null, 
/**
 * Whether one is under way.
 */
running: boolean, 
/**
 * Why the last one failed; none if it did not.
 */
failure: SyncFailure | null, 
/**
 * Why the hub's newest guide release is not in use here; none if all is well. Holds up
 * nothing else.
 */
guide_failure: SyncFailure | null, 
/**
 * Why the station's list of 帮您办 was not exchanged to its end, machine-readable; none if all
 * is well. Holds up nothing else.
 */
help_trouble: string | null, 
/**
 * Cases the hub refused something of.
 */
parked: Array<ParkedCase>, 
/**
 * The hub's signed acknowledgement: its log position.
 */
acknowledged_seq: number, 
/**
 * How the window stands with the limits of being away.
 */
away: AwayView, };

export type TakeFerryAnswer = { 
/**
 * Where it is.
 */
path: string, };

export type TakeOver = { 
/**
 * 办件编号.
 */
number: string, 
/**
 * Why.
 */
reason: string, };

export type Template = { 
/**
 * 文书名称.
 */
title: Words, 
/**
 * The sheet it is set on.
 */
sheet: Format, 
/**
 * In what it is set: serif for formal papers, sans for slips.
 */
typeface: Typeface, 
/**
 * Its copies (联).
 */
parts: Array<PartTemplate>, 
/**
 * Under the QR code.
 */
code_caption: string, 
/**
 * What it says.
 */
blocks: Array<BlockTemplate>, };

export type TemplateDepartment = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: string, };

export type TemplateEditionView = { 
/**
 * From 1.
 */
edition: number, 
/**
 * When.
 */
at: string, 
/**
 * By whom.
 */
by: string, 
/**
 * What they said about it; may be empty.
 */
note: string, 
/**
 * Whether it went back to the program's own templates.
 */
own: boolean, 
/**
 * Whether it is the one in use.
 */
in_use: boolean, };

export type TemplateFinding = { 
/**
 * The kind whose template it is; none for what the set has for all papers.
 */
kind: DocumentKind | null, 
/**
 * Where in it, for instance `第3段`; empty for the template as a whole.
 */
place: string, 
/**
 * The same as a JSON pointer (RFC 6901) into the set, for instance
 * `/papers/refusal/blocks/2/text`.
 */
path: string, 
/**
 * What is wrong.
 */
code: TemplateFindingCode, 
/**
 * In words, with the way out.
 */
message: string, };

export type TemplateFindingCode = "unreadable" | "bad-logo" | "no-template" | "unknown-name" | "may-be-absent" | "required-missing" | "incomplete" | "too-wide" | "too-intricate" | "not-drawable";

export type TemplateKindView = { 
/**
 * Which.
 */
kind: DocumentKind, 
/**
 * 文书名称.
 */
title: string, 
/**
 * Whether the hall's template differs from the program's own.
 */
changed: boolean, };

export type TemplateSet = { 
/**
 * [`FORMAT`].
 */
format: string, 
/**
 * Over the title of every paper: 机关全称.
 */
header: Words, 
/**
 * The hall's logo, before the header; none where the hall has none.
 */
logo?: string, 
/**
 * 发文字号 of the formal papers; none shows the program's own number.
 */
numbering?: Numbering, 
/**
 * Blocks that several papers share, by name.
 */
fragments: { [key in string]: Array<BlockTemplate> }, 
/**
 * One template for each kind.
 */
papers: { [key in DocumentKind]?: Template }, };

export type TemplateVocabulary = { 
/**
 * Fields.
 */
fields: Array<FieldView>, 
/**
 * Lists, for tables.
 */
lists: Array<ListView>, 
/**
 * What conditions may ask for besides.
 */
choices: Array<ChoiceView>, 
/**
 * Fields that the kind must show wherever a case has them; `列表.字段` for those of a list.
 */
required: Array<string>, };

export type TemplatesText = { 
/**
 * JSON.
 */
text: string, };

export type TemplatesView = { 
/**
 * Which edition; 0 is the program's own, never replaced here.
 */
edition: number, 
/**
 * The set in use.
 */
set: TemplateSet, 
/**
 * The program's own set.
 */
own: TemplateSet, 
/**
 * Whether the hall changed header, logo, numbers or shared parts.
 */
shared_changed: boolean, 
/**
 * Every kind, in the order of the catalogue.
 */
kinds: Array<TemplateKindView>, 
/**
 * A pattern of numbers to begin with.
 */
pattern: string, 
/**
 * The departments of the guide, which numbers are given for.
 */
departments: Array<TemplateDepartment>, };

export type TimelineEntry = { 
/**
 * RFC 3339.
 */
at: string, 
/**
 * What, in two to six characters.
 */
title: string, 
/**
 * More of it; may be empty.
 */
detail: string, 
/**
 * Who.
 */
actor: string, 
/**
 * Whether it came from the hub.
 */
from_hub: boolean, 
/**
 * Whether the hub has it.
 */
sent: boolean, };

export type Told = { 
/**
 * For instance 一次性告知（补正）书.
 */
title: string, 
/**
 * One sentence to read out first.
 */
lead: string, 
/**
 * In order.
 */
lines: Array<ToldLine>, 
/**
 * Deadlines, fees, delivery: sentences at the end.
 */
closing: Array<string>, };

export type ToldLine = { 
/**
 * What, for instance a material with what is wrong with it.
 */
text: string, 
/**
 * Standard, way to get it, basis: one sentence each.
 */
details: Array<string>, };

export type Topics = { 
/**
 * 面向自然人.
 */
person: Array<string>, 
/**
 * 面向法人.
 */
legal_person: Array<string>, };

export type TraineeRow = { 
/**
 * Their id.
 */
id: string, 
/**
 * Their name.
 */
name: string, 
/**
 * How many attempts they began, and how many they finished.
 */
begun: number, 
/**
 * How many they finished.
 */
finished: number, 
/**
 * Their best score.
 */
best: number | null, 
/**
 * Their average, rounded down.
 */
average: number | null, 
/**
 * Their scores in the order of time, the last ten.
 */
course: Array<number>, 
/**
 * What cost them most points.
 */
weakest: FindingKind | null, };

export type TrainingBoard = { 
/**
 * Whether everybody is on it; else only whoever is signed in.
 */
everybody: boolean, 
/**
 * The trainees, the most diligent first.
 */
trainees: Array<TraineeRow>, 
/**
 * Their attempts, the latest first.
 */
attempts: Array<AttemptRow>, 
/**
 * How many of these there are, the first of which are listed.
 */
attempts_total: number, };

export type TrainingStep = "questions" | "applicant" | "materials" | "determination" | "papers";

export type Trouble = "unlogged" | "unknown" | "waiting" | "failed" | "never-out";

export type Typeface = "serif" | "sans";

export type Unlock = { 
/**
 * 启动口令.
 */
passphrase: string, };

export type Upload = { "state": "local" } | { "state": "sent" } | { "state": "waiting" } | { "state": "rejected", 
/**
 * Machine-readable.
 */
code: string, 
/**
 * Which field.
 */
field: string, 
/**
 * In the clerk's words.
 */
message: string, };

export type UseLevel = "national" | "province" | "city" | "county" | "township" | "village" | "by-grade";

export type Verdict = "genuine" | "practice" | "altered" | "unknown-device" | "revoked" | "not-ours" | "unjudged";

export type Verification = { 
/**
 * How it came out.
 */
verdict: Verdict, 
/**
 * Whether the paper is one of practice.
 */
practice: boolean, 
/**
 * In a few words.
 */
headline: string, 
/**
 * Why.
 */
reason: string, 
/**
 * What to do next.
 */
advice: Array<string>, 
/**
 * What was signed; none where nothing could be read.
 */
signed: SignedPaper | null, 
/**
 * The archive's copy; none where the case is not on this machine.
 */
archived: ArchivedCopy | null, 
/**
 * The day as of which the roster of devices is, `YYYY-MM-DD`; none without one.
 */
roster_as_of: string | null, };

export type VerifyCode = { 
/**
 * As scanned or typed.
 */
text: string, };

export type VerifyFile = { 
/**
 * Its bytes, base64.
 */
base64: string, };

export type WantView = { 
/**
 * 实施编码.
 */
code: string, 
/**
 * 事项名称.
 */
name: string, 
/**
 * In which situation this matter asks for it, where that differs from when anybody does.
 */
when: string | null, 
/**
 * Its blank form there; may be empty.
 */
blank_form: string, 
/**
 * Its sample there; may be empty.
 */
sample_form: string, };

export type Wanted = string | Array<string>;

export type WantedOnly = { 
/**
 * 办件编号.
 */
number: string, };

export type WantedView = { 
/**
 * 办件编号.
 */
number: string, 
/**
 * Why.
 */
reason: string, 
/**
 * Who asked.
 */
actor: string, 
/**
 * RFC 3339.
 */
asked_at: string, 
/**
 * Why the hub refused; none while it has not answered.
 */
refused: string | null, };

export type Weight = "must" | "should" | "note";

export type WithdrawCase = { 
/**
 * The case.
 */
id: string, 
/**
 * Why.
 */
reason: string, };

export type WordView = { 
/**
 * Which.
 */
word: CourtesyWord, 
/**
 * What it is called.
 */
title: string, 
/**
 * How it may sound.
 */
sample: string, 
/**
 * What it rests on.
 */
source: string, 
/**
 * Whether it was said.
 */
said: boolean, };

export type Words = string | (string | { when: string, text: string })[];

export type Workbench = { 
/**
 * Cases taken in and not finished being typed.
 */
drafts: Array<DraftRow>, 
/**
 * [`Queue::News`].
 */
news: QueueView, 
/**
 * [`Queue::NoticeDue`].
 */
notice_due: QueueView, 
/**
 * [`Queue::SupplementWaiting`].
 */
supplement_waiting: QueueView, 
/**
 * [`Queue::ReadyToAccept`].
 */
ready_to_accept: QueueView, 
/**
 * [`Queue::UnderWay`].
 */
under_way: QueueView, 
/**
 * [`Queue::Decided`].
 */
decided: QueueView, 
/**
 * [`Queue::Attention`].
 */
attention: QueueView, 
/**
 * How much of each ledger (台账) is owed.
 */
ledgers: Array<LedgerCountView>, 
/**
 * How many were filed today.
 */
filed_today: number, };

/** Every command: what it takes, what it answers. */
export interface Commands {
  status: [Nothing, Status];
  unlock: [Unlock, Status];
  first_account: [FirstAccount, Status];
  add_clerk: [AddClerk, Status];
  accounts: [Nothing, AccountsView];
  set_account: [SetAccount, Status];
  reset_pin: [ResetPin, Status];
  set_retired: [SetRetired, Status];
  change_pin: [ChangePin, Status];
  sign_in: [SignIn, Status];
  sign_out: [Nothing, Status];
  enrol: [Enrol, Status];
  search: [SearchText, Array<MatterHit>];
  guide_review: [Nothing, Array<Finding>];
  guide_renewal: [Nothing, Renewal | null];
  browse: [Nothing, Browse];
  shelf: [ShelfOnly, Array<MatterHit>];
  star: [StarMatter, Nothing];
  matter: [MatterCodeOnly, MatterView];
  workbench: [Nothing, Workbench];
  enquire: [Enquire, EnquiryView];
  guide_sheet: [SheetOf, PdfFile];
  save_guide_sheet: [SheetOf, SavedFile];
  print_guide_sheet: [PrintGuideSheet, Printed];
  enquire_bundle: [EnquireBundle, BundleEnquiryView];
  bundle_sheet: [BundleSheetOf, PdfFile];
  save_bundle_sheet: [BundleSheetOf, SavedFile];
  print_bundle_sheet: [PrintBundleSheet, Printed];
  form: [FormOnly, FormContent];
  form_paper: [FormOnly, PdfFile];
  save_form: [FormOnly, SavedFile];
  print_form: [PrintForm, Printed];
  start_draft: [StartDraft, DraftView];
  start_bundle: [StartBundle, DraftView];
  known_parties: [FindParties, Array<KnownPartyView>];
  card_reader: [Nothing, CardReaderView];
  set_card_reader: [SetCardReader, CardReaderView];
  read_card: [Nothing, CardRead];
  read_card_text: [CardText, CardRead];
  open_draft: [DraftOnly, DraftView];
  save_draft: [SaveDraft, DraftView];
  discard_draft: [DraftOnly, Nothing];
  file_case: [FileCase, CaseView];
  file_bundle: [FileBundle, CaseView];
  cases: [CaseFilter, CasePage];
  case: [CaseOnly, CaseView];
  seen_case: [CaseOnly, Nothing];
  give_notice: [CaseOnDay, CaseView];
  supplement: [RecordSupplement, CaseView];
  accept: [CaseOnDay, CaseView];
  correct_parties: [CorrectParties, CaseView];
  withdraw: [WithdrawCase, CaseView];
  left_open: [Nothing, LeftOpen];
  hand_over_shift: [HandOverShift, Status];
  waiting_shift: [Nothing, ShiftView | null];
  take_shift: [ShiftOnly, Nothing];
  wanted_cases: [Nothing, Array<WantedView>];
  take_over: [TakeOver, Array<WantedView>];
  forget_wanted: [WantedOnly, Array<WantedView>];
  station_windows: [Nothing, Array<StationWindow>];
  hand_on: [HandOn, CaseView];
  settle_conflict: [SettleConflict, CaseView];
  offered_papers: [CaseOnly, OfferedPapers];
  issue_paper: [IssuePaper, CaseView];
  resume_clock: [CaseOnDay, CaseView];
  offered_handover: [CaseOnly, OfferedHandover];
  hand_over: [HandOver, CaseView];
  ask_signature: [AskSignature, SigningView];
  signing: [Nothing, SigningView];
  stop_signing: [Nothing, SigningView];
  sign: [Sign, Nothing];
  leave_signing: [SigningOnly, Nothing];
  open_applicant_screen: [Nothing, ApplicantAddress];
  evaluation_screen: [Nothing, EvaluationScreen];
  invite_evaluation: [ServiceOnly, EvaluationScreen];
  stop_evaluation: [Nothing, EvaluationScreen];
  enter_evaluation: [EnterEvaluation, CaseView];
  applicant_screen: [Nothing, ApplicantScreen];
  answer_evaluation: [AnswerEvaluation, ApplicantScreen];
  scans: [ScansOf, Array<ScanView>];
  remove_scan: [RemoveScan, Array<ScanView>];
  ledger: [LedgerFilter, LedgerPage];
  ledger_entry: [LedgerEntryOnly, LedgerEntryView];
  register_ledger: [RegisterLedger, LedgerEntryView];
  step_ledger: [StepLedger, LedgerEntryView];
  correct_ledger: [CorrectLedger, LedgerEntryView];
  ledger_limits: [Nothing, LedgerLimitSet];
  set_ledger_limits: [LedgerLimitSet, LedgerLimitSet];
  export_ledger: [LedgerFilter, FormContent];
  save_ledger: [LedgerFilter, SavedFile];
  figures: [FiguresFilter, FiguresView];
  figure_cases: [FigureCases, CasePage];
  export_figures: [FiguresFilter, FormContent];
  save_figures: [FiguresFilter, SavedFile];
  paper: [PaperOnly, PdfFile];
  save_paper: [PaperOnly, SavedFile];
  verify_code: [VerifyCode, Verification];
  verify_file: [VerifyFile, Verification];
  printers: [Nothing, Array<PrinterView>];
  print_paper: [PrintPaper, CaseView];
  give_paper: [GivePaper, CaseView];
  print_jobs: [PrintJobFilter, Array<PrintJobView>];
  follow_prints: [Nothing, Array<PrintJobView>];
  settle_print: [SettlePrint, PrintJobView];
  cancel_print: [PrintJobOnly, PrintJobView];
  print_rules: [Nothing, Array<PrintRuleView>];
  set_print_rule: [PrintRuleView, Array<PrintRuleView>];
  day_end: [DayOnly, DayEndView];
  templates: [Nothing, TemplatesView];
  template_vocabulary: [KindOnly, TemplateVocabulary];
  template_editions: [Nothing, Array<TemplateEditionView>];
  check_templates: [TemplatesText, Array<TemplateFinding>];
  preview_template: [PreviewTemplate, PdfFile];
  install_templates: [InstallTemplates, TemplatesView];
  restore_templates: [RestoreTemplates, TemplatesView];
  reuse_templates: [ReuseTemplates, TemplatesView];
  sync_status: [Nothing, SyncStatus];
  sync_now: [Nothing, SyncStatus];
  confirm_away: [ConfirmAway, SyncStatus];
  ferry_places: [Nothing, Array<FerryPlace>];
  save_ferry_file: [SaveFerryFile, FerryFile];
  take_ferry_answer: [TakeFerryAnswer, FerryTaken];
  ferry_progress: [Nothing, FerryProgress | null];
  stop_ferry: [Nothing, Nothing];
  demonstration: [Nothing, Demonstration | null];
  demonstration_end: [DemonstrationEnd, Nothing];
  enter_training: [Nothing, Status];
  leave_training: [Nothing, Status];
  reset_training: [Nothing, Status];
  role_cards: [RoleCardsOf, CardsView];
  start_training: [RoleCardOnly, DraftView];
  current_attempt: [Nothing, AttemptView | null];
  say_word: [SayWord, AttemptView];
  drop_training: [AttemptOnly, Nothing];
  finish_training: [AttemptOnly, AttemptResult];
  training_result: [AttemptOnly, AttemptResult];
  training_board: [Nothing, TrainingBoard];
  export_training: [Nothing, FormContent];
  save_training: [Nothing, SavedFile];
  edited_card: [RoleCardOnly, RoleCard];
  new_card: [MatterCodeOnly, RoleCard];
  check_card: [RoleCard, CardReport];
  save_card: [RoleCard, RoleCard];
  remove_card: [RoleCardOnly, Nothing];
}

/** Files sent up: the request beside the bytes, and the answer. */
export interface Uploads {
  add_scan: [AddScan, Array<ScanView>];
  ferry_answer: [Nothing, FerryTaken];
}

/** Files that come down: the request; the answer is the bytes. */
export interface Downloads {
  scan: ScanOnly;
}
