import type {
  AddScan,
  Assessment,
  BundleDraft,
  Case,
  CaseRow,
  CaseState,
  CaseView,
  Check,
  ChecklistRow,
  ClerkView,
  CommandName,
  Condition,
  Department,
  Determination,
  DocumentKind,
  Door,
  Draft,
  DraftView,
  EnquiryView,
  FerryPlace,
  FerryProgress,
  FerryTaken,
  FiguresView,
  Finding,
  FormView,
  Intake,
  KnownPartyView,
  DayEndItem,
  Material,
  Matter,
  MatterHit,
  MatterView,
  NotInForce,
  OfferedPapers,
  PrintJobView,
  PrintRuleView,
  PrintState,
  Question,
  Refusal,
  RefusalCode,
  Renewal,
  ShiftView,
  ScanOwner,
  ScanView,
  Reply,
  Request,
  StationWindow,
  Status,
  SyncStatus,
  UploadName,
  Uploads,
  Verification,
  WantedView,
} from '@/api'
import { CallFailure } from '@/api'
import { t } from '@/i18n'

import { fakeBundleView } from './fakeBundle'
import { FakeCounter } from './fakeCounter'
import { figuresOf } from './fakeFigures'
import { FakeAccounts } from './fakeAccounts'
import { FakeLedger } from './fakeLedger'
import { FakeTemplates } from './fakeTemplates'
import { FakeTraining } from './fakeTraining'

export const TODAY = '2026-03-02'
const CHECKS: Check[] = [
  'present',
  'missing',
  'defective',
  'corrected',
  'deferred',
  'committed',
  'licence',
]

type Handlers = { [C in CommandName]: (request: Request<C>) => Reply<C> }

function holds(when: Condition | undefined, answers: Record<string, string>): boolean {
  if (when === undefined) return true
  if (Array.isArray(when)) return when.some((one) => holds(one, answers))
  return Object.entries(when).every(([id, wanted]) =>
    (Array.isArray(wanted) ? wanted : [wanted]).includes(answers[id] ?? ''),
  )
}

/**
 * A stand-in for the program, with rules just real enough to walk through the screens. It keeps
 * its state in memory and every call in `log`; `fail` makes the next call of a command refuse.
 */
export class FakeDesk implements Door {
  kind: 'window' | 'browser' = 'browser'
  readonly log: { command: CommandName; request: unknown }[] = []
  readonly drafts = new Map<string, Draft>()
  readonly cases = new Map<string, CaseView>()
  findings: Finding[] = []
  renewal: Renewal | null = null
  status: Status
  sync: SyncStatus
  scenario: unknown = null
  ended: { case: string | null; failure: string | null } | null = null
  paperBase64 = ''
  /** What a case can get on request. */
  /** Cases of other windows that were asked for. */
  wanted: WantedView[] = []
  /** The other windows of the station. */
  windows: StationWindow[] = [{ device: '9QW4', window: '07' }]
  offered: OfferedPapers = {
    kinds: [],
    procedures: [],
    extension_unit: 'workdays',
    longest_extension: 10,
    clock_stopped: false,
  }
  forms: FormView[] = []
  /** Every print job, the newest first. */
  readonly jobs: PrintJobView[] = []
  rules: PrintRuleView[] = []
  readonly templates = new FakeTemplates()
  readonly training = new FakeTraining({
    status: () => this.status,
    take: (status) => (this.status = status),
    draft: (code) => this.handlers.start_draft({ code }),
    drafts: this.drafts,
  })
  readonly accounts = new FakeAccounts(() => this.status)
  readonly ledger = new FakeLedger(() => this.status.clerk, (code) => this.matterOf(code).name)
  /** What the departments did, by case. */
  readonly news = new Map<string, string>()
  figures: FiguresView = figuresOf([])
  readonly counter = new FakeCounter((id) => this.caseOf(id))
  dayItems: DayEndItem[] = []
  readonly starred = new Set<string>()
  /** Matters for which no application is taken, by code. */
  readonly notInForce = new Map<string, NotInForce>()
  lifeEvents: { id: string; name: string; matters: string[] }[] = []
  readonly bundles = [
    { id: 'b1', name: '开饭馆', matters: ['1002', '1001'] },
    { id: 'b2', name: '开小店', matters: ['1001'] },
  ]
  /** The scans of drafts and cases, by id. */
  readonly scans = new Map<string, ScanView[]>()
  /** What came with each file that was sent up. */
  readonly uploads: { command: string; request: unknown; bytes: number }[] = []
  /** Where ferry files can go. */
  /** Those of earlier filings. */
  parties: KnownPartyView[] = []
  cardReader: string | null = null
  shift: ShiftView | null = null
  ferryPlaces: FerryPlace[] = []
  ferryProgress: FerryProgress | null = null
  private readonly refusals = new Map<CommandName, CallFailure[]>()
  private gate: Promise<void> = Promise.resolve()
  private readonly gates = new Map<CommandName, Promise<void>>()
  private n = 0

