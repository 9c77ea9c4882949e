import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { Screen } from './support/screen'

let screen: Screen
/** What was brought into sight, the last one last. */
let scrolledTo: HTMLElement[]
const chosen = (): HTMLElement | null => document.querySelector('[aria-current="true"][data-number]')
beforeEach(async () => {
  scrolledTo = []
  HTMLElement.prototype.scrollIntoView = function scrolled(this: HTMLElement) {
    scrolledTo.push(this)
  }
  screen = await new Screen().open()
})
afterEach(() => screen.close())

const field = (testid: string): HTMLInputElement => screen.find(testid) as HTMLInputElement

async function atCase(): Promise<string> {
  const id = await screen.toFiled()
  await screen.router.push({ name: 'case', params: { id } })
  await screen.appears('case')
  return id
}

describe('a name that was typed wrongly', () => {
  it('is put right where it is read, and the new papers are there to print', async () => {
    const id = await atCase()
    await screen.click('case-correct')
    await screen.appears('dialog-correct')
    await screen.fill('applicant-name', '王䶮')
    screen.desk.fail('correct_parties', 'not-allowed', '请填写更正的原因', 'reason')
    await screen.click('correct-submit')
    await screen.until(() => screen.find('dialog-correct')?.textContent?.includes('请填写更正的原因'))
    expect(document.activeElement).toBe(field('correct-reason'))
    expect(field('applicant-name').value).toBe('王䶮')
    await screen.click('correct-document')
    await screen.click('correct-submit')
    await screen.appears('papers')
    const sent = screen.desk.calls('correct_parties').at(-1)
    expect(sent).toMatchObject({ id, input: { applicant: { name: '王䶮' }, agent: null, reason: '按证件核对后更正' } })
    await screen.until(() => scrolledTo.at(-1)?.dataset['number'] === chosen()?.dataset['number'])
    expect(chosen()?.dataset['testid']).toBe('paper-material-receipt')
    expect(chosen()?.querySelector('[data-testid="paper-material-receipt-made"]')).not.toBeNull()
    expect(document.querySelectorAll('[data-testid$="-made"]')).toHaveLength(1)
    expect(document.activeElement).toBe(chosen())
    expect(screen.text('paper-material-receipt-outdated')).toContain('请勿再交给申请人')
    expect(screen.text('papers-print-all')).toContain('1')
  })

  it('is not offered where the rules refuse it', async () => {
    const id = await atCase()
    const view = screen.desk.cases.get(id)
    if (view) view.actions = [{ action: 'correct', obstacle: '结果已经出件' }]
    await screen.press('F5')
    await screen.appears('workbench')
    await screen.router.push({ name: 'case', params: { id } })
    await screen.appears('case-facts')
    expect(screen.find('case-correct')).toBeNull()
    expect(screen.find('case-correct-obstacle')).toBeNull()
  })
})
