import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { Screen } from './support/screen'

let screen: Screen
beforeEach(async () => {
  screen = new Screen()
  await screen.open('/verify')
  await screen.appears('verify-text')
})
afterEach(() => screen.close())

const box = (): HTMLTextAreaElement => screen.find('verify-text') as HTMLTextAreaElement
const shown = (): DOMStringMap | undefined => screen.find('verify-verdict')?.dataset

async function choose(content: BlobPart, name = '受理通知书.pdf'): Promise<void> {
  const input = (await screen.appears('verify-file')) as HTMLInputElement
  const file = new File([content], name, { type: 'application/pdf' })
  Object.defineProperty(input, 'files', { value: [file], configurable: true })
  input.dispatchEvent(new Event('change'))
}

describe('verifying a paper', () => {
  it('takes what a scanner types, and is ready for the next one', async () => {
    await screen.fill('verify-text', 'YC2-genuine')
    await screen.press('Enter', 'verify-text')
    await screen.until(() => shown()?.['verdict'] === 'genuine')
    expect(screen.desk.calls('verify_code')).toEqual([{ text: 'YC2-genuine' }])
    expect(screen.find('verify-verdict')?.classList).toContain('green')
    expect(screen.text('verify-number')).toBe('150785-ZX-7K2M-20260302-0001-K')
    expect(screen.find('verify-open')?.getAttribute('href')).toContain('/case/c1/papers')
    expect([box().value, document.activeElement]).toEqual(['', box()])
  })

  it('says in red what was altered, and that the rest is only claimed', async () => {
    await screen.fill('verify-text', 'YC2-other')
    await screen.click('verify-submit')
    await screen.until(() => shown()?.['verdict'] === 'altered')
    expect(screen.find('verify-verdict')?.classList).toContain('red')
    expect(screen.find('verify-signed')?.dataset['proven']).toBe('false')
    expect(screen.text('verify-verdict')).toContain('未经证实')
    expect(screen.find('verify-archived')).toBeNull()
  })

  it('shows practice in another colour than a good paper', async () => {
    await screen.fill('verify-text', 'genuine practice')
    await screen.press('Enter', 'verify-text')
    await screen.until(() => shown()?.['practice'] === 'true')
    expect(screen.find('verify-verdict')?.classList).toContain('amber')
  })

  it('takes a file, and refuses one that is too large for a paper', async () => {
    await choose('%PDF genuine')
    await screen.until(() => shown()?.['verdict'] === 'genuine')
    expect(screen.text('verify-looked')).toContain('受理通知书.pdf')
    await choose(new Uint8Array(2_900_001))
    await screen.until(() => screen.text('verify-fault').includes('2.9 MB'))
    expect(screen.find('verify-verdict')).toBeNull()
    expect(screen.desk.calls('verify_file')).toHaveLength(1)
  })

  it('asks for something where there is nothing', async () => {
    await screen.press('Enter', 'verify-text')
    await screen.until(() => screen.text('verify-fault') !== '')
    expect(screen.desk.calls('verify_code')).toEqual([])
  })
})
