import { describe, expect, it } from 'vitest'

import type { PenPoint } from '@/api'
import { draw, finish, weight } from '@/features/signature/ink'
import { Pen, type Touch } from '@/features/signature/pen'

const pad = { width: 1800, height: 600 }
const place = { left: 100, top: 50, width: 900, height: 300 }

function touch(x: number, y: number, at: number, more: Partial<Touch> = {}): Touch {
  return { pointerId: 1, pointerType: 'pen', clientX: x, clientY: y, pressure: 0.5, timeStamp: at, ...more }
}

describe('a pen', () => {
  it('is written down in the units of the box, however large the box is here', () => {
    const pen = new Pen(pad)
    expect(pen.touch(touch(100, 50, 5000, { pressure: 0.2 }), place)).toBe(true)
    expect(pen.move(touch(550, 200, 5010, { pressure: 1 }), place)).toBe(true)
    expect(pen.lift(touch(550, 200, 5020))).toBe(true)
    // The page is zoomed while somebody writes.
    const smaller = { left: 0, top: 0, width: 450, height: 150 }
    pen.touch(touch(450, 150, 6000), smaller)
    expect(pen.strokes).toEqual([
      [{ x: 0, y: 0, t: 0, p: 51 }, { x: 900, y: 300, t: 10, p: 255 }],
      [{ x: 1800, y: 600, t: 1000, p: 128 }],
    ])
  })

  it('takes what came between two frames, in the order of time', () => {
    const pen = new Pen(pad)
    pen.touch(touch(100, 50, 0), place)
    const since = [touch(110, 50, 4), touch(120, 50, 2), touch(120, 50, 6), touch(130, 50, 8)]
    pen.move(touch(130, 50, 8, { getCoalescedEvents: () => since }), place)
    expect(pen.strokes[0]?.map(({ x, t }) => [x, t])).toEqual([[0, 0], [20, 4], [40, 4], [60, 8]])
  })

  it('stays in the box when the hand leaves it', () => {
    const pen = new Pen(pad)
    pen.touch(touch(500, 100, 0), place)
    for (const [x, y] of [[-9999, 100], [5000, 100], [500, -1], [500, 9999]] as const) pen.move(touch(x, y, 1), place)
    for (const point of pen.strokes.flat()) {
      expect(point.x >= 0 && point.x <= pad.width && point.y >= 0 && point.y <= pad.height).toBe(true)
    }
  })

  it('follows one pointer and no palm beside it, and presses evenly where nothing feels how hard', () => {
    const pen = new Pen(pad)
    pen.touch(touch(200, 100, 0, { pointerType: 'touch', pressure: 0 }), place)
    expect(pen.touch(touch(800, 300, 1, { pointerId: 2 }), place)).toBe(false)
    expect(pen.move(touch(810, 300, 2, { pointerId: 2 }), place)).toBe(false)
    expect(pen.lift({ pointerId: 2 })).toBe(false)
    expect(pen.down).toBe(true)
    expect(pen.move(touch(210, 100, 3, { pointerType: 'mouse', pressure: 0.5 }), place)).toBe(true)
    expect(pen.strokes).toHaveLength(1)
    expect(pen.strokes[0]?.map((point) => point.p)).toEqual([128, 128])
  })
})

describe('the ink', () => {
  it('goes from the first point to the last without a gap, as wide as it was pressed', () => {
    const ends: { from: [number, number]; to: [number, number]; width: number }[] = []
    let at: [number, number] = [0, 0]
    const pen = {
      lineWidth: 0,
      beginPath: () => undefined,
      stroke: () => undefined,
      moveTo: (x: number, y: number) => (at = [x, y]),
      lineTo: (x: number, y: number) => ends.push({ from: at, to: [x, y], width: pen.lineWidth }),
      quadraticCurveTo: (_: number, __: number, x: number, y: number) => ends.push({ from: at, to: [x, y], width: pen.lineWidth }),
    }
    const stroke: PenPoint[] = [0, 1, 2, 3, 4].map((i) => ({ x: i * 100, y: (i % 2) * 50, t: i, p: i * 60 }))
    const ink = pen as unknown as CanvasRenderingContext2D
    draw(ink, stroke.slice(0, 2))
    draw(ink, stroke, 2)
    finish(ink, stroke)
    expect(ends[0]).toMatchObject({ from: [0, 0], to: [0, 0] })
    for (let i = 2; i < ends.length; i += 1) expect(ends[i]?.from).toEqual(ends[i - 1]?.to)
    expect(ends.at(-1)?.to).toEqual([400, 0])
    expect(weight(255)).toBeGreaterThan(2 * weight(20))
  })
})
