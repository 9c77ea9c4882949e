import { mount, type VueWrapper } from '@vue/test-utils'
import { nextTick } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { openDoor, type CaseView } from '@/api'
import ApplicantScreen from '@/features/evaluation/ApplicantScreen.vue'
import { i18n } from '@/i18n'

import { Screen } from './support/screen'

const place = { left: 100, top: 50, width: 900, height: 300 }

let screen: Screen
let wrapper: VueWrapper | null = null
beforeEach(() => {
  screen = new Screen()
  // The stand-in for a browser has no canvas and lays nothing out.
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null)
  vi.spyOn(HTMLCanvasElement.prototype, 'getBoundingClientRect').mockReturnValue({
    ...place, x: 100, y: 50, right: 1000, bottom: 350, toJSON: () => '',
  } as DOMRect)
})
afterEach(() => {
  wrapper?.unmount()
  wrapper = null
  screen.close()
  vi.restoreAllMocks()
})

async function write(points: [number, number][]): Promise<void> {
  const canvas = await screen.appears('signing-pad')
  const send = (type: string, [x, y]: [number, number]): void => {
    const event = new MouseEvent(type, { clientX: x, clientY: y, button: 0, bubbles: true, cancelable: true })
    Object.assign(event, { pointerId: 1, pressure: 0.5 })
    Object.defineProperty(event, 'pointerType', { value: 'pen' })
    canvas.dispatchEvent(event)
  }
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return
  send('pointerdown', first)
  for (const point of points.slice(1)) send('pointermove', point)
  send('pointerup', last)
  await nextTick()
}

const name: [number, number][] = [[300, 100], [400, 120], [500, 200], [450, 300]]

async function atHandover(): Promise<string> {
  await screen.open()
  const id = await screen.toFiled()
  const view = screen.desk.cases.get(id) as CaseView
  view.case.state = 'decided'
  view.actions = [{ action: 'hand-over', obstacle: null }]
  await screen.router.push({ name: 'case', params: { id } })
  await screen.click('case-hand-over')
  await screen.appears('hand-over-by')
  return id
}

const enabled = (testid: string): boolean => !(screen.find(testid) as HTMLButtonElement).disabled

