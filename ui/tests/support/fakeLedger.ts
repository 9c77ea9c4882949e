import type {
  ClerkView,
  CorrectLedger,
  LedgerCountView,
  LedgerEntry,
  LedgerEntryView,
  LedgerFilter,
  LedgerInput,
  LedgerKind,
  LedgerLimitSet,
  LedgerOutcome,
  LedgerPage,
  LedgerStep,
  RegisterLedger,
  StepKind,
  StepLedger,
} from '@/api'
import { CallFailure } from '@/api'

const TODAY = '2026-03-02'
const CONTACT = '2026-03-03'
const SETTLE = '2026-03-09'
const KINDS: LedgerKind[] = ['consultation', 'obstruction', 'complaint', 'assistance']
const STEPS: StepKind[] = ['close', 'note', 'refer', 'extend', 'correct', 'reopen', 'void']
const OUTCOMES: Record<LedgerKind, LedgerOutcome[]> = {
  consultation: ['answered', 'redirected'],
  obstruction: ['solved', 'explained', 'redirected', 'taken-back'],
  complaint: ['upheld', 'partly-upheld', 'not-upheld', 'unverifiable', 'taken-back'],
  assistance: ['solved', 'explained', 'redirected', 'taken-back'],
}

function day(on: string, value: number) {
  const limit = { value, unit: 'workdays' as const }
  return { from: TODAY, limit, on, estimated: false, skipped_holidays: [], make_up_days: [] }
}

const hands = (entry: LedgerEntry): string => entry.referred_to ?? entry.facts.about

/** A stand-in for the ledgers, with rules just real enough for the screen. */
export class FakeLedger {
  readonly entries = new Map<string, { entry: LedgerEntry; history: LedgerEntryView['history'] }>()
  limits: LedgerLimitSet = {
    consultation: { contact: null, settle: 1, extended: null },
    obstruction: { contact: 1, settle: 5, extended: 15 },
    complaint: { contact: 1, settle: 5, extended: 15 },
    assistance: { contact: 1, settle: 20, extended: 60 },
  }
  /** Who complains is not shown. */
  hidden = false
  /** The window joined a hub, so that the station shares its list. */
  joined = false
  /** What another window registered, and what of it came into the clerk's hands. */
  readonly others = new Map<string, { window: string; arrived: boolean }>()

  constructor(
    private readonly clerk: () => ClerkView | null,
    private readonly nameOf: (code: string) => string,
  ) {}

  private shares(kind: LedgerKind): boolean {
    return this.joined && kind === 'assistance'
  }

  private facts(kind: LedgerKind, input: LedgerInput): LedgerEntry['facts'] {
    const missing = (field: string): never => {
      throw new CallFailure('empty-text', `请填写${field}`, { field })
    }
    if (!input.content.trim()) missing('content')
    if (kind === 'complaint' && !input.about.trim()) missing('about')
    return {
      channel: input.channel,
      on: input.on ?? TODAY,
      person: input.person,
      contact: input.contact,
      content: input.content,
      about: input.about,
      matter: input.matter ? { code: input.matter, name: this.nameOf(input.matter) } : null,
      case: input.case_number ? { id: 'c1', number: input.case_number } : null,
    }
  }

  private pressing(entry: LedgerEntry): string | null {
    if (entry.state === 'closed' || entry.state === 'void') return null
    return entry.contacted_on || entry.kind === 'consultation' ? SETTLE : CONTACT
  }

  private obstacle(entry: LedgerEntry, step: StepKind): string | null {
    const open = entry.state === 'open' || entry.state === 'referred'
    if (step === 'reopen') return open ? '还没有办结' : null
    if (step === 'correct') return null
    if (step === 'extend' && !this.clerk()?.roles.includes('lead')) return '延长期限由组长决定，请组长登录后办理'
    return open ? null : '已经办结'
  }

  register({ kind, input, settled }: RegisterLedger): LedgerEntryView {
    const facts = this.facts(kind, input)
    const id = `l${this.entries.size + 1}`
    const by = this.clerk() ?? { id: '', name: '' }
    const actor = { id: by.id, name: by.name }
    const limits = this.limits[kind]
    const entry: LedgerEntry = {
      number: `YS-${id}`,
      kind,
      state: 'open',
      revision: 1,
      facts,
      limits,
      due: { contact: limits.contact ? day(CONTACT, 1) : null, settle: day(SETTLE, limits.settle) },
      extended: false,
      contacted_on: null,
      missed: 0,
      referred_to: null,
      resolution: null,
      registered_by: actor,
      registered_at: `${TODAY}T01:00:00Z`,
      practice: true,
    }
    this.entries.set(id, { entry, history: [] })
    this.note(id, '登记', '')
    if (settled) this.step({ id, revision: 1, step: settled })
    return this.entry(id)
  }

