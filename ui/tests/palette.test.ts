import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { presenting } from '@/features/training/presenter'

import { Screen } from './support/screen'

let screen: Screen
beforeEach(() => {
  screen = new Screen()
})
afterEach(() => {
  presenting.value = false
  screen.close()
})

const focused = (): string => (document.activeElement as HTMLElement | null)?.dataset['testid'] ?? ''
const has = (testid: string): Promise<unknown> => screen.until(() => focused() === testid, `${testid} has the focus`)

async function palette(): Promise<void> {
  await screen.press('k', undefined, { ctrlKey: true })
  await has('palette-input')
}

describe('Ctrl+K', () => {
  it('gives the focus back in the walk with Esc, time after time', async () => {
    await screen.open()
    await screen.begin()
    await screen.click('choice-q1-a')
    await screen.click('choice-q2-a')
    await screen.click('walk-next')
    await screen.step('applicant')
    ;(await screen.appears('applicant-name')).focus()
    for (let n = 0; n < 2; n++) {
      await palette()
      await screen.press('Escape', 'palette-input', { code: 'Escape' })
      await has('applicant-name')
    }
  })

  it('gives it back where it is pressed once more, and after a command that stays on the page', async () => {
    await screen.open('/cases')
    await has('cases-text')
    await palette()
    await screen.press('k', undefined, { ctrlKey: true })
    await has('cases-text')
    await palette()
    await screen.click('palette-presenter')
    expect(presenting.value).toBe(true)
    await has('cases-text')
  })

  it('gives it back after the handbook that it opened', async () => {
    await screen.open('/cases')
    await has('cases-text')
    await palette()
    await screen.click('palette-help')
    await has('help-search')
    await screen.press('Escape', 'help-search', { code: 'Escape' })
    await has('cases-text')
  })

  it('leaves the focus to the screen that it leads to', async () => {
    await screen.open('/cases')
    await has('cases-text')
    await palette()
    await screen.click('palette-ledger-complaint')
    await has('ledger-content')
  })
})
