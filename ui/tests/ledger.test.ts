import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { Screen } from './support/screen'

let screen: Screen
beforeEach(() => {
  screen = new Screen()
})
afterEach(() => screen.close())

const focused = (): string => (document.activeElement as HTMLElement | null)?.dataset['testid'] ?? ''
const enter = (on: string, more: KeyboardEventInit = {}) => screen.press('Enter', on, more)
const registered = () => screen.desk.calls('register_ledger')

async function complaint(): Promise<void> {
  await screen.open('/ledger/complaint')
  await screen.fill('ledger-content', '窗口让跑了三趟')
  await screen.fill('ledger-about', '2号窗口')
  await enter('ledger-about', { ctrlKey: true })
  await screen.until(() => screen.text('ledger-told').includes('YS-l1'))
  await screen.click('ledger-show-written')
  await screen.appears('ledger-entry')
}

describe('a ledger', () => {
  it('opens by F6 with the place to write under the cursor', async () => {
    await screen.open()
    await screen.press('F6')
    await screen.appears('ledger-form')
    await screen.until(() => focused() === 'ledger-content')
    expect(screen.find('ledger-none')).not.toBeNull()
  })

  it('asks to look once more at a day of long ago, and takes it all the same', async () => {
    await screen.open('/ledger/consultation')
    await screen.fill('ledger-content', '社保卡丢了怎么补')
    const warned = (): boolean => screen.find('ledger-on-warning') !== null
    for (const [day, so] of [['2025-03-02', false], ['2025-03-01', true], ['1900', false], ['19000101', true], ['', false]] as const) {
      await screen.fill('ledger-on', day)
      expect([day, warned()]).toEqual([day, so])
    }
    await screen.fill('ledger-on', '1900-01-01')
    expect(screen.text('ledger-on-warning')).toContain('请核对')
    await enter('ledger-on', { ctrlKey: true })
    await screen.until(() => registered().length === 1)
    expect(registered()[0]?.input.on).toBe('1900-01-01')
  })

  it('takes a question and its answer without the mouse', async () => {
    await screen.open('/ledger/consultation')
    await screen.fill('ledger-content', '社保卡丢了怎么补')
    await enter('ledger-content')
    expect(focused()).toBe('ledger-answer')
    await screen.fill('ledger-answer', '带身份证')
    await enter('ledger-answer')
    expect(focused()).toBe('ledger-person')
    await enter('ledger-person', { ctrlKey: true })
    await screen.until(() => screen.text('ledger-told').includes('已登记：YS-l1'))
    expect(registered()).toEqual([
      {
        kind: 'consultation',
        input: {
          channel: 'phone',
          on: null,
          person: '',
          contact: '',
          content: '社保卡丢了怎么补',
          about: '',
          matter: null,
          case_number: '',
        },
        settled: { step: 'close', outcome: 'answered', text: '带身份证', reply: 'phone' },
      },
    ])
    expect((screen.find('ledger-content') as HTMLTextAreaElement).value).toBe('')
    expect(screen.find('ledger-row-l1')?.dataset['state']).toBe('closed')
  })

  it('does not save while an input method composes, and breaks a line with Shift', async () => {
    await screen.open('/ledger/consultation')
    await screen.fill('ledger-content', '怎么')
    const composing = await enter('ledger-content', { isComposing: true })
    const line = await enter('ledger-content', { shiftKey: true })
    expect([composing.defaultPrevented, line.defaultPrevented]).toEqual([false, false])
    expect(registered()).toEqual([])
  })

  it('leaves what has no answer yet as owed, in the left column as well', async () => {
    await screen.open('/ledger/consultation')
    await screen.fill('ledger-content', '一')
    await screen.click('ledger-save')
    await screen.until(() => screen.text('ledger-told').includes('前办结'))
    expect(registered()[0]?.settled).toBeNull()
    await screen.until(() => screen.find('today-ledger')?.dataset['open'] === '1')
    expect(screen.find('ledger-tab-consultation')?.dataset['open']).toBe('1')
  })

  it('says at its field what is missing and keeps what was typed', async () => {
    await screen.open('/ledger/complaint')
    await screen.fill('ledger-content', '跑了三趟')
    await screen.click('ledger-save')
    await screen.appears('ledger-about-fault')
    await screen.until(() => focused() === 'ledger-about')
    await screen.router.push('/cases')
    await screen.appears('cases')
    await screen.router.push('/ledger/complaint')
    await screen.appears('ledger-form')
    expect((screen.find('ledger-content') as HTMLTextAreaElement).value).toBe('跑了三趟')
    await screen.fill('ledger-content', '')
  })

  it('does not show one clerk what another typed', async () => {
    await screen.open('/ledger/obstruction')
    await screen.fill('ledger-content', '不该看见')
    await screen.press('F12')
    await screen.click('sign-in-clerk-k2')
    await screen.fill('sign-in-pin', '135790')
    await screen.click('sign-in-submit')
    await screen.appears('ledger-form')
    expect((screen.find('ledger-content') as HTMLTextAreaElement).value).toBe('')
  })

  it('chooses a matter as it is typed', async () => {
    await screen.open('/ledger/consultation')
    await screen.fill('ledger-content', '一')
    await screen.fill('ledger-matter-search', '1')
    const hit = await screen.until(() => document.querySelector<HTMLElement>('aside [role="option"]'))
    await enter('ledger-matter-search')
    const chosen = await screen.appears('ledger-matter')
    expect(`matter-${chosen.dataset['code']}`).toBe(hit.dataset['testid'])
    expect(focused()).toBe('ledger-case')
    await enter('ledger-case', { ctrlKey: true })
    await screen.until(() => registered().length === 1)
    expect(registered()[0]?.input.matter).toBe(chosen.dataset['code'])
  })

  it('begins at a matter that somebody asks about', async () => {
    await screen.open('/matter/1001')
    await screen.click('matter-ledger')
    const chosen = await screen.appears('ledger-matter')
    expect(chosen.dataset['code']).toBe('1001')
    await screen.click('ledger-matter-clear')
  })

  it('takes an entry back at once', async () => {
    await screen.open('/ledger/obstruction')
    await screen.fill('ledger-content', '写错了')
    await screen.click('ledger-save')
    await screen.click('ledger-undo')
    await screen.until(() => screen.text('ledger-told').includes('作废'))
    expect(screen.find('ledger-row-l1')?.dataset['state']).toBe('void')
  })

  it('is searched and exported by what is set', async () => {
    await screen.open('/ledger/complaint')
    await screen.fill('ledger-text-search', '没有这个')
    await screen.until(() => screen.desk.calls('ledger').at(-1)?.text === '没有这个')
    await screen.fill('ledger-from', '2026-03-01')
    await screen.until(() => screen.desk.calls('ledger').at(-1)?.from === '2026-03-01')
    screen.desk.kind = 'window'
    await screen.click('ledger-export')
    await screen.until(() => screen.text('ledger-told').includes('/home/clerk/complaint.xlsx'))
    expect(screen.desk.calls('save_ledger')[0]?.text).toBe('没有这个')
  })

  it('shows no entries under days that are none or the wrong way round', async () => {
    await complaint()
    await screen.appears('ledger-total')
    await screen.fill('ledger-to-day', '2026-03-02')
    for (const [day, at] of [
      ['2026-3', 'from'],
      ['2026-03-09', 'to-day'],
    ] as const) {
      await screen.fill('ledger-from', day)
      await screen.appears(`ledger-${at}-fault`)
      expect(screen.find('ledger-unasked')).not.toBeNull()
      expect(screen.find('ledger-row-l1')).toBeNull()
      expect(screen.find('ledger-total')).toBeNull()
      expect((screen.find('ledger-export') as HTMLButtonElement).disabled).toBe(true)
    }
    expect(screen.desk.calls('ledger').some((one) => one.from === '2026-3' || one.from === '2026-03-09')).toBe(false)
    await screen.fill('ledger-from', '')
    await screen.appears('ledger-row-l1')
  })

  it('changes tabs by Alt and digit', async () => {
    await screen.open('/ledger/consultation')
    await screen.press('3', undefined, { altKey: true, code: 'Digit3' })
    await screen.until(() => screen.find('ledger')?.dataset['kind'] === 'complaint')
  })
})

