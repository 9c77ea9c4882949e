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
