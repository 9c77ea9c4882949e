import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { today } from '@/features/workbench/today'

import { Screen } from './support/screen'

let screen: Screen
beforeEach(() => {
  screen = new Screen()
})
afterEach(() => screen.close())

async function filed(): Promise<string> {
  await screen.open()
  return screen.toFiled()
}

describe('the workbench', () => {
  it('says what the departments did until somebody has looked', async () => {
    const id = await filed()
    screen.desk.news.set(id, '审查补正')
    await screen.press('F5')
    const line = await screen.appears(`workbench-news`)
    expect(line.textContent).toContain('审查补正')
    expect(screen.text('today-news')).toContain('1')
    line.querySelector('a')?.click()
    await screen.appears('case')
    await screen.until(() => screen.desk.calls('seen_case').length === 1)
    await screen.press('F5')
    await screen.appears('workbench')
    await screen.until(() => screen.find('workbench-news') === null)
  })

  it('lights what waits to be handed over by the days that are left', async () => {
    const id = await filed()
    const view = screen.desk.cases.get(id)
    if (view) view.case.state = 'decided'
    const lit = screen.desk.caseRow.bind(screen.desk)
    screen.desk.caseRow = (one) => ({ ...lit(one), light: 'red', deliver_by: '2026-02-20' })
    await screen.press('F5')
    const line = await screen.appears('workbench-decided')
    expect(line.textContent).toContain('已过 10 天')
    expect(line.querySelector('.light-red')).not.toBeNull()
    expect(screen.find('today-decided')?.querySelector('.light-red')).not.toBeNull()
  })

  it('says how long a case has waited where no last day presses', async () => {
    const id = await filed()
    const view = screen.desk.cases.get(id)
    if (view) view.case.state = 'supplemented'
    const row = screen.desk.caseRow.bind(screen.desk)
    let filedOn = '2026-03-02'
    screen.desk.caseRow = (one) => ({ ...row(one), filed_on: filedOn })
    await screen.press('F5')
    expect((await screen.appears('workbench-ready_to_accept')).textContent).not.toContain('已等')
    filedOn = '2026-02-27'
    await today.load()
    await screen.until(() => screen.text('workbench-ready_to_accept').includes('已等 3 天'))
  })

  it('counts all that wait, and leads to every one of them', async () => {
    const id = await filed()
    const view = screen.desk.cases.get(id)
    if (!view) throw new Error('nothing was filed')
    view.case.state = 'accepted'
    for (let n = 2; n <= 60; n += 1) {
      screen.desk.cases.set(`more-${n}`, { ...view, case: { ...view.case, id: `more-${n}` } })
    }
    await screen.press('F5')
    expect((await screen.appears('workbench-under_way')).textContent).toContain('60')
    expect(screen.text('today-under_way')).toContain('60')
    expect(screen.text('workbench-all-under_way')).toContain('52')
    screen.find('workbench-all-under_way')?.click()
    await screen.appears('cases')
    await screen.until(() => screen.find('cases-total')?.dataset['total'] === '60')
    expect((screen.find('cases-state') as HTMLSelectElement).value).toBe('/under_way')
    // Filed since, and waiting for something else.
    view.case.state = 'supplemented'
    screen.find('cases-clear')?.click()
    await screen.until(() => screen.find('cases-clear') === null)
    expect(screen.find('cases-total')?.dataset['total']).toBe('60')
  })
})
