import { nextTick, ref, watch, type Ref } from 'vue'

/**
 * The focus of a dialog that is opened by a key from anywhere: `held` has it while the dialog is open,
 * and it is given back to where it was. What is handed back belongs on the dialog: `close` as
 * `before-close`, `noted` at `open-auto-focus`.
 */
export function useDialogFocus(open: Ref<boolean>, held: () => { focus: () => void } | undefined) {
  /** The dialog has noted where the focus was, to give it back, and is about to take it. */
  const trapped = ref(false)

  watch([trapped, held], async () => {
    await nextTick()
    if (trapped.value) held()?.focus()
  })
  watch(open, () => (trapped.value = false))

  return {
    noted: () => {
      trapped.value = true
    },
    /** At once: the library itself says so only after the dialog has faded out. */
    close: () => {
      open.value = false
    },
  }
}
