import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { Screen } from './support/screen'

let screen: Screen
beforeEach(() => {
  screen = new Screen()
})
afterEach(() => screen.close())

const earnest = (): void => {
  const profile = screen.desk.status.profile
  if (profile) profile.mode = 'live'
}

describe('a matter that is not in force', () => {
  it('is found and marked with its day, each kind in its words', async () => {
    screen.desk.notInForce.set('1001', { state: 'not-yet', from: '2026-04-01' })
    await screen.open()
    await screen.press('F2')
    await screen.appears('matter-1001')
    expect(screen.text('matter-1001-force')).toBe('未生效，2026年4月1日(周三)起办理')
    expect(screen.find('matter-1002-force')).toBeNull()
    for (const [why, words] of [
      [{ state: 'cancelled', since: '2026-03-02' }, '已取消，2026年3月2日(周一)起'],
      [{ state: 'cancelled', since: null }, '已取消'],
      [{ state: 'suspended' }, '暂停办理'],
    ] as const) {
      screen.desk.notInForce.set('1001', why)
      await screen.fill('search-input', '食品经营')
      await screen.fill('search-input', '食品')
      await screen.until(() => screen.text('matter-1001-force') === words)
    }
    await screen.press('k', undefined, { ctrlKey: true })
    await screen.fill('palette-input', '食品')
    expect((await screen.appears('palette-matter-1001')).textContent).toContain('暂停办理')
  })

  it('says on its page why and what to do, and prints the sheet all the same', async () => {
    earnest()
    screen.desk.notInForce.set('1001', { state: 'cancelled', since: '2026-03-02' })
    await screen.open('/matter/1001')
    const banner = await screen.appears('not-in-force')
    expect(banner.dataset['state']).toBe('cancelled')
    expect(banner.textContent).toContain('已自2026年3月2日(周一)起取消')
    expect(banner.textContent).toContain('打印告知单')
    expect(screen.find('matter-start')).toHaveProperty('disabled', true)
    await screen.click('sheet-print')
    expect(screen.desk.calls('print_guide_sheet').length).toBe(1)
    // The key says why instead of doing nothing.
    screen.desk.fail('start_draft', 'not-in-force', '本事项已取消，不能收件', 'matter')
    await screen.press('Enter', undefined, { ctrlKey: true })
    expect((await screen.appears('fault')).textContent).toContain('打印告知单')
    expect(screen.find('walk')).toBeNull()
  })

  it('can be rehearsed on another day where the program lets it', async () => {
    screen.desk.notInForce.set('1001', { state: 'not-yet', from: '2026-04-01' })
    await screen.open('/matter/1001')
    await screen.appears('not-in-force')
    await screen.click('matter-start')
    await screen.appears('walk')
  })

  it('keeps a draft that was begun before, says so from the first step, and files nothing', async () => {
    earnest()
    await screen.open()
    const id = await screen.toMaterials()
    await screen.press('1', 'material-m1')
    await screen.press('a', 'material-m2')
    await screen.click('walk-next')
    await screen.step('determination')
    await screen.appears('determination-file')
    expect(screen.find('not-in-force')).toBeNull()

    screen.desk.notInForce.set('1001', { state: 'cancelled', since: '2026-03-02' })
    screen.desk.fail('file_case', 'not-in-force', '本事项已取消，不能收件', 'matter')
    await screen.click('determination-file')
    await screen.appears('not-in-force')
    await screen.until(() => screen.find('determination-file') === null)
    const open = screen.find('determination-not-yet')
    expect(open?.textContent).toContain('本事项不能收件')
    expect(open?.querySelector('button')).toBeNull()
    expect(screen.text('not-in-force')).toContain('已输入的内容会保留')
    expect(screen.desk.drafts.get(id)?.intake.materials.length).toBeGreaterThan(0)
    await screen.click('walk-open-matter')
    await screen.appears('matter-page')
  })
})
