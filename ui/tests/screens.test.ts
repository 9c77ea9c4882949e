import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { session } from '@/app/session'

import { Screen } from './support/screen'

let screen: Screen
beforeEach(() => {
  screen = new Screen()
})
afterEach(() => screen.close())

async function withCase(key = '1'): Promise<string> {
  await screen.toMaterials()
  await screen.press(key, 'material-m1')
  await screen.press('a', 'material-m2')
  await screen.click('walk-next')
  await screen.step('determination')
  await screen.click('determination-file')
  return (await screen.appears('papers')).dataset['case'] ?? ''
}

describe('coming in', () => {
  it('asks for the passphrase, and again where it is wrong', async () => {
    screen.desk.status = { ...screen.desk.status, phase: 'locked', profile: null, clerk: null }
    await screen.open()
    screen.desk.fail('unlock', 'wrong-passphrase', '启动口令不对')
    await screen.fill('unlock-passphrase', 'x')
    await screen.click('unlock-submit')
    expect((await screen.appears('fault')).textContent).toContain('启动口令不对')
  })

  it('makes the first account, its passphrase first where there is no keyring', async () => {
    const { status } = screen.desk
    screen.desk.status = { ...status, phase: 'first-start', clerk: null, clerks: [], wants_passphrase: true }
    await screen.open()
    await screen.click('first-submit')
    await screen.appears('first-name-fault')
    for (const [testid, text] of [
      ['first-passphrase', 'abc-123'],
      ['first-passphrase-again', 'abc-123'],
      ['first-name', '王敏'],
      ['first-pin', '583914'],
      ['first-pin-again', '583915'],
    ] as const) {
      await screen.fill(testid, text)
    }
    await screen.click('first-submit')
    await screen.appears('first-pin-again-fault')
    expect(screen.desk.calls('unlock')).toEqual([])
    await screen.fill('first-pin-again', '583914')
    await screen.click('first-submit')
    await screen.appears('workbench')
    expect(screen.desk.calls('unlock')).toEqual([{ passphrase: 'abc-123' }])
    expect(screen.desk.calls('first_account')).toEqual([{ name: '王敏', pin: '583914' }])
  })

  it('signs in by keyboard, and empties a wrong PIN', async () => {
    screen.desk.status = { ...screen.desk.status, phase: 'signed-out', clerk: null }
    await screen.open()
    screen.desk.fail('sign_in', 'wrong-pin', 'PIN 不对，还可以试 4 次')
    await screen.press('ArrowDown', 'sign-in-pin')
    await screen.fill('sign-in-pin', '000000')
    await screen.click('sign-in-submit')
    expect((await screen.appears('fault')).textContent).toContain('还可以试 4 次')
    await screen.until(() => (screen.find('sign-in-pin') as HTMLInputElement).value === '')
    await screen.fill('sign-in-pin', '583914')
    await screen.click('sign-in-submit')
    await screen.appears('workbench')
    expect(screen.desk.calls('sign_in').at(-1)).toEqual({ clerk: 'k2', pin: '583914' })
  })

  it('takes the digits of an input method as those of the PIN, in the field already', async () => {
    screen.desk.status = { ...screen.desk.status, phase: 'signed-out', clerk: null }
    await screen.open()
    await screen.fill('sign-in-pin', '５８３')
    await screen.until(() => (screen.find('sign-in-pin') as HTMLInputElement).value === '583')
    await screen.fill('sign-in-pin', '583９１４')
    await screen.click('sign-in-submit')
    await screen.appears('workbench')
    expect(screen.desk.calls('sign_in').at(-1)?.pin).toBe('583914')
  })

  it('locks with F12 after saving what is typed', async () => {
    await screen.open()
    const id = await screen.begin('1002')
    await screen.click('walk-next')
    await screen.fill('applicant-name', '王敏')
    await screen.press('F12')
    await screen.appears('sign-in-pin')
    expect(screen.desk.drafts.get(id)?.intake.applicant.name).toBe('王敏')
  })

  it('goes back to the sign-in when the program says nobody is signed in', async () => {
    await screen.open()
    screen.desk.status = { ...screen.desk.status, phase: 'signed-out', clerk: null }
    screen.desk.fail('search', 'not-signed-in')
    await screen.press('F2')
    await screen.appears('sign-in-pin')
  })

  it('says what is wrong where the program does not answer, and tries again', async () => {
    screen.desk.fail('status', 'door-closed')
    await screen.open()
    await screen.appears('fault')
    await screen.click('fault-retry')
    await screen.appears('workbench')
  })
})

