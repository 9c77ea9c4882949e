import type {
  ApplicantScreen,
  CaseView,
  EvaluationScreen,
  Evaluation,
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
  }
  /** Whether the applicant's screen is open. */
  open = true
  /** What opening it answers with. */
  url: string | null = null
  waiting: EvaluationScreen['waiting'] = null
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

  handOver(id: string, input: HandoverInput, on: string): CaseView {
    const view = this.caseOf(id)
    const { party } = { party: view.case.applicant }
    view.case.state = 'handed-over'
    view.case.delivered = {
      receiver: input.role === 'other' ? (input.receiver?.name ?? '') : party.name,
      on,
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
