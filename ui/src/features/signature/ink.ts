import type { PenPoint } from '@/api'

/** How wide the pen is at half its press, in units of the box. */
const PEN = 14

/** As on paper: the lightest touch is seen, the hardest is no blot. */
export function weight(p: number): number {
  return PEN * (0.45 + (1.1 * p) / 255)
}

type Spot = Pick<PenPoint, 'x' | 'y'>
const between = (a: Spot, b: Spot): Spot => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })

/** Draws a stroke from its point number `from` on: a curve through the middles between its points,
 *  so that corners of a slow screen do not show. */
export function draw(pen: CanvasRenderingContext2D, stroke: readonly PenPoint[], from = 0): void {
  pen.lineCap = 'round'
  pen.lineJoin = 'round'
  const first = stroke[0]
  if (first && from === 0) {
    pen.lineWidth = weight(first.p)
    pen.beginPath()
    pen.moveTo(first.x, first.y)
    pen.lineTo(first.x, first.y)
    pen.stroke()
  }
  for (let i = Math.max(1, from); i < stroke.length; i += 1) {
    const [before, at, last] = [stroke[i - 2], stroke[i - 1], stroke[i]]
    if (!at || !last) continue
    const start = before ? between(before, at) : at
    const end = between(at, last)
    pen.lineWidth = weight(at.p)
    pen.beginPath()
    pen.moveTo(start.x, start.y)
    pen.quadraticCurveTo(at.x, at.y, end.x, end.y)
    pen.stroke()
  }
}

/** Draws the end that the curve leaves open while it may still go on. */
export function finish(pen: CanvasRenderingContext2D, stroke: readonly PenPoint[]): void {
  const [before, last] = [stroke.at(-2), stroke.at(-1)]
  if (!before || !last) return
  const start = between(before, last)
  pen.lineWidth = weight(last.p)
  pen.beginPath()
  pen.moveTo(start.x, start.y)
  pen.lineTo(last.x, last.y)
  pen.stroke()
}
