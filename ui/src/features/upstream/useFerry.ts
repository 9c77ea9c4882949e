import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue'

import { call, toFailure, type FerryPlace, type FerryProgress } from '@/api'
import { useAct, type Act } from '@/shared/useCall'

/** How often the work on a file is looked at. */
const LOOK_EVERY = 300
/** The code of work that the clerk stopped. */
const STOPPED = 'ferry-stopped'

/** Where ferry files can go, and the one that is being worked on. */
export interface Ferry {
  places: ShallowRef<FerryPlace[]>
  /** How far the work on a file is; none while there is none. */
  progress: ShallowRef<FerryProgress | null>
  /** The clerk asked to stop it. */
  stopping: Ref<boolean>
  look: Act<[], void>
  /** Does `work` with its progress watched; undefined where the clerk stopped it. */
  watched: <T>(work: () => Promise<T>) => Promise<T | undefined>
  /** Watches work that goes on from before this screen was opened, to its end. */
  resume: () => Promise<void>
  stop: () => Promise<void>
}

/** The ferry of this screen. */
export function useFerry(): Ferry {
  const places = shallowRef<FerryPlace[]>([])
  const progress = shallowRef<FerryProgress | null>(null)
  const stopping = ref(false)
  let timer: ReturnType<typeof setInterval> | undefined

  const look = useAct(async () => {
    places.value = await call('ferry_places', {})
  })

  /** Work that can't be seen goes on all the same. */
  async function lookAtWork(): Promise<void> {
    try {
      const seen = await call('ferry_progress', {})
      if (timer !== undefined) progress.value = seen
    } catch {
      // The work itself says what is wrong.
    }
  }

  function rest(): void {
    clearInterval(timer)
    timer = undefined
    progress.value = null
    stopping.value = false
  }

  async function watched<T>(work: () => Promise<T>): Promise<T | undefined> {
    rest()
    timer = setInterval(() => void lookAtWork(), LOOK_EVERY)
    try {
      return await work()
    } catch (raw) {
      if (toFailure(raw).code === STOPPED) return undefined
      throw raw
    } finally {
      rest()
    }
  }

  async function resume(): Promise<void> {
    if (timer !== undefined) return
    const seen = await call('ferry_progress', {}).catch(() => null)
    if (seen === null || timer !== undefined) return
    progress.value = seen
    timer = setInterval(() => {
      void lookAtWork().then(() => {
        if (progress.value === null) rest()
      })
    }, LOOK_EVERY)
  }

  async function stop(): Promise<void> {
    stopping.value = true
    await call('stop_ferry', {})
  }

  onScopeDispose(rest)
  return { places, progress, stopping, look, watched, resume, stop }
}
