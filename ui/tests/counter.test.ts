import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { openDoor, type CaseView } from '@/api'
import ApplicantScreen from '@/features/evaluation/ApplicantScreen.vue'
import { display } from '@/features/display/display'
import { i18n } from '@/i18n'

import { TODAY } from './support/fakeDesk'
import { Screen } from './support/screen'

let screen: Screen
beforeEach(() => {
  screen = new Screen()
})
afterEach(() => screen.close())

async function atCase(change: (view: CaseView) => void = () => undefined): Promise<string> {
  await screen.open()
  const id = await screen.toFiled()
  const view = screen.desk.cases.get(id)
  if (view) change(view)
  await screen.router.push({ name: 'case', params: { id } })
  await screen.appears('case')
  return id
}

function decided(view: CaseView): void {
  view.case.state = 'decided'
  view.actions = [{ action: 'hand-over', obstacle: null }]
}

describe('a result', () => {
  it('is handed to whoever showed their document, and the slip is there to sign', async () => {
    const id = await atCase(decided)
    await screen.click('case-hand-over')
    expect((await screen.appears('hand-over-by')).textContent).toContain('2026年3月16日')
    expect(screen.text('hand-over-ways')).toContain('窗口领取、邮寄')
    expect(screen.find('hand-over-known')?.textContent).toContain(screen.desk.cases.get(id)?.case.applicant.name)
    screen.desk.fail('hand_over', 'not-allowed', '请核对领取人的证件原件', 'identity_checked')
    await screen.click('hand-over-submit')
    expect((await screen.appears('hand-over-checked-fault')).textContent).toContain('证件原件')
    await screen.click('hand-over-checked')
    await screen.click('hand-over-submit')
    await screen.appears('papers')
    expect(screen.desk.calls('hand_over').at(-1)).toEqual({
      id,
      on: null,
      input: {
        delivery: 'window',
        role: 'applicant',
        receiver: { name: '', id_type: 'resident-id', id_number: '', phone: null },
        authority: '',
        copies: 1,
        postal_number: '',
        identity_checked: true,
      },
    })
    expect((await screen.appears('paper-result-slip')).getAttribute('aria-current')).toBe('true')
  })

  it('goes out with those filed together, each of which can be left', async () => {
    const of = (id: string, matter_name: string) => ({ id, number: `N-${id}`, matter_name })
    screen.desk.counter.offered.also = [of('c8', '医保参保'), of('c9', '社保卡申领')]
    const id = await atCase(decided)
    const own = screen.desk.cases.get(id)
    const paper = own?.papers[0]
    if (!own || !paper) throw new Error('no case with a paper')
    // The other one has its proof of delivery, too, and what was made of it before.
    const proof = { ...paper, kind: 'delivery-receipt' as const, number: 'N-c8-SD01', printed: 0 }
    screen.desk.cases.set('c8', {
      ...own,
      case: { ...own.case, id: 'c8', matter: { ...own.case.matter, name: '医保参保' } },
      papers: [paper, proof],
    })
    await screen.click('case-hand-over')
    await screen.appears('hand-over-also')
    expect(screen.find('signing-panel')).toBeNull()
    await screen.click('hand-over-also-c9')
    await screen.click('hand-over-checked')
    await screen.click('hand-over-submit')
    await screen.appears('papers')
    expect(screen.desk.calls('hand_over').at(-1)).toMatchObject({ also: ['c8'] })
    await screen.until(() => screen.text('paper-of') === '医保参保')
    await screen.click('papers-print-all')
    await screen.until(() => screen.desk.calls('print_paper').some((asked) => asked.number === 'N-c8-SD01'))
  })

  it('can be fetched by another, whose faults stand at their fields', async () => {
    await atCase(decided)
    await screen.click('case-hand-over')
    await screen.click('hand-over-role-other')
    await screen.fill('receiver-name', '额尔敦巴图')
    await screen.fill('receiver-id-number', '123')
    await screen.fill('hand-over-authority', '授权委托书')
    screen.desk.fail('hand_over', 'bad-id-number', '身份证号应为18位', 'receiver.id_number')
    await screen.click('hand-over-submit')
    expect((await screen.appears('receiver-id-number-fault')).textContent).toContain('18位')
    expect((screen.find('receiver-name') as HTMLInputElement).value).toBe('额尔敦巴图')
    expect((screen.find('hand-over-authority') as HTMLInputElement).value).toBe('授权委托书')
  })

  it('that is posted asks for the number and for no document', async () => {
    const id = await atCase(decided)
    await screen.click('case-hand-over')
    await screen.click('hand-over-way-post')
    expect(screen.find('hand-over-checked')).toBeNull()
    await screen.fill('hand-over-postal', 'EA123456789CN')
    await screen.click('hand-over-submit')
    await screen.appears('papers')
    const [said] = screen.desk.calls('hand_over') as { input: { postal_number: string } }[]
    expect(said?.input.postal_number).toBe('EA123456789CN')
    await screen.router.push({ name: 'case', params: { id } })
    expect((await screen.appears('case-delivered')).textContent).toContain('EA123456789CN')
  })
})

