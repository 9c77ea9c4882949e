import { computed, onScopeDispose, ref, shallowRef } from 'vue'

import { call, type PenPoint, type Request, type SigningRequest, type SigningView } from '@/api'
import { useAct } from '@/shared/useCall'

/** How often the clerk's screen looks whether the other one is open, and whether somebody signed. */
const EVERY = 700

/** Has whoever receives a result sign for it on a screen: on theirs where it is open, else on this. */
export function useSigning(caseId: () => string) {
  const view = shallowRef<SigningView | null>(null)
  const blocked = ref(false)
  let next: ReturnType<typeof setTimeout> | undefined
  /** Whether signing on a screen was chosen. */
  let chosen = false
  /** Raised when all is forgotten: an answer to a question of before comes too late. */
  let turn = 0

  /** What was asked for this case, and for none other. */
  const request = computed<SigningRequest | null>(() => {
    const found = view.value?.request ?? null
    return found && found.case === caseId() ? found : null
  })
  const signed = computed(() => (request.value?.state === 'signed' ? request.value : null))
  const waiting = computed(() => (request.value?.state === 'waiting' ? request.value : null))
  /** To be written on this very screen. */
  const here = computed(() => (waiting.value?.screen === 'clerk' ? waiting.value : null))

  async function look(): Promise<void> {
    clearTimeout(next)
    const mine = turn
    try {
      const found = await call('signing', {})
      if (mine === turn) view.value = found
    } catch {
      // The session says so where the clerk is signed out; anything else passes.
    }
    if (chosen) next = setTimeout(() => void look(), EVERY)
  }

  async function choose(): Promise<void> {
    chosen = true
    await look()
  }

  const ask = useAct(async (asked: Omit<Request<'ask_signature'>, 'screen'>, screen?: 'clerk') => {
    const mine = turn
    const found = await call('signing', {})
    if (mine !== turn) return
    const where = screen ?? (found.open ? 'applicant' : 'clerk')
    const put = await call('ask_signature', { ...asked, screen: where })
    if (mine !== turn) {
      // The dialog was closed meanwhile: nobody is to be asked.
      await call('stop_signing', {})
      return
    }
    view.value = put
    await look()
  })
  const sign = useAct(async (strokes: PenPoint[][]) => {
    const token = waiting.value?.token
    if (!token) return
    await call('sign', { token, strokes })
    await look()
  })
  const leave = useAct(async () => {
    const token = waiting.value?.token
    if (token) await call('leave_signing', { token })
    await look()
  })
  const stop = useAct(async () => {
    view.value = await call('stop_signing', {})
  })
  const open = useAct(async () => {
    const { url } = await call('open_applicant_screen', {})
    blocked.value = url !== null && window.open(url, 'yichuang-applicant') === null
    await look()
  })

  /** Forgets what was asked and signed: whoever stands here is done, or was not meant. */
  function forget(): void {
    turn += 1
    chosen = false
    clearTimeout(next)
    for (const one of [ask, sign, leave, stop, open]) one.failure.value = null
    blocked.value = false
    if (request.value) void stop.run()
    view.value = null
  }

  onScopeDispose(forget)
  return { view, request, signed, waiting, here, blocked, choose, ask, sign, leave, stop, open, forget }
}

export type Signing = ReturnType<typeof useSigning>
