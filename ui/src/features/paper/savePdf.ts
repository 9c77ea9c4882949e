import { call, doorKind } from '@/api'
import { t } from '@/i18n'

import { bytesOf } from './renderPdf'

/** Saves a paper: the window writes it itself, a browser downloads it. Says where it went. */
export async function savePdf(number: string): Promise<string> {
  if (doorKind() === 'window') {
    const saved = await call('save_paper', { number })
    return t('paper.saved', { path: saved.path })
  }
  const file = await call('paper', { number })
  const address = URL.createObjectURL(new Blob([bytesOf(file.base64)], { type: 'application/pdf' }))
  const link = document.createElement('a')
  link.href = address
  link.download = file.name
  link.click()
  // The browser has read it by the time the next task runs.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
  return t('paper.downloaded', { name: file.name })
}
