import { mount, type VueWrapper } from '@vue/test-utils'
import { nextTick } from 'vue'
import { createMemoryHistory, type Router } from 'vue-router'

import { openDoor, showsAs } from '@/api'
import App from '@/app/App.vue'
import { createAppRouter } from '@/app/routes'
import { forgetTyping } from '@/app/keptTyping'
import { session } from '@/app/session'
import { upstream } from '@/app/upstream'
import { handbookOpen } from '@/features/help/open'
import { today } from '@/features/workbench/today'
import { i18n } from '@/i18n'

import { FakeDesk } from './fakeDesk'
import { department, matters } from './guide'

/** The whole application in front of a stand-in for the program. */
export class Screen {
  readonly desk = new FakeDesk(structuredClone(matters), department)
  router!: Router
  private wrapper!: VueWrapper

  async open(path = '/'): Promise<this> {
    openDoor(this.desk)
    // One page, one session: what an earlier test left is not this test's.
    session.status.value = null
    session.owner.value = null
    showsAs(null)
    session.failure.value = null
    upstream.state.value = null
    today.desk.value = null
    handbookOpen.value = false
    forgetTyping()
    this.router = createAppRouter(createMemoryHistory())
    await this.router.push(path)
    this.wrapper = mount(App, { global: { plugins: [i18n, this.router] }, attachTo: document.body })
    await this.until(() => session.status.value !== null || session.failure.value !== null)
    await nextTick()
    return this
  }

  close(): void {
    this.wrapper.unmount()
  }

  find(testid: string): HTMLElement | null {
    return document.querySelector(`[data-testid="${testid}"]`)
  }

  text(testid: string): string {
    return this.find(testid)?.textContent?.trim() ?? ''
  }

  /** Waits until `condition` gives something; a screen that never gets there fails the test. */
  async until<T>(condition: () => T | null | undefined | false, what = condition.toString()): Promise<T> {
    const late = Date.now() + 10_000
    for (;;) {
      const met = condition()
      if (met !== null && met !== undefined && met !== false) return met
      if (Date.now() > late) throw new Error(`never came: ${what}`)
      await new Promise((resolve) => setTimeout(resolve, 5))
      await nextTick()
    }
  }

  appears(testid: string): Promise<HTMLElement> {
    return this.until(() => this.find(testid), testid)
  }

  async click(testid: string): Promise<void> {
    const found = await this.appears(testid)
    found.click()
    await nextTick()
  }

  async fill(testid: string, text: string): Promise<void> {
    const found = (await this.appears(testid)) as HTMLInputElement
    found.focus()
    found.value = text
    found.dispatchEvent(new Event('input', { bubbles: true }))
    await nextTick()
  }

  async leave(testid: string): Promise<void> {
    ;(await this.appears(testid)).dispatchEvent(new FocusEvent('blur'))
    await nextTick()
  }

  async press(key: string, on?: string, more: KeyboardEventInit = {}): Promise<KeyboardEvent> {
    const target = on ? await this.appears(on) : window
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
    target.dispatchEvent(event)
    await nextTick()
    return event
  }

  /** Begins the matter's draft and stands on its first step. */
  async begin(code = '1001'): Promise<string> {
    const view = await this.desk.call('start_draft', { code })
    await this.router.push({ name: 'draft', params: { id: view.draft.id } })
    await this.appears('walk')
    return view.draft.id
  }

  step(name: string): Promise<unknown> {
    return this.until(() => this.find('walk')?.dataset['step'] === name, `step ${name}`)
  }

  /** Answers and names an applicant, as far as the materials. */
  async toMaterials(code = '1001'): Promise<string> {
    const id = await this.begin(code)
    if (code === '1001') {
      await this.click('choice-q1-a')
      await this.click('choice-q2-a')
    }
    await this.click('walk-next')
    await this.step('applicant')
    await this.click('applicant-kind-person')
    await this.fill('applicant-name', '王䶮')
    await this.fill('applicant-id-number', '150785190105180023')
    await this.click('walk-next')
    await this.step('materials')
    return id
  }

  /** Files a case with every material there; its id, with its papers on the screen. */
  async toFiled(): Promise<string> {
    await this.toMaterials()
    await this.press('1', 'material-m1')
    await this.press('a', 'material-m2')
    await this.click('walk-next')
    await this.step('determination')
    await this.click('determination-file')
    return (await this.appears('papers')).dataset['case'] ?? ''
  }
}
