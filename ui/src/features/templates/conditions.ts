import type { BlockTemplate, Template, TemplateSet } from '@/api'

/** What a condition can ask for: whether something is there, or which value a choice has. */
export interface Asked {
  name: string
  /** Of a choice: a value that some condition names. */
  choice: boolean
}

function* whens(value: unknown): Generator<string> {
  if (Array.isArray(value)) {
    for (const one of value) yield* whens(one)
  } else if (value && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'when' && typeof inner === 'string') yield inner
      else yield* whens(inner)
    }
  }
}

/** The blocks of a template and of every fragment that it uses. */
function blocksOf(set: TemplateSet, template: Template): BlockTemplate[] {
  const names = new Set<string>()
  const all: BlockTemplate[] = []
  const walk = (blocks: BlockTemplate[]): void => {
    for (const block of blocks) {
      all.push(block)
      if (block.block !== 'use' || names.has(block.fragment)) continue
      names.add(block.fragment)
      walk(set.fragments[block.fragment] ?? [])
    }
  }
  walk(template.blocks)
  return all
}

/** Everything that the conditions of a template ask for, each once. */
export function askedBy(set: TemplateSet, template: Template): Asked[] {
  const found = new Map<string, Asked>()
  for (const when of whens([set.header, template.title, blocksOf(set, template)])) {
    for (const literal of when.split(/[|&]/)) {
      const [name, value] = literal.trim().replace(/^!/, '').split('=')
      const asked = { name: (name ?? '').trim(), choice: value !== undefined }
      if (asked.name) found.set(asked.name, asked)
    }
  }
  return [...found.values()]
}
