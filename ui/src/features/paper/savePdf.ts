import { doorKind, type PdfFile, type SavedFile } from '@/api'
import { t } from '@/i18n'

import { bytesOf } from './renderPdf'

/** A paper that the program can write to a folder of its own, or hand over. */
export interface SavablePaper {
  save: () => Promise<SavedFile>
  read: () => Promise<PdfFile>
}

/** Saves a paper: the window writes it itself, a browser downloads it. Says where it went. */
export async function savePdf(paper: SavablePaper): Promise<string> {
  if (doorKind() === 'window') {
    const saved = await paper.save()
    return t('paper.saved', { path: saved.path })
  }
  const file = await paper.read()
  const address = URL.createObjectURL(new Blob([bytesOf(file.base64)], { type: 'application/pdf' }))
  const link = document.createElement('a')
  link.href = address
  link.download = file.name
  link.click()
  // The browser has read it by the time the next task runs.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
  return t('paper.downloaded', { name: file.name })
}
