/** A stretch of a text, and whether the search matched it. */
export interface Stretch {
  text: string
  hit: boolean
}

/** What an input method made wide as the plain characters that were meant: １２３－Ａ is 123-A. */
export function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, ' ')
}

/**
 * A search as it is asked: a number is made plain. Words stay as they were typed, for so they were
 * written where they are searched.
 */
export function searchText(text: string): string {
  const plain = halfWidth(text).trim()
  return /^[\w/.-]*\d[\w/.-]*$/.test(plain) ? plain : text.trim()
}

/** How many characters a person would count: code points, not UTF-16 units. */
export function characters(text: string): number {
  return [...text].length
}

/**
 * Masks an identity number or a phone for eyes that need not see all of it, as papers and logs do:
 * of a long one the first six and the last four characters stay, of a short one the first and the
 * last two.
 */
export function masked(number: string): string {
  const all = [...number]
  const [head, tail] = all.length >= 15 ? [6, 4] : [1, 2]
  if (all.length <= head + tail) return '*'.repeat(all.length)
  return all.map((c, i) => (i < head || i >= all.length - tail ? c : '*')).join('')
}

/** Cuts `text` into what matched and what did not; positions count Unicode characters. */
export function stretches(text: string, hits: { start: number; end: number }[]): Stretch[] {
  const all = [...text]
  const marked = all.map((_, i) => hits.some((h) => i >= h.start && i < h.end))
  const out: Stretch[] = []
  all.forEach((character, i) => {
    const last = out.at(-1)
    const hit = marked[i] ?? false
    if (last?.hit === hit) last.text += character
    else out.push({ text: character, hit })
  })
  return out
}

/** A number of bytes as a person reads it: KB up to a million, then MB. */
export function byteSize(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} KB`
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`
  return `${(bytes / 1_000_000_000).toFixed(1)} GB`
}
