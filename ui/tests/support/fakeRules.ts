import type {
  Assessment,
  Check,
  ChecklistRow,
  Condition,
  Determination,
  DocumentKind,
  Intake,
  Material,
  Matter,
  Refusal,
  RefusalCode,
} from '@/api'

const CHECKS: Check[] = ['present', 'missing', 'defective', 'corrected', 'deferred', 'committed', 'licence']

/** The rules, just real enough to walk through the screens. */
export function holds(when: Condition | undefined, answers: Record<string, string>): boolean {
  if (when === undefined) return true
  if (Array.isArray(when)) return when.some((one) => holds(one, answers))
  return Object.entries(when).every(([id, wanted]) =>
    (Array.isArray(wanted) ? wanted : [wanted]).includes(answers[id] ?? ''),
  )
}

/** What the rules make of what was typed. */
export function assess(matter: Matter, intake: Intake, closed: boolean, phone: string): Assessment {
  const answers: Record<string, string> = { agent: intake.agent ? 'yes' : 'no' }
  const faults: Refusal[] = []
  const fault = (code: RefusalCode, field: string, message: string): void =>
    void faults.push({ code, field, message })
  if (closed) fault('not-in-force', 'matter', '本事项不能收件')
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
      ? matter.materials.filter((m) => holds(m.when, answers)).map((m) => row(m))
      : []
  const given = new Map(intake.materials.map((m) => [m.id, m]))
  if (answered && !stopped) {
    const open = checklist.find(
      (r) => r.material.necessity !== 'optional' && !given.get(r.material.id)?.check,
    )
    if (open) fault('unchecked-material', 'materials', `“${open.material.name}”还没有核对`)
  }
  const determination =
    faults.length === 0 && answered ? determine(intake, checklist, stopped) : null
  const listed = checklist.filter((r) => isListed(r.material, given.get(r.material.id)?.check))
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
      closing: ['不收费', `咨询电话 ${phone}`],
    },
  }
}

function row(material: Material): ChecklistRow {
  const obstacle = (check: Check): string | null => {
    if (check === 'deferred' && material.necessity !== 'deferrable') return '指南没有列入可容缺材料'
    if (check === 'committed' && !material.commitment_allowed) return '不适用告知承诺'
    if (check === 'licence' && !material.licence_reuse) return '没有可调取的电子证照'
    return null
  }
  return { material, options: CHECKS.map((check) => ({ check, obstacle: obstacle(check) })) }
}

function isListed(material: Material, check: string | undefined): boolean {
  return material.necessity !== 'optional' && (check === 'missing' || check === 'defective')
}

function determine(
  intake: Intake,
  checklist: ChecklistRow[],
  stopped: Assessment['stopped'],
): Determination {
  const given = new Map(intake.materials.map((m) => [m.id, m.check]))
  const withCheck = (check: string): string[] =>
    checklist.map((r) => r.material.id).filter((id) => given.get(id) === check)
  const listed = checklist
    .filter((r) => isListed(r.material, given.get(r.material.id)))
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
