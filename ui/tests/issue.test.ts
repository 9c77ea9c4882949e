import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { Screen } from './support/screen'

let screen: Screen
beforeEach(() => {
  screen = new Screen()
})
afterEach(() => screen.close())

/** An accepted case on its page, with everything on offer. */
async function atCase(): Promise<string> {
  await screen.open()
  screen.desk.offered = {
    kinds: ['special-procedure-notice', 'extension-notice', 'return-notice', 'withdrawal-request', 'transfer-sheet', 'evaluation-form'],
    procedures: [
      { name: '专家评审', days: 15, stops_clock: true },
      { name: '听证', days: 0, stops_clock: false },
    ],
    extension_unit: 'workdays',
    longest_extension: 10,
    clock_stopped: false,
  }
  const id = await screen.toFiled()
  await screen.router.push({ name: 'case', params: { id } })
  await screen.click('case-issue')
  await screen.appears('issue-evaluation-form')
  return id
}

const value = (testid: string): string => (screen.find(testid) as HTMLInputElement | null)?.value ?? ''

describe('a paper on request', () => {
  it('that asks for nothing is made at once and looked at', async () => {
    const id = await atCase()
    await screen.click('issue-evaluation-form')
    await screen.click('issue-submit')
    await screen.appears('papers')
    expect(screen.desk.calls('issue_paper')).toEqual([{ id, request: { kind: 'evaluation-form' }, on: null }])
    const line = await screen.appears('paper-evaluation-form')
    await screen.until(() => line.getAttribute('aria-current') === 'true')
  })

  it('says at its field what the program refuses, and keeps what was typed', async () => {
    const id = await atCase()
    await screen.click('issue-extension-notice')
    await screen.fill('issue-days', '11')
    await screen.fill('issue-approver', '苏和')
    await screen.fill('issue-reason', '档案较多')
    screen.desk.fail('issue_paper', 'not-allowed', '延长的天数应当是1至10', 'days')
    await screen.click('issue-submit')
    expect((await screen.appears('issue-days-fault')).textContent).toContain('1至10')
    expect(value('issue-approver')).toBe('苏和')
    await screen.fill('issue-days', '5')
    await screen.click('issue-submit')
    await screen.appears('papers')
    expect(screen.desk.calls('issue_paper').at(-1)).toEqual({
      id,
      request: { kind: 'extension-notice', days: 5, approver: '苏和', reason: '档案较多' },
      on: null,
    })
  })

  it('says that a return ends the case before it is given', async () => {
    await atCase()
    await screen.click('issue-return-notice')
    await screen.appears('issue-ends')
  })

  it('is not there where a case can get none', async () => {
    await screen.open()
    await atCaseWithout()
    await screen.appears('issue-none')
  })
})

async function atCaseWithout(): Promise<void> {
  await screen.toMaterials()
  await screen.press('1', 'material-m1')
  await screen.press('a', 'material-m2')
  await screen.click('walk-next')
  await screen.step('determination')
  await screen.click('determination-file')
  await screen.click('papers-to-case')
  await screen.click('case-issue')
}
