import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { BURST } from '@/app/entryKeys'

import { Screen } from './support/screen'

let screen: Screen
beforeEach(async () => {
  screen = await new Screen().open()
  await screen.toFiled()
  // Loaded from here on, so that a key that opens it does so at once.
  await screen.click('papers-to-case')
  await screen.appears('case')
})
afterEach(() => {
  vi.useRealTimers()
  screen.close()
})

/** Locks a screen and comes in again, in a time that goes on by this test alone. */
async function comeIn(key: string, seen: () => boolean): Promise<void> {
  await screen.press(key)
  await screen.until(seen)
  await screen.press('F12')
  await screen.fill('sign-in-pin', '246802')
  vi.useFakeTimers()
  await screen.click('sign-in-submit')
  await vi.waitFor(() => expect(seen()).toBe(true), { interval: 1 })
}

const listed = (): boolean => screen.find('cases-total')?.dataset['total'] === '1'
const opened = (): boolean => screen.find('case') !== null

describe('a key that was pressed to come in', () => {
  it('finds nothing to press on the workbench, where F2 works at once', async () => {
    await comeIn('F5', () => screen.find('workbench-start') !== null)
    vi.useRealTimers()
    await screen.until(() => document.activeElement === document.querySelector('main[data-screen]'))
    await screen.press('F2')
    await screen.appears('new-case')
  })

  it('opens no case when it is pressed once more in the same burst', async () => {
    await comeIn('F3', listed)
    for (let n = 0; n < 3; n++) {
      await screen.press('Enter', 'cases-text')
      await vi.advanceTimersByTimeAsync(BURST - 1)
      expect(opened()).toBe(false)
    }
    await vi.advanceTimersByTimeAsync(1)
    vi.useRealTimers()
    await screen.press('Enter', 'cases-text')
    await screen.appears('case')
  })

  it('does nothing while it is held, for however long, and counts again once it was let go', async () => {
    await comeIn('F3', listed)
    await vi.advanceTimersByTimeAsync(2 * BURST)
    for (let n = 0; n < 3; n++) await screen.press('Enter', 'cases-text', { repeat: true })
    await vi.advanceTimersByTimeAsync(2 * BURST)
    vi.useRealTimers()
    expect(opened()).toBe(false)
    window.dispatchEvent(new KeyboardEvent('keyup', { key: 'Enter' }))
    await screen.press('Enter', 'cases-text')
    await screen.appears('case')
  })

  it('leaves every other key alone, and ends with the first of them', async () => {
    await comeIn('F3', listed)
    vi.useRealTimers()
    await screen.press('ArrowDown', 'cases-text')
    await screen.press('Enter', 'cases-text')
    await screen.appears('case')
  })
})
