import type { Token } from 'markdown-it'
import { h, type FunctionalComponent, type VNode } from 'vue'

type Child = VNode | string

interface Open {
  token: Token | null
  children: Child[]
}

interface Props {
  body: Token[]
  /** Opens another page of the handbook. */
  open: (page: string) => void
}

/** A link to another page, written `name.md` so that it works where the files are read as well. */
function pageOf(token: Token): string | undefined {
  return /^([a-z-]+)\.md$/.exec(String(token.attrGet('href') ?? ''))?.[1]
}

function elements(token: Token | null, children: Child[], open: Props['open']): Child[] {
  if (!token || token.hidden) return children
  if (token.tag !== 'a') return [h(token.tag, children)]
  const page = pageOf(token)
  if (!page) return children
  const followed = (event: Event): void => {
    event.preventDefault()
    open(page)
  }
  return [h('a', { href: '#', onClick: followed }, children)]
}

function build(tokens: Token[], open: Props['open']): Child[] {
  const stack: Open[] = [{ token: null, children: [] }]
  for (const token of tokens) {
    const here = stack.at(-1) as Open
    if (token.nesting === 1) stack.push({ token, children: [] })
    else if (token.nesting === -1) {
      stack.pop()
      stack.at(-1)?.children.push(...elements(here.token, here.children, open))
    } else if (token.children) here.children.push(...build(token.children, open))
    // Between the lines of a Chinese paragraph there is no space.
    else if (token.type !== 'softbreak') {
      here.children.push(token.type === 'code_inline' ? h('kbd', token.content) : token.content)
    }
  }
  return stack[0]?.children ?? []
}

/**
 * Markdown as elements of the page, never as HTML: nothing that a text says can run. What stands
 * between backticks is a key.
 */
const MarkdownBody: FunctionalComponent<Props> = ({ body, open }) => build(body, open)
MarkdownBody.props = ['body', 'open']

export default MarkdownBody
