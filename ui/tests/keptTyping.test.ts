import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { Screen } from './support/screen'

let screen: Screen
beforeEach(async () => {
  screen = await new Screen().open()
})
afterEach(() => screen.close())

const field = (testid: string): string => (screen.find(testid) as HTMLInputElement).value

async function signIn(clerk?: string): Promise<void> {
  await screen.appears('sign-in-pin')
  if (clerk) await screen.click(`sign-in-clerk-${clerk}`)
  await screen.fill('sign-in-pin', '246802')
  await screen.click('sign-in-submit')
  await screen.appears('case')
}

/** A withdrawal of a case, with its reason half typed. */
async function halfTyped(key = 'F12'): Promise<void> {
  const id = await screen.toFiled()
  const view = screen.desk.cases.get(id)
  if (view) view.actions = [{ action: 'withdraw', obstacle: null }]
  await screen.router.push({ name: 'case', params: { id } })
  await screen.click('case-withdraw')
  await screen.fill('withdraw-reason', '申请人说不办了，因为')
  await screen.press(key)
}

describe('what was half typed when the screen locked', () => {
  it('is there again for who typed it, where it was', async () => {
    await halfTyped()
    await signIn()
    await screen.appears('dialog-withdraw')
    await screen.until(() => field('withdraw-reason') === '申请人说不办了，因为')
  })

  it('is not for the next clerk, and waits for the one who typed it', async () => {
    await halfTyped()
    await signIn('k2')
    expect(screen.find('dialog-withdraw')).toBeNull()
    await screen.click('case-withdraw')
    await screen.appears('dialog-withdraw')
    expect(field('withdraw-reason')).toBe('')
    await screen.click('step-cancel')
    await screen.press('F12')
    await signIn('k1')
    await screen.until(() => field('withdraw-reason') === '申请人说不办了，因为')
  })

  it('is there again after a key that leads elsewhere', async () => {
    await halfTyped('F3')
    await screen.appears('cases')
    screen.router.back()
    await screen.appears('case')
    await screen.until(() => screen.find('withdraw-reason') !== null && field('withdraw-reason') === '申请人说不办了，因为')
  })

  it('comes back once: who closes the dialog has thrown it away', async () => {
    await halfTyped()
    await signIn()
    await screen.until(() => field('withdraw-reason') === '申请人说不办了，因为')
    await screen.click('step-cancel')
    await screen.press('F12')
    await signIn()
    await screen.click('case-withdraw')
    await screen.appears('dialog-withdraw')
    expect(field('withdraw-reason')).toBe('')
  })
})
