import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { IDLE } from '@/app/idleLock'

import { Screen } from './support/screen'

let screen: Screen
beforeEach(async () => {
  screen = new Screen()
  await screen.open()
  await screen.appears('workbench')
})
afterEach(() => {
  vi.useRealTimers()
  screen.close()
})

const locked = (): number => screen.desk.calls('sign_out').length

describe('an unattended screen', () => {
  it('locks, and only then', async () => {
    vi.useFakeTimers()
    window.dispatchEvent(new Event('pointermove'))
    await vi.advanceTimersByTimeAsync(IDLE - 1000)
    expect(locked()).toBe(0)
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift' }))
    await vi.advanceTimersByTimeAsync(IDLE - 1000)
    expect(locked()).toBe(0)
    await vi.advanceTimersByTimeAsync(1000)
    expect(locked()).toBe(1)
  })

  it('saves what is being typed before it locks, and is where it was afterwards', async () => {
    await screen.toMaterials()
    vi.useFakeTimers()
    await screen.press('2', 'material-m1')
    await vi.advanceTimersByTimeAsync(IDLE)
    const calls = screen.desk.log.map((one) => one.command)
    expect(calls.lastIndexOf('save_draft')).toBeGreaterThan(-1)
    expect(calls.lastIndexOf('save_draft')).toBeLessThan(calls.indexOf('sign_out'))
    vi.useRealTimers()
    await screen.fill('sign-in-pin', '246802')
    await screen.click('sign-in-submit')
    const row = await screen.appears('material-m1')
    expect(row.textContent).toContain('缺少')
  })
})
