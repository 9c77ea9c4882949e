import { describe, expect, it } from 'vitest'

import { CallFailure } from '@/api'
import { explain, table } from '@/errors/table'

/** Where the program's codes are written, as `Self::Name => "code"`. */
const sources = import.meta.glob<string>(
  [
    '../../src-tauri/app/card_reader.rs',
    '../../src-tauri/desk/src/error.rs',
    '../../src-tauri/documents/src/{error,print/mod,thermal/device}.rs',
    '../../src-tauri/domain/src/refusal.rs',
    '../../src-tauri/protocol/src/ferry/mod.rs',
    '../../src-tauri/storage/src/{error,key}.rs',
    '../../src-tauri/sync/src/error.rs',
  ],
  { query: '?raw', import: 'default', eager: true },
)
const written = Object.values(sources).flatMap((text) => [...text.matchAll(/Self::[^=]*=> "([a-z-]+)"/g)])
const codes = [...new Set(written.map((match) => match[1] ?? ''))]

describe('a failure', () => {
  it('is known by every code that the program has', () => {
    expect(Object.keys(sources).length).toBe(10)
    expect(codes.length).toBeGreaterThan(120)
    expect(codes.filter((code) => !(code in table))).toEqual([])
  })

  it('says what happened, what became of the case and what to do', () => {
    for (const code of Object.keys(table)) {
      const { words, kept, next } = explain(new CallFailure(code, '出了一件事'))
      expect([code, words !== '', kept.endsWith('。'), next.endsWith('。')]).toEqual([code, true, true, true])
    }
    expect(explain(new CallFailure('of-a-newer-program', '')).kept).not.toBe('')
  })

  it('gives advice once: the program’s own, where its sentence has one', () => {
    expect(explain(new CallFailure('not-found', '找不到办件，请刷新后再试')).next).toBe('')
    expect(explain(new CallFailure('not-found', '申请人已经撤回')).next).not.toBe('')
  })
})
