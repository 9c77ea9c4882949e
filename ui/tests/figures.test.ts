import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { daysOf } from '@/features/figures/periods'

import { figureRow, figuresOf } from './support/fakeFigures'
import { Screen } from './support/screen'

describe('the figures', () => {
  let screen: Screen
  beforeEach(() => {
    screen = new Screen()
  })
  afterEach(() => screen.close())

  it('round nothing up, and show nothing where there is nothing to divide', async () => {
    screen.desk.figures = figuresOf([figureRow('1001', '开饭馆', 3)], { 'on-time': 999 })
    await screen.open('/figures')
    expect((await screen.appears('rate-on-time')).textContent).toContain('99.9%')
    expect(screen.text('rate-evaluation')).toContain('—')
    expect(screen.text('figure-filed')).toContain('3')
    expect(screen.text('figure-matters')).toContain('36')
    expect((screen.find('figure-decided') as HTMLButtonElement).disabled).toBe(true)
  })

  it('ask for the period and the group that were chosen, and for the cases behind a number', async () => {
    screen.desk.figures = figuresOf([figureRow('k1', '王敏', 2)])
    await screen.open('/figures')
    await screen.appears('figures-table')
    expect(screen.desk.calls('figures')).toEqual([{ from: '2026-03-01', to: '2026-03-02', group: 'matter' }])
    await screen.click('figures-period-last-month')
    await screen.click('figures-group-clerk')
    const last = { from: '2026-02-01', to: '2026-02-28', group: 'clerk' }
    await screen.until(() => JSON.stringify(screen.desk.calls('figures').at(-1)) === JSON.stringify(last))
    await screen.click('figures-k1-filed')
    await screen.appears('figure-cases')
    expect(screen.desk.calls('figure_cases')).toEqual([{ filter: last, figure: 'filed', key: 'k1' }])
    const asked = screen.desk.calls('figures').length
    await screen.fill('figures-from', '2026-2')
    expect((await screen.appears('figures-from-fault')).textContent).toContain('2026-03-02')
    expect(screen.desk.calls('figures').length).toBe(asked)
  })

  it('stand under no days that are not theirs, and what was typed stays', async () => {
    screen.desk.figures = figuresOf([figureRow('k1', '王敏', 2)])
    await screen.open('/figures')
    await screen.appears('figures-table')
    const asked = screen.desk.calls('figures').length
    for (const [day, at, fault] of [
      ['2026-03-32', 'from', '2026-03-02'],
      ['2026-03-05', 'to', '晚于'],
    ] as const) {
      await screen.fill('figures-from', day)
      await screen.appears('figures-unasked')
      expect(screen.text(`figures-${at}-fault`)).toContain(fault)
      expect((screen.find('figures-from') as HTMLInputElement).value).toBe(day)
      expect(screen.find('figures-table')).toBeNull()
      expect((screen.find('figures-export') as HTMLButtonElement).disabled).toBe(true)
    }
    expect(screen.desk.calls('figures').length).toBe(asked)
    await screen.fill('figures-from', '２０２６－０２－０１')
    await screen.appears('figures-table')
    expect(screen.desk.calls('figures').at(-1)).toMatchObject({ from: '2026-02-01' })
  })

  it('say at its field what the program has against a day, and show no others', async () => {
    screen.desk.figures = figuresOf([figureRow('k1', '王敏', 2)])
    await screen.open('/figures')
    await screen.appears('figures-table')
    screen.desk.fail('figures', 'bad-date', '“1026-03-01”不是有效日期', 'from')
    await screen.fill('figures-from', '1026-03-01')
    expect((await screen.appears('figures-from-fault')).textContent).toContain('1026')
    expect(screen.find('figures-table')).toBeNull()
    screen.desk.fail('figures', 'storage-failed')
    await screen.fill('figures-from', '2026-02-01')
    await screen.appears('fault')
    expect(screen.find('figures-table')).toBeNull()
    await screen.click('fault-retry')
    await screen.appears('figures-table')
  })

  it('name at the top what lies below the edge, and go there', async () => {
    screen.desk.figures = figuresOf([figureRow('k1', '王敏', 2), figureRow('k2', '李强', 1)])
    await screen.open('/figures')
    await screen.click('figures-group-clerk')
    await screen.until(() => screen.text('figures-to-table').includes('收件人'))
    expect(screen.text('figures-to-table')).toContain('2')
    await screen.click('figures-to-table')
    expect(document.activeElement?.querySelector('[data-testid="figures-table"]')).not.toBeNull()
    await screen.click('figures-to-reasons')
    expect(document.activeElement).toBe(screen.find('figures-reasons'))
  })

  it('say so where only the first of them are listed', async () => {
    screen.desk.figures = { ...figuresOf([figureRow('k1', '王敏', 812)]), reasons_total: 601 }
    screen.desk.behindFigure = 812
    await screen.open('/figures')
    expect((await screen.appears('figures-reasons-cut')).textContent).toContain('601')
    await screen.click('figures-k1-filed')
    expect((await screen.appears('figure-cases-cut')).textContent).toContain('812')
  })

  it('are the lead\'s', async () => {
    screen.desk.status.clerk = { id: 'k2', name: '李强', roles: [] }
    await screen.open('/figures')
    expect((await screen.appears('figures-not-lead')).textContent).toContain('组长')
    expect(screen.find('nav-figures')).toBeNull()
    expect(screen.desk.calls('figures')).toEqual([])
  })

  it('say so where nothing was filed', async () => {
    await screen.open('/figures')
    expect((await screen.appears('figures-none')).textContent).toContain('没有收件')
  })
})

describe('a period', () => {
  it('begins where a calendar says', () => {
    expect(daysOf('week', '2026-03-01')).toEqual({ from: '2026-02-23', to: '2026-03-01' })
    expect(daysOf('week', '2026-03-02')).toEqual({ from: '2026-03-02', to: '2026-03-02' })
    expect(daysOf('last-month', '2026-01-31')).toEqual({ from: '2025-12-01', to: '2025-12-31' })
    expect(daysOf('last-month', '2028-03-31')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
    expect(daysOf('year', '2026-12-31')).toEqual({ from: '2026-01-01', to: '2026-12-31' })
  })
})
