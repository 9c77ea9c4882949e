import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

type Typed = HTMLTextAreaElement | HTMLInputElement

/** The field that was typed in last, and where: a menu puts a name there. */
export interface Caret {
  /** Whether it is a condition, which takes names without braces. */
  inCondition: Ref<boolean>
  /** Whether there is such a field. */
  ready: Ref<boolean>
  insert: (text: string) => void
  focus: () => void
}

/** Follows the caret inside `root`; fields that take names carry `data-insert`. */
export function useCaret(root: Ref<HTMLElement | undefined>): Caret {
  const inCondition = ref(false)
  const ready = ref(false)
  let last: Typed | null = null

  function entered(event: FocusEvent): void {
    const target = event.target as HTMLElement
    const takes = target.dataset['insert']
    if (!takes || !root.value?.contains(target)) return
    last = target as Typed
    ready.value = true
    inCondition.value = takes === 'name'
  }

  function insert(text: string): void {
    if (!last?.isConnected) return
    const [from, to] = [last.selectionStart ?? last.value.length, last.selectionEnd ?? last.value.length]
    last.value = last.value.slice(0, from) + text + last.value.slice(to)
    const caret = from + text.length
    const field = last
    field.dispatchEvent(new Event('input', { bubbles: true }))
    field.focus()
    field.setSelectionRange(caret, caret)
  }

  onMounted(() => document.addEventListener('focusin', entered))
  onBeforeUnmount(() => document.removeEventListener('focusin', entered))
  return { inCondition, ready, insert, focus: () => last?.focus() }
}
