import type {
  AttemptResult,
  AttemptView,
  CardReport,
  CardRow,
  CommandName,
  Draft,
  DraftView,
  Reply,
  Request,
  RoleCard,
  RoleView,
  Status,
  TrainingBoard,
  WordView,
} from '@/api'
import { CallFailure } from '@/api'

type Commands =
  | 'enter_training' | 'leave_training' | 'reset_training' | 'role_cards' | 'start_training' | 'current_attempt'
  | 'say_word' | 'drop_training' | 'finish_training' | 'training_result' | 'training_board' | 'export_training'
  | 'save_training' | 'edited_card' | 'new_card' | 'check_card' | 'save_card' | 'remove_card'
type Handlers = { [C in Extract<CommandName, Commands>]: (request: Request<C>) => Reply<C> }

const facts = {
  holder: '王䶮', number: '150785190105180023', issuer: '公安局', issued: -40, valid: -65, sealed: false, signed: true,
  copy: false, legible: true, pages: 1, of_pages: 1, lines: [],
}

export const role: RoleView = {
  title: '头一回来',
  level: 'usual',
  matter_name: '食品经营许可',
  minutes: 6,
  persona: '着急',
  story: '我来办许可',
  replies: [{ asked: '卖什么？', says: '散装的' }],
  documents: [
    { title: '申请书', picture: 'form', how: 'paper', facts: { ...facts, signed: false, valid: null }, issued_on: '2026-02-20', valid_until: null },
    { title: '身份证', picture: 'id-card', how: 'paper', facts, issued_on: '2015-01-01', valid_until: '2025-12-27' },
  ],
}

const words: WordView[] = [
  { word: 'greeting', title: '问候', sample: '您好', source: '规范', said: false },
  { word: 'farewell', title: '送别', sample: '请慢走', source: '规范', said: false },
]

export const card: RoleCard = {
  id: 'c1',
  title: '头一回来',
  level: 'usual',
  matter: '1001',
  persona: '',
  story: '我来办许可',
  minutes: 6,
  applicant: { kind: 'person', name: '王䶮', id_type: 'resident-id', id_number: '150785190105180023', phone: null },
  agent: null,
  replies: [{ question: 'q1', choice: 'a', says: '散装的' }],
  documents: [{ material: 'm2', picture: 'id-card', title: '身份证', how: 'paper', facts, defect: { kind: 'expired', words: '过期', on_the_spot: false } }],
  absent: ['m3'],
}

/** A stand-in for training, with one card and a score that is told beforehand. */
export class FakeTraining {
  cards: CardRow[] = [
    { id: 'c1', title: '头一回来', level: 'usual', matter_name: '食品经营许可', minutes: 6, origin: 'shipped', finished: 0, best: null },
    { id: 'c2', title: '替人来办', level: 'hard', matter_name: '身份证换领', minutes: 8, origin: 'made', finished: 2, best: 86 },
  ]
  open: AttemptView | null = null
  report: CardReport = { matter_name: '食品经营许可', findings: [], questions: [], materials: [], outcome: 'one-time-notice' }
  board: TrainingBoard = { everybody: true, trainees: [], attempts: [], attempts_total: 0 }
  result: AttemptResult = {
    id: 'a1',
    title: role.title,
    card: 'c1',
    level: 'usual',
    matter_name: role.matter_name,
    trainee: '王敏',
    at: '2026-03-02T02:00:00Z',
    case: 'x1',
    words,
    score: {
      points: 88,
      outcome: 'accept',
      right: 'one-time-notice',
      findings: [
        { kind: 'missed-defect', of: '身份证', given: '齐全', right: '不符', why: '过期了', source: '受理标准', cost: 12 },
      ],
      steps: [{ step: 'materials', seconds: 125, hint: 144 }],
      seconds: 125,
      owed: ['greeting'],
      said: [],
    },
  }

  constructor(
    private readonly desk: {
      status: () => Status
      take: (status: Status) => void
      draft: (code: string) => DraftView
      drafts: Map<string, Draft>
    },
  ) {}

  private go(training: boolean, signedIn: boolean): Status {
    const clerk = signedIn ? this.desk.status().clerk : null
    const phase = signedIn ? ('signed-in' as const) : ('signed-out' as const)
    this.desk.take({ ...this.desk.status(), training, clerk, phase })
    return this.desk.status()
  }

  private current(): AttemptView | null {
    if (!this.open) return null
    // The draft is gone once it is filed, and a case came of it.
    const there = this.open.draft !== null && this.desk.drafts.has(this.open.draft)
    return there ? this.open : { ...this.open, draft: null, case: 'x1' }
  }

  private start(): DraftView {
    if (this.open) throw new CallFailure('not-now', '还有一次训练没有结束')
    const view = this.desk.draft('1001')
    const at = new Date().toISOString()
    this.open = { id: 'a1', started_at: at, draft: view.draft.id, case: null, role, words: structuredClone(words) }
    return view
  }

  readonly handlers: Handlers = {
    enter_training: () => this.go(true, true),
    leave_training: () => this.go(false, false),
    reset_training: () => {
      this.open = null
      return this.go(true, true)
    },
    role_cards: ({ text }) => ({ rows: this.cards.filter((one) => one.title.includes(text)), open: this.current() }),
    start_training: () => this.start(),
    current_attempt: () => this.current(),
    say_word: ({ word, said }) => {
      const here = this.current()
      if (!here) throw new CallFailure('not-found', '没有这次训练')
      for (const one of here.words) if (one.word === word) one.said = said
      return here
    },
    drop_training: () => {
      this.desk.drafts.delete(this.open?.draft ?? '')
      this.open = null
      return {}
    },
    finish_training: () => {
      this.open = null
      return this.result
    },
    training_result: () => this.result,
    training_board: () => this.board,
    export_training: () => ({ name: '训练.xlsx', media_type: 'x', base64: '' }),
    save_training: () => ({ path: '/训练.xlsx' }),
    edited_card: () => card,
    new_card: () => card,
    check_card: () => this.report,
    save_card: (request) => ({ ...request, id: '0'.repeat(36) }),
    remove_card: () => ({}),
  }
}
