import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { Screen } from './support/screen'

let screen: Screen
beforeEach(async () => {
  screen = new Screen()
  screen.desk.sync = { ...screen.desk.sync, enrolled: true, unsent_cases: 2, unsent_events: 7 }
  await screen.open('/upstream')
  await screen.appears('ferry')
})
afterEach(() => screen.close())

async function choose(content: string): Promise<void> {
  const input = (await screen.appears('ferry-file')) as HTMLInputElement
  const file = new File([content], 'ZX-03.answer.ferry')
  Object.defineProperty(input, 'files', { value: [file], configurable: true })
  input.dispatchEvent(new Event('change'))
}

describe('carrying cases in a file', () => {
  it('says how much is in the file and where it is, and that nothing counts as sent by that', async () => {
    await screen.click('ferry-out')
    await screen.until(() => screen.text('ferry-said').includes('已导出 7 条记录'))
    expect(screen.find('upstream-unsent-events')?.dataset['count']).toBe('7')
  })

  it('takes the answer in and shows what it settled', async () => {
    await choose('an answer')
    await screen.until(() => screen.text('ferry-said').includes('新确认 7 条'))
    expect(screen.desk.calls('take_ferry_answer')).toEqual([{ base64: btoa('an answer') }])
    expect(screen.find('upstream-unsent-events')?.dataset['count']).toBe('0')
  })
})