describe('the word of an applicant', () => {
  it('is asked for on their screen, and the clerk sees only that it came', async () => {
    const id = await atCase()
    await screen.click('evaluation-invite')
    await screen.appears('evaluation-waiting')
    const token = `${id} ${TODAY}`
    screen.desk.counter.answer(token, { satisfaction: 'very-dissatisfied' })
    const line = await screen.appears(`service-${TODAY}`)
    await screen.until(() => line.dataset['answered'] === 'given')
    expect(screen.find('evaluation')?.textContent).toContain('已评价')
    expect(screen.find('evaluation')?.textContent).not.toContain('不满意')
    expect(screen.find('evaluation-invite')).toBeNull()
    expect(screen.find('evaluation-paper')).toBeNull()
  })

  it('can be taken back, and the screen opened where it is closed', async () => {
    await atCase()
    screen.desk.counter.open = false
    screen.desk.counter.url = 'http://127.0.0.1:1/?applicant#token=t'
    const opened = vi.spyOn(window, 'open').mockReturnValue(null)
    await screen.click('evaluation-invite')
    expect((await screen.appears('evaluation-closed')).textContent).toContain('拦住')
    expect(opened).toHaveBeenCalledWith(screen.desk.counter.url, 'yichuang-applicant')
    opened.mockReturnValue(window)
    await screen.click('evaluation-open')
    await screen.click('evaluation-stop')
    await screen.until(() => screen.find('evaluation-waiting') === null)
    expect(screen.desk.counter.said).toEqual([])
    opened.mockRestore()
  })

  it('written on paper is entered as it stands, with no grade by default', async () => {
    const id = await atCase()
    await screen.click('evaluation-paper')
    await screen.appears('dialog-evaluation')
    await screen.click('evaluation-submit')
    expect((await screen.appears('paper-grade-fault')).textContent).toContain('请选择')
    expect(screen.desk.calls('enter_evaluation')).toEqual([])
    await screen.click('paper-grade-dissatisfied')
    await screen.click('paper-why-manner')
    await screen.fill('paper-words', '等得久')
    await screen.click('evaluation-submit')
    await screen.until(() => screen.find(`service-${TODAY}`)?.dataset['answered'] === 'given')
    const evaluation = { satisfaction: 'dissatisfied', reasons: ['manner'], words: '等得久' }
    expect(screen.desk.calls('enter_evaluation')).toEqual([{ id, service: TODAY, evaluation }])
  })
})

describe("the applicant's screen", () => {
  let wrapper: VueWrapper | null = null
  afterEach(() => wrapper?.unmount())

  async function asked(): Promise<void> {
    const id = await atCase()
    screen.desk.counter.invite(id, TODAY)
    openDoor(screen.desk)
    wrapper = mount(ApplicantScreen, { global: { plugins: [i18n] }, attachTo: document.body })
    await screen.until(() => screen.find('applicant-screen')?.dataset['state'] === 'asking')
  }

  it('chooses nothing by itself and sends nothing without a choice', async () => {
    await asked()
    expect(document.querySelectorAll('.grade').length).toBe(5)
    expect(document.querySelectorAll('[aria-pressed="true"].grade').length).toBe(0)
    expect((screen.find('applicant-send') as HTMLButtonElement).disabled).toBe(true)
    expect(screen.find('applicant-why')).toBeNull()
  })

  it('asks why with the lower two only, and drops the reasons with a better grade', async () => {
    await asked()
    await screen.click('grade-very-dissatisfied')
    await screen.click('why-overdue')
    await screen.click('grade-fair')
    expect(screen.find('applicant-why')).toBeNull()
    await screen.fill('applicant-words', '还行')
    await screen.click('applicant-send')
    await screen.until(() => screen.find('applicant-screen')?.dataset['state'] === 'given')
    const evaluation = { satisfaction: 'fair', reasons: [], words: '还行' }
    expect(screen.desk.counter.said).toEqual([{ service: TODAY, evaluation }])
  })

  it('lets whoever does not want to say go', async () => {
    await asked()
    await screen.click('applicant-skip')
    await screen.until(() => screen.find('applicant-screen')?.dataset['state'] === 'declined')
    expect(screen.desk.counter.said).toEqual([{ service: TODAY, evaluation: null }])
  })

  it('greets in the traditional Mongolian script beside the Chinese where that was chosen', async () => {
    await screen.open()
    display.choose('applicant', 'zh-mn')
    openDoor(screen.desk)
    wrapper = mount(ApplicantScreen, { global: { plugins: [i18n] }, attachTo: document.body })
    const beside = await screen.appears('applicant-mongolian')
    expect([beside.lang, beside.parentElement?.textContent]).toEqual(['mn-Mong-CN', expect.stringContaining('欢迎')])
    localStorage.clear()
    display.apply()
    await screen.until(() => screen.find('applicant-mongolian') === null)
  })
})
