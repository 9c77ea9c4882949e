import { PlayFailure } from './scenario'

/** A breath between two actions, so that a person can follow with the eyes. */
const BREATH = 70
/** Longer than any honest wait; a screen that has not answered by then is stuck. */
const PATIENCE = 30_000

/** The control with this testid, if it is on the screen. */
export function control(testid: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-testid="${CSS.escape(testid)}"]`)
}

/** What an attribute of a control says; empty where either is missing. */
export function said(testid: string, attribute: string): string {
  return control(testid)?.getAttribute(attribute) ?? ''
}

/** Waits until `condition` gives something, looking at every change of the page. */
export function until<T>(what: string, condition: () => T | null | undefined | false): Promise<T> {
  return new Promise((resolve, reject) => {
    const watch = new MutationObserver(look)
    const late = setTimeout(() => {
      watch.disconnect()
      reject(new PlayFailure('demonstration-stuck', what, what))
    }, PATIENCE)
    function look(): void {
      try {
        const met = condition()
        if (met === null || met === undefined || met === false) return
        resolve(met)
      } catch (refused) {
        reject(refused)
      }
      watch.disconnect()
      clearTimeout(late)
    }
    watch.observe(document.documentElement, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    })
    look()
  })
}

let lastAction = -Infinity

/** Waits until the action before this one can have been seen; the first one waits for nothing. */
async function breath(): Promise<void> {
  const left = lastAction + BREATH - performance.now()
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left))
  lastAction = performance.now()
}

/** Waits for a control and gives it the focus. */
export async function reach(testid: string): Promise<HTMLElement> {
  const found = await until(testid, () => control(testid))
  found.scrollIntoView?.({ block: 'nearest' })
  found.focus()
  return found
}

/** Clicks a control that can be clicked. */
export async function click(testid: string): Promise<void> {
  const found = await reach(testid)
  await until(testid, () => !found.hasAttribute('disabled'))
  await breath()
  found.click()
}

/** Types a text in place of what stands there, and leaves the field. */
export async function type(testid: string, text: string): Promise<void> {
  const found = await reach(testid)
  if (!(found instanceof HTMLInputElement)) throw new PlayFailure('demonstration-stuck', testid, testid)
  const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
  setter?.call(found, text)
  found.dispatchEvent(new InputEvent('input', { bubbles: true, data: text }))
  await breath()
  found.dispatchEvent(new Event('change', { bubbles: true }))
  found.blur()
}

/** Presses a key on whatever `target` is. */
export async function press(target: EventTarget, key: string): Promise<void> {
  await breath()
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
}

/** The refusal that stands on the screen, if one does. */
export function refusalOnScreen(): PlayFailure | null {
  const walk = control('walk')
  const code = walk?.getAttribute('data-fault-code')
  if (walk && code) {
    const field = walk.getAttribute('data-fault-field') ?? ''
    return new PlayFailure(code, field, walk.getAttribute('data-fault-message') ?? '')
  }
  const fault = control('fault')
  if (!fault) return null
  const words = fault.querySelector('[data-testid="fault-message"]')?.textContent ?? ''
  return new PlayFailure(
    fault.getAttribute('data-code') ?? '',
    fault.getAttribute('data-field') ?? '',
    words.trim(),
  )
}

/** Waits for `condition`, or ends with the refusal that appears instead. */
export async function untilOrRefused<T>(
  what: string,
  condition: () => T | null | undefined | false,
): Promise<T> {
  const met = await until<T | PlayFailure>(what, () => condition() || refusalOnScreen())
  if (met instanceof PlayFailure) throw met
  return met
}
