import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { Screen } from './support/screen'

let screen: Screen
beforeEach(() => {
  screen = new Screen()
})
afterEach(() => screen.close())

async function withCase(): Promise<string> {
  await screen.toMaterials()
  await screen.press('2', 'material-m1')
  await screen.press('a', 'material-m2')
  await screen.click('walk-next')
  await screen.step('determination')
  await screen.click('determination-file')
  return (await screen.appears('papers')).dataset['case'] ?? ''
}

describe('a case between windows', () => {
  it('is asked for by its number, with a reason, and can be asked for no longer', async () => {
    screen.desk.sync.enrolled = true
    await screen.open('/cases')
    await screen.fill('cases-text', '150785-ZX-9QW4-20260302-0001-K')
    await screen.click('cases-take-over')
    await screen.appears('dialog-take-over')
    expect((screen.find('take-over-number') as HTMLInputElement).value).toContain('9QW4')
    await screen.click('take-over-submit')
    expect((await screen.appears('dialog-take-over')).textContent).toContain('请填写原因')
    await screen.click('take-over-here')
    await screen.click('take-over-submit')
    expect((await screen.appears('wanted')).textContent).toContain('等待大厅中心答复')
    expect(screen.desk.calls('take_over')).toEqual([
      { number: '150785-ZX-9QW4-20260302-0001-K', reason: '申请人到本窗口办理' },
    ])
    await screen.click('wanted-forget-150785-ZX-9QW4-20260302-0001-K')
    await screen.until(() => screen.find('wanted') === null)
  })

  it('is handed on to the only other window, and then only looked at', async () => {
    await screen.open()
    const id = await withCase()
    await screen.click('papers-to-case')
    await screen.click('case-hand-on')
    await screen.appears('dialog-hand-on')
    await screen.click('hand-on-shift')
    await screen.click('hand-on-submit')
    expect((await screen.appears('case-holder')).textContent).toContain('07号窗口')
    expect(screen.desk.calls('hand_on')).toEqual([{ id, device: '9QW4', reason: '换班' }])
    for (const step of ['case-supplement', 'case-issue', 'case-hand-on', 'case-withdraw']) {
      expect(screen.find(step), step).toBeNull()
    }
  })

  it('shows both sides of a conflict, and what a person said of it', async () => {
    await screen.open()
    const id = await withCase()
    const side = { detail: '', actor: '李强', at: '2026-03-02T10:00:00+08:00', from_hub: false }
    const view = screen.desk.cases.get(id)
    view?.conflicts.push({
      origin: 'win-9QW4',
      seq: 4,
      aside: { ...side, title: '撤回', detail: '不办了', window: '07' },
      stands: [{ ...side, title: '受理', window: '03' }],
      state: 'accepted',
      if_adopted: null,
      settled: null,
    })
    await screen.click('papers-to-case')
    const panel = await screen.appears('case-conflicts')
    expect(panel.textContent).toContain('07号窗口 李强')
    expect((screen.find('conflict-0-adopt') as HTMLButtonElement).disabled).toBe(true)
    await screen.click('conflict-0-dismiss')
    await screen.click('settle-void')
    await screen.click('settle-submit')
    expect((await screen.appears('conflict-0-settled')).textContent).toContain('不采纳：申请人已变更意见')
    expect(screen.desk.calls('settle_conflict')).toEqual([
      { id, of: { origin: 'win-9QW4', seq: 4 }, adopted: false, reason: '申请人已变更意见' },
    ])
  })
})
