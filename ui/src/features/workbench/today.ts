import { shallowRef } from 'vue'

import { call, toFailure, type CallFailure, type Workbench } from '@/api'

/** Often enough that a case decided at the hub is seen while the clerk looks. */
const LOOK_EVERY = 15_000

const desk = shallowRef<Workbench | null>(null)
const failure = shallowRef<CallFailure | null>(null)
let timer: ReturnType<typeof setInterval> | undefined

/** The desk at a glance, for the left column and for the workbench: read once for both. */
export const today = {
  desk,
  failure,

  async load(): Promise<void> {
    try {
      desk.value = await call('workbench', {})
      failure.value = null
    } catch (raw) {
      failure.value = toFailure(raw)
    }
  },

  start(): void {
    this.stop()
    void this.load()
    timer = setInterval(() => void this.load(), LOOK_EVERY)
  },

  stop(): void {
    clearInterval(timer)
    timer = undefined
  },
}
