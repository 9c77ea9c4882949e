import type { Words } from '@/api'

/** A part of some words, and when it stands; no condition is always. */
export interface Phrase {
  when: string
  text: string
}

/** The parts of words as a form shows them: at least one. */
export function phrasesOf(words: Words | undefined): Phrase[] {
  if (words === undefined || typeof words === 'string') return [{ when: '', text: words ?? '' }]
  const phrases = words.map((part) => (typeof part === 'string' ? { when: '', text: part } : { ...part }))
  return phrases.length ? phrases : [{ when: '', text: '' }]
}

/** The words of some parts, as short as they can be written. */
export function wordsOf(phrases: Phrase[]): Words {
  const [only] = phrases
  if (!only) return ''
  if (phrases.length === 1 && !only.when.trim()) return only.text
  return phrases.map((part) => (part.when.trim() ? { when: part.when.trim(), text: part.text } : part.text))
}

/** What a block says in a line, to tell it from its neighbours. */
export function gistOf(words: Words | undefined): string {
  return phrasesOf(words)
    .map((part) => part.text)
    .join(' / ')
}