  constructor(
    readonly matters: Matter[],
    readonly department: Department,
  ) {
    const clerk: ClerkView = { id: 'k1', name: '王敏', roles: ['lead', 'administrator', 'trainer'] }
    this.status = {
      phase: 'signed-in',
      profile: {
        mode: 'practice',
        region: '150785',
        station: '01',
        window: '3',
        hall: '根河市政务服务中心',
      },
      clerk,
      keeps: true,
      clerks: [clerk, { id: 'k2', name: '乌兰图雅', roles: [] }],
      guide: {
        release: 12,
        issued_on: '2026-03-01',
        region: '根河市',
        matters: matters.length,
        sample: true,
        digest: '0'.repeat(64),
        origin: 'bundled',
        since: '2026-03-01T01:00:00Z',
        age_days: 1,
        stale: null,
      },
      today: TODAY,
      version: '0.1.0',
      wants_passphrase: false,
      training: false,
    }
    this.sync = {
      enrolled: false,
      hub: null,
      unsent_events: 0,
      scans_waiting: 0,
      scan_bytes_waiting: 0,
      unsent_cases: 0,
      unsent_help: 0,
      last_sync: null,
      running: false,
      failure: null,
      guide_failure: null,
      help_trouble: null,
      parked: [],
      acknowledged_seq: 0,
      away: { level: 'fine', words: '', days: null, confirmed_until: null, policy: null, confirmations: [] },
    }
  }

  /** The next call of `command` is refused. */
  fail(command: CommandName, code: string, message = code, field?: string): void {
    const failure = new CallFailure(code, message, field ? { field } : {})
    this.refusals.set(command, [...(this.refusals.get(command) ?? []), failure])
  }

  /** Holds every answer back until the function returned is called. */
  hold(): () => void {
    let open: () => void = () => undefined
    this.gate = new Promise((resolve) => (open = resolve))
    return open
  }

  /** Holds the answers to one command back until the function returned is called. */
  holdOnly(command: CommandName): () => void {
    let open: () => void = () => undefined
    this.gates.set(command, new Promise((resolve) => (open = resolve)))
    return open
  }

  calls<C extends CommandName>(command: C): Request<C>[] {
    return this.log.filter((l) => l.command === command).map((l) => l.request as Request<C>)
  }

  async call<C extends CommandName>(command: C, request: Request<C>): Promise<Reply<C>> {
    const copy = JSON.parse(JSON.stringify(request)) as Request<C>
    this.log.push({ command, request: copy })
    await this.gate
    await this.gates.get(command)
    const refusal = this.refusals.get(command)?.shift()
    if (refusal) throw refusal
    const answer = this.handlers[command](copy)
    return JSON.parse(JSON.stringify(answer)) as Reply<C>
  }

  /** Makes the next file that is sent up refused. */
  refuseUpload: CallFailure | null = null

  async upload<C extends UploadName>(command: C, request: Uploads[C][0], file: Blob): Promise<Uploads[C][1]> {
    await this.gate
    const refusal = this.refuseUpload
    this.refuseUpload = null
    if (refusal) throw refusal
    this.uploads.push({ command, request, bytes: file.size })
    const answer = command === 'ferry_answer' ? this.takeFerryAnswer() : this.addScan(request as AddScan, file)
    return answer as Uploads[C][1]
  }

  private takeFerryAnswer(): FerryTaken {
    const confirmed = this.sync.unsent_events
    const scans = this.sync.scans_waiting
    this.sync = { ...this.sync, unsent_cases: 0, unsent_events: 0, scans_waiting: 0, scan_bytes_waiting: 0 }
    const fine = { rejected: 0, scans_refused: 0, guide: null, stale: false, again: false }
    return { confirmed, pulled: 1, scans, ...fine, status: this.sync }
  }

  private addScan(request: AddScan, file: Blob): ScanView[] {
    const hash = String(this.uploads.length).padStart(64, '0')
    const { owner, material, name } = request
    const media = name.endsWith('.pdf') ? 'application/pdf' : 'image/jpeg'
    const state = { state: owner.kind === 'draft' ? ('local' as const) : ('waiting' as const) }
    const scan: ScanView = { material, hash, name, size: file.size, media, state }
    this.scans.set(owner.id, [...this.scansOf(owner), scan])
    return this.scansOf(owner)
  }

  async download(): Promise<ArrayBuffer> {
    return new Uint8Array([0xff, 0xd8, 0xff]).buffer
  }

  private scansOf(owner: ScanOwner): ScanView[] {
    return structuredClone(this.scans.get(owner.id) ?? [])
  }

  private matterOf(code: string): Matter {
    const found = this.matters.find((m) => m.code === code)
    if (!found) throw new CallFailure('unknown-matter', `没有“${code}”`, { field: 'matter' })
    return found
  }

  private hit(m: Matter): MatterHit {
    return {
      code: m.code,
      name: m.name,
      department: this.department.name,
      kind: m.kind,
      handling: m.handling,
      levels: m.levels,
      promised_limit: m.promised_limit,
      alias: null,
      highlights: [],
      slip: false,
      starred: this.starred.has(m.code),
      not_in_force: this.notInForce.get(m.code) ?? null,
    }
  }

  private matterView(code: string): MatterView {
    return {
      matter: this.matterOf(code),
      department: this.department,
      forms: this.forms,
      sample: true,
      not_in_force: this.notInForce.get(code) ?? null,
    }
  }

