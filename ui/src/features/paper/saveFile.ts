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
  handOver(file.name, bytesOf(file.base64), type)
  return t('paper.downloaded', { name: file.name })
}

/** Lets the browser download bytes under a name. */
export function handOver(name: string, bytes: Uint8Array<ArrayBuffer>, type: string): void {
  const address = URL.createObjectURL(new Blob([bytes], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser has read it by the time the next task runs.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
