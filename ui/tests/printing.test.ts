import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { Screen } from './support/screen'

let screen: Screen
beforeEach(() => {
  screen = new Screen()
})
afterEach(() => screen.close())

/** A case on the screen of its papers: 收件凭证 and 受理通知书. */
async function withPapers(): Promise<string> {
  await screen.open()
  return screen.toFiled()
}

const printed = (): number[] =>
  ['material-receipt', 'acceptance'].map((kind) => Number(screen.find(`paper-${kind}-printed`)?.dataset['times']))

async function saysState(kind: string, words: string): Promise<void> {
  await screen.until(() => screen.text(`paper-${kind}-printed`).includes(words), `${kind}: ${words}`)
}

describe('the papers of a case', () => {
  it('are called printed only when they are, by themselves', async () => {
    await withPapers()
    await screen.click('papers-print-all')
    await saysState('acceptance', '已送打印机')
    expect(printed()).toEqual([0, 0])
    for (const job of screen.desk.jobs) screen.desk.becomes(job.id, 'printed')
    await saysState('acceptance', '已打印')
    expect(printed()).toEqual([1, 1])
    expect((screen.find('papers-print-all') as HTMLButtonElement).disabled).toBe(true)
  })

  it('go on with what is left where a printer stopped in between', async () => {
    await withPapers()
    const numbers = screen.desk.cases.values().next().value?.papers.map((p) => p.number)
    screen.desk.fail('print_paper', 'print-refused', '打印机缺纸')
    await screen.click('papers-print-all')
    await screen.appears('fault')
    await screen.click('papers-print-all')
    await saysState('acceptance', '已送打印机')
    const asked = screen.desk.calls('print_paper').map((p) => p.number)
    expect(asked).toEqual([numbers?.[0], ...(numbers ?? [])])
    screen.desk.becomes('j1', 'printed')
    screen.desk.becomes('j2', 'failed', '缺纸')
    await saysState('acceptance', '没有打印：缺纸')
    await screen.until(() => screen.text('papers-print-all').includes('其余 1 份'))
    await screen.click('papers-print-all')
    await screen.until(() => screen.desk.calls('print_paper').length === 4)
    expect(screen.desk.calls('print_paper').at(-1)?.number).toBe(numbers?.[1])
  })

  it('are asked about where nobody knows whether they came out', async () => {
    await withPapers()
    await screen.click('papers-print')
    await saysState('material-receipt', '已送打印机')
    screen.desk.becomes('j1', 'unknown')
    await screen.click('job-j1-yes')
    await saysState('material-receipt', '已打印')
    expect(screen.desk.calls('settle_print')).toEqual([{ id: 'j1', out: true }])
  })

  it('can be taken back from the printer', async () => {
    await withPapers()
    await screen.click('papers-print')
    await screen.click('job-j1-cancel')
    await saysState('material-receipt', '任务已取消')
  })

  it('are printed again only with a reason', async () => {
    await withPapers()
    await screen.click('papers-print')
    await saysState('material-receipt', '已送打印机')
    screen.desk.becomes('j1', 'printed')
    await saysState('material-receipt', '已打印')
    await screen.click('papers-print')
    await screen.appears('dialog-reprint')
    await screen.click('reprint-other')
    await screen.click('reprint-submit')
    await screen.appears('reprint-text-fault')
    expect(screen.desk.calls('print_paper')).toHaveLength(1)
    await screen.fill('reprint-text', '盖错章')
    await screen.click('reprint-submit')
    await screen.until(() => screen.desk.calls('print_paper').length === 2)
    expect(screen.desk.calls('print_paper')[1]?.reason).toEqual({ kind: 'other', text: '盖错章' })
    screen.desk.becomes('j2', 'printed')
    await saysState('material-receipt', '补打 1 次')
  })

  it('count as handed over when a browser saved them', async () => {
    await withPapers()
    URL.createObjectURL = () => 'blob:x'
    URL.revokeObjectURL = () => undefined
    await screen.click('papers-save')
    await saysState('material-receipt', '已存为 PDF')
    expect(screen.desk.calls('give_paper').map((g) => g.way)).toEqual(['pdf'])
  })

  it('are all saved at once where no printer works', async () => {
    const saved: string[] = []
    await withPapers()
    URL.createObjectURL = () => 'blob:x'
    URL.revokeObjectURL = () => undefined
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      saved.push(this.download)
    })
    await screen.click('papers-save-all')
    await saysState('acceptance', '已存为 PDF')
    await saysState('material-receipt', '已存为 PDF')
    expect(screen.desk.calls('give_paper').map((g) => g.way)).toEqual(['pdf', 'pdf'])
    click.mockRestore()
    expect(new Set(saved).size).toBe(2)
    expect(screen.text('papers-told')).toContain('2 份都已存好')
  })
})