  private note(id: string, title: string, detail: string): void {
    const kept = this.kept(id)
    kept.history.push({ at: `${TODAY}T01:00:00Z`, title, detail, actor: this.clerk()?.name ?? '', window: null, aside: false, unsent: false, refused: null })
  }

  private kept(id: string) {
    const kept = this.entries.get(id)
    if (!kept) throw new CallFailure('not-found', '找不到这条登记', {})
    return kept
  }

  private seen(id: string, revision: number): LedgerEntry {
    const { entry } = this.kept(id)
    if (entry.revision !== revision) throw new CallFailure('stale', '刚刚有人动过', {})
    entry.revision += 1
    return entry
  }

  step({ id, revision, step }: StepLedger): LedgerEntryView {
    const entry = this.seen(id, revision)
    this.apply(entry, step)
    this.note(id, step.step, JSON.stringify(step))
    return this.entry(id)
  }

  private apply(entry: LedgerEntry, step: LedgerStep): void {
    if (step.step === 'note' && step.note === 'reached') entry.contacted_on = TODAY
    if (step.step === 'refer') Object.assign(entry, { state: 'referred', referred_to: step.to })
    if (step.step === 'reopen') Object.assign(entry, { state: 'open', resolution: null })
    if (step.step === 'void') entry.state = 'void'
    if (step.step !== 'close') return
    const { outcome, text, reply } = step
    entry.state = 'closed'
    entry.resolution = { outcome, text, reply, on: TODAY, by: entry.registered_by }
  }

  correct({ id, revision, input, reason }: CorrectLedger): LedgerEntryView {
    const { entry } = this.kept(id)
    const facts = this.facts(entry.kind, input)
    if (!reason.trim()) throw new CallFailure('empty-text', '请写明更正的原因', { field: 'reason' })
    this.seen(id, revision).facts = facts
    this.note(id, '更正', reason)
    return this.entry(id)
  }

  entry(id: string): LedgerEntryView {
    const other = this.others.get(id)
    if (other) other.arrived = false
    const { entry, history } = this.kept(id)
    const pressing = this.pressing(entry)
    const steps = STEPS.map((step) => ({ step, obstacle: this.obstacle(entry, step) }))
    const facts = this.hidden ? { ...entry.facts, person: '', contact: '' } : entry.facts
    return {
      id,
      entry: { ...entry, facts },
      person_hidden: this.hidden,
      pressing,
      light: pressing ? 'orange' : null,
      due_explained: '自2026年3月2日次日起算第5个工作日',
      on_time: entry.state === 'closed' ? true : null,
      history,
      steps,
      outcomes: OUTCOMES[entry.kind],
      shared: this.shares(entry.kind),
      window: this.others.get(id)?.window ?? null,
      case_here: entry.facts.case !== null,
    }
  }

  counts(): LedgerCountView[] {
    return KINDS.map((kind) => {
      const days = [...this.entries.values()]
        .filter(({ entry }) => entry.kind === kind)
        .flatMap(({ entry }) => this.pressing(entry) ?? [])
      const nearest = days.sort()[0] ?? null
      const light = nearest ? ('orange' as const) : null
      const arrived = kind === 'assistance' ? [...this.others.values()].filter((one) => one.arrived).length : 0
      return { kind, open: days.length, arrived, pressing: days.length, nearest, light }
    })
  }

  page({ kind, text, show }: LedgerFilter): LedgerPage {
    const rows = [...this.entries].flatMap(([id, { entry, history }]) => {
      const pressing = this.pressing(entry)
      const wanted = show === 'all' || (show === 'mine' && pressing !== null && hands(entry) === this.clerk()?.name) || (show === 'open' ? pressing !== null : show === entry.state)
      if (entry.kind !== kind || !wanted || !entry.facts.content.includes(text)) return []
      return [
        {
          id,
          number: entry.number,
          state: entry.state,
          on: entry.facts.on,
          channel: entry.facts.channel,
          person: this.hidden ? '' : entry.facts.person,
          person_hidden: this.hidden,
          content: entry.facts.content,
          about: entry.facts.about,
          matter: entry.facts.matter?.name ?? null,
          case: entry.facts.case,
          referred_to: entry.referred_to,
          pressing,
          contact_first: pressing === CONTACT,
          estimated: false,
          light: pressing ? ('orange' as const) : null,
          outcome: entry.resolution?.outcome ?? null,
          on_time: entry.state === 'closed' ? true : null,
          window: this.others.get(id)?.window ?? null,
          arrived: this.others.get(id)?.arrived ?? false,
          aside: history.filter((line) => line.aside).length,
        },
      ]
    })
    const helpers = [...new Set([...this.entries.values()].map(({ entry }) => hands(entry)))]
    return { total: rows.length, rows, counts: this.counts(), shared: this.shares(kind), helpers }
  }
}
