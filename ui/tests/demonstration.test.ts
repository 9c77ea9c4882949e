import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { Screen } from './support/screen'

const script = {
  title: 't',
  matter: '1001',
  filed_on: '2026-03-05',
  answers: { q1: 'a', q2: 'b' },
  applicant: {
    kind: 'person',
    name: '王𫖮',
    id_type: 'resident-id',
    id_number: '150785190105180023',
    phone: null,
  },
  agent: null,
  materials: [
    { id: 'm1', check: 'present', reason: '' },
    { id: 'm2', check: 'licence', reason: '调取电子证照' },
    { id: 'm3', check: 'deferred', reason: '' },
    { id: 'm4', check: 'defective', reason: '没有签字' },
  ],
}

let screen: Screen
beforeEach(() => {
  screen = new Screen()
  delete document.body.dataset['demonstrationStep']
})
afterEach(() => screen.close())

async function played(scenario: unknown): Promise<{ code: string; field: string; message: string }> {
  screen.desk.scenario = scenario
  await screen.open()
  await screen.until(() => document.body.dataset['demonstrationStep'] === 'failed', 'failed')
  return JSON.parse(screen.desk.ended?.failure ?? '{}')
}

describe('the player', () => {
  it('takes the script through the controls, word for word', async () => {
    screen.desk.scenario = { ...script, materials: script.materials.slice(0, 3), answers: { q1: 'a', q2: 'a' } }
    await screen.open()
    await screen.until(() => screen.desk.calls('file_case').length === 1, 'filed')
    const saved = screen.desk.calls('save_draft').at(-1)?.draft.intake
    expect(saved).toMatchObject({
      filed_on: '2026-03-05',
      answers: { q1: 'a', q2: 'a' },
      applicant: script.applicant,
      agent: null,
      materials: script.materials.slice(0, 3),
    })
  })

  it('plays nothing where nothing is asked', async () => {
    await screen.open()
    await screen.appears('workbench')
    expect(document.body.dataset['demonstrationStep']).toBeUndefined()
    expect(screen.desk.ended).toBeNull()
  })

  it.each([
    ['unknown-matter', 'matter', { matter: '100' }],
    ['unknown-question', 'answers.q9', { answers: { q1: 'a', q9: 'a' } }],
    ['unknown-choice', 'answers.q1', { answers: { q1: 'z' } }],
    ['unanswered', 'answers.q2', { answers: { q1: 'a' } }],
    ['audience-mismatch', 'applicant.kind', { applicant: { ...script.applicant, kind: 'institution' } }],
    ['unknown-id-type', 'applicant.id_type', { applicant: { ...script.applicant, id_type: 'x' } }],
    ['bad-id-number', 'applicant.id_number', { applicant: { ...script.applicant, id_number: '12' } }],
    ['agent-not-allowed', 'agent', { matter: '1002', answers: {}, agent: script.applicant }],
    ['not-applicable', 'materials[0].id', { materials: [{ id: 'm5', check: 'present', reason: '' }] }],
    ['unknown-material', 'materials[0].id', { materials: [{ id: 'm9', check: 'present', reason: '' }] }],
    ['unknown-check', 'materials[0].check', { materials: [{ id: 'm1', check: 'x', reason: '' }] }],
    ['not-allowed', 'materials[0].check', { materials: [{ id: 'm1', check: 'deferred', reason: '' }] }],
    ['unchecked-material', 'materials', { materials: [] }],
    ['bad-date', 'filed_on', { filed_on: '2026-02-3' }],
    ['bad-date', 'notice_on', { notice_on: '2026-02-30' }],
    ['bad-date', 'supplements[0].on', { supplements: [{ on: '2026-13-01', ids: [] }] }],
    ['bad-scenario', '', { applicant: null }],
  ])('ends with %s at %s', async (code, field, change) => {
    expect(await played({ ...script, ...change })).toMatchObject({ code, field })
    expect(screen.desk.ended?.case).toBeNull()
  })

  it('names the material entered twice', async () => {
    const twice = { ...script, materials: [script.materials[0], script.materials[0]] }
    expect(await played(twice)).toMatchObject({ code: 'duplicate-material', field: 'materials[1].id' })
  })
})
