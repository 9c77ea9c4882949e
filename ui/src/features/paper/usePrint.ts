import { onScopeDispose } from 'vue'

import { call, type OtherWay, type PaperView, type PrintJobView } from '@/api'

/** While a job is on its way, the printing system is asked again after this long. */
const ASK_AGAIN = 2000

/** Whether a job may still come to its end by itself. */
export function isUnderWay(job: PrintJobView | null): boolean {
  return job?.state === 'queued' || job?.state === 'sent'
}

/** Whether a paper still has to leave the window: not out, not given, not on its way. */
export function isLeft(paper: PaperView): boolean {
  const waits = isUnderWay(paper.job) || paper.job?.state === 'unknown'
  return paper.archived && !paper.outdated && paper.printed === 0 && paper.given === null && !waits
}

/**
 * Asks after jobs on their way until none is, and has the screen look again each time. A printing
 * system that does not answer is asked again: what the screen shows stays true.
 */
export function useFollow(waits: () => boolean, look: () => Promise<void>): { start: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  let ended = false

  async function ask(): Promise<void> {
    try {
      await call('follow_prints', {})
    } catch {
      // The printer's own state stands beside the job; there is nothing to do here.
    }
    if (ended) return
    await look()
    start()
  }

  function start(): void {
    clearTimeout(timer)
    if (!ended && waits()) timer = setTimeout(() => void ask(), ASK_AGAIN)
  }

  onScopeDispose(() => {
    ended = true
    clearTimeout(timer)
  })
  return { start }
}

/** Notes that a paper left in another way. */
export function give(number: string, way: OtherWay): Promise<unknown> {
  return call('give_paper', { number, way })
}
