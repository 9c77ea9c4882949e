import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { Screen } from './support/screen'

let screen: Screen
beforeEach(async () => {
  screen = await new Screen().open()
})
afterEach(() => screen.close())

describe('handing the desk over', () => {
  it('says what is open, keeps the word for the next clerk, and signs out', async () => {
    await screen.begin()
    await screen.press('F12', undefined, { shiftKey: true })
    await screen.appears('dialog-shift')
    await screen.until(() => screen.text('shift-open').includes('未办完的草稿1份'))
    await screen.fill('shift-note', '三号柜里有一份原件')
    await screen.click('shift-submit')
    await screen.until(() => screen.desk.calls('hand_over_shift').length === 1)
    expect(screen.desk.calls('hand_over_shift')).toEqual([{ note: '三号柜里有一份原件' }])
    expect(screen.desk.calls('discard_draft')).toEqual([])
    await screen.appears('sign-in-pin')
  })

  it('is taken over on the workbench', async () => {
    screen.desk.shift = {
      id: 's1',
      clerk: '赵一',
      at: '2026-03-02T12:00:00+08:00',
      note: '下午有人来取证',
      left_open: { drafts: 0, notices: 1, acceptable: 0, results: 2, attention: 0, ledger: 0, papers: 1, earlier_papers: 7 },
      own: false,
    }
    await screen.press('F2')
    await screen.appears('search-input')
    await screen.press('F5')
    await screen.appears('shift-waiting')
    expect(screen.text('shift-waiting')).toContain('下午有人来取证')
    expect(screen.text('shift-waiting')).toContain('待告知1件')
    expect(screen.text('shift-waiting')).toContain('此前未日清的文书7份')
    await screen.click('shift-take')
    await screen.until(() => screen.find('shift-waiting') === null)
    expect(screen.desk.calls('take_shift')).toEqual([{ id: 's1' }])
  })
})
