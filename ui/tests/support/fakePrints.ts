import type { CaseView, PrintJobView, PrintState, Verification } from '@/api'
import { CallFailure } from '@/api'

import { TODAY, type FakeDesk, type Handlers } from './fakeDesk'

function printedOf(desk: FakeDesk, number: string): [CaseView, CaseView['papers'][number]] {
  for (const view of desk.cases.values()) {
    const paper = view.papers.find((p) => p.number === number)
    if (paper) return [view, paper]
  }
  throw new CallFailure('not-found', '没有这份文书')
}

/** What becomes of a print job. */
export function becomes(desk: FakeDesk, id: string, state: PrintState, said = ''): PrintJobView {
  const job = desk.jobs.find((j) => j.id === id)
  if (!job) throw new CallFailure('not-found', '没有这个打印任务')
  Object.assign(job, { state, said })
  const [, paper] = printedOf(desk, job.number)
  if (state === 'printed') paper.printed += 1
  return job
}

/** What the program would tell of a paper whose code or file says so much of itself. */
function verification(text: string): Verification {
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

/** Papers: printed, given, counted at the end of the day, and verified. */
export function printHandlers(desk: FakeDesk) {
  return {
    paper: ({ number }) => ({ name: `${number}.pdf`, base64: desk.paperBase64 }),
    save_paper: ({ number }) => ({ path: `/home/clerk/${number}.pdf` }),
    verify_code: ({ text }) => verification(text),
    verify_file: ({ base64 }) => verification(atob(base64)),
    printers: () => [
      { name: 'HP-LaserJet', default: true, trouble: '', trays: ['tray-1', 'tray-2'], both_sides: true },
    ],
    print_paper: ({ number, printer, reason }) => {
      const [view, paper] = printedOf(desk, number)
      if (paper.job && ['queued', 'sent', 'unknown'].includes(paper.job.state)) {
        throw new CallFailure('print-unsettled', '上一次打印还没有结果')
      }
      if (paper.printed && !reason) throw new CallFailure('reprint-needs-reason', '请写明补打原因')
      const job: PrintJobView = {
        id: `j${desk.jobs.length + 1}`,
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
      desk.jobs.unshift(job)
      paper.job = job
      return view
    },
    give_paper: ({ number, way }) => {
      const [view, paper] = printedOf(desk, number)
      paper.given = way
      desk.dayItems = desk.dayItems.filter((item) => item.number !== number)
      return view
    },
    print_jobs: ({ states }) => desk.jobs.filter((job) => !states.length || states.includes(job.state)),
    follow_prints: () => desk.jobs.filter((job) => ['queued', 'sent', 'unknown'].includes(job.state)),
    settle_print: ({ id, out }) => {
      desk.dayItems = desk.dayItems.filter((item) => item.job !== id)
      return desk.becomes(id, out ? 'printed' : 'failed')
    },
    cancel_print: ({ id }) => desk.becomes(id, 'failed', '任务已取消'),
    print_rules: () => desk.rules,
    set_print_rule: (rule) => {
      desk.rules = desk.rules.map((one) => (one.kind === rule.kind ? rule : one))
      return desk.rules
    },
    day_end: ({ day }) => ({
      day: day ?? TODAY,
      papers: 2,
      printed: 1,
      given: 0,
      items: desk.dayItems,
      earlier: desk.openDays.filter((open) => open.day < (day ?? TODAY)),
    }),
  } satisfies Partial<Handlers>
}
