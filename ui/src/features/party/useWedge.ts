import { onBeforeUnmount, onMounted, type Ref } from 'vue'

/** Nobody types so fast, key after key, for a whole number. */
const FASTEST_HAND = 35
/** What a card always has: the number of a person or of a body. */
const NUMBER = /\d{17}[\dX]|[0-9A-Z]{18}/i

/**
 * Notices a reader that types what it read, as readers of the wedge kind do: a burst of keys with a
 * number in it, ended by Enter. The field that had the focus gets back what stood in it, and `read`
 * gets the text; where it finds no card in it, the text was typing after all and stands in the field.
 * A number alone that was sent into the field for numbers is where it belongs already.
 */
export function useWedge(
  root: Ref<HTMLElement | undefined>,
  read: (text: string) => Promise<boolean>,
): void {
  let text = ''
  let last = 0
  let field: HTMLInputElement | null = null
  let before = ''

  function begin(target: EventTarget | null): void {
    text = ''
    field = target instanceof HTMLInputElement ? target : null
    before = field?.value ?? ''
  }

  function put(into: HTMLInputElement, value: string): void {
    into.value = value
    into.dispatchEvent(new Event('input', { bubbles: true }))
  }

  /** Whether what came is a card, and not somebody's typing. */
  function isCard(): boolean {
    const number = NUMBER.exec(text)?.[0]
    if (!number) return false
    return number !== text.trim() || !field?.matches('[data-testid$="-id-number"]')
  }

  async function take(): Promise<void> {
    const [sent, at, stood] = [text, field, before]
    if (at) put(at, stood)
    if (!(await read(sent)) && at?.value === stood) put(at, stood + sent)
  }

  function pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const slow = event.timeStamp - last > FASTEST_HAND
    last = event.timeStamp
    if (event.key === 'Enter') {
      if (!slow && isCard()) {
        event.preventDefault()
        event.stopPropagation()
        void take()
      }
      text = ''
      return
    }
    // A reader separates parts by Tab, which must not move the focus in the middle of a card.
    const key = event.key === 'Tab' ? '\t' : event.key
    if (key.length !== 1) return
    if (slow || text === '') begin(event.target)
    else if (event.key === 'Tab') event.preventDefault()
    text += key
  }

  const listen = (): HTMLElement | undefined => root.value
  onMounted(() => listen()?.addEventListener('keydown', pressed, true))
  onBeforeUnmount(() => listen()?.removeEventListener('keydown', pressed, true))
}