describe('a result that is signed for on a screen', () => {
  it('is signed for on paper until somebody chooses otherwise', async () => {
    await atHandover()
    expect((screen.find('sign-paper') as HTMLInputElement).checked).toBe(true)
    await screen.click('hand-over-checked')
    await screen.click('hand-over-submit')
    await screen.appears('papers')
    expect(screen.desk.calls('hand_over').at(-1)).not.toHaveProperty('signature')
    expect(screen.desk.calls('ask_signature')).toEqual([])
  })

  it('is signed for on the clerk\'s screen where the applicant has none, and nothing typed is lost', async () => {
    const id = await atHandover()
    screen.desk.counter.open = false
    await screen.click('hand-over-role-other')
    await screen.fill('receiver-name', '额尔敦巴图')
    await screen.fill('hand-over-authority', '授权委托书')
    await screen.click('hand-over-checked')
    await screen.click('sign-screen')
    expect((await screen.appears('signing-where')).textContent).toContain('在本窗口签名')
    await screen.click('hand-over-submit')
    expect((await screen.appears('signing-panel-fault')).textContent).toContain('还没有签名')
    expect(screen.desk.calls('hand_over')).toEqual([])

    await screen.click('signing-ask')
    expect((await screen.appears('dialog-signing')).textContent).toContain('额尔敦巴图')
    expect(screen.text('signing-papers')).toBe('《领取凭条》《送达回证》')
    expect([enabled('signing-confirm'), enabled('signing-clear'), enabled('signing-leave')]).toEqual([false, false, true])
    await write([[300, 100], [300, 100]])
    await screen.click('signing-confirm')
    expect((await screen.appears('signing-fault')).textContent).toContain('签得太小')
    await screen.click('signing-clear')
    expect(enabled('signing-confirm')).toBe(false)
    expect(screen.find('signing-fault')).toBeNull()

    await screen.click('signing-leave')
    expect((await screen.appears('signing-left')).textContent).toContain('纸上签名')
    expect((screen.find('receiver-name') as HTMLInputElement).value).toBe('额尔敦巴图')
    expect((screen.find('hand-over-authority') as HTMLInputElement).value).toBe('授权委托书')
    expect((screen.find('hand-over-checked') as HTMLInputElement).checked).toBe(true)

    await screen.click('signing-ask')
    await write(name)
    expect(screen.find('signing-pad')?.dataset['strokes']).toBe('1')
    await screen.click('signing-confirm')
    expect((await screen.appears('signature-view')).dataset['strokes']).toBe('1')
    expect(screen.desk.counter.signing?.strokes[0]?.map(({ x, y }) => [x, y])).toEqual([
      [400, 100], [600, 140], [800, 300], [700, 500],
    ])
    await screen.click('hand-over-submit')
    await screen.appears('papers')
    expect(screen.desk.calls('hand_over').at(-1)).toMatchObject({ id, signature: 'sign 2' })
    await screen.router.push({ name: 'case', params: { id } })
    expect((await screen.appears('case-signed')).textContent).toContain('屏幕手写签名')
  })

  it('is signed for on the applicant\'s screen, where the clerk sees it and can ask again', async () => {
    await atHandover()
    await screen.click('hand-over-checked')
    await screen.click('sign-screen')
    await screen.appears('signing-here')
    await screen.click('signing-ask')
    await screen.appears('signing-waiting')
    expect(screen.find('dialog-signing')).toBeNull()
    screen.desk.counter.sign('sign 1', [[{ x: 0, y: 0, t: 0, p: 1 }, { x: 9, y: 9, t: 1, p: 1 }, { x: 900, y: 9, t: 2, p: 1 }]])
    await screen.appears('signature-view')
    await screen.click('signing-ask')
    await screen.appears('signing-waiting')
    expect(screen.find('signature-view')).toBeNull()
    await screen.click('signing-stop')
    await screen.until(() => screen.find('signing-waiting') === null)
    expect(screen.desk.counter.signing).toBeNull()
    await screen.click('signing-here')
    await screen.appears('dialog-signing')
    await screen.click('signing-leave')
    // On paper after all: what was asked is forgotten, and nothing stands in the way.
    await screen.click('sign-paper')
    await screen.click('hand-over-submit')
    await screen.appears('papers')
    expect(screen.desk.calls('hand_over').at(-1)).not.toHaveProperty('signature')
  })

  it('is not asked for while a field is at fault, which stands at that field', async () => {
    await atHandover()
    await screen.click('sign-screen')
    screen.desk.fail('ask_signature', 'not-allowed', '请核对领取人的证件原件', 'identity_checked')
    await screen.click('signing-ask')
    expect((await screen.appears('hand-over-checked-fault')).textContent).toContain('证件原件')
    await screen.click('hand-over-way-post')
    expect(screen.find('signing-panel')).toBeNull()
  })

  it('is forgotten with the dialog', async () => {
    await atHandover()
    await screen.click('sign-screen')
    await screen.click('signing-ask')
    await screen.appears('signing-waiting')
    await screen.click('hand-over-cancel')
    await screen.until(() => screen.desk.counter.signing === null)
  })
})

describe("the applicant's screen", () => {
  it('says what is signed and for what, and takes the name', async () => {
    const id = await atHandover()
    const input = { delivery: 'window', role: 'applicant', copies: 2, identity_checked: true } as const
    screen.desk.counter.askSignature(id, input, '2026-03-02', 'applicant')
    openDoor(screen.desk)
    wrapper = mount(ApplicantScreen, { global: { plugins: [i18n] }, attachTo: document.body })
    await screen.until(() => screen.find('applicant-screen')?.dataset['state'] === 'signing')
    expect(screen.text('signing-papers')).toBe('《领取凭条》《送达回证》')
    expect(screen.text('signing-result')).toContain('2份')
    await write(name)
    await screen.click('signing-clear')
    expect(screen.find('signing-pad')?.dataset['strokes']).toBe('0')
    await write(name)
    await write(name.map(([x, y]) => [x + 200, y]))
    await screen.click('signing-confirm')
    await screen.until(() => screen.find('applicant-screen')?.dataset['state'] === 'signed')
    expect(screen.desk.counter.signing?.strokes).toHaveLength(2)
    expect(screen.find('signing-pad')).toBeNull()
  })

  it('lets whoever would rather sign on paper go, and tells the clerk', async () => {
    const id = await atHandover()
    const input = { delivery: 'window', role: 'applicant', copies: 1, identity_checked: true } as const
    screen.desk.counter.askSignature(id, input, '2026-03-02', 'applicant')
    openDoor(screen.desk)
    wrapper = mount(ApplicantScreen, { global: { plugins: [i18n] }, attachTo: document.body })
    await screen.click('signing-leave')
    await screen.until(() => screen.find('applicant-screen')?.dataset['state'] === 'left')
    expect(screen.text('applicant-screen')).toContain('在纸上签名')
    await screen.click('sign-screen')
    await screen.appears('signing-left')
  })
})
