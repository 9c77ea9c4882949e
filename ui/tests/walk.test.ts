import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { Screen } from './support/screen'

let screen: Screen
beforeEach(async () => {
  screen = await new Screen().open()
})
afterEach(() => screen.close())

const draftOf = (id: string) => screen.desk.drafts.get(id)
const check = (id: string): string => screen.find(`material-${id}`)?.dataset['check'] ?? '(none)'

describe('finding a matter', () => {
  it('finds while typing and starts the one under the arrow with Enter', async () => {
    await screen.press('F2')
    await screen.fill('search-input', '证')
    await screen.until(() => screen.find('search-results')?.dataset['answered'] === '证')
    await screen.press('Enter', 'search-input')
    await screen.appears('walk')
    expect(screen.text('walk-matter')).toBe('身份证换领')
  })

  it('answers Enter with the text as typed, not with the results before it', async () => {
    await screen.press('F2')
    await screen.appears('search-results')
    await screen.fill('search-input', '身份')
    await screen.press('Enter', 'search-input')
    await screen.appears('walk')
    expect(screen.text('walk-matter')).toBe('身份证换领')
  })

  it('leaves Enter to an input method that is composing', async () => {
    await screen.press('F2')
    await screen.appears('search-results')
    await screen.press('Enter', 'search-input', { isComposing: true })
    await screen.press('Enter', 'search-input', { keyCode: 229 })
    expect(screen.desk.calls('start_draft')).toEqual([])
  })

  it('says what to do where nothing is found', async () => {
    await screen.press('F2')
    await screen.fill('search-input', '不存在')
    await screen.appears('search-none')
    expect(screen.text('search-none')).toContain('不存在')
  })
})

describe('the questions', () => {
  it('asks the next question when an answer calls for it', async () => {
    const id = await screen.begin()
    expect(screen.find('question-q2')).toBeNull()
    await screen.press('1', 'question-q1')
    await screen.appears('question-q2')
    expect(draftOf(id)?.intake.answers).toEqual({ q1: 'a' })
  })

  it('takes digits typed fast for one question after the other', async () => {
    const id = await screen.begin()
    const open = screen.desk.hold()
    const first = screen.press('1', 'question-q1')
    const second = screen.press('2', 'question-q1')
    open()
    await Promise.all([first, second])
    await screen.until(() => Object.keys(draftOf(id)?.intake.answers ?? {}).length === 2)
    expect(draftOf(id)?.intake.answers).toEqual({ q1: 'a', q2: 'b' })
  })

  it('does not go on while one is open, and says which', async () => {
    await screen.begin()
    await screen.click('walk-next')
    await screen.until(() => screen.find('walk')?.dataset['faultCode'] === 'unanswered')
    expect(screen.find('walk')?.dataset['faultField']).toBe('answers.q1')
    expect(screen.find('walk')?.dataset['step']).toBe('questions')
  })

  it('ends at a stop, without materials, in the outcome of the choice', async () => {
    await screen.begin()
    await screen.click('choice-q1-b')
    await screen.appears('questions-stopped')
    await screen.click('walk-next')
    await screen.step('applicant')
    await screen.click('applicant-kind-person')
    await screen.fill('applicant-name', '王䶮')
    await screen.fill('applicant-id-number', '150785190105180023')
    await screen.click('walk-next')
    await screen.step('determination')
    expect(screen.find('determination-outcome')?.dataset['outcome']).toBe('not-required')
    expect(screen.text('determination-outcome')).toContain('备案窗口')
  })
})

