import type { Case, CaseRow, CaseState, CaseView, Check, DocumentKind, Queue, QueueView } from '@/api'
import { CallFailure } from '@/api'
import { t } from '@/i18n'

import { TODAY, type FakeDesk, type Handlers } from './fakeDesk'
import { draftOf } from './fakeIntake'

export function fileDraft(desk: FakeDesk, id: string, later: boolean): CaseView {
  const draft = draftOf(desk, id)
  const seen = desk.assess(draft.intake)
  const found = seen.determination
  if (!found) throw new CallFailure('not-now', '还不能办理')
  const given = new Map(draft.intake.materials.map((m) => [m.id, m]))
  const matter = desk.matterOf(draft.intake.matter)
  const noticed = found.outcome === 'one-time-notice' && !later
  const kinds = later ? (['material-receipt'] as const) : found.documents
  desk.n += 1
  const number = `150785-01-3-20260302-${String(desk.n).padStart(4, '0')}-7`
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
    id: `c${desk.n}`,
    number,
    state,
    matter: { code: matter.code, name: matter.name, department: desk.department.name },
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
    papers: kinds.map((kind) => newPaper(kind, number)),
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
  act(view)
  desk.cases.set(body.id, view)
  desk.drafts.delete(id)
  desk.sync.unsent_cases += 1
  desk.sync.unsent_events += 3
  return view
}

function newPaper(kind: DocumentKind, number: string): CaseView['papers'][number] {
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

function act(view: CaseView): void {
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

function step(desk: FakeDesk, id: string, change: (view: CaseView) => void): CaseView {
  const view = desk.caseOf(id)
  change(view)
  act(view)
  return view
}

export function caseRow(desk: FakeDesk, view: CaseView): CaseRow {
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
    news: desk.news.get(view.case.id) ?? null,
    deliver_by: view.case.state === 'decided' ? '2026-03-16' : null,
    light: view.case.state === 'received' ? 'orange' : null,
    conflict: false,
    elsewhere: view.holder !== null,
    upload: view.upload,
  }
}

/** What each case waits for. */
function queues(desk: FakeDesk): Record<Queue, CaseRow[]> {
  const rows = [...desk.cases.values()].map((view) => desk.caseRow(view))
  const at = (...states: CaseState[]): CaseRow[] => rows.filter((row) => states.includes(row.state))
  return {
    news: rows.filter((row) => row.news !== null),
    notice_due: at('received'),
    supplement_waiting: at('notice-given'),
    ready_to_accept: at('supplemented'),
    under_way: at('accepted', 'accepted-deferred', 'deemed-accepted', 'in-review'),
    decided: at('decided'),
    attention: rows.filter((row) => row.upload.state === 'rejected' || row.conflict),
  }
}

/** Cases: filed, listed, and taken through their steps. */
export function caseHandlers(desk: FakeDesk) {
  return {
    workbench: () => {
      const rows = [...desk.cases.values()].map((c) => desk.caseRow(c))
      const all = queues(desk)
      const at = (queue: Queue): QueueView => ({ total: all[queue].length, rows: all[queue].slice(0, 50) })
      return {
        drafts: [...desk.drafts.values()].map((d) => ({
          id: d.id,
          matter_name: desk.matterOf(d.intake.matter).name,
          applicant: d.intake.applicant.name,
          updated_at: '2026-03-02T09:00:00+08:00',
        })),
        news: at('news'),
        notice_due: at('notice_due'),
        supplement_waiting: at('supplement_waiting'),
        ready_to_accept: at('ready_to_accept'),
        under_way: at('under_way'),
        decided: at('decided'),
        attention: at('attention'),
        ledgers: desk.ledger.counts(),
        filed_today: rows.length,
      }
    },
    cases: (filter) => {
      const all = filter.queue ? queues(desk)[filter.queue] : [...desk.cases.values()].map((c) => desk.caseRow(c))
      const rows = all
        .filter((r) => `${r.number}${r.applicant}${r.matter_name}`.includes(filter.text))
        .filter((r) => !filter.states.length || filter.states.includes(r.state))
        .filter((r) => !filter.unsent || r.upload.state !== 'sent')
      return { total: rows.length, rows: rows.slice(filter.offset, filter.offset + filter.limit) }
    },
    case: ({ id }) => desk.caseOf(id),
    seen_case: ({ id }) => {
      desk.news.delete(id)
      return {}
    },
    give_notice: ({ id, on }) =>
      step(desk, id, (view) => {
        view.case.state = 'notice-given'
        view.case.notice_on = on ?? TODAY
        view.papers.push(newPaper('one-time-notice', view.case.number))
      }),
    supplement: ({ id, on, ids }) =>
      step(desk, id, (view) => {
        view.case.state = 'supplemented'
        for (const item of view.notice_items) {
          if (ids.includes(item.id)) item.arrived_on = on ?? TODAY
        }
      }),
    accept: ({ id, on }) =>
      step(desk, id, (view) => {
        view.case.state = 'accepted'
        view.case.accepted_on = on ?? TODAY
        view.papers.push(newPaper('acceptance', view.case.number))
      }),
    correct_parties: ({ id, input }) =>
      step(desk, id, (view) => {
        Object.assign(view.case.applicant, input.applicant)
        for (const paper of view.papers) paper.outdated = true
        view.papers.push(newPaper('material-receipt', `${view.case.number}/2`))
      }),
    withdraw: ({ id }) => step(desk, id, (view) => (view.case.state = 'withdrawn')),
    wanted_cases: () => desk.wanted,
    take_over: ({ number, reason }) => {
      desk.wanted = [
        { number, reason, actor: '王敏', asked_at: '2026-03-02T09:12:00+08:00', refused: null },
        ...desk.wanted,
      ]
      return desk.wanted
    },
    forget_wanted: ({ number }) => {
      desk.wanted = desk.wanted.filter((one) => one.number !== number)
      return desk.wanted
    },
    station_windows: () => desk.windows,
    hand_on: ({ id, device }) =>
      step(desk, id, (view) => {
        view.holder = desk.windows.find((one) => one.device === device)?.window ?? null
      }),
    settle_conflict: ({ id, of, adopted, reason }) =>
      step(desk, id, (view) => {
        const conflict = view.conflicts.find((one) => one.origin === of.origin && one.seq === of.seq)
        if (conflict) conflict.settled = { adopted, by: '王敏', reason }
      }),
    offered_papers: () => desk.offered,
    issue_paper: ({ id, request }) =>
      step(desk, id, (view) => void view.papers.push(newPaper(request.kind, view.case.number))),
    offered_handover: () => desk.counter.offered,
    hand_over: ({ id, input, on, signature }) =>
      step(desk, id, (view) => {
        desk.counter.handOver(id, input, on ?? TODAY, signature)
        view.papers.push(newPaper('result-slip', view.case.number))
      }),
    resume_clock: ({ id }) => step(desk, id, (view) => (view.case.state = 'in-review')),
  } satisfies Partial<Handlers>
}
