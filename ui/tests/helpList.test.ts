import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { LedgerEntryView } from '@/api'

import { Screen } from './support/screen'

let screen: Screen
beforeEach(() => {
  screen = new Screen()
})
afterEach(() => screen.close())

/** An entry that window 07 wrote for whoever is named. */
function fromSeven(helper: string, arrived = true): LedgerEntryView {
  const view = screen.desk.ledger.register({
    kind: 'assistance',
    input: {
      channel: 'window',
      on: null,
      person: '乌云',
      contact: '13800000000',
      content: '代办高龄津贴',
      about: helper,
      matter: null,
      case_number: '',
    },
    settled: null,
  })
  screen.desk.ledger.joined = true
  screen.desk.ledger.others.set(view.id, { window: '07', arrived })
  return view
}
const me = (): string => screen.desk.status.clerk?.name ?? ''

describe('the list that the station shares', () => {
  it('says that it stays here where the window joined no hub', async () => {
    await screen.open('/ledger/assistance')
    const said = await screen.appears('ledger-shared')
    expect(said.dataset['shared']).toBe('false')
    const labels = [...document.querySelectorAll('[data-testid="ledger-show"] option')].map((one) => one.textContent)
    expect(labels[0]).toBe('全部')
    await screen.router.push('/ledger/complaint')
    await screen.until(() => screen.find('ledger')?.dataset['kind'] === 'complaint')
    expect(screen.find('ledger-shared')).toBeNull()
  })

  it('shows who helps, at which window it was written, and what is new', async () => {
    const view = fromSeven('额尔敦')
    await screen.open('/ledger/assistance')
    const row = await screen.appears(`ledger-row-${view.id}`)
    expect(row.textContent).toContain('额尔敦帮办')
    expect(screen.text(`ledger-window-${view.id}`)).toBe('07号窗口')
    expect(screen.find(`ledger-arrived-${view.id}`)).not.toBeNull()
    expect(screen.find('ledger-shared')?.dataset['shared']).toBe('true')
    expect(document.querySelector('[data-testid="ledger-show"] option')?.textContent).toBe('全站')
  })

  it('tells in the left column what came into my hands, until I open it', async () => {
    const view = fromSeven(me())
    await screen.open()
    const told = await screen.appears('today-help')
    expect(told.dataset['arrived']).toBe('1')
    await screen.click('today-help')
    await screen.appears(`ledger-row-${view.id}`)
    expect(screen.desk.calls('ledger').at(-1)?.show).toBe('mine')
    await screen.click(`ledger-row-${view.id}`)
    await screen.appears('ledger-entry')
    await screen.until(() => screen.find('today-help') === null)
    await screen.until(() => screen.find(`ledger-arrived-${view.id}`) === null)
    expect(screen.text('ledger-written-at')).toContain('07号窗口')
  })

  it('offers the names of helpers that the list knows', async () => {
    const view = fromSeven('额尔敦', false)
    await screen.open('/ledger/assistance')
    await screen.appears(`ledger-row-${view.id}`)
    const offered = [...document.querySelectorAll<HTMLOptionElement>('#ledger-helpers option')].map((one) => one.value)
    expect(offered).toEqual(['额尔敦'])
    expect((screen.find('ledger-about') as HTMLInputElement).getAttribute('list')).toBe('ledger-helpers')
    await screen.click(`ledger-row-${view.id}`)
    await screen.click('ledger-step-refer')
    expect((await screen.appears('ledger-to')).getAttribute('list')).toBe('ledger-helpers')
  })

  it('keeps apart what was written at the same time and does not count', async () => {
    const view = fromSeven('额尔敦', false)
    const kept = screen.desk.ledger.entries.get(view.id)
    kept?.history.push({
      at: '2026-03-02T01:00:00Z',
      title: '转办',
      detail: '转白哈斯',
      actor: '乌兰',
      window: '07',
      aside: true,
      unsent: false,
      refused: null,
    })
    kept?.history.push({
      at: '2026-03-02T01:00:00Z',
      title: '办理进展',
      detail: '打过电话',
      actor: me(),
      window: null,
      aside: false,
      unsent: true,
      refused: '这一条的记录太多',
    })
    await screen.open('/ledger/assistance')
    await screen.appears(`ledger-aside-${view.id}`)
    await screen.click(`ledger-row-${view.id}`)
    await screen.appears('ledger-aside')
    expect(screen.text('ledger-aside-0')).toContain('转白哈斯')
    expect(screen.text('ledger-aside-0')).toContain('07号窗口')
    expect(screen.text('ledger-history')).not.toContain('转白哈斯')
    expect(screen.find('ledger-history-1')?.dataset['unsent']).toBe('true')
    expect(screen.text('ledger-history-1')).toContain('这一条的记录太多')
  })

  it('is reached by Alt+4', async () => {
    await screen.open('/ledger/consultation')
    await screen.press('4', undefined, { altKey: true, code: 'Digit4' })
    await screen.until(() => screen.find('ledger')?.dataset['kind'] === 'assistance')
  })

  it('counts as unsent until it has arrived, in the head and on the page of uploads', async () => {
    screen.desk.sync = { ...screen.desk.sync, enrolled: true, hub: 'http://hub', unsent_help: 2 }
    await screen.open('/upstream')
    const count = await screen.appears('upstream-unsent-help')
    expect(count.dataset['count']).toBe('2')
    expect(screen.text('upstream-lead')).not.toContain('已回执')
    expect(screen.text('top-unsent')).toContain('未上传 2')
    expect(screen.find('upstream-help-failure')).toBeNull()
  })

  it('says so where the list could not be exchanged', async () => {
    screen.desk.sync = { ...screen.desk.sync, enrolled: true, hub: 'http://hub', help_trouble: 'unknown-event' }
    await screen.open('/upstream')
    const card = await screen.appears('upstream-help-failure')
    expect(card.dataset['code']).toBe('unknown-event')
  })
})
