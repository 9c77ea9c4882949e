import type { PadBox, PenPoint } from '@/api'

/** Where the box stands on the screen, in the units of pointer events. */
export interface Place {
  left: number
  top: number
  width: number
  height: number
}

/** What of a pointer event a pen needs. */
export interface Touch {
  pointerId: number
  pointerType: string
  clientX: number
  clientY: number
  pressure: number
  timeStamp: number
  getCoalescedEvents?: () => Touch[]
}

const HARDEST = 255
/** What a mouse presses, and a finger on a screen that does not feel how hard. */
const EVEN = 128

function press(touch: Touch): number {
  if (touch.pointerType === 'mouse' || !touch.pressure) return EVEN
  return Math.min(HARDEST, Math.max(0, Math.round(touch.pressure * HARDEST)))
}

function within(share: number, units: number): number {
  return Math.min(units, Math.max(0, Math.round(share * units)))
}

/** Follows one pen, finger or mouse over the box and writes down where it was, in the box's own
 *  units: the same however large the box is on this screen. */
export class Pen {
  strokes: PenPoint[][] = []
  private pointer: number | null = null
  private began: number | null = null
  private latest = 0

  constructor(readonly pad: PadBox) {}

  get down(): boolean {
    return this.pointer !== null
  }

  /** Touches the box; false where another pointer is writing: a palm, a second finger. */
  touch(event: Touch, place: Place): boolean {
    if (this.down) return false
    this.pointer = event.pointerId
    this.strokes.push([this.point(event, place)])
    return true
  }

  /** Goes on; whether anything was added. What happened since the last frame comes along. */
  move(event: Touch, place: Place): boolean {
    const stroke = this.strokes.at(-1)
    if (event.pointerId !== this.pointer || !stroke) return false
    const since = event.getCoalescedEvents?.() ?? []
    const before = stroke.length
    for (const one of since.length ? since : [event]) {
      const point = this.point(one, place)
      const last = stroke.at(-1)
      // A pen that rests says so a hundred times a second.
      if (!last || last.x !== point.x || last.y !== point.y) stroke.push(point)
    }
    return stroke.length > before
  }

  /** Lifts; false for a pointer that was not writing. */
  lift(event: Pick<Touch, 'pointerId'>): boolean {
    if (event.pointerId !== this.pointer) return false
    this.pointer = null
    return true
  }

  clear(): void {
    this.strokes = []
    this.pointer = null
    this.began = null
    this.latest = 0
  }

  private point(touch: Touch, place: Place): PenPoint {
    this.began ??= touch.timeStamp
    // Never back in time: events that were held together may come out of order.
    this.latest = Math.max(this.latest, Math.round(touch.timeStamp - this.began))
    return {
      x: within((touch.clientX - place.left) / place.width, this.pad.width),
      y: within((touch.clientY - place.top) / place.height, this.pad.height),
      t: this.latest,
      p: press(touch),
    }
  }
}
