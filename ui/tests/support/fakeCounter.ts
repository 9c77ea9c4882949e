import type {
  ApplicantScreen,
  CaseView,
  EvaluationScreen,
  Evaluation,
  PenPoint,
  SigningRequest,
  SigningView,
  HandoverInput,
  OfferedHandover,
  ServiceView,
} from '@/api'
import { CallFailure } from '@/api'

/** A stand-in for what passes over the counter, with rules just real enough for the screens. */
export class FakeCounter {
  offered: OfferedHandover = {
    roles: ['applicant', 'other'],
    deliveries: ['window', 'post'],
    deliver_by: '2026-03-16',
    late: false,
    also: [],
  }
  /** Whether the applicant's screen is open. */
  open = true
  /** What opening it answers with. */
  url: string | null = null
  waiting: EvaluationScreen['waiting'] = null
  /** A signature that is asked for. */
  signing: SigningRequest | null = null
  private asked = 0
  /** What applicants said. */
  readonly said: { service: string; evaluation: Evaluation | null }[] = []

  constructor(private readonly caseOf: (id: string) => CaseView) {}

  screen(): EvaluationScreen {
    return { open: this.open, waiting: this.waiting }
  }

  invite(id: string, service: string): EvaluationScreen {
    this.service(id, service)
    this.waiting = { case: id, service }
    return this.screen()
  }

  stop(): EvaluationScreen {
    this.waiting = null
    return this.screen()
  }

  applicant(): ApplicantScreen {
    const place = { hall: '根河市政务服务中心', window: '03号窗口', practice: false }
    if (this.signing?.state === 'waiting' && this.signing.screen === 'applicant') {
      return { state: 'signing', ...place, request: this.signing }
    }
    if (!this.waiting) return { state: 'idle', ...place }
    const view = this.caseOf(this.waiting.case)
    return {
      state: 'asking',
      ...place,
      token: `${this.waiting.case} ${this.waiting.service}`,
      on: this.waiting.service,
      matter: view.case.matter.name,
      served_by: '王敏',
    }
  }

  answer(token: string, evaluation: Evaluation | null): ApplicantScreen {
    const asked = this.applicant()
    if (asked.state !== 'asking' || asked.token !== token || !this.waiting) {
      throw new CallFailure('not-now', '这次评价已经结束，谢谢')
    }
    const { case: id, service } = this.waiting
    this.note(id, service, evaluation)
    this.waiting = null
    return this.applicant()
  }

  note(id: string, service: string, evaluation: Evaluation | null): CaseView {
    this.service(id, service).answered = evaluation ? 'given' : 'declined'
    this.said.push({ service, evaluation })
    return this.caseOf(id)
  }

  askSignature(id: string, input: HandoverInput, on: string, screen: SigningRequest['screen']): SigningView {
    const view = this.caseOf(id)
    this.asked += 1
    this.signing = {
      token: `sign ${this.asked}`,
      case: id,
      screen,
      state: 'waiting',
      signer: input.role === 'other' ? (input.receiver?.name ?? '') : view.case.applicant.name,
      papers: ['result-slip', 'delivery-receipt'],
      matter: view.case.matter.name,
      result: '食品经营许可证',
      copies: input.copies,
      on,
      pad: { width: 1800, height: 600 },
      strokes: [],
    }
    return this.signingView()
  }

  signingView(): SigningView {
    return { open: this.open, request: this.signing }
  }

  stopSigning(): SigningView {
    this.signing = null
    return this.signingView()
  }

  sign(token: string, strokes: PenPoint[][]): Record<string, never> {
    const asked = this.awaited(token)
    if (strokes.flat().length < 3) throw new CallFailure('bad-signature', '还没有签名，或者签得太小', { field: 'strokes' })
    this.signing = { ...asked, state: 'signed', strokes }
    return {}
  }

  leaveSigning(token: string): Record<string, never> {
    this.signing = { ...this.awaited(token), state: 'left' }
    return {}
  }

  private awaited(token: string): SigningRequest {
    if (this.signing?.token !== token || this.signing.state !== 'waiting') {
      throw new CallFailure('not-now', '这次签名已经结束')
    }
    return this.signing
  }

  handOver(id: string, input: HandoverInput, on: string, signature?: string): CaseView {
    const view = this.caseOf(id)
    const { party } = { party: view.case.applicant }
    view.case.state = 'handed-over'
    view.case.delivered = {
      receiver: input.role === 'other' ? (input.receiver?.name ?? '') : party.name,
      on,
      ...(signature ? { signed: { signer: party.name, at: `${on}T02:00:00Z`, screen: 'applicant' as const } } : {}),
      facts: {
        delivery: input.delivery,
        role: input.role,
        receiver: party,
        copies: input.copies,
        ...(input.postal_number ? { postal_number: input.postal_number } : {}),
      },
    }
    return view
  }

  private service(id: string, on: string): ServiceView {
    const found = this.caseOf(id).services.find((one) => one.on === on)
    if (!found || found.answered === 'given') throw new CallFailure('not-now', '这次服务已经评价过了')
    return found
  }
}