  assess(intake: Intake): Assessment {
    const matter = this.matterOf(intake.matter)
    const answers: Record<string, string> = { agent: intake.agent ? 'yes' : 'no' }
    const faults: Refusal[] = []
    const fault = (code: RefusalCode, field: string, message: string): void =>
      void faults.push({ code, field, message })
    if (this.notInForce.has(matter.code)) fault('not-in-force', 'matter', '本事项不能收件')
    if (!/^\d{4}-\d\d-\d\d$/.test(intake.filed_on)) fault('bad-date', 'filed_on', '收件日期不对')
    for (const path of ['applicant', 'agent'] as const) {
      const party = intake[path]
      if (!party) continue
      if (!party.name.trim()) fault('empty-name', `${path}.name`, '请填写姓名')
      if (party.id_number.length < 8) fault('bad-id-number', `${path}.id_number`, '证件号码不对')
      if (party.phone !== null && party.phone.length < 7) {
        fault('bad-phone', `${path}.phone`, '电话不对')
      }
    }
    const questions: Matter['questions'] = []
    let stopped: Assessment['stopped'] = null
    let answered = true
    for (const q of matter.questions) {
      if (!holds(q.when, answers)) continue
      questions.push(q)
      const choice = q.choices.find((c) => c.id === intake.answers[q.id])
      if (!choice) {
        answered = false
        fault('unanswered', `answers.${q.id}`, `请先回答：${q.text}`)
        continue
      }
      answers[q.id] = choice.id
      if (choice.stop) {
        stopped = {
          question: q.id,
          question_text: q.text,
          choice: choice.id,
          choice_text: choice.text,
          stop: choice.stop,
        }
        answered = true
        for (let i = faults.length - 1; i >= 0; i -= 1) {
          if (faults[i]?.code === 'unanswered') faults.splice(i, 1)
        }
        break
      }
    }
    const checklist =
      answered && !stopped
        ? matter.materials.filter((m) => holds(m.when, answers)).map((m) => this.row(m))
        : []
    const given = new Map(intake.materials.map((m) => [m.id, m]))
    if (answered && !stopped) {
      const open = checklist.find(
        (r) => r.material.necessity !== 'optional' && !given.get(r.material.id)?.check,
      )
      if (open) fault('unchecked-material', 'materials', `“${open.material.name}”还没有核对`)
    }
    const determination =
      faults.length === 0 && answered ? this.determine(intake, checklist, stopped) : null
    const listed = checklist.filter((r) => this.isListed(r.material, given.get(r.material.id)?.check))
    return {
      questions,
      answered,
      stopped,
      checklist,
      faults,
      determination,
      due_explained: determination?.due ? '自受理次日起第 5 个工作日' : null,
      notify_by_explained: determination?.notify_by ? '自收件次日起第 5 个工作日' : null,
      told: {
        title: listed.length ? '一次性告知（补正）书' : '收件凭证',
        lead: listed.length ? `还需要补正 ${listed.length} 项材料。` : '已收到您提交的材料。',
        lines: listed.map((r) => ({
          text: `${r.material.name}：${given.get(r.material.id)?.reason || '缺少'}`,
          details: [`标准：${r.material.standard}`, `办理：${r.material.how_to_get}`],
        })),
        closing: ['不收费', `咨询电话 ${this.department.phone}`],
      },
    }
  }

  /** Knows no half-open condition: what does not hold yet depends. */
  private enquire(code: string, given: Record<string, string>): EnquiryView {
    const matter = this.matterOf(code)
    const agent = { id: 'agent', text: '由谁来办理？', choices: [] as Question['choices'] }
    agent.choices = ['no', 'yes'].map((id) => ({ id, text: id, stop: null }))
    const questions: Question[] = matter.agent_allowed ? [agent] : []
    const answers: Record<string, string> = matter.agent_allowed ? {} : { agent: 'no' }
    if (given['agent']) answers['agent'] = given['agent']
    let stopped: EnquiryView['stopped'] = null
    for (const q of matter.questions) {
      if (!holds(q.when, answers)) continue
      questions.push(q)
      const choice = q.choices.find((c) => c.id === given[q.id])
      if (!choice) continue
      answers[q.id] = choice.id
      if (!choice.stop) continue
      stopped = { question: q.id, question_text: q.text, choice: choice.id, choice_text: choice.text, stop: choice.stop }
      break
    }
    const settled = stopped !== null || questions.every((q) => answers[q.id])
    const materials = matter.materials
      .filter((m) => !stopped && (!settled || holds(m.when, answers)))
      .map((material) => ({ material, when: holds(material.when, answers) ? null : '按情形时' }))
    return { matter: this.matterView(code), questions, answers, settled, stopped, materials }
  }

  private row(material: Material): ChecklistRow {
    const obstacle = (check: Check): string | null => {
      if (check === 'deferred' && material.necessity !== 'deferrable') return '指南没有列入可容缺材料'
      if (check === 'committed' && !material.commitment_allowed) return '不适用告知承诺'
      if (check === 'licence' && !material.licence_reuse) return '没有可调取的电子证照'
      return null
    }
    return { material, options: CHECKS.map((check) => ({ check, obstacle: obstacle(check) })) }
  }

  private isListed(material: Material, check: string | undefined): boolean {
    return material.necessity !== 'optional' && (check === 'missing' || check === 'defective')
  }

