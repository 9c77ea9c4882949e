import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'

import { call, toFailure, type PdfFile, type Printed, type PrinterView, type SavedFile } from '@/api'
import { explain } from '@/errors/table'
import { saveFile } from '@/features/paper/saveFile'
import { t } from '@/i18n'
import { useAct, type Act } from '@/shared/useCall'

/** What a sheet is about, and how the program makes it. */
export interface SheetSource {
  /** The answers that count: one to a question that is not asked changes nothing on the sheet. */
  counting: () => Record<string, string>
  /** Of what else it follows; empty where there is nothing else. */
  also: () => string
  read: (samples: boolean) => Promise<PdfFile>
  save: (samples: boolean) => Promise<SavedFile>
  print: (samples: boolean, printer: string | null) => Promise<Printed>
}

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

export function useGuideSheet(source: SheetSource): GuideSheet {
  const told = ref('')
  const samples = ref(true)
  const printer = ref('')
  const printers = shallowRef<PrinterView[]>([])
  const noPrinters = ref(t('paper.noPrinter'))
  const id = computed(() => {
    const counting = Object.entries(source.counting())
    const answers = counting.map(([question, choice]) => `${question}=${choice}`).join(',') || '-'
    return `${answers}${source.also()}${samples.value ? '' : '-'}`
  })
  const read = () => source.read(samples.value)

  /** What was said of the last try, either way, is over with the next one. */
  function begin(other: Act<[], void>): void {
    told.value = ''
    other.failure.value = null
  }

  const print: Act<[], void> = useAct(async () => {
    begin(save)
    const printed = await source.print(samples.value, printer.value || null)
    told.value = printed.words
  })
  const save: Act<[], void> = useAct(async () => {
    begin(print)
    told.value = await saveFile({ save: () => source.save(samples.value), read })
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
