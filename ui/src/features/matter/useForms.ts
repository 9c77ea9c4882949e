import { computed, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'

import { call, type FormView, type PdfFile } from '@/api'
import { saveFile } from '@/features/paper/saveFile'
import { useAct, type Act } from '@/shared/useCall'

import type { GuideSheet } from './useGuideSheet'

/** Which forms there are. */
export interface NamedForms {
  /** Every form that the guide names for what is asked about. */
  all: () => FormView[]
  /** The samples of what is asked for, by their ids; an id may be empty. */
  samples: () => (string | undefined)[]
}

/** The forms that a matter names: blank ones to give away, samples to fill in by. */
export interface GuideForms {
  /** The form of that id; none where the release has none. */
  find: (id: string | undefined) => FormView | undefined
  /** The one looked at. */
  shown: ShallowRef<FormView | null>
  show: (form: FormView) => void
  read: () => Promise<PdfFile>
  print: Act<[FormView], void>
  save: Act<[FormView], void>
  /** Whether a sample of what is asked for can go along with the sheet. */
  hasSamples: ComputedRef<boolean>
}

/** Printing and saving a form says so where the sheet does, on the printer chosen there. */
export function useForms(named: NamedForms, sheet: GuideSheet, told: Ref<string>): GuideForms {
  const shown = shallowRef<FormView | null>(null)
  const show = (form: FormView): void => void (shown.value = form)
  const find = (id: string | undefined): FormView | undefined =>
    id ? named.all().find((form) => form.id === id) : undefined
  const hasSamples = computed(() => named.samples().some((id) => find(id)?.printable ?? false))
  const read = () => call('form_paper', { id: shown.value?.id ?? '' })

  /** What was said of the last try, of a form or of the sheet, is over with the next one. */
  function begin(other: Act<[FormView], void>): void {
    told.value = ''
    for (const act of [other, sheet.print, sheet.save]) act.failure.value = null
  }

  const print: Act<[FormView], void> = useAct(async (form: FormView) => {
    begin(save)
    const printed = await call('print_form', { id: form.id, printer: sheet.printer.value || null })
    told.value = printed.words
  })
  const save: Act<[FormView], void> = useAct(async (form: FormView) => {
    begin(print)
    told.value = await saveFile({
      save: () => call('save_form', { id: form.id }),
      read: () => call('form', { id: form.id }),
    })
  })
  return { find, shown, show, read, print, save, hasSamples }
}
