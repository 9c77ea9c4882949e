import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'

import { call, toFailure, type PdfFile, type PrinterView } from '@/api'
import { explain } from '@/errors/table'
import { saveFile } from '@/features/paper/saveFile'
import { t } from '@/i18n'
import { useAct, type Act } from '@/shared/useCall'

import type { OpenEnquiry } from './useEnquiry'

/** The sheet of an enquiry: read, printed and saved for the answers that count. */
export interface GuideSheet {
  /** The answers on the sheet, `q1=a,q2=b`, and whether samples go along; changes with what it says. */
  id: ComputedRef<string>
  read: () => Promise<PdfFile>
  print: Act<[], void>
  save: Act<[], void>
  /** What became of the last of these. */
  told: Ref<string>
  /** Whether the samples of forms go along, where the guide has any. */
  samples: Ref<boolean>
  printer: Ref<string>
  printers: ShallowRef<PrinterView[]>
  /** Why there is no printer to choose. */
  noPrinters: Ref<string>
  lookForPrinters: () => Promise<void>
}

export function useGuideSheet(enquiry: OpenEnquiry): GuideSheet {
  const told = ref('')
  const samples = ref(true)
  const printer = ref('')
  const printers = shallowRef<PrinterView[]>([])
  const noPrinters = ref(t('paper.noPrinter'))
  // An answer to a question that is not asked changes nothing on the sheet.
  const id = computed(() => {
    const counting = Object.entries(enquiry.view.value?.answers ?? {})
    const answers = counting.map(([question, choice]) => `${question}=${choice}`).join(',') || '-'
    return samples.value ? answers : `${answers}-`
  })
  const wanted = () => ({ ...enquiry.asked(), samples: samples.value })
  const read = () => call('guide_sheet', wanted())

  /** What was said of the last try, either way, is over with the next one. */
  function begin(other: Act<[], void>): void {
    told.value = ''
    other.failure.value = null
  }

  const print: Act<[], void> = useAct(async () => {
    begin(save)
    const printed = await call('print_guide_sheet', { ...wanted(), printer: printer.value || null })
    told.value = printed.words
  })
  const save: Act<[], void> = useAct(async () => {
    begin(print)
    told.value = await saveFile({ save: () => call('save_guide_sheet', wanted()), read })
  })

  async function lookForPrinters(): Promise<void> {
    try {
      printers.value = await call('printers', {})
    } catch (raw) {
      noPrinters.value = explain(toFailure(raw)).words
    }
  }

  // What was said is about the sheet as it was.
  watch(id, () => (told.value = ''))
  return { id, read, print, save, told, samples, printer, printers, noPrinters, lookForPrinters }
}
