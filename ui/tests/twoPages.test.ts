import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { call, CallFailure, showsAs } from '@/api'
import { browserDoor } from '@/api/browserDoor'
import { session } from '@/app/session'

import { Screen } from './support/screen'

/** Another page at the same door, which tells this one that the session changed. */
const other = new BroadcastChannel('yichuang-session')

let screen: Screen
beforeEach(async () => {
  screen = await new Screen().open()
  await screen.appears('workbench')
})
afterEach(() => screen.close())

/** Locks, and signs somebody in, as another page does; `heard` says whether this one is told. */
async function signIn(clerk: string, heard = true): Promise<void> {
  await screen.desk.call('sign_out', {})
  if (heard) other.postMessage('signed-out')
  await screen.desk.call('sign_in', { clerk, pin: '246802' })
  if (heard) other.postMessage('signed-in')
}

async function toDetermination(): Promise<void> {
  await screen.toMaterials()
  await screen.press('1', 'material-m1')
  await screen.press('a', 'material-m2')
  await screen.click('walk-next')
  await screen.step('determination')
  await screen.appears('determination-file')
}
const filed = (): number => screen.desk.calls('file_case').length

describe('another page signs somebody else in', () => {
  it('covers this one, which shows the new clerk and files nothing until they go on', async () => {
    await toDetermination()
    await signIn('k2')
    await screen.appears('taken')
    expect(document.body.textContent).toContain('已由乌兰图雅登录')
    expect(screen.text('taken')).toContain('王敏')
    expect(screen.text('top-place')).toContain('乌兰图雅')
    await screen.appears('determination-file')
    await screen.press('Enter', undefined, { ctrlKey: true })
    expect(filed()).toBe(0)
    await screen.click('taken-go-on')
    await screen.until(() => screen.find('taken') === null)
    await screen.press('Enter', undefined, { ctrlKey: true })
    await screen.until(() => filed() === 1)
  })

  it('is told of by every page that signs in or out', async () => {
    const heard: unknown[] = []
    other.onmessage = (event) => heard.push(event.data)
    await screen.press('F12')
    await screen.appears('sign-in-pin')
    await screen.click('sign-in-clerk-k2')
    await screen.fill('sign-in-pin', '246802')
    await screen.click('sign-in-submit')
    await screen.appears('workbench')
    await screen.until(() => heard.length === 2)
    other.onmessage = null
    expect(heard).toEqual(['signed-out', 'signed-in'])
    expect(screen.find('taken')).toBeNull()
  })

  it('says nothing where the same clerk comes back', async () => {
    await signIn('k2')
    await screen.appears('taken')
    await signIn('k1')
    await screen.until(() => screen.text('top-place').includes('王敏'))
    await screen.until(() => screen.find('taken') === null)
  })

  it('goes on in the training that another page entered', async () => {
    await screen.desk.call('enter_training', {})
    other.postMessage('signed-in')
    await screen.appears('training-bar')
    expect(screen.find('taken')).toBeNull()
  })

  it('leaves what was half typed to who typed it', async () => {
    const id = await screen.toFiled()
    const view = screen.desk.cases.get(id)
    if (view) view.actions = [{ action: 'withdraw', obstacle: null }]
    await screen.router.push({ name: 'case', params: { id } })
    await screen.click('case-withdraw')
    await screen.fill('withdraw-reason', '申请人说不办了')
    // At once, with no screen of nobody in between.
    await screen.desk.call('sign_in', { clerk: 'k2', pin: '246802' })
    other.postMessage('signed-in')
    await screen.click('taken-go-on')
    await screen.appears('case')
    expect(screen.find('dialog-withdraw')).toBeNull()
    await signIn('k1')
    await screen.appears('dialog-withdraw')
    await screen.until(() => (screen.find('withdraw-reason') as HTMLInputElement).value === '申请人说不办了')
  })

  it('closes the handing over of a desk that another had opened', async () => {
    await screen.press('F12', undefined, { shiftKey: true })
    await screen.appears('dialog-shift')
    await signIn('k2')
    await screen.click('taken-go-on')
    await screen.until(() => screen.find('dialog-shift') === null)
  })
})

describe('a page that heard of nothing', () => {
  it('files nothing in the name of a clerk that it does not show, and shows them', async () => {
    await toDetermination()
    await signIn('k2', false)
    expect(screen.text('top-place')).toContain('王敏')
    await screen.press('Enter', undefined, { ctrlKey: true })
    await screen.appears('taken')
    expect(filed()).toBe(0)
    expect(screen.text('top-place')).toContain('乌兰图雅')
  })

  it('shows who is signed in as soon as somebody looks at it', async () => {
    await signIn('k2', false)
    document.dispatchEvent(new Event('visibilitychange'))
    await screen.appears('taken')
  })

  it('does nothing in the records that it meant for training', async () => {
    await screen.desk.call('enter_training', {})
    await expect(call('register_ledger', {} as never)).rejects.toMatchObject({ code: 'another-clerk' })
    await screen.until(() => session.training.value)
  })

  it('says with every call of a browser for whom it asks', async () => {
    const sent: (string | undefined)[] = []
    const door = browserDoor('t', async (_, init) => {
      sent.push((init?.headers as Record<string, string>)['X-Clerk'])
      return new Response('{}')
    })
    await door.call('workbench', {})
    showsAs({ clerk: 'k2', training: true })
    await door.call('workbench', {})
    showsAs(null)
    await door.call('workbench', {})
    expect(sent).toEqual(['records/k1', 'training/k2', undefined])
  })

  it('is refused as any page where nobody is signed in', async () => {
    await screen.desk.call('sign_out', {})
    screen.desk.fail('file_case', 'not-signed-in')
    const refused = await call('file_case', {} as never).catch((raw: CallFailure) => raw.code)
    expect(refused).toBe('not-signed-in')
    await screen.appears('sign-in-pin')
  })
})