  private determine(
    intake: Intake,
    checklist: ChecklistRow[],
    stopped: Assessment['stopped'],
  ): Determination {
    const given = new Map(intake.materials.map((m) => [m.id, m.check]))
    const withCheck = (check: string): string[] =>
      checklist.map((r) => r.material.id).filter((id) => given.get(id) === check)
    const listed = checklist
      .filter((r) => this.isListed(r.material, given.get(r.material.id)))
      .map((r) => r.material.id)
    const day = (on: string) => ({
      from: intake.filed_on,
      limit: { value: 5, unit: 'workdays' as const },
      on,
      estimated: false,
      skipped_holidays: [],
      make_up_days: [],
    })
    const accepted = !stopped && listed.length === 0
    const documents: DocumentKind[] = stopped
      ? [stopped.stop.outcome === 'not-required' ? 'not-required-notice' : 'refusal']
      : ['material-receipt', listed.length ? 'one-time-notice' : 'acceptance']
    return {
      outcome: stopped
        ? stopped.stop.outcome
        : listed.length
          ? 'one-time-notice'
          : withCheck('deferred').length
            ? 'accept-deferred'
            : 'accept',
      stopped,
      listed,
      deferred: withCheck('deferred'),
      committed: withCheck('committed'),
      accepted_on: accepted ? intake.filed_on : null,
      due: accepted ? day('2026-03-09') : null,
      notify_by: listed.length ? day('2026-03-09') : null,
      documents,
    }
  }

  private draftView(draft: Draft): DraftView {
    const assessment = this.assess(draft.intake)
    const bundle = this.bundles.find((b) => b.id === draft.bundle?.id)
    const found = assessment.determination
    return {
      draft,
      matter: this.matterView(draft.intake.matter),
      stored: JSON.stringify(draft),
      assessment: bundle ? { ...assessment, determination: null } : assessment,
      ...(bundle ? { bundle: fakeBundleView({ ...bundle, matters: bundle.matters.map((code) => this.matterOf(code)) }, draft, found) } : {}),
    }
  }

  private begin(code: string, answers: Record<string, string>, bundle?: BundleDraft): DraftView {
    const { agent, ...told } = answers
    this.n += 1
    const draft: Draft = {
      id: `d${this.n}`,
      step: 'questions',
      intake: {
        matter: this.matterOf(code).code,
        filed_on: TODAY,
        answers: told,
        applicant: { kind: '', name: '', id_type: '', id_number: '', phone: null },
        agent:
          agent === 'yes' ? { name: '', id_type: 'resident-id', id_number: '', phone: null } : null,
        materials: [],
      },
      ...(bundle ? { bundle } : {}),
    }
    this.drafts.set(draft.id, draft)
    return this.draftView(draft)
  }

  private draftOf(id: string): Draft {
    const draft = this.drafts.get(id)
    if (!draft) throw new CallFailure('not-found', '这份草稿已经不在了')
    return draft
  }

  private caseOf(id: string): CaseView {
    const found = this.cases.get(id)
    if (!found) throw new CallFailure('not-found', '没有这件办件')
    return found
  }

  private file(id: string, later: boolean): CaseView {
    const draft = this.draftOf(id)
    const seen = this.assess(draft.intake)
    const found = seen.determination
    if (!found) throw new CallFailure('not-now', '还不能办理')
    const given = new Map(draft.intake.materials.map((m) => [m.id, m]))
    const matter = this.matterOf(draft.intake.matter)
    const noticed = found.outcome === 'one-time-notice' && !later
    const kinds = later ? (['material-receipt'] as const) : found.documents
    this.n += 1
    const number = `150785-01-3-20260302-${String(this.n).padStart(4, '0')}-7`
    const state: CaseState = found.stopped
      ? found.stopped.stop.outcome
      : found.outcome === 'one-time-notice'
        ? noticed
          ? 'notice-given'
          : 'received'
        : found.outcome === 'accept-deferred'
          ? 'accepted-deferred'
          : 'accepted'
    const actor = { id: 'k1', name: '王敏' }
    const body: Case = {
      id: `c${this.n}`,
      number,
      state,
      matter: { code: matter.code, name: matter.name, department: this.department.name },
      guide: { release: 12, digest: 'x' },
      origin: 'o',
      filed_by: actor,
      filed_on: draft.intake.filed_on,
      applicant: draft.intake.applicant as Case['applicant'],
      agent: draft.intake.agent as Case['agent'],
      answers: draft.intake.answers,
      materials: seen.checklist.map((r) => ({
        material: r.material,
        check: (given.get(r.material.id)?.check as Check | undefined) ?? null,
        reason: given.get(r.material.id)?.reason ?? '',
      })),
      listed: found.listed,
      arrived: [],
      stopped: found.stopped,
      notify_by: found.notify_by,
      notice_on: noticed ? draft.intake.filed_on : null,
      accepted_on: found.accepted_on,
      deemed: false,
      due: found.due,
      documents: [],
      decision: null,
      practice: true,
      lamport: 1,
      conflicts: [],
      extended: false,
      clock_stopped_on: null,
    }
    const view: CaseView = {
      case: body,
      outcome: found.outcome,
      notice_items: body.materials
        .filter((m) => found.listed.includes(m.material.id))
        .map((m) => ({
          id: m.material.id,
          name: m.material.name,
          check: m.check ?? 'missing',
          reason: m.reason,
          standard: m.material.standard,
          arrived_on: null,
        })),
      scans: [],
      linked: [],
      papers: kinds.map((kind) => this.paper(kind, number)),
      timeline: [
        {
          at: '2026-03-02T09:12:00+08:00',
          title: '收件',
          detail: `收到材料 ${body.materials.length} 份`,
          actor: '王敏',
          from_hub: false,
          sent: false,
        },
      ],
      actions: [],
      upload: { state: 'waiting' },
      due_explained: seen.due_explained,
      holder: null,
      conflicts: [],
      services: [{ on: draft.intake.filed_on, occasion: 'filing', served_by: '王敏', answered: 'not' }],
    }
    this.act(view)
    this.cases.set(body.id, view)
    this.drafts.delete(id)
    this.sync.unsent_cases += 1
    this.sync.unsent_events += 3
    return view
  }

