import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createRouter, type Router } from 'vue-router'

import { createWindowHistory, followAddress } from '@/app/windowHistory'

const empty = { template: '<p />' }

describe('the history of the window', () => {
  let router: Router
  let changes: string[]

  function begin(hash: string): void {
    vi.restoreAllMocks()
    window.history.replaceState(null, '', hash || '#')
    changes = []
    vi.spyOn(window.history, 'replaceState').mockImplementation((_, __, url) => void changes.push(String(url)))
    vi.spyOn(window.history, 'pushState').mockImplementation((_, __, url) => void changes.push(String(url)))
    const routes = ['/', '/cases', '/guide'].map((path) => ({ path, component: empty }))
    router = createRouter({ history: createWindowHistory(), routes })
    followAddress(router)
  }

  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.restoreAllMocks()
  })

  it('begins where the address says, and at the first screen where it says nothing', async () => {
    begin('#/guide')
    await router.push(router.options.history.location)
    expect(router.currentRoute.value.path).toBe('/guide')
    begin('')
    expect(router.options.history.location).toBe('/')
  })

  it('changes the address once where somebody goes to and fro without end', async () => {
    begin('')
    for (let n = 0; n < 300; n += 1) await router.push(n % 2 ? '/cases' : '/guide')
    expect(changes).toEqual([])
    vi.advanceTimersByTime(1000)
    expect(changes).toEqual(['#/cases'])
  })

  it('goes back the way somebody came', async () => {
    vi.useRealTimers()
    const routes = ['/', '/cases', '/guide'].map((path) => ({ path, component: empty }))
    router = createRouter({ history: createWindowHistory(), routes })
    for (const path of ['/guide', '/cases']) await router.push(path)
    router.back()
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe('/guide'))
  })

  it('goes where a changed address says', async () => {
    begin('')
    await router.push('/guide')
    window.dispatchEvent(new HashChangeEvent('hashchange', { newURL: 'http://localhost/#/cases' }))
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe('/cases'))
  })
})