describe('the print page', () => {
  it('lists jobs and filters them by what is still open', async () => {
    await withPapers()
    await screen.click('papers-print-all')
    await saysState('acceptance', '已送打印机')
    screen.desk.becomes('j1', 'printed')
    screen.desk.becomes('j2', 'unknown')
    await screen.click('nav-print')
    await screen.until(() => screen.find('print-total')?.dataset['total'] === '2')
    const state = screen.find('print-state') as HTMLSelectElement
    state.value = 'open'
    state.dispatchEvent(new Event('change'))
    await screen.until(() => screen.find('print-total')?.dataset['total'] === '1')
    await screen.click('job-j2-no')
    await screen.appears('print-none')
    expect(screen.desk.calls('print_jobs').at(-1)).toEqual({ day: '2026-03-02', states: ['queued', 'sent', 'unknown'] })
  })

  it('shows nothing under a day that is none', async () => {
    await withPapers()
    for (const [view, field, rows] of [
      ['jobs', 'print-day', 'print-total'],
      ['day-end', 'day-end-day', 'day-end-sum'],
    ] as const) {
      await screen.router.push({ name: 'print', params: { view } })
      await screen.appears(rows)
      const asked = screen.desk.log.length
      await screen.fill(field, '2026-3')
      await screen.appears(`${field}-fault`)
      expect(screen.find(rows)).toBeNull()
      expect(screen.desk.log.slice(asked).map((one) => one.command)).not.toContain(view === 'jobs' ? 'print_jobs' : 'day_end')
      await screen.fill(field, '2026-03-02')
      await screen.appears(rows)
    }
  })

  it('settles the day', async () => {
    await withPapers()
    const paper = screen.desk.cases.values().next().value?.papers[0]
    if (!paper) throw new Error('no paper')
    const item = { number: paper.number, title: paper.title, case: 'c1', applicant: '王䶮', printer: '', said: '' }
    screen.desk.dayItems = [
      { ...item, job: null, side: 'record-without-paper', trouble: 'never-out', remedies: ['print', 'save', 'give'] },
    ]
    await screen.router.push({ name: 'print', params: { view: 'day-end' } })
    const line = await screen.appears(`day-end-${paper.number}`)
    expect(line.textContent).toContain('有账无纸')
    expect(line.dataset['trouble']).toBe('never-out')
    await screen.click(`day-end-${paper.number}-give`)
    await screen.appears('day-end-clean')
    expect(screen.desk.calls('give_paper')).toEqual([{ number: paper.number, way: 'electronic' }])
  })

  it('is not clean while an earlier day is open, and opens that day', async () => {
    await screen.open()
    screen.desk.openDays = [
      { day: '2026-02-27', papers: 124 },
      { day: '2026-02-26', papers: 3 },
    ]
    await screen.router.push({ name: 'print', params: { view: 'day-end' } })
    const earlier = await screen.appears('day-end-earlier')
    expect(earlier.textContent).toContain('2 天、文书 127 份')
    await screen.appears('day-end-clean-alone')
    expect(screen.find('day-end-clean')).toBeNull()
    await screen.click('day-end-earlier-2026-02-26')
    await screen.appears('day-end-clean')
    expect(screen.desk.calls('day_end').at(-1)).toEqual({ day: '2026-02-26' })
  })

  it('keeps where a kind of paper goes', async () => {
    await screen.open()
    screen.desk.rules = [
      { kind: 'acceptance', title: '受理通知书', printer: null, tray: null, copies: 1, both_sides: false, slip: false },
    ]
    await screen.router.push({ name: 'print', params: { view: 'rules' } })
    const printer = (await screen.appears('rule-acceptance-printer')) as HTMLSelectElement
    await screen.until(() => printer.options.length === 2)
    printer.value = 'HP-LaserJet'
    printer.dispatchEvent(new Event('change'))
    await screen.until(() => screen.text('rules-saved').includes('受理通知书'))
    const tray = screen.find('rule-acceptance-tray') as HTMLSelectElement
    await screen.until(() => tray.options.length === 3)
    tray.value = 'tray-2'
    tray.dispatchEvent(new Event('change'))
    await screen.until(() => screen.desk.rules[0]?.tray === 'tray-2')
    expect(screen.desk.rules[0]).toMatchObject({ printer: 'HP-LaserJet', tray: 'tray-2', copies: 1 })
    // A receipt printer is a raw queue or a port, and has no trays.
    await screen.click('rule-acceptance-slip')
    await screen.until(() => screen.desk.rules[0]?.slip === true)
    expect(screen.desk.rules[0]).toMatchObject({ printer: null, tray: null, both_sides: false })
    await screen.until(() => screen.find('rule-acceptance-printer') instanceof HTMLInputElement)
    const port = screen.find('rule-acceptance-printer') as HTMLInputElement
    port.value = '/dev/usb/lp0'
    port.dispatchEvent(new Event('change'))
    await screen.until(() => screen.desk.rules[0]?.printer === '/dev/usb/lp0')
  })
})
