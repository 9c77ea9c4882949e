import { describe, expect, it } from 'vitest'

import type { TemplateSet } from '@/api'
import { askedBy } from '@/features/templates/conditions'
import { controlAt, step } from '@/features/templates/pointer'
import { phrasesOf, wordsOf } from '@/features/templates/words'

describe('words', () => {
  it('are read and written as short as they can be', () => {
    for (const words of ['', '甲{乙}', ['甲', { when: '丙', text: '乙' }], [{ when: '丙', text: '乙' }]]) {
      expect(wordsOf(phrasesOf(words))).toEqual(words)
    }
    expect(wordsOf([])).toBe('')
  })
})

describe('a place', () => {
  it('is a pointer, and leads to the nearest control', () => {
    expect(step('/fragments', '甲/乙~', 3)).toBe('/fragments/甲~1乙~0/3')
    const root = document.createElement('div')
    root.innerHTML = '<p data-path="/papers/refusal/blocks/1"></p><p data-path="/header"></p>'
    expect(controlAt(root, '/papers/refusal/blocks/1/rows/0/when')?.dataset['path']).toBe('/papers/refusal/blocks/1')
    expect(controlAt(root, '/papers/refusal')).toBeNull()
  })
})

describe('conditions', () => {
  it('are asked of a template and of the parts it uses, each once', () => {
    const set = {
      header: '甲',
      fragments: { 尾: [{ block: 'ruled', lines: 1, when: '!代理人 | 暂估=是' }, { block: 'use', fragment: '尾' }] },
    } as unknown as TemplateSet
    const template = {
      title: [{ when: '代理人 & 暂估=否', text: '乙' }],
      blocks: [{ block: 'use', fragment: '尾' }],
    } as unknown as NonNullable<TemplateSet['papers']['refusal']>
    expect(askedBy(set, template)).toEqual([
      { name: '代理人', choice: false },
      { name: '暂估', choice: true },
    ])
  })
})
