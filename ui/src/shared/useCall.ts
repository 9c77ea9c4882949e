import { nextTick, onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue'

import { toFailure, type CallFailure } from '@/api'

/** Before this long a wait shows nothing; a flash of grey would only tire the eye. */
const SKELETON_AFTER = 300

/** Something read from the program, with the states every screen has. */
export interface Read<T> {
  value: ShallowRef<T | null>
  failure: ShallowRef<CallFailure | null>
  /** True once a wait has lasted long enough to be shown. */
  slow: Ref<boolean>
  load: () => Promise<void>
}

/** Reads with `read`; a later load wins over an earlier one that answers late. */
export function useRead<T>(read: () => Promise<T>): Read<T> {
  const value = shallowRef<T | null>(null)
  const failure = shallowRef<CallFailure | null>(null)
  const slow = ref(false)
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function load(): Promise<void> {
    const mine = ++turn
    clearTimeout(timer)
    timer = setTimeout(() => (slow.value = value.value === null), SKELETON_AFTER)
    try {
      const answer = await read()
      if (mine !== turn) return
      value.value = answer
      failure.value = null
    } catch (raw) {
      if (mine === turn) failure.value = toFailure(raw)
    } finally {
      if (mine === turn) {
        clearTimeout(timer)
        slow.value = false
      }
    }
  }
  onScopeDispose(() => clearTimeout(timer))
  return { value, failure, slow, load }
}

/** Something done by the clerk: at most once at a time, its refusal kept for the screen. */
export interface Act<A extends unknown[], T> {
  busy: Ref<boolean>
  failure: ShallowRef<CallFailure | null>
  /** Does it; undefined where it was refused or is still running. */
  run: (...args: A) => Promise<T | undefined>
}

/** A button that is at work can't hold the focus; where nothing took it meanwhile, it has it again. */
function giveBack(held: Element | null): void {
  const lost = document.activeElement === null || document.activeElement === document.body
  if (lost && held instanceof HTMLElement && held.isConnected) held.focus()
}

/** Wraps an action so that a second press of a key does nothing while the first is under way. */
export function useAct<A extends unknown[], T>(act: (...args: A) => Promise<T>): Act<A, T> {
  const busy = ref(false)
  const failure = shallowRef<CallFailure | null>(null)

  async function run(...args: A): Promise<T | undefined> {
    if (busy.value) return undefined
    const held = document.activeElement
    busy.value = true
    failure.value = null
    try {
      return await act(...args)
    } catch (raw) {
      failure.value = toFailure(raw)
      return undefined
    } finally {
      busy.value = false
      void nextTick(() => giveBack(held))
    }
  }
  return { busy, failure, run }
}
