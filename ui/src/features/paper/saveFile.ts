import { doorKind, type FormContent, type PdfFile, type SavedFile } from '@/api'
import { t } from '@/i18n'

import { bytesOf } from './renderPdf'

/** A file that the program can write to a folder of its own, or hand over. */
export interface Savable {
  save: () => Promise<SavedFile>
  read: () => Promise<PdfFile | FormContent>
}

/** Saves a file: the window writes it itself, a browser downloads it. Says where it went. */
export async function saveFile(one: Savable): Promise<string> {
  if (doorKind() === 'window') {
    const saved = await one.save()
    return t('paper.saved', { path: saved.path })
  }
  const file = await one.read()
  const type = 'media_type' in file ? file.media_type : 'application/pdf'
  const address = URL.createObjectURL(new Blob([bytesOf(file.base64)], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = file.name
  link.click()
  // The browser has read it by the time the next task runs.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
  return t('paper.downloaded', { name: file.name })
}
