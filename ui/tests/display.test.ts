import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { display, displayOpen } from '@/features/display/display'

import { Screen } from './support/screen'

const root = document.documentElement
const looks = (): (string | undefined)[] => [root.lang, root.dataset['type'], root.dataset['contrast']]

describe('how a machine shows the screens', () => {
  afterEach(() => {
    localStorage.clear()
    display.apply()
  })

  it('is Chinese, normal type and normal contrast until somebody chooses', () => {
    display.apply()
    expect(looks()).toEqual(['zh-CN', 'normal', 'normal'])
    expect(document.title).toBe('一窗')
  })

  it('is kept for the next start', () => {
    display.choose('type', 'largest')
    display.choose('contrast', 'high')
    display.choose('language', 'en')
    for (const name of ['lang', 'data-type', 'data-contrast']) root.removeAttribute(name)
    display.apply()
    expect(looks()).toEqual(['en', 'largest', 'high'])
    expect(document.title).toBe('Yichuang (一窗)')
  })

  it('takes nothing it does not offer', () => {
    localStorage.setItem('yichuang.display', '{"type":"huge","contrast":7,"language":null}')
    display.apply()
    expect(looks()).toEqual(['zh-CN', 'normal', 'normal'])
    localStorage.setItem('yichuang.display', 'not json')
    display.apply()
    expect(looks()).toEqual(['zh-CN', 'normal', 'normal'])
  })

  it('leaves the page of the applicant its own language', () => {
    display.choose('language', 'en')
    display.apply('zh-CN')
    expect(looks()).toEqual(['zh-CN', 'normal', 'normal'])
  })
})

describe('its dialog', () => {
  let screen: Screen
  beforeEach(() => {
    screen = new Screen()
    displayOpen.value = false
  })
  afterEach(() => {
    screen.close()
    localStorage.clear()
    display.apply()
  })

  it('opens by F10, from the bar and from anywhere, and says everything in English at once', async () => {
    await screen.open('/cases')
    await screen.appears('cases')
    await screen.press('F10')
    await screen.click('display-language-en')
    await screen.until(() => screen.text('nav-display').includes('Display'))
    expect(screen.text('nav-cases')).toContain('Find case')
    expect(document.querySelector('[aria-modal="true"]')?.textContent).toContain('Type size')
    await screen.click('display-close')
    await screen.until(() => screen.find('display') === null)
    await screen.click('nav-display')
    await screen.click('display-type-large')
    expect(root.dataset['type']).toBe('large')
    await screen.press('F10')
    await screen.click('nav-palette')
    await screen.fill('palette-input', 'DISPLAY')
    await screen.click('palette-display')
    await screen.appears('display')
  })

  it('can be reached before anybody signs in', async () => {
    await screen.desk.call('sign_out', {})
    await screen.open()
    await screen.click('entry-display')
    await screen.click('display-contrast-high')
    expect(root.dataset['contrast']).toBe('high')
  })
})
