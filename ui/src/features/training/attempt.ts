import { shallowRef } from 'vue'

import { call, type AttemptResult, type AttemptView, type CourtesyWord } from '@/api'
import { session } from '@/app/session'
import { upstream } from '@/app/upstream'
import { openDrafts } from '@/features/intake/openDrafts'

const open = shallowRef<AttemptView | null>(null)

/** The attempt of whoever is signed in: one for the whole page. */
export const attempt = {
  open,

  /** Looks what is under way; nothing is outside of training. */
  async look(): Promise<void> {
    open.value = session.training.value ? await call('current_attempt', {}) : null
  },

  async say(word: CourtesyWord, said: boolean): Promise<void> {
    const here = open.value
    if (here) open.value = await call('say_word', { attempt: here.id, word, said })
  },

  async drop(): Promise<void> {
    const here = open.value
    if (!here) return
    await call('drop_training', { attempt: here.id })
    if (here.draft) openDrafts.forget(here.draft)
    open.value = null
  },

  async finish(): Promise<AttemptResult | null> {
    const here = open.value
    if (!here) return null
    const result = await call('finish_training', { attempt: here.id })
    open.value = null
    return result
  },
}

/** Goes over to training, with everything that is typed saved first. */
export async function enterTraining(): Promise<void> {
  await openDrafts.saveAll()
  session.take(await call('enter_training', {}))
  // What the bar says of the line is about other records now.
  void upstream.look()
}

/** Goes back to the records, where somebody signs in. */
export async function leaveTraining(): Promise<void> {
  await openDrafts.saveAll()
  const status = await call('leave_training', {})
  open.value = null
  session.take(status)
}

/** Takes training back to its beginning. */
export async function resetTraining(): Promise<void> {
  const status = await call('reset_training', {})
  open.value = null
  session.take(status)
}
