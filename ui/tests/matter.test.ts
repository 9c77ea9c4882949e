import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { Screen } from './support/screen'

let screen: Screen
beforeEach(() => {
  screen = new Screen()
})
afterEach(() => screen.close())

const listed = (): string[] =>
  [...document.querySelectorAll<HTMLElement>('[data-testid^="prospect-m"][data-depends]')].map(
    (row) => `${row.dataset['testid']?.slice(9)}${row.dataset['depends'] === 'true' ? '?' : ''}`,
  )

describe('a matter before there is a case', () => {
  it('is reached from the search by key and by mouse, and Escape goes back', async () => {
    await screen.open()
    await screen.press('F2')
    await screen.fill('search-input', '食品')
    await screen.appears('matter-1001')
    await screen.press('Enter', 'search-input', { ctrlKey: true })
    await screen.appears('matter-page')
    expect(screen.text('matter-name')).toBe('食品经营许可')
    await screen.press('Escape')
    await screen.appears('new-case')
    await screen.click('matter-1002-guide')
    await screen.until(() => screen.find('matter-page')?.dataset['code'] === '1002')
    expect(screen.desk.calls('start_draft')).toEqual([])
  })

  it('is reached from the palette and from the guide', async () => {
    await screen.open()
    await screen.press('k', undefined, { ctrlKey: true })
    await screen.fill('palette-input', '身份')
    await screen.appears('palette-matter-1002')
    await screen.press('Enter', 'palette-input', { ctrlKey: true })
    await screen.until(() => screen.find('matter-page')?.dataset['code'] === '1002')
    await screen.press('F9')
    await screen.click('matter-1001')
    await screen.click('guide-open')
    await screen.until(() => screen.find('matter-page')?.dataset['code'] === '1001')
  })

  it('lists everything with what it depends on, and less with every answer', async () => {
    await screen.open('/matter/1001')
    await screen.appears('prospects')
    const all = listed()
    expect(all.some((row) => row.endsWith('?'))).toBe(true)
    expect(screen.text('prospects-count')).toContain('要看情形')
    await screen.press('1', 'question-agent')
    await screen.until(() => document.activeElement?.getAttribute('name') === 'question-q1')
    // Two digits at once: the second is meant for the question that follows.
    await screen.press('1', 'question-q1')
    await screen.press('1', 'question-q1')
    await screen.until(() => screen.find('matter-page')?.dataset['settled'] === 'true')
    expect(screen.desk.calls('enquire').at(-1)?.answers).toEqual({ agent: 'no', q1: 'a', q2: 'a' })
    expect(listed().some((row) => row.endsWith('?'))).toBe(false)
    expect(listed().length).toBeLessThan(all.length)
    await screen.press('0', 'question-q2')
    await screen.until(() => screen.find('matter-page')?.dataset['settled'] === 'false')
    await screen.click('situation-clear')
    await screen.until(() => listed().length === all.length)
  })

  it('says why nothing is asked for where a choice ends it', async () => {
    await screen.open('/matter/1001')
    await screen.click('choice-q1-b')
    const stopped = await screen.appears('questions-stopped')
    expect(stopped.dataset['outcome']).toBe('not-required')
    expect(screen.find('prospects')).toBeNull()
  })

  it('carries the answers into the case', async () => {
    await screen.open('/matter/1001')
    await screen.click('choice-agent-yes')
    await screen.click('choice-q1-a')
    await screen.press('Enter', undefined, { ctrlKey: true })
    await screen.appears('walk')
    expect(screen.desk.calls('start_draft')).toEqual([
      { code: '1001', answers: { agent: 'yes', q1: 'a' } },
    ])
    expect((screen.find('choice-q1-a') as HTMLInputElement).checked).toBe(true)
  })

  it('prints and saves the sheet for the answers, on the printer chosen, and says so', async () => {
    screen.desk.kind = 'window'
    await screen.open('/matter/1001')
    await screen.click('choice-q1-a')
    await screen.press('g', undefined, { ctrlKey: true })
    const choice = (await screen.appears('sheet-printer')) as HTMLSelectElement
    await screen.until(() => choice.options.length === 2)
    choice.value = 'HP-LaserJet'
    choice.dispatchEvent(new Event('change'))
    await screen.press('p', undefined, { ctrlKey: true })
    expect((await screen.appears('sheet-told')).textContent).toContain('HP-LaserJet')
    expect(screen.desk.calls('print_guide_sheet')).toEqual([
      { code: '1001', answers: { q1: 'a' }, samples: true, printer: 'HP-LaserJet' },
    ])
    expect(screen.desk.calls('guide_sheet').at(-1)?.answers).toEqual({ q1: 'a' })
    // What was said was about the sheet as it was.
    await screen.click('choice-q2-b')
    await screen.until(() => screen.find('sheet-told') === null)
    await screen.press('s', undefined, { ctrlKey: true })
    expect((await screen.appears('sheet-told')).textContent).toContain('/home/clerk/')
    expect(screen.desk.calls('save_guide_sheet')).toEqual([
      { code: '1001', answers: { q1: 'a', q2: 'b' }, samples: true },
    ])
  })

  it('shows a refusal in words, and the way out of an unknown matter', async () => {
    await screen.open('/matter/1001')
    await screen.appears('matter-page')
    screen.desk.fail('print_guide_sheet', 'print-failed', '打印机缺纸')
    await screen.click('sheet-print')
    expect((await screen.appears('fault')).textContent).toContain('打印机缺纸')
    // Saved instead, the page says that, and no more that it could not be printed.
    screen.desk.kind = 'window'
    await screen.click('sheet-save')
    await screen.appears('sheet-told')
    expect(screen.find('fault')).toBeNull()
    await screen.router.push('/matter/9999')
    await screen.until(() => screen.find('fault')?.dataset['code'] === 'unknown-matter')
    await screen.press('Escape')
    await screen.appears('matter-page')
  })
})