  /** What the program would tell of a paper whose code or file says so much of itself. */
  private verification(text: string): Verification {
    const genuine = text.includes('genuine')
    const practice = text.includes('practice')
    return {
      verdict: genuine ? 'genuine' : 'altered',
      practice,
      headline: genuine ? '属实：本大厅签发' : '已被改动，不可采信',
      reason: '签名与大厅登记的窗口设备相符',
      advice: ['请逐项对照'],
      signed: {
        case_number: '150785-ZX-7K2M-20260302-0001-K',
        title: '受理通知书',
        nth: 1,
        issued_on: TODAY,
        window: '根河市政务服务中心 ZX站 03号窗口',
        device: '7K2M',
        practice,
        proven: genuine,
      },
      archived: genuine ? { case: 'c1', number: '150785-ZX-7K2M-20260302-0001-K-SL01', same: true } : null,
      roster_as_of: TODAY,
    }
  }

  private paper(kind: DocumentKind, number: string): CaseView['papers'][number] {
    return {
      kind,
      title: t(`words.document.${kind}`),
      number: `${number}/${kind}`,
      formal: null,
      issued_at: '2026-03-02T09:12:00+08:00',
      printed: 0,
      outdated: false,
      archived: true,
      job: null,
      given: null,
    }
  }

  private paperOf(number: string): [CaseView, CaseView['papers'][number]] {
    for (const view of this.cases.values()) {
      const paper = view.papers.find((p) => p.number === number)
      if (paper) return [view, paper]
    }
    throw new CallFailure('not-found', '没有这份文书')
  }

  /** What becomes of a print job. */
  becomes(id: string, state: PrintState, said = ''): PrintJobView {
    const job = this.jobs.find((j) => j.id === id)
    if (!job) throw new CallFailure('not-found', '没有这个打印任务')
    Object.assign(job, { state, said })
    const [, paper] = this.paperOf(job.number)
    if (state === 'printed') paper.printed += 1
    return job
  }

  private act(view: CaseView): void {
    const waiting = view.notice_items.some((i) => !i.arrived_on)
    const state = view.case.state
    const when = (open: boolean, why: string): string | null => (open ? null : why)
    view.actions = [
      { action: 'give-notice', obstacle: when(state === 'received', '已经告知过') },
      {
        action: 'supplement',
        obstacle: when(['notice-given', 'supplemented'].includes(state) && waiting, '没有待补材料'),
      },
      { action: 'accept', obstacle: when(state === 'supplemented' && !waiting, '材料还没有补齐') },
      { action: 'hand-over', obstacle: when(state === 'decided', '还没有办结') },
      { action: 'correct', obstacle: null },
      { action: 'withdraw', obstacle: when(state !== 'withdrawn', '已经撤回') },
    ]
  }

  private step(id: string, change: (view: CaseView) => void): CaseView {
    const view = this.caseOf(id)
    change(view)
    this.act(view)
    return view
  }

  caseRow(view: CaseView): CaseRow {
    return {
      id: view.case.id,
      number: view.case.number,
      state: view.case.state,
      matter_name: view.case.matter.name,
      applicant: view.case.applicant.name,
      filed_on: view.case.filed_on,
      due: view.case.due?.on ?? null,
      due_estimated: false,
      notify_by: view.case.state === 'received' ? (view.case.notify_by?.on ?? null) : null,
      news: this.news.get(view.case.id) ?? null,
      deliver_by: view.case.state === 'decided' ? '2026-03-16' : null,
      light: view.case.state === 'received' ? 'orange' : null,
      conflict: false,
      elsewhere: view.holder !== null,
      upload: view.upload,
    }
  }