describe('the applicant', () => {
  async function atApplicant(code = '1002'): Promise<string> {
    const id = await screen.begin(code)
    await screen.click('walk-next')
    await screen.step('applicant')
    return id
  }

  it('shows no fault while a field is typed in, and its fault once it is left', async () => {
    await atApplicant()
    await screen.fill('applicant-id-number', '12')
    await screen.until(() => screen.desk.calls('save_draft').length > 0)
    expect(screen.find('applicant-id-number-fault')).toBeNull()
    await screen.leave('applicant-id-number')
    await screen.appears('applicant-id-number-fault')
    await screen.fill('applicant-id-number', '123')
    expect(screen.find('applicant-id-number-fault')).toBeNull()
  })

  it('keeps rare characters and counts them as one each', async () => {
    const id = await atApplicant()
    await screen.fill('applicant-name', '王𫖮·䶮')
    await screen.until(() => draftOf(id)?.intake.applicant.name === '王𫖮·䶮')
    expect(document.body.textContent).toContain('4 个字')
  })

  it('sends no phone as none', async () => {
    const id = await atApplicant()
    await screen.fill('applicant-phone', '1380')
    await screen.until(() => draftOf(id)?.intake.applicant.phone === '1380')
    await screen.fill('applicant-phone', ' ')
    await screen.until(() => draftOf(id)?.intake.applicant.phone === null)
  })

  it('says why no agent may come', async () => {
    await atApplicant()
    expect((screen.find('agent-toggle') as HTMLInputElement).disabled).toBe(true)
    expect(screen.text('agent-hint')).toContain('本人到场')
  })

  it('keeps the agent’s words when the box is unticked by mistake', async () => {
    await screen.begin('1001')
    await screen.click('walk-step-applicant')
    await screen.step('applicant')
    await screen.click('agent-toggle')
    await screen.fill('agent-name', '李明')
    await screen.click('agent-toggle')
    await screen.until(() => screen.find('agent-name') === null)
    await screen.click('agent-toggle')
    expect(((await screen.appears('agent-name')) as HTMLInputElement).value).toBe('李明')
  })
})

describe('the materials', () => {
  it('takes the digits, goes to the next row, and marks the rest with A', async () => {
    const id = await screen.toMaterials()
    await screen.press('1', 'material-m1')
    await screen.until(() => check('m1') === 'present')
    await screen.until(() => document.activeElement === screen.find('material-m2'))
    await screen.press('7', 'material-m2')
    await screen.until(() => check('m2') === 'licence')
    await screen.press('a', 'material-m3')
    await screen.until(() => draftOf(id)?.intake.materials.length === 4)
    expect(check('m2')).toBe('licence')
    expect(check('m3')).toBe('present')
  })

  it('says why a key is not allowed instead of doing nothing', async () => {
    await screen.toMaterials()
    await screen.press('5', 'material-m1')
    expect((await screen.appears('material-m1-refusal')).textContent).toContain('容缺')
    expect(check('m1')).toBe('')
    expect(document.activeElement).toBe(screen.find('material-m1'))
  })

  it('asks the reason of what is missing, with the usual ones at hand', async () => {
    const id = await screen.toMaterials()
    await screen.press('3', 'material-m1')
    const reason = await screen.appears('material-m1-reason')
    await screen.until(() => document.activeElement === reason)
    await screen.press('2', 'material-m1-reason', { altKey: true })
    await screen.until(() => draftOf(id)?.intake.materials[0]?.reason === '复印件不清')
    await screen.press('Enter', 'material-m1-reason')
    await screen.until(() => document.activeElement === screen.find('material-m2'))
  })

  it('takes digits in a reason for text', async () => {
    await screen.toMaterials()
    await screen.press('2', 'material-m1')
    await screen.press('1', 'material-m1-reason')
    expect(check('m1')).toBe('missing')
  })

  it('goes to the row that is not checked when asked to go on', async () => {
    await screen.toMaterials()
    await screen.press('1', 'material-m1')
    await screen.click('walk-next')
    await screen.appears('materials-fault')
    expect(screen.find('walk')?.dataset['faultCode']).toBe('unchecked-material')
    await screen.until(() => document.activeElement === screen.find('material-m2'))
  })

  it('keeps the check of a material that does not apply for a while', async () => {
    const id = await screen.toMaterials()
    await screen.click('walk-step-questions')
    await screen.step('questions')
    await screen.click('choice-q2-b')
    await screen.click('walk-step-materials')
    await screen.step('materials')
    await screen.press('1', 'material-m4')
    await screen.until(() => draftOf(id)?.intake.materials.some((m) => m.id === 'm4'))
    await screen.click('walk-step-questions')
    await screen.step('questions')
    await screen.click('choice-q2-a')
    await screen.click('walk-step-materials')
    await screen.step('materials')
    expect(screen.find('material-m4')).toBeNull()
    await screen.click('walk-step-questions')
    await screen.step('questions')
    await screen.click('choice-q2-b')
    await screen.click('walk-step-materials')
    await screen.until(() => check('m4') === 'present')
  })

  it('shows what the applicant is told as it grows', async () => {
    await screen.toMaterials()
    await screen.press('2', 'material-m1')
    await screen.until(() => screen.find('told-line-0'))
    expect(screen.text('told-line-0')).toContain('申请书')
    expect(screen.text('told-title')).toContain('一次性告知')
  })
})

