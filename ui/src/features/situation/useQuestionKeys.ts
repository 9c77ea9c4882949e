import { nextTick, type Ref } from 'vue'

import type { Question } from '@/api'

/** What the keys need of the screen that shows the questions. */
export interface AskedQuestions {
  root: Ref<HTMLElement | undefined>
  questions: () => Question[]
  answerOf: (question: string) => string | undefined
  /** Takes an answer; done once the questions on the screen follow from it. */
  answer: (question: Question, choice: string) => Promise<unknown>
}

/** Answering by digits: each goes on to the next open question. */
export interface QuestionKeys {
  /** Stands on the first question without an answer; with none left, on the last one. */
  focusOpen: () => void
  digit: (question: Question, digit: number) => void
  /** Waits for digits whose answers are still being looked at. */
  settled: () => Promise<void>
}

export function useQuestionKeys(asked: AskedQuestions): QuestionKeys {
  /** A digit whose answer is still being looked at; the next one is meant for the next question. */
  let answering: Promise<void> | undefined

  const openQuestion = (): Question | undefined =>
    asked.questions().find((q) => !asked.answerOf(q.id)) ?? asked.questions().at(-1)

  function focusOpen(): void {
    const open = openQuestion()
    if (!open) return
    const field = `[name="question-${open.id}"]`
    const chosen = asked.root.value?.querySelector<HTMLElement>(`${field}:checked`)
    ;(chosen ?? asked.root.value?.querySelector<HTMLElement>(field))?.focus()
  }

  async function answerByDigit(question: Question | undefined, digit: number): Promise<void> {
    const choice = question?.choices[digit - 1]
    if (!question || !choice) return
    await asked.answer(question, choice.id)
    await nextTick()
    focusOpen()
  }

  function digit(question: Question, pressed: number): void {
    const turn = answering
      ? answering.then(() => answerByDigit(openQuestion(), pressed))
      : answerByDigit(question, pressed)
    answering = turn
    void turn.finally(() => {
      if (answering === turn) answering = undefined
    })
  }

  return { focusOpen, digit, settled: async () => answering }
}
