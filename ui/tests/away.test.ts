import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { Screen } from './support/screen'

let screen: Screen
beforeEach(() => {
  screen = new Screen()
  const limit = (days: number) => ({ days, cases: null })
  screen.desk.sync = {
    ...screen.desk.sync,
    enrolled: true,
    away: {
      level: 'confirm',
      words: '本窗口已有16天没有与大厅中心交换，请组长确认',
      clock: '',
      days: 16,
      confirmed_until: null,
      policy: { warn: limit(7), confirm: limit(15) },
      confirmations: [],
    },
  }
})
afterEach(() => screen.close())

describe('a window that is away for long', () => {
  it('reminds beside the work, and a new case begins as ever', async () => {
    await screen.open('/')
    await screen.until(() => screen.text('away-words').includes('16天'))
    expect(screen.find('away')?.dataset['level']).toBe('confirm')
    await screen.begin()
    expect(screen.find('walk')).not.toBeNull()
  })

  it('says beside the work that the clock cannot be right', async () => {
    const { away } = screen.desk.sync
    const clock = '电脑的日期是2025-01-05，早于本机已经记到的2026-03-02'
    screen.desk.sync = { ...screen.desk.sync, away: { ...away, clock } }
    await screen.open('/')
    expect((await screen.appears('clock-doubt')).textContent).toContain('2025-01-05')
    await screen.begin()
    expect(screen.find('walk')).not.toBeNull()
  })

  it('lets a lead confirm by their own PIN, with days and a reason', async () => {
    await screen.open('/upstream')
    await screen.click('away-confirm')
    await screen.appears('dialog-away')
    await screen.click('away-submit')
    await screen.until(() => screen.text('away-reason-fault') !== '' && screen.text('away-pin-fault') !== '')
    expect(screen.desk.calls('confirm_away')).toEqual([])
    await screen.click('away-line')
    await screen.fill('away-days', '31')
    await screen.fill('away-pin', '246802')
    await screen.click('away-submit')
    await screen.until(() => screen.text('away-days-fault') !== '')
    await screen.fill('away-days', '3')
    screen.desk.fail('confirm_away', 'wrong-pin', 'PIN 不正确，还可以试4次', 'pin')
    await screen.click('away-submit')
    await screen.until(() => screen.text('fault-message').includes('PIN 不正确'))
    expect((screen.find('away-pin') as HTMLInputElement).value).toBe('')
    await screen.fill('away-pin', '246802')
    await screen.click('away-submit')
    await screen.until(() => screen.find('away')?.dataset['level'] === 'warn')
    expect(screen.desk.calls('confirm_away').at(-1)).toEqual({
      lead: 'k1',
      pin: '246802',
      days: 3,
      reason: '网络故障，已报修',
    })
    expect(screen.find('away-confirm')).toBeNull()
    expect(screen.text('away-card')).toContain('网络故障，已报修')
    expect(screen.text('away-limits')).toContain('满 7 天提醒；满 15 天请组长确认')
  })
})
