import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { Screen } from './support/screen'

let screen: Screen
let id: string
beforeEach(async () => {
  screen = await new Screen().open()
  screen.desk.parties = [
    {
      kind: 'person',
      party: { name: '王敏', id_type: 'resident-id', id_number: '150785190105180023', phone: '13800000000', address: '森工路8号' },
      seen_on: '2026-03-01',
      matter_name: '身份证换领',
    },
  ]
  id = await screen.begin()
  await screen.click('walk-step-applicant')
  await screen.appears('applicant-name')
})
afterEach(() => screen.close())

const applicant = () => screen.desk.drafts.get(id)?.intake.applicant

/** Keys as a device types them: each right after the one before. */
function burst(text: string, at: string): void {
  const field = screen.find(at) as HTMLInputElement
  field.focus()
  for (const character of [...text, 'Enter']) {
    const key = character === '\t' ? 'Tab' : character
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
    field.dispatchEvent(event)
    if (!event.defaultPrevented && key.length === 1) {
      field.value += key
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }
  }
}

describe('who stands at the window', () => {
  it('is offered from an earlier filing and taken over with one key', async () => {
    await screen.fill('applicant-name', '王敏')
    const offered = await screen.appears('applicant-known-0')
    expect(offered.textContent).toContain('150785********0023')
    expect(offered.textContent).not.toContain('150785190105180023')
    await screen.press('1', 'applicant-name', { altKey: true })
    await screen.until(() => applicant()?.id_number === '150785190105180023')
    expect(applicant()).toMatchObject({ name: '王敏', phone: '13800000000', address: '森工路8号' })
    expect(screen.find('applicant-known')).toBeNull()
    expect(screen.text('party-filled')).toContain('与证件核对')
  })

  it('is read by a device that types, whatever field has the focus', async () => {
    await screen.fill('applicant-phone', '139')
    burst('乌云\t女\t150785190105180023', 'applicant-phone')
    await screen.until(() => applicant()?.id_number === '150785190105180023')
    expect(applicant()?.name).toBe('乌云')
    // What stood in the field stands there again; an earlier filing does not write over it.
    await screen.until(() => applicant()?.phone === '139')
    expect(screen.desk.calls('read_card_text')).toEqual([{ text: '乌云\t女\t150785190105180023' }])
  })

  it('keeps what was typed fast and is no card, and a number where it belongs', async () => {
    burst('额尔敦·巴图额尔敦·巴图额尔敦·巴图', 'applicant-name')
    await screen.until(() => applicant()?.name === '额尔敦·巴图额尔敦·巴图额尔敦·巴图')
    screen.desk.fail('read_card_text', 'card-unreadable')
    burst('150785190105180024', 'applicant-phone')
    await screen.until(() => applicant()?.phone === '150785190105180024')
    burst('150785190105180023', 'applicant-id-number')
    await screen.until(() => applicant()?.id_number === '150785190105180023')
    expect(screen.desk.calls('read_card_text')).toEqual([{ text: '150785190105180024' }])
  })

  it('is not taken for a device when a hand types', async () => {
    const field = screen.find('applicant-name') as HTMLInputElement
    field.focus()
    let at = 0
    for (const key of [...'150785190105180023', 'Enter']) {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
      Object.defineProperty(event, 'timeStamp', { value: (at += 60) })
      field.dispatchEvent(event)
    }
    expect(screen.desk.calls('read_card_text')).toEqual([])
  })

  it('is read with a key where a reader is set', async () => {
    expect(screen.find('applicant-read-card')).toBeNull()
    screen.desk.cardReader = '/opt/reader'
    await screen.click('walk-step-questions')
    await screen.appears('question-q1')
    await screen.click('walk-step-applicant')
    await screen.appears('applicant-read-card')
    await screen.press('r', 'applicant-name', { altKey: true })
    await screen.until(() => applicant()?.name === '额尔敦巴图')
  })
})
