import type {
  BundleEnquiryView,
  BundleView,
  Determination,
  Draft,
  EnquireBundle,
  EnquiryView,
  JointProspectView,
  Matter,
  Question,
} from '@/api'

/** A bundle of the fake guide: its first matter leads. */
export interface FakeBundle {
  id: string
  name: string
  matters: Matter[]
}

/** The bundle as a draft stands: every matter that is taken gets what the lead gets. */
export function fakeBundleView(bundle: FakeBundle, draft: Draft, found: Determination | null): BundleView {
  const taken = (code: string): boolean => draft.bundle?.taken.includes(code) ?? false
  return {
    id: bundle.id,
    name: bundle.name,
    note: '',
    limit: { value: 5, unit: 'workdays' },
    members: bundle.matters.map((matter, n) => ({
      code: matter.code,
      name: matter.name,
      department: '根河市示范局',
      lead: n === 0,
      taken: n === 0 || taken(matter.code),
      stopped: null,
      determination: n === 0 || taken(matter.code) ? found : null,
      due_explained: null,
    })),
    savings: found && {
      materials: { apart: 8, joint: 5 },
      steps: { apart: 10, joint: 7 },
      visits: { apart: 2, joint: 1 },
    },
  }
}

/**
 * The bundle asked about: the enquiries of its matters side by side, materials of one name joined.
 * Every id has its matter's code before it; the agent is asked for once.
 */
export function fakeBundleEnquiry(
  bundle: FakeBundle,
  about: EnquireBundle,
  enquire: (code: string, answers: Record<string, string>) => EnquiryView,
): BundleEnquiryView {
  const questions: Question[] = []
  const answers: Record<string, string> = {}
  const rows: JointProspectView[] = []
  const whole = bundle.matters.map(({ code }) => enquire(code, {}))
  const open = whole.filter(({ matter }) => !matter.not_in_force).map(({ matter }) => matter.matter.code)
  const lead = bundle.matters[0]?.code ?? ''
  const taken = new Set([lead, ...(about.taken ?? open).filter((code) => open.includes(code))])
  const agent = whole.every(({ matter }) => !taken.has(matter.matter.code) || matter.matter.agent_allowed)
  const members = whole.map(({ matter }) => {
    const code = matter.matter.code
    const own = Object.entries(about.answers).flatMap(([id, choice]) => {
      if (id === 'agent') return agent ? [[id, choice]] : [['agent', 'no']]
      return id.startsWith(`${code}:`) ? [[id.slice(code.length + 1), choice]] : []
    })
    const found = taken.has(code) ? enquire(code, Object.fromEntries(own) as Record<string, string>) : null
    for (const question of found?.questions ?? []) {
      const id = question.id === 'agent' ? 'agent' : `${code}:${question.id}`
      if ((id === 'agent' && !agent) || questions.some((q) => q.id === id)) continue
      questions.push({ ...question, id })
    }
    for (const [id, choice] of Object.entries(found?.answers ?? {})) {
      answers[id === 'agent' ? id : `${code}:${id}`] = choice
    }
    for (const { material, when } of found?.materials ?? []) {
      const want = { code, name: matter.matter.name, when: null, blank_form: '', sample_form: '' }
      const row = rows.find((r) => r.material.name === material.name)
      if (row) row.wants.push(want)
      else rows.push({ material: { ...material, id: `${code}:${material.id}` }, when, wants: [want] })
    }
    return {
      view: matter,
      lead: code === lead,
      taken: taken.has(code),
      stopped: found?.stopped ?? null,
      limit: { value: 5, unit: 'workdays' as const },
      lawful: false,
      due: null,
    }
  })
  const apart = rows.reduce((n, row) => n + row.wants.length, 0)
  return {
    id: bundle.id,
    name: bundle.name,
    note: '',
    sample: true,
    limit: members[0]?.stopped ? null : { value: 5, unit: 'workdays' },
    members,
    questions,
    answers,
    settled: questions.every((q) => answers[q.id]),
    materials: rows,
    cost: { fen: 0, by_item: false },
    savings: {
      materials: { apart, joint: rows.length },
      steps: { apart: 10, joint: 7 },
      visits: { apart: 2, joint: 1 },
    },
  }
}
