import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { Screen } from './support/screen'

let screen: Screen
beforeEach(async () => {
  screen = new Screen()
  await screen.open('/new')
  await screen.appears('matter-1001')
})
afterEach(() => screen.close())

const draft = () => [...screen.desk.drafts.values()][0]

describe('一件事一次办', () => {
  it('is offered on its shelf and by its name, and begun with one key', async () => {
    expect(screen.find('bundle-offer')).toBeNull()
    await screen.press('4', 'search-input', { altKey: true })
    await screen.appears('bundle-offer')
    expect(screen.text('bundle-offer')).toContain('开饭馆：2个事项一并办理')
    await screen.press('1', 'search-input', { altKey: true })
    await screen.until(() => screen.find('bundle-offer') === null)
    await screen.fill('search-input', '开小店')
    await screen.appears('bundle-offer')
    await screen.press('Enter', 'search-input', { altKey: true })
    await screen.appears('walk-bundle')
    expect(screen.desk.calls('start_bundle')).toEqual([{ id: 'b2' }])
    expect(screen.desk.calls('start_draft')).toEqual([])
  })

  it('leaves a matter out and takes it again, but never the leading one', async () => {
    await screen.press('4', 'search-input', { altKey: true })
    await screen.appears('bundle-offer')
    await screen.click('bundle-start')
    await screen.appears('bundle-members')
    expect(screen.find('bundle-member-1002')?.matches(':disabled')).toBe(true)
    // Twice in one breath, then once more.
    screen.find('bundle-member-1001')?.click()
    screen.find('bundle-member-1001')?.click()
    screen.find('bundle-member-1001')?.click()
    await screen.until(() => draft()?.bundle?.taken.join() === '1002')
    await screen.click('bundle-member-1001')
    await screen.until(() => draft()?.bundle?.taken.join() === '1002,1001')
    // What is typed afterwards keeps it.
    await screen.click('walk-next')
    await screen.appears('applicant-name')
    await screen.fill('applicant-name', '王敏')
    await screen.until(() => draft()?.intake.applicant.name === '王敏')
    expect(draft()?.bundle).toEqual({ id: 'b1', taken: ['1002', '1001'] })
  })
})
