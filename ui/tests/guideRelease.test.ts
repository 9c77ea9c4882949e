import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Finding } from '@/api'

import { Screen } from './support/screen'

let screen: Screen

const finding = (weight: Finding['weight'], matter: string | null, code: string): Finding => ({
  code,
  weight,
  place: 'matters[0].fee',
  matter,
  subject: matter ?? '工作日历',
  message: `${code} 的说明`,
  source: '行政许可法',
})

beforeEach(async () => {
  screen = new Screen()
  screen.desk.findings = [
    finding('note', 'M1', 'many-choices'),
    finding('must', 'M1', 'no-basis'),
    finding('should', null, 'year-still-estimated'),
  ]
  screen.desk.renewal = {
    from: 1,
    to: 2,
    changes: [
      {
        subject: 'matter',
        id: '1001',
        name: '食品经营许可',
        kind: 'changed',
        details: [{ what: '承诺时限', before: '5个工作日', after: '3个工作日' }],
      },
      { subject: 'matter', id: '1002', name: '旧事项', kind: 'removed', details: [] },
    ],
    touched: { '1001': [{ id: 'c1', number: 'N1', matter_name: '食品经营许可', applicant: '敖力格' }] },
    recounted: [
      {
        case: { id: 'c2', number: 'N2', matter_name: '高龄津贴', applicant: '王䶮' },
        was: '2027-01-04',
        on: '2027-01-05',
        estimated: false,
      },
    ],
  }
  await screen.open('/guide/release')
  await screen.appears('guide-review')
})
afterEach(() => screen.close())

describe('the health check', () => {
  it('lists what was found by subject, the heaviest first', () => {
    const own = [...document.querySelectorAll('[data-testid="review-of-M1"] li')]
    expect(own.map((li) => (li as HTMLElement).dataset['weight'])).toEqual(['must', 'note'])
    expect(screen.find('review-of-工作日历')).not.toBeNull()
  })

  it('shows only one weight where asked', async () => {
    await screen.click('review-weight-should')
    expect(screen.find('review-of-M1')).toBeNull()
    expect(screen.find('review-of-工作日历')).not.toBeNull()
  })

  it('says so where nothing was found', async () => {
    screen.close()
    screen = new Screen()
    await screen.open('/guide/release')
    await screen.appears('guide-review-clean')
  })
})

describe('what changed', () => {
  it('shows before and after, the open cases touched, and the dates that moved', async () => {
    await screen.click('guide-view-renewal')
    const matter = await screen.appears('renewal-matter')
    expect(matter.textContent).toContain('5个工作日')
    expect(matter.textContent).toContain('3个工作日')
    expect(screen.text('renewal-touched')).toContain('敖力格')
    expect(screen.text('renewal-recounted')).toContain('王䶮')
  })

  it('says so while there was only one release', async () => {
    screen.close()
    screen = new Screen()
    await screen.open('/guide/release')
    await screen.click('guide-view-renewal')
    await screen.appears('renewal-none')
  })
})
