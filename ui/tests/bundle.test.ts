import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { Screen } from './support/screen'

let screen: Screen
beforeEach(async () => {
  screen = new Screen()
  const profile = screen.desk.status.profile
  if (profile) profile.mode = 'live'
  await screen.open('/new')
  await screen.appears('matter-1001')
})
afterEach(() => screen.close())

const draft = () => [...screen.desk.drafts.values()][0]

describe('一件事一次办', () => {
  it('is offered on its shelf and by its name, and begun with one key', async () => {
    expect(screen.find('bundle-offer')).toBeNull()
    await screen.press('4', 'search-input', { altKey: true })
    await screen.appears('bundle-offer')
    expect(screen.text('bundle-offer')).toContain('开饭馆：2个事项一并办理')
    await screen.press('1', 'search-input', { altKey: true })
    await screen.until(() => screen.find('bundle-offer') === null)
    await screen.fill('search-input', '开小店')
    await screen.appears('bundle-offer')
    await screen.press('Enter', 'search-input', { altKey: true })
    await screen.appears('walk-bundle')
    expect(screen.desk.calls('start_bundle')).toEqual([{ id: 'b2' }])
    expect(screen.desk.calls('start_draft')).toEqual([])
  })

  it('leaves a matter out and takes it again, but never the leading one', async () => {
    await screen.press('4', 'search-input', { altKey: true })
    await screen.appears('bundle-offer')
    await screen.click('bundle-start')
    await screen.appears('bundle-members')
    expect(screen.find('bundle-member-1002')?.matches(':disabled')).toBe(true)
    // Twice in one breath, then once more.
    screen.find('bundle-member-1001')?.click()
    screen.find('bundle-member-1001')?.click()
    screen.find('bundle-member-1001')?.click()
    await screen.until(() => draft()?.bundle?.taken.join() === '1002')
    await screen.click('bundle-member-1001')
    await screen.until(() => draft()?.bundle?.taken.join() === '1002,1001')
    // What is typed afterwards keeps it.
    await screen.click('walk-next')
    await screen.appears('applicant-name')
    await screen.fill('applicant-name', '王敏')
    await screen.until(() => draft()?.intake.applicant.name === '王敏')
    expect(draft()?.bundle).toEqual({ id: 'b1', taken: ['1002', '1001'] })
  })
})

const rows = (): string[] =>
  [...document.querySelectorAll<HTMLElement>('[data-testid^="prospect-"][data-depends]')].map(
    (row) => row.dataset['testid']?.slice(9) ?? '',
  )

describe('一件事 before there is a case', () => {
  it('is reached from the search and from its shelf by key, and Escape goes back', async () => {
    await screen.press('4', 'search-input', { altKey: true })
    await screen.appears('bundle-offer')
    await screen.press('g', 'search-input', { altKey: true })
    await screen.appears('bundle-page')
    expect(screen.text('matter-name')).toBe('开饭馆')
    await screen.press('Escape')
    await screen.appears('new-case')
    await screen.fill('search-input', '开小店')
    await screen.appears('bundle-offer')
    await screen.click('bundle-ask')
    await screen.until(() => screen.find('bundle-page')?.dataset['id'] === 'b2')
    expect(screen.desk.calls('start_bundle')).toEqual([])
  })

  it('asks for each material once, leaves a matter out, and takes all of it into the draft', async () => {
    await screen.router.push('/bundle/b1')
    await screen.appears('prospects')
    const all = rows()
    expect(all.some((id) => id.startsWith('1001:'))).toBe(true)
    expect(screen.find('bundle-savings')).not.toBeNull()
    expect(screen.find('bundle-member-1002')?.matches(':disabled')).toBe(true)
    await screen.click('bundle-member-1001')
    await screen.until(() => !rows().some((id) => id.startsWith('1001:')))
    expect(screen.desk.calls('enquire_bundle').at(-1)).toEqual({ id: 'b1', taken: ['1002'], answers: {} })
    await screen.click('bundle-member-1001')
    await screen.until(() => rows().length === all.length)
    await screen.click('choice-1001:q1-a')
    await screen.press('Enter', undefined, { ctrlKey: true })
    await screen.appears('walk-bundle')
    expect(screen.desk.calls('start_bundle')).toEqual([
      { id: 'b1', taken: ['1002', '1001'], answers: { '1001:q1': 'a' } },
    ])
  })

  it('goes on where a choice ends one matter, and says so where it ends all', async () => {
    await screen.router.push('/bundle/b1')
    await screen.click('choice-1001:q1-b')
    await screen.appears('bundle-stopped-1001')
    expect(screen.find('prospects')).not.toBeNull()
    expect(rows().some((id) => id.startsWith('1001:'))).toBe(false)
    expect(screen.find('bundle-ended')).toBeNull()
    await screen.router.push('/')
    await screen.router.push('/bundle/b2')
    await screen.click('choice-1001:q1-b')
    await screen.appears('bundle-ended')
    expect(screen.find('prospects')).toBeNull()
  })

  it('prints and saves one sheet for the matters and the answers, and follows both', async () => {
    screen.desk.kind = 'window'
    await screen.router.push('/bundle/b1')
    await screen.click('choice-1001:q1-a')
    await screen.press('g', undefined, { ctrlKey: true })
    await screen.appears('sheet')
    await screen.press('p', undefined, { ctrlKey: true })
    await screen.appears('sheet-told')
    expect(screen.desk.calls('print_bundle_sheet')).toEqual([
      { about: { id: 'b1', answers: { '1001:q1': 'a' } }, samples: true, printer: null },
    ])
    // What was said was about the sheet as it was.
    await screen.click('bundle-member-1001')
    await screen.until(() => screen.find('sheet-told') === null)
    await screen.press('s', undefined, { ctrlKey: true })
    expect((await screen.appears('sheet-told')).textContent).toContain('/home/clerk/b1.pdf')
    expect(screen.desk.calls('save_bundle_sheet').at(-1)?.about.taken).toEqual(['1002'])
    expect(screen.desk.calls('bundle_sheet').at(-1)?.about.taken).toEqual(['1002'])
  })

  it('says why a matter is not taken today, and begins nothing where the leading one is not', async () => {
    screen.desk.notInForce.set('1001', { state: 'suspended' })
    await screen.router.push('/bundle/b1')
    await screen.appears('bundle-closed-1001')
    expect(screen.find('bundle-member-1001')?.matches(':disabled')).toBe(true)
    await screen.router.push('/')
    screen.desk.notInForce.set('1002', { state: 'cancelled', since: null })
    await screen.router.push('/bundle/b1')
    await screen.appears('not-in-force')
    expect(screen.find('matter-start')?.matches(':disabled')).toBe(true)
    await screen.router.push('/bundle/b9')
    await screen.until(() => screen.find('fault')?.dataset['code'] === 'not-found')
  })

  it('can be written down as a consultation about the leading matter', async () => {
    await screen.router.push('/bundle/b1')
    await screen.click('matter-ledger')
    await screen.until(() => screen.router.currentRoute.value.query['matter'] === '1002')
  })
})
