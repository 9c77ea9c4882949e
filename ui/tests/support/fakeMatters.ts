import type { EnquiryView, Matter, MatterHit, MatterView, Question } from '@/api'
import { CallFailure } from '@/api'

import { fakeBundleEnquiry, type FakeBundle } from './fakeBundle'
import type { FakeDesk, Handlers } from './fakeDesk'
import { holds } from './fakeRules'

function hit(desk: FakeDesk, m: Matter): MatterHit {
  return {
    code: m.code,
    name: m.name,
    department: desk.department.name,
    kind: m.kind,
    handling: m.handling,
    levels: m.levels,
    promised_limit: m.promised_limit,
    alias: null,
    highlights: [],
    slip: false,
    starred: desk.starred.has(m.code),
    not_in_force: desk.notInForce.get(m.code) ?? null,
  }
}

export function matterView(desk: FakeDesk, code: string): MatterView {
  return {
    matter: desk.matterOf(code),
    department: desk.department,
    forms: desk.forms,
    sample: true,
    not_in_force: desk.notInForce.get(code) ?? null,
  }
}

/** Knows no half-open condition: what does not hold yet depends. */
function enquireOf(desk: FakeDesk, code: string, given: Record<string, string>): EnquiryView {
  const matter = desk.matterOf(code)
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
  return { matter: matterView(desk, code), questions, answers, settled, stopped, materials }
}

export function bundleOf(desk: FakeDesk, id: string): FakeBundle {
  const bundle = desk.bundles.find((b) => b.id === id)
  if (!bundle) throw new CallFailure('not-found', '没有这个“一件事”')
  return { ...bundle, matters: bundle.matters.map((code) => desk.matterOf(code)) }
}

/** Matters and bundles: found, browsed, asked about, and the sheets of enquiries. */
export function matterHandlers(desk: FakeDesk) {
  return {
    search: ({ text, limit }) =>
      desk.matters
        .filter((m) => m.name.includes(text) || m.code.includes(text))
        .slice(0, limit)
        .map<MatterHit>((m) => {
          const start = [...m.name].join('').indexOf(text)
          return {
            ...hit(desk, m),
            highlights: text && start >= 0 ? [{ start, end: start + [...text].length }] : [],
          }
        }),
    browse: () => ({
      departments: [{ code: desk.department.code, name: desk.department.name, matters: desk.matters.length }],
      bundles: desk.bundles.map((b) => ({ id: b.id, name: b.name, note: '', matters: b.matters.length })),
      life_events: desk.lifeEvents.map((e) => ({ id: e.id, name: e.name, note: '', matters: e.matters.length })),
      starred: desk.starred.size,
    }),
    shelf: ({ shelf }) => {
      const codes =
        shelf === 'starred'
          ? [...desk.starred]
          : 'life-event' in shelf
            ? (desk.lifeEvents.find((e) => e.id === shelf['life-event'])?.matters ?? [])
            : 'bundle' in shelf
            ? (desk.bundles.find((b) => b.id === shelf.bundle)?.matters ?? [])
            : desk.matters.map((m) => m.code)
      return codes.map((code) => hit(desk, desk.matterOf(code)))
    },
    star: ({ code, starred }) => {
      if (starred) desk.starred.add(code)
      else desk.starred.delete(code)
      return {}
    },
    matter: ({ code }) => matterView(desk, code),
    enquire: ({ code, answers }) => enquireOf(desk, code, answers),
    guide_sheet: ({ code }) => ({ name: `${code}.pdf`, base64: desk.paperBase64 }),
    save_guide_sheet: ({ code }) => ({ path: `/home/clerk/${code}.pdf` }),
    print_guide_sheet: ({ printer }) => ({ words: `已送打印机“${printer ?? '默认'}”` }),
    form: ({ id }) => ({ name: `${id}.docx`, media_type: 'application/msword', base64: desk.paperBase64 }),
    form_paper: ({ id }) => ({ name: `${id}.pdf`, base64: desk.paperBase64 }),
    save_form: ({ id }) => ({ path: `/home/clerk/${id}` }),
    print_form: ({ id, printer }) => ({ words: `${id}已送打印机“${printer ?? '默认'}”` }),
    enquire_bundle: (about) =>
      fakeBundleEnquiry(bundleOf(desk, about.id), about, (code, answers) => enquireOf(desk, code, answers)),
    bundle_sheet: ({ about }) => ({ name: `${about.id}.pdf`, base64: desk.paperBase64 }),
    save_bundle_sheet: ({ about }) => ({ path: `/home/clerk/${about.id}.pdf` }),
    print_bundle_sheet: ({ printer }) => ({ words: `已送打印机“${printer ?? '默认'}”` }),
  } satisfies Partial<Handlers>
}
