/** What is written over a picture of somebody's paper, so that it serves for nothing else. */
export interface Watermark {
  /** Across the whole picture, again and again; empty for none. */
  purpose: string
  /** In the corner: who compared it with the original; empty for none. */
  compared: string
}

/** A line of text on a picture: where its middle stands, in pixels. */
export interface Mark {
  x: number
  y: number
}

/** How large the letters are beside the shorter side of the picture. */
const LETTERS = 1 / 28
/** Letters and what lies between two lines, in letters. */
const ROWS = 6

/** The size of the letters on a picture, in pixels. */
export function lettersOf(width: number, height: number): number {
  return Math.max(14, Math.round(Math.min(width, height) * LETTERS))
}

/**
 * Where the lines of the purpose stand: so close that no part large enough to be of use is without
 * one, each row shifted against the one before.
 */
export function places(width: number, height: number, length: number): Mark[] {
  const size = lettersOf(width, height)
  const [across, down] = [(length + 4) * size * 0.8, ROWS * size]
  const marks: Mark[] = []
  for (let row = 0; row * down < height + down; row += 1) {
    const shift = row % 2 ? across / 2 : 0
    for (let x = shift; x < width + across; x += across) marks.push({ x, y: row * down + down / 2 })
  }
  return marks
}

/** Writes the marks over a picture that was drawn already. */
export function mark(canvas: HTMLCanvasElement, { purpose, compared }: Watermark): void {
  const pen = canvas.getContext('2d')
  if (!pen) return
  const { width, height } = canvas
  const size = lettersOf(width, height)
  const face = getComputedStyle(document.body).fontFamily
  if (purpose) {
    pen.font = `${size}px ${face}`
    pen.textAlign = 'center'
    pen.textBaseline = 'middle'
    pen.lineWidth = Math.max(1, size / 12)
    for (const { x, y } of places(width, height, [...purpose].length)) {
      pen.save()
      pen.translate(x, y)
      pen.rotate(-Math.PI / 9)
      // Dark with a light rim: it is seen on white paper and on a dark photograph.
      pen.strokeStyle = 'rgba(255, 255, 255, 0.28)'
      pen.strokeText(purpose, 0, 0)
      pen.fillStyle = 'rgba(30, 50, 90, 0.3)'
      pen.fillText(purpose, 0, 0)
      pen.restore()
    }
  }
  if (!compared) return
  const large = Math.round(size * 1.15)
  pen.font = `bold ${large}px ${face}`
  pen.textAlign = 'right'
  pen.textBaseline = 'bottom'
  const [lead = '', ...rest] = compared.split('\n')
  const lines = [lead, ...rest].reverse()
  const widest = Math.max(...lines.map((line) => pen.measureText(line).width))
  const [right, low] = [width - large, height - large]
  pen.fillStyle = 'rgba(255, 255, 255, 0.82)'
  pen.fillRect(right - widest - large / 2, low - lines.length * large * 1.35, widest + large, lines.length * large * 1.35 + large / 2)
  pen.fillStyle = 'rgba(180, 20, 20, 0.95)'
  lines.forEach((line, i) => pen.fillText(line, right, low - i * large * 1.35))
}

/** A picture as the JPEG file that is kept. */
export function asFile(canvas: HTMLCanvasElement, name: string): Promise<File> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => {
        if (blob) resolve(new File([blob], name, { type: 'image/jpeg' }))
        else reject(new Error('no picture'))
      },
      'image/jpeg',
      0.86,
    )
  })
}

/** A picture file with the marks on it; what is no picture, or can't be drawn, comes back as it is. */
export async function marked(file: File, watermark: Watermark): Promise<File> {
  if (!/^image\/(jpeg|png)$/.test(file.type)) return file
  try {
    const picture = await createImageBitmap(file)
    const canvas = document.createElement('canvas')
    canvas.width = picture.width
    canvas.height = picture.height
    canvas.getContext('2d')?.drawImage(picture, 0, 0)
    picture.close()
    mark(canvas, watermark)
    return await asFile(canvas, file.name.replace(/\.(png|jpe?g)$/i, '') + '.jpg')
  } catch {
    return file
  }
}