describe('the determination', () => {
  async function atDetermination(key: string): Promise<string> {
    const id = await screen.toMaterials()
    await screen.press(key, 'material-m1')
    await screen.press('a', 'material-m2')
    await screen.click('walk-next')
    await screen.step('determination')
    await screen.appears('determination-file')
    return id
  }

  it('files and goes to the papers', async () => {
    const id = await atDetermination('1')
    expect(screen.find('determination-outcome')?.dataset['outcome']).toBe('accept')
    expect(screen.find('determination-notice-later')).toBeNull()
    await screen.click('determination-file')
    await screen.appears('papers')
    expect(screen.desk.calls('file_case')).toEqual([
      { id, notice_later: false, confirmed: expect.objectContaining({ outcome: 'accept' }) as unknown },
    ])
    expect(screen.find('paper-acceptance')).not.toBeNull()
  })

  it('may tell later where the matter gives days', async () => {
    const id = await atDetermination('2')
    await screen.click('determination-notice-later')
    await screen.appears('papers')
    expect(screen.desk.calls('file_case')).toEqual([
      { id, notice_later: true, confirmed: expect.objectContaining({ outcome: 'one-time-notice' }) as unknown },
    ])
  })

  it('files once however often the key is pressed', async () => {
    await atDetermination('1')
    const open = screen.desk.hold()
    await screen.press('Enter', undefined, { ctrlKey: true })
    await screen.press('Enter', undefined, { ctrlKey: true })
    open()
    await screen.appears('papers')
    expect(screen.desk.calls('file_case').length).toBe(1)
  })

  it('shows what follows now where it is no longer what was confirmed', async () => {
    await atDetermination('1')
    screen.desk.fail('file_case', 'changed', '认定结果有了变化')
    const saves = screen.desk.calls('save_draft').length
    await screen.click('determination-file')
    await screen.appears('fault')
    // Once over whatever another page may have saved, and once for what follows now.
    expect(screen.desk.calls('save_draft').length).toBe(saves + 2)
    expect(screen.find('determination-file')).not.toBeNull()
  })

  it('stays with the words of the refusal where the paper cannot be drawn', async () => {
    const id = await atDetermination('1')
    screen.desk.fail('file_case', 'no-glyph', '字库里没有“𤴓”')
    await screen.click('determination-file')
    const fault = await screen.appears('fault')
    expect(fault.textContent).toContain('𤴓')
    expect(fault.dataset['code']).toBe('no-glyph')
    expect(draftOf(id)).toBeDefined()
  })

  it('takes a day of its own in practice, and none in earnest', async () => {
    const id = await atDetermination('1')
    await screen.fill('filed-on', '2026-03-0')
    await screen.appears('filed-on-fault')
    expect(screen.find('determination-file')).toBeNull()
    await screen.fill('filed-on', '2026-03-05')
    await screen.appears('determination-file')
    expect(draftOf(id)?.intake.filed_on).toBe('2026-03-05')
  })
})