describe('the case', () => {
  it('masks numbers until they are asked for', async () => {
    await screen.open()
    const id = await withCase()
    await screen.router.push({ name: 'case', params: { id } })
    expect((await screen.appears('case-id-number')).textContent).toBe('150785********0023')
    await screen.click('case-id-number-reveal')
    expect(screen.text('case-id-number')).toBe('150785190105180023')
  })

  it('matches what arrived to its lines, and accepts when all of it did', async () => {
    await screen.open()
    const id = await withCase('2')
    await screen.click('papers-to-case')
    await screen.appears('case')
    expect(screen.text('case-accept-obstacle')).toContain('还没有补齐')
    await screen.click('case-supplement')
    await screen.click('supplement-submit')
    await screen.appears('supplement-none')
    await screen.click('supplement-m1')
    await screen.fill('supplement-on', '2026-03-04')
    await screen.click('supplement-submit')
    await screen.until(() => screen.find('notice-m1')?.dataset['arrived'] === '2026-03-04')
    expect(screen.desk.calls('supplement')).toEqual([{ id, on: '2026-03-04', ids: ['m1'] }])
    await screen.click('case-accept')
    await screen.click('step-submit')
    await screen.until(() => screen.find('case')?.dataset['state'] === 'accepted')
    expect(screen.desk.calls('accept')).toEqual([{ id, on: null }])
  })

  it('shows the refusal of a step in its dialog', async () => {
    await screen.open()
    await withCase('2')
    await screen.click('papers-to-case')
    await screen.click('case-supplement')
    await screen.click('supplement-m1')
    screen.desk.fail('supplement', 'date-before-notice', '补正日期早于告知日期', 'on')
    await screen.click('supplement-submit')
    expect((await screen.appears('supplement-on-fault')).textContent).toContain('早于告知日期')
  })

  it('withdraws only with a reason', async () => {
    await screen.open()
    const id = await withCase()
    await screen.click('papers-to-case')
    await screen.click('case-withdraw')
    await screen.click('step-submit')
    await screen.appears('withdraw-reason-fault')
    expect(screen.desk.calls('withdraw')).toEqual([])
    await screen.fill('withdraw-reason', '申请人放弃')
    await screen.click('step-submit')
    await screen.until(() => screen.find('case')?.dataset['state'] === 'withdrawn')
    expect(screen.desk.calls('withdraw')).toEqual([{ id, reason: '申请人放弃' }])
  })

  it('says why its upload was refused', async () => {
    await screen.open()
    const id = await withCase()
    const view = screen.desk.cases.get(id)
    if (view) {
      view.upload = { state: 'rejected', code: 'bad-id-number', field: 'applicant.id_number', message: '号码不符' }
    }
    await screen.click('papers-to-case')
    const trouble = await screen.appears('case-rejected')
    expect(trouble.textContent).toContain('号码不符')
    expect(trouble.textContent).toContain('applicant.id_number')
  })
})

describe('the papers', () => {
  it('prints all of them on the printer chosen', async () => {
    await screen.open()
    await withCase()
    const choice = (await screen.appears('papers-printer')) as HTMLSelectElement
    await screen.until(() => choice.options.length === 2)
    choice.value = 'HP-LaserJet'
    choice.dispatchEvent(new Event('change'))
    await screen.click('papers-print-all')
    await screen.appears('papers-told')
    expect(screen.desk.calls('print_paper').map((p) => p.printer)).toEqual(['HP-LaserJet', 'HP-LaserJet'])
    expect(screen.text('paper-acceptance-printed')).toContain('已送打印机')
  })

  it('says what to do where the printer failed', async () => {
    await screen.open()
    await withCase()
    screen.desk.fail('print_paper', 'print-failed', '打印机缺纸')
    await screen.click('papers-print')
    expect((await screen.appears('fault')).textContent).toContain('打印机缺纸')
  })

  it('lets the window save by itself', async () => {
    screen.desk.kind = 'window'
    await screen.open()
    await withCase()
    await screen.click('papers-save')
    expect((await screen.appears('papers-told')).textContent).toContain('/home/clerk/')
  })
})

describe('lists and states', () => {
  it('finds cases by name and by what is unsent, and says when there are none', async () => {
    await screen.open()
    await withCase()
    await screen.press('F3')
    await screen.until(() => screen.find('cases-total')?.dataset['total'] === '1')
    await screen.fill('cases-text', '没有这个人')
    await screen.appears('cases-none')
    await screen.click('cases-clear')
    await screen.until(() => screen.find('cases-none') === null)
    const { number } = [...screen.desk.cases.values()][0]?.case ?? { number: '' }
    await screen.fill('cases-text', [...number].map((c) => (/[\w-]/.test(c) ? String.fromCharCode(c.charCodeAt(0) + 0xfee0) : c)).join(''))
    await screen.until(() => screen.desk.calls('cases').at(-1)?.text === number)
    await screen.press('Enter', 'cases-text')
    await screen.appears('case')
  })

  it('enrols with the code, and shows a refusal in words', async () => {
    await screen.open()
    await screen.press('F8')
    screen.desk.fail('enrol', 'bad-enrol-code', '入网码已经用过')
    await screen.fill('enrol-hub', ' https://hub ')
    await screen.fill('enrol-code', 'ABCD')
    await screen.click('enrol-submit')
    expect((await screen.appears('fault')).textContent).toContain('入网码已经用过')
    await screen.click('enrol-submit')
    await screen.appears('upstream-now')
    expect(screen.desk.calls('enrol').at(-1)).toEqual({ hub: 'https://hub', code: 'ABCD', authority: null })
  })

  it('is grey offline and red only where a person is needed', async () => {
    screen.desk.sync = { ...screen.desk.sync, enrolled: true, failure: { code: 'hub-unreachable', message: 'm', passing: true } }
    await screen.open()
    await screen.until(() => screen.find('top-line')?.dataset['tone'] === 'grey')
    screen.desk.sync = { ...screen.desk.sync, failure: { code: 'hub-refused', message: 'm', passing: false } }
    await screen.press('F8')
    await screen.until(() => screen.find('top-line')?.dataset['tone'] === 'red')
  })

  it('wears its practice mark everywhere, and none in earnest', async () => {
    await screen.open()
    expect(screen.find('practice-mark')).not.toBeNull()
    const { status } = screen.desk
    if (status.profile) status.profile.mode = 'live'
    await session.load()
    await screen.until(() => screen.find('practice-mark') === null)
  })

  it('goes anywhere from the palette', async () => {
    await screen.open()
    await screen.press('k', undefined, { ctrlKey: true })
    await screen.fill('palette-input', '身份')
    await screen.appears('palette-matter-1002')
    await screen.press('Enter', 'palette-input')
    await screen.appears('walk')
    expect(screen.text('walk-matter')).toBe('身份证换领')
  })
})
