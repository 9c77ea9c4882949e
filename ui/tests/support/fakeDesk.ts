import type {
  AddScan,
  Assessment,
  CaseRow,
  CaseView,
  ClerkView,
  CommandName,
  Department,
  Door,
  Draft,
  FerryPlace,
  FerryProgress,
  FiguresView,
  Finding,
  FormView,
  Intake,
  KnownPartyView,
  DayEndItem,
  OpenDay,
  Matter,
  NotInForce,
  OfferedPapers,
  PrintJobView,
  PrintRuleView,
  PrintState,
  Renewal,
  ShiftView,
  ScanView,
  Reply,
  Request,
  StationWindow,
  Status,
  SyncStatus,
  UploadName,
  Uploads,
  WantedView,
} from '@/api'
import { CallFailure } from '@/api'
import { standingHeader } from '@/api/standing'

import { FakeAccounts } from './fakeAccounts'
import { caseHandlers, caseRow } from './fakeCases'
import { FakeCounter } from './fakeCounter'
import { figuresOf } from './fakeFigures'
import { addScan, intakeHandlers } from './fakeIntake'
import { FakeLedger } from './fakeLedger'
import { matterHandlers } from './fakeMatters'
import { becomes, printHandlers } from './fakePrints'
import { assess } from './fakeRules'
import { FakeTemplates } from './fakeTemplates'
import { FakeTraining } from './fakeTraining'
import { takeFerryAnswer, upstreamHandlers } from './fakeUpstream'

/** What every page may ask, whomever it shows. */
const ANYBODYS: readonly string[] = [
  'status', 'unlock', 'first_account', 'sign_in', 'sign_out', 'enter_training', 'leave_training', 'save_draft',
]
export const TODAY = '2026-03-02'
export type Handlers = { [C in CommandName]: (request: Request<C>) => Reply<C> }

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
  /** Cases of other windows that were asked for. */
  wanted: WantedView[] = []
  /** The other windows of the station. */
  windows: StationWindow[] = [{ device: '9QW4', window: '07' }]
  /** What a case can get on request. */
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
  openDays: OpenDay[] = []
  /** How many cases there are behind a figure, if more than are listed. */
  behindFigure = 0
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
  /** Those of earlier filings. */
  parties: KnownPartyView[] = []
  cardReader: string | null = null
  shift: ShiftView | null = null
  /** Where ferry files can go. */
  ferryPlaces: FerryPlace[] = []
  ferryProgress: FerryProgress | null = null
  private readonly refusals = new Map<CommandName, CallFailure[]>()
  private gate: Promise<void> = Promise.resolve()
  private readonly gates = new Map<CommandName, Promise<void>>()
  /** How many drafts and cases were made; their ids come of it. */
  n = 0

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
      away: { level: 'fine', words: '', clock: '', days: null, confirmed_until: null, policy: null, confirmations: [] },
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

  /** As the loopback door: no page asks for a clerk that it does not show. */
  private forWhomItShows(command: CommandName | UploadName): void {
    const { clerk, training } = this.status
    const shown = standingHeader()['X-Clerk']
    const now = clerk && `${training ? 'training' : 'records'}/${clerk.id}`
    if (!shown || !now || shown === now || ANYBODYS.includes(command)) return
    throw new CallFailure('another-clerk', `现在由${clerk.name}登录`)
  }

  async call<C extends CommandName>(command: C, request: Request<C>): Promise<Reply<C>> {
    this.forWhomItShows(command)
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
    this.forWhomItShows(command)
    this.uploads.push({ command, request, bytes: file.size })
    const answer = command === 'ferry_answer' ? takeFerryAnswer(this) : addScan(this, request as AddScan, file)
    return answer as Uploads[C][1]
  }

  async download(): Promise<ArrayBuffer> {
    return new Uint8Array([0xff, 0xd8, 0xff]).buffer
  }

  matterOf(code: string): Matter {
    const found = this.matters.find((m) => m.code === code)
    if (!found) throw new CallFailure('unknown-matter', `没有“${code}”`, { field: 'matter' })
    return found
  }

  caseOf(id: string): CaseView {
    const found = this.cases.get(id)
    if (!found) throw new CallFailure('not-found', '没有这件办件')
    return found
  }

  /** What the rules make of what was typed. */
  assess(intake: Intake): Assessment {
    const matter = this.matterOf(intake.matter)
    return assess(matter, intake, this.notInForce.has(matter.code), this.department.phone)
  }

  caseRow(view: CaseView): CaseRow {
    return caseRow(this, view)
  }

  /** What becomes of a print job. */
  becomes(id: string, state: PrintState, said = ''): PrintJobView {
    return becomes(this, id, state, said)
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
    guide_review: () => this.findings,
    guide_renewal: () => this.renewal,
    left_open: () => ({ drafts: this.drafts.size, notices: 0, acceptable: 0, results: 0, attention: 0, ledger: 0, papers: 0, earlier_papers: 0 }),
    hand_over_shift: ({ note }) => {
      this.shift = {
        id: 's1',
        clerk: this.status.clerk?.name ?? '',
        at: '2026-03-02T12:00:00+08:00',
        note,
        left_open: { drafts: this.drafts.size, notices: 0, acceptable: 0, results: 0, attention: 0, ledger: 0, papers: 0, earlier_papers: 0 },
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
    ledger: (request) => this.ledger.page(request),
    ledger_entry: ({ id }) => this.ledger.entry(id),
    register_ledger: (request) => this.ledger.register(request),
    step_ledger: (request) => this.ledger.step(request),
    correct_ledger: (request) => this.ledger.correct(request),
    figures: () => this.figures,
    figure_cases: () => ({
      total: Math.max(this.behindFigure, this.cases.size),
      rows: [...this.cases.values()].map((view) => this.caseRow(view)),
    }),
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
    ...this.training.handlers,
    demonstration: () => (this.scenario ? { scenario: this.scenario } : null),
    demonstration_end: (end) => {
      this.ended = end
      return {}
    },
    ...matterHandlers(this),
    ...intakeHandlers(this),
    ...caseHandlers(this),
    ...printHandlers(this),
    ...upstreamHandlers(this),
  }
}
