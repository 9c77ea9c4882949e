import { nextTick, onBeforeUnmount, onMounted, ref, type Ref } from 'vue'
import { useRouter } from 'vue-router'

import { toFailure, type CaseView } from '@/api'
import { upstream } from '@/app/upstream'
import { dialogShown, isComposing } from '@/shared/keyboard'
import { useAct, type Act } from '@/shared/useCall'

import { openDrafts, type OpenDraft } from './openDrafts'

/** Turning a draft into cases, and what every last step of a walk does around it. */
export interface Filing {
  file: Act<[boolean], void>
  /** Whether the place of the buttons is there to be filled. */
  footerReady: Ref<boolean>
}

/**
 * `agreed` takes what is on the screen before the draft is saved, and hands back how to file just
 * that; null where nothing follows yet.
 */
export function useFiling(
  draft: OpenDraft,
  root: Ref<HTMLElement | undefined>,
  agreed: () => ((noticeLater: boolean) => Promise<CaseView>) | null,
): Filing {
  const router = useRouter()
  const footerReady = ref(false)

  const file = useAct(async (noticeLater: boolean) => {
    const send = agreed()
    // Also where nothing was typed: another page may have changed what this one shows.
    if (!send || !(await draft.reassess())) return
    let view: CaseView
    try {
      view = await send(noticeLater)
    } catch (raw) {
      if (['changed', 'not-in-force'].includes(toFailure(raw).code)) await draft.reassess()
      throw raw
    }
    openDrafts.forget(draft.id)
    void upstream.look()
    await router.replace({ name: 'papers', params: { id: view.case.id } })
  })

  function pressed(event: KeyboardEvent): void {
    if (isComposing(event) || event.defaultPrevented || !event.ctrlKey || event.key !== 'Enter') return
    if (dialogShown()) return
    event.preventDefault()
    if (agreed()) void file.run(false)
  }

  onMounted(async () => {
    window.addEventListener('keydown', pressed)
    await nextTick()
    footerReady.value = true
    await nextTick()
    const main = document.querySelector<HTMLElement>('[data-testid="determination-file"]')
    ;(main ?? root.value?.querySelector<HTMLElement>('a, input'))?.focus()
  })
  onBeforeUnmount(() => window.removeEventListener('keydown', pressed))

  return { file, footerReady }
}