describe('an entry', () => {
  it('is settled only with an outcome and a reply that somebody chose', async () => {
    await complaint()
    await screen.click('ledger-step-close')
    await screen.fill('ledger-text', '已整改')
    await screen.click('ledger-step-save')
    await screen.appears('ledger-outcome-fault')
    expect(screen.desk.calls('step_ledger')).toEqual([])
    await screen.click('ledger-outcome-upheld')
    await screen.click('ledger-reply-in-person')
    await enter('ledger-text', { ctrlKey: true })
    await screen.until(() => screen.find('ledger-entry')?.dataset['state'] === 'closed')
    expect(screen.desk.calls('step_ledger')).toEqual([
      { id: 'l1', revision: 1, step: { step: 'close', outcome: 'upheld', text: '已整改', reply: 'in-person' } },
    ])
  })

  it('is corrected with a reason, and says who wrote what', async () => {
    await complaint()
    await screen.click('ledger-step-correct')
    await screen.fill('ledger-content', '跑了两趟')
    await screen.click('ledger-save')
    await screen.appears('ledger-reason-fault')
    await screen.fill('ledger-reason', '听错了')
    await screen.click('ledger-save')
    await screen.until(() => screen.text('ledger-history-1').includes('听错了'))
    expect(screen.desk.ledger.entries.get('l1')?.entry.facts.content).toBe('跑了两趟')
  })

  it('that somebody else changed is shown anew, and what was typed stays', async () => {
    await complaint()
    await screen.click('ledger-step-refer')
    await screen.fill('ledger-to', '医保局')
    screen.desk.ledger.step({ id: 'l1', revision: 1, step: { step: 'note', note: 'reached', text: '已通话' } })
    await screen.click('ledger-step-save')
    await screen.appears('ledger-history-1')
    expect((screen.find('ledger-to') as HTMLInputElement).value).toBe('医保局')
    await screen.click('ledger-step-save')
    await screen.until(() => screen.find('ledger-entry')?.dataset['state'] === 'referred')
  })

  it('offers no anonymous reply to who can be reached, and hides who is not to be seen', async () => {
    await screen.open('/ledger/complaint')
    screen.desk.ledger.hidden = true
    await screen.fill('ledger-content', '一')
    await screen.fill('ledger-about', '2号窗口')
    await screen.fill('ledger-person', '李四')
    await screen.click('ledger-save')
    await screen.click('ledger-row-l1')
    const who = await screen.appears('ledger-who')
    expect(who.dataset['hidden']).toBe('true')
    await screen.click('ledger-step-close')
    await screen.appears('ledger-reply-phone')
    expect(screen.find('ledger-reply-anonymous')).toBeNull()
    expect(document.body.textContent).not.toContain('李四')
  })

  it('is left by Esc for the next one', async () => {
    await complaint()
    await screen.press('Escape')
    await screen.until(() => focused() === 'ledger-content')
  })
})

describe('the limits', () => {
  it('are a lead’s, and must be days', async () => {
    await screen.open('/ledger')
    await screen.click('ledger-limits')
    await screen.until(() => (screen.find('limit-complaint-settle') as HTMLInputElement | null)?.value === '5')
    await screen.fill('limit-complaint-settle', '七')
    await screen.click('limits-save')
    await screen.appears('limits-bad')
    expect(screen.desk.calls('set_ledger_limits')).toEqual([])
    await screen.fill('limit-complaint-settle', '7')
    await screen.fill('limit-complaint-extended', '')
    await screen.click('limits-save')
    await screen.until(() => screen.desk.calls('set_ledger_limits').length === 1)
    expect(screen.desk.ledger.limits.complaint).toEqual({ contact: 1, settle: 7, extended: null })
  })

  it('are not offered to a clerk', async () => {
    const clerk = { id: 'k2', name: '乌兰图雅', roles: [] }
    screen.desk.status = { ...screen.desk.status, clerk }
    await screen.open('/ledger')
    await screen.appears('ledger-form')
    expect(screen.find('ledger-limits')).toBeNull()
  })
})