  private readonly handlers: Handlers = {
    status: () => this.status,
    unlock: () => ({ ...this.status, wants_passphrase: false }),
    first_account: ({ name }) => {
      const clerk: ClerkView = { id: 'k1', name, roles: ['lead', 'administrator', 'trainer'] }
      this.status = { ...this.status, phase: 'signed-in', clerk, clerks: [clerk] }
      return this.status
    },
    ...this.accounts.handlers,
    sign_in: ({ clerk, new_pin }) => {
      this.accounts.signIn(clerk, new_pin)
      const found = this.status.clerks.find((c) => c.id === clerk) ?? null
      this.status = { ...this.status, phase: 'signed-in', clerk: found }
      return this.status
    },
    sign_out: () => {
      this.status = { ...this.status, phase: 'signed-out', clerk: null }
      return this.status
    },
    enrol: ({ hub }) => {
      this.sync = { ...this.sync, enrolled: true, hub }
      return this.status
    },
    search: ({ text, limit }) =>
      this.matters
        .filter((m) => m.name.includes(text) || m.code.includes(text))
        .slice(0, limit)
        .map<MatterHit>((m) => {
          const start = [...m.name].join('').indexOf(text)
          return {
            ...this.hit(m),
            highlights: text && start >= 0 ? [{ start, end: start + [...text].length }] : [],
          }
        }),
    browse: () => ({
      departments: [{ code: this.department.code, name: this.department.name, matters: this.matters.length }],
      bundles: this.bundles.map((b) => ({ id: b.id, name: b.name, note: '', matters: b.matters.length })),
      life_events: this.lifeEvents.map((e) => ({ id: e.id, name: e.name, note: '', matters: e.matters.length })),
      starred: this.starred.size,
    }),
    shelf: ({ shelf }) => {
      const codes =
        shelf === 'starred'
          ? [...this.starred]
          : 'life-event' in shelf
            ? (this.lifeEvents.find((e) => e.id === shelf['life-event'])?.matters ?? [])
            : 'bundle' in shelf
            ? (this.bundles.find((b) => b.id === shelf.bundle)?.matters ?? [])
            : this.matters.map((m) => m.code)
      return codes.map((code) => this.hit(this.matterOf(code)))
    },
    star: ({ code, starred }) => {
      if (starred) this.starred.add(code)
      else this.starred.delete(code)
      return {}
    },
    matter: ({ code }) => this.matterView(code),
    enquire: ({ code, answers }) => this.enquire(code, answers),
    guide_sheet: ({ code }) => ({ name: `${code}.pdf`, base64: this.paperBase64 }),
    save_guide_sheet: ({ code }) => ({ path: `/home/clerk/${code}.pdf` }),
    print_guide_sheet: ({ printer }) => ({ words: `已送打印机“${printer ?? '默认'}”` }),
    form: ({ id }) => ({ name: `${id}.docx`, media_type: 'application/msword', base64: this.paperBase64 }),
    form_paper: ({ id }) => ({ name: `${id}.pdf`, base64: this.paperBase64 }),
    save_form: ({ id }) => ({ path: `/home/clerk/${id}` }),
    print_form: ({ id, printer }) => ({ words: `${id}已送打印机“${printer ?? '默认'}”` }),
    workbench: () => {
      const rows = [...this.cases.values()].map((c) => this.caseRow(c))
      const at = (...states: CaseState[]): CaseRow[] => rows.filter((r) => states.includes(r.state))
      return {
        drafts: [...this.drafts.values()].map((d) => ({
          id: d.id,
          matter_name: this.matterOf(d.intake.matter).name,
          applicant: d.intake.applicant.name,
          updated_at: '2026-03-02T09:00:00+08:00',
        })),
        news: [...this.cases.values()].filter((v) => this.news.has(v.case.id)).map((v) => this.caseRow(v)),
        notice_due: at('received'),
        supplement_waiting: at('notice-given'),
        ready_to_accept: at('supplemented'),
        under_way: at('accepted', 'accepted-deferred', 'deemed-accepted', 'in-review'),
        decided: at('decided'),
        attention: rows.filter((r) => r.upload.state === 'rejected' || r.conflict),
        ledgers: this.ledger.counts(),
        filed_today: rows.length,
      }
    },
    guide_review: () => this.findings,
    guide_renewal: () => this.renewal,
    start_draft: ({ code, answers }) => this.begin(code, answers ?? {}),
    start_bundle: ({ id }) => {
      const bundle = this.bundles.find((b) => b.id === id)
      const lead = bundle?.matters[0]
      if (!bundle || !lead) throw new CallFailure('not-found', '没有这个“一件事”')
      return this.begin(lead, {}, { id, taken: bundle.matters })
    },
    open_draft: ({ id }) => this.draftView(this.draftOf(id)),
    save_draft: ({ draft, over }) => {
      const there = JSON.stringify(this.draftOf(draft.id))
      if (over !== undefined && over !== there) throw new CallFailure('draft-overtaken', '这份登记刚在另一个页面改过，两边内容不一样')
      this.drafts.set(draft.id, draft)
      return this.draftView(draft)
    },
    discard_draft: ({ id }) => {
      this.drafts.delete(id)
      return {}
    },
    file_case: ({ id, notice_later }) => this.file(id, notice_later),
    left_open: () => ({ drafts: this.drafts.size, notices: 0, acceptable: 0, results: 0, attention: 0, ledger: 0 }),
    hand_over_shift: ({ note }) => {
      this.shift = {
        id: 's1',
        clerk: this.status.clerk?.name ?? '',
        at: '2026-03-02T12:00:00+08:00',
        note,
        left_open: { drafts: this.drafts.size, notices: 0, acceptable: 0, results: 0, attention: 0, ledger: 0 },
        own: false,
      }
      this.status = { ...this.status, phase: 'signed-out', clerk: null }
      return this.status
    },
    waiting_shift: () => this.shift,
    take_shift: () => {
      this.shift = null
      return {}
    },
    known_parties: ({ text }) =>
      this.parties.filter((p) => p.party.name.startsWith(text) || p.party.id_number.startsWith(text)),
    card_reader: () => ({ program: this.cardReader }),
    set_card_reader: ({ program }) => {
      this.cardReader = program || null
      return { program: this.cardReader }
    },
    read_card: () => ({ name: '额尔敦巴图', id_type: 'resident-id', id_number: '15078519080609008X', address: '' }),
    read_card_text: ({ text }) => {
      const [name = ''] = text.split('\t')
      const number = /\d{17}[\dX]/.exec(text)?.[0] ?? ''
      return { name: name === number ? '' : name, id_type: 'resident-id', id_number: number, address: '' }
    },
    file_bundle: ({ id, notice_later }) => this.file(id, notice_later),
    cases: (filter) => {
      const rows = [...this.cases.values()]
        .map((c) => this.caseRow(c))
        .filter((r) => `${r.number}${r.applicant}${r.matter_name}`.includes(filter.text))
        .filter((r) => !filter.states.length || filter.states.includes(r.state))
        .filter((r) => !filter.unsent || r.upload.state !== 'sent')
      return { total: rows.length, rows: rows.slice(filter.offset, filter.offset + filter.limit) }
    },
    case: ({ id }) => this.caseOf(id),
    seen_case: ({ id }) => {
      this.news.delete(id)
      return {}
    },
    give_notice: ({ id, on }) =>
      this.step(id, (view) => {
        view.case.state = 'notice-given'
        view.case.notice_on = on ?? TODAY
        view.papers.push(this.paper('one-time-notice', view.case.number))
      }),
    supplement: ({ id, on, ids }) =>
      this.step(id, (view) => {
        view.case.state = 'supplemented'
        for (const item of view.notice_items) {
          if (ids.includes(item.id)) item.arrived_on = on ?? TODAY
        }
      }),
    accept: ({ id, on }) =>
      this.step(id, (view) => {
        view.case.state = 'accepted'
        view.case.accepted_on = on ?? TODAY
        view.papers.push(this.paper('acceptance', view.case.number))
      }),
    correct_parties: ({ id, input }) =>
      this.step(id, (view) => {
        Object.assign(view.case.applicant, input.applicant)
        for (const paper of view.papers) paper.outdated = true
        view.papers.push(this.paper('material-receipt', view.case.number))
      }),
    withdraw: ({ id }) => this.step(id, (view) => (view.case.state = 'withdrawn')),
    wanted_cases: () => this.wanted,
    take_over: ({ number, reason }) => {
      this.wanted = [
        { number, reason, actor: '王敏', asked_at: '2026-03-02T09:12:00+08:00', refused: null },
        ...this.wanted,
      ]
      return this.wanted
    },
    forget_wanted: ({ number }) => {
      this.wanted = this.wanted.filter((one) => one.number !== number)
      return this.wanted
    },
    station_windows: () => this.windows,
    hand_on: ({ id, device }) =>
      this.step(id, (view) => {
        view.holder = this.windows.find((one) => one.device === device)?.window ?? null
      }),
    settle_conflict: ({ id, of, adopted, reason }) =>
      this.step(id, (view) => {
        const conflict = view.conflicts.find((one) => one.origin === of.origin && one.seq === of.seq)
        if (conflict) conflict.settled = { adopted, by: '王敏', reason }
      }),
    offered_papers: () => this.offered,
    issue_paper: ({ id, request }) =>
      this.step(id, (view) => void view.papers.push(this.paper(request.kind, view.case.number))),
    offered_handover: () => this.counter.offered,
    hand_over: ({ id, input, on, signature }) =>
      this.step(id, (view) => {
        this.counter.handOver(id, input, on ?? TODAY, signature)
        view.papers.push(this.paper('result-slip', view.case.number))
      }),
    ask_signature: ({ id, input, on, screen }) => this.counter.askSignature(id, input, on ?? TODAY, screen),
    signing: () => this.counter.signingView(),
    stop_signing: () => this.counter.stopSigning(),
    sign: ({ token, strokes }) => this.counter.sign(token, strokes),
    leave_signing: ({ token }) => this.counter.leaveSigning(token),
    open_applicant_screen: () => ({ url: this.counter.url }),
    evaluation_screen: () => this.counter.screen(),
    invite_evaluation: ({ id, service }) => this.counter.invite(id, service),
    stop_evaluation: () => this.counter.stop(),
    enter_evaluation: ({ id, service, evaluation }) => this.counter.note(id, service, evaluation),
    applicant_screen: () => this.counter.applicant(),
    answer_evaluation: ({ token, evaluation }) => this.counter.answer(token, evaluation),
    resume_clock: ({ id }) => this.step(id, (view) => (view.case.state = 'in-review')),
    paper: ({ number }) => ({ name: `${number}.pdf`, base64: this.paperBase64 }),
    save_paper: ({ number }) => ({ path: `/home/clerk/${number}.pdf` }),
    scans: ({ owner }) => this.scansOf(owner),
    remove_scan: ({ owner, hash, reason }) => {
      if (owner.kind === 'case' && !reason) throw new CallFailure('not-allowed', '请填写移除的原因')
      this.scans.set(owner.id, this.scansOf(owner).filter((s) => s.hash !== hash))
      return this.scansOf(owner)
    },
    verify_code: ({ text }) => this.verification(text),
    verify_file: ({ base64 }) => this.verification(atob(base64)),
    printers: () => [
      { name: 'HP-LaserJet', default: true, trouble: '', trays: ['tray-1', 'tray-2'], both_sides: true },
    ],
    print_paper: ({ number, printer, reason }) => {
      const [view, paper] = this.paperOf(number)
      if (paper.job && ['queued', 'sent', 'unknown'].includes(paper.job.state)) {
        throw new CallFailure('print-unsettled', '上一次打印还没有结果')
      }
      if (paper.printed && !reason) throw new CallFailure('reprint-needs-reason', '请写明补打原因')
      const job: PrintJobView = {
        id: `j${this.jobs.length + 1}`,
        number,
        title: paper.title,
        case: view.case.id,
        applicant: view.case.applicant.name,
        state: 'sent',
        said: '',
        printer: printer ?? 'HP-LaserJet',
        job: '1',
        clerk: '王敏',
        queued_at: '2026-03-02T09:13:00+08:00',
        reason: reason ? ('text' in reason ? reason.text : reason.kind) : null,
      }
      this.jobs.unshift(job)
      paper.job = job
      return view
    },
    give_paper: ({ number, way }) => {
      const [view, paper] = this.paperOf(number)
      paper.given = way
      this.dayItems = this.dayItems.filter((item) => item.number !== number)
      return view
    },
    print_jobs: ({ states }) => this.jobs.filter((job) => !states.length || states.includes(job.state)),
    follow_prints: () => this.jobs.filter((job) => ['queued', 'sent', 'unknown'].includes(job.state)),
    settle_print: ({ id, out }) => {
      this.dayItems = this.dayItems.filter((item) => item.job !== id)
      return this.becomes(id, out ? 'printed' : 'failed')
    },
    cancel_print: ({ id }) => this.becomes(id, 'failed', '任务已取消'),
    print_rules: () => this.rules,
    ledger: (request) => this.ledger.page(request),
    ledger_entry: ({ id }) => this.ledger.entry(id),
    register_ledger: (request) => this.ledger.register(request),
    step_ledger: (request) => this.ledger.step(request),
    correct_ledger: (request) => this.ledger.correct(request),
    figures: () => this.figures,
    figure_cases: () => [...this.cases.values()].map((view) => this.caseRow(view)),
    export_figures: () => ({ name: '统计_20260301-20260302.xlsx', media_type: 'application/x', base64: '' }),
    save_figures: () => ({ path: '/文书/统计_20260301-20260302.xlsx' }),
    ledger_limits: () => this.ledger.limits,
    set_ledger_limits: (limits) => (this.ledger.limits = limits),
    export_ledger: ({ kind }) => ({ name: `${kind}.xlsx`, media_type: 'application/zip', base64: 'UEs=' }),
    save_ledger: ({ kind }) => ({ path: `/home/clerk/${kind}.xlsx` }),
    templates: () => this.templates.view(),
    template_vocabulary: () => this.templates.vocabulary,
    template_editions: () => this.templates.editions,
    check_templates: ({ text }) => this.templates.check(text),
    preview_template: ({ kind }) => ({ name: `${kind}.pdf`, base64: this.paperBase64 }),
    install_templates: ({ text, note, base }) => this.templates.install(JSON.parse(text), note, base),
    restore_templates: ({ note, base }) => this.templates.install(null, note, base),
    reuse_templates: ({ edition, note, base }) => this.templates.reuse(edition, note, base),
    set_print_rule: (rule) => {
      this.rules = this.rules.map((one) => (one.kind === rule.kind ? rule : one))
      return this.rules
    },
    day_end: ({ day }) => ({
      day: day ?? TODAY,
      papers: 2,
      printed: 1,
      given: 0,
      items: this.dayItems,
    }),
    sync_status: () => this.sync,
    sync_now: () => {
      this.sync = { ...this.sync, unsent_cases: 0, unsent_events: 0, last_sync: '2026-03-02T02:00:00Z' }
      return this.sync
    },
    confirm_away: ({ lead, days, reason }) => {
      const who = this.status.clerks.find((one) => one.id === lead)
      const word = {
        lead: { id: lead, name: who?.name ?? '' },
        at: '2026-03-02T02:00:00Z',
        days,
        reason,
        exchanged: null,
      }
      const { away } = this.sync
      const confirmed = { ...away, level: 'warn' as const, confirmed_until: '2026-03-09T02:00:00Z' }
      this.sync = { ...this.sync, away: { ...confirmed, confirmations: [word, ...away.confirmations] } }
      return this.sync
    },
    ferry_places: () => structuredClone(this.ferryPlaces),
    save_ferry_file: ({ folder, scans }) => ({
      name: 'ZX-03-1.ferry',
      events: this.sync.unsent_events,
      path: `${folder ?? '/home/clerk/一窗文书'}/ZX-03-1.ferry`,
      size: 1000,
      scans: scans ? this.sync.scans_waiting : 0,
      scan_bytes: scans ? this.sync.scan_bytes_waiting : 0,
      scans_left: scans ? 0 : this.sync.scans_waiting,
      scans_unreadable: 0,
    }),
    take_ferry_answer: () => this.takeFerryAnswer(),
    ferry_progress: () => this.ferryProgress,
    stop_ferry: () => ({}),
    ...this.training.handlers,
    demonstration: () => (this.scenario ? { scenario: this.scenario } : null),
    demonstration_end: (end) => {
      this.ended = end
      return {}
    },
  }
}
