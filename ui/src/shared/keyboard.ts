/**
 * Whether the key belongs to an input method that is still composing. WebKit ends a composition
 * with an Enter whose `isComposing` is already false but whose key code is 229.
 */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229
}

/** Whether the key was pressed in a dialog, which takes its own Escape. */
export function isInDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[aria-modal="true"]') !== null
}

/** Whether the key goes into a field where letters and digits are text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true
  return target instanceof HTMLInputElement && !['radio', 'checkbox', 'button'].includes(target.type)
}

/**
 * Whether a dialog is open, whose keys are its own. One that is closed stays in the page, unseen, and
 * one that is fading out is over for whoever goes on.
 */
export function dialogShown(): boolean {
  const dialogs = [...document.querySelectorAll('[aria-modal="true"]')]
  return dialogs.some((dialog) => dialog.closest('[style*="display: none"], .dialog-fade-leave-active') === null)
}
