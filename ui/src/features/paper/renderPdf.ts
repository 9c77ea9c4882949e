import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'

/** The bytes of a base64 text. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64)
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i)
  return bytes
}

/** Opens a PDF; the reader is loaded only when the first paper is looked at. */
export async function openPdf(base64: string): Promise<PDFDocumentProxy> {
  const pdf = await import('pdfjs-dist/legacy/build/pdf.mjs')
  pdf.GlobalWorkerOptions.workerSrc = workerUrl
  // The papers embed their fonts; nothing is fetched, nothing in them runs.
  return pdf.getDocument({
    data: bytesOf(base64),
    enableXfa: false,
    useWasm: false,
    isOffscreenCanvasSupported: false,
  }).promise
}

/** Draws a page so that it is `width` CSS pixels wide and sharp on the screen it is on. */
export async function drawPage(
  document: PDFDocumentProxy,
  number: number,
  canvas: HTMLCanvasElement,
  width: number,
): Promise<void> {
  const page = await document.getPage(number)
  const natural = page.getViewport({ scale: 1 })
  const sharp = Math.max(1, window.devicePixelRatio || 1)
  const viewport = page.getViewport({ scale: (width / natural.width) * sharp })
  canvas.width = Math.floor(viewport.width)
  canvas.height = Math.floor(viewport.height)
  canvas.style.width = `${width}px`
  canvas.style.height = `${Math.floor((width * natural.height) / natural.width)}px`
  await page.render({ canvas, viewport }).promise
}
