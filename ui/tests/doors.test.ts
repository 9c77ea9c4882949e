import { readFileSync } from 'node:fs'

import { afterEach, describe, expect, it, vi } from 'vitest'

import { call, CallFailure, onFailure, openDoor, toFailure, type Door } from '@/api'
import { browserDoor, takeToken } from '@/api/browserDoor'
import { explain } from '@/errors/table'

function answering(status: number, body: unknown): typeof fetch {
  return vi.fn(async () => new Response(JSON.stringify(body), { status })) as unknown as typeof fetch
}

afterEach(() => vi.restoreAllMocks())

describe('the browser’s door', () => {
  it('posts the request with the token and gives the answer back', async () => {
    const send = answering(200, [])
    await browserDoor('t-1', send).call('search', { text: '许可', limit: 5 })
    expect(send).toHaveBeenCalledWith('/rpc/search', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: 'Bearer t-1' },
      body: '{"text":"许可","limit":5}',
      keepalive: false,
    })
  })

  it('sends a file as it is, with its request beside it', async () => {
    const send = answering(200, [])
    const file = new Blob(['%PDF-1.7'])
    const request = { owner: { kind: 'case' as const, id: 'c1' }, material: 'm1', name: '户口簿.pdf' }
    await browserDoor('t-1', send).upload('add_scan', request, file)
    const [path, init] = vi.mocked(send).mock.calls[0] ?? []
    expect(path).toBe('/upload/add_scan')
    expect(init?.body).toBe(file)
    const header = (init?.headers as Record<string, string>)['X-Request'] ?? ''
    expect(header).toMatch(/^[A-Za-z0-9+/=]+$/)
    const utf8 = Uint8Array.from(atob(header), (c) => c.charCodeAt(0))
    expect(JSON.parse(new TextDecoder().decode(utf8))).toEqual(request)
  })

  it('fetches a file as bytes', async () => {
    const send = vi.fn(async () => new Response(new Uint8Array([1, 2, 3]))) as unknown as typeof fetch
    const request = { owner: { kind: 'draft' as const, id: 'd1' }, hash: 'ab' }
    const bytes = await browserDoor('t-1', send).download('scan', request)
    expect([...new Uint8Array(bytes)]).toEqual([1, 2, 3])
    const refused = browserDoor('t', answering(422, { code: 'attachment-damaged', message: '已损坏' }))
    await expect(refused.download('scan', request)).rejects.toMatchObject({ code: 'attachment-damaged' })
  })

  it('turns a refusal into its code, words and field', async () => {
    const body = {
      code: 'bad-id-number',
      message: '校验位不对',
      details: { field: 'applicant.id_number' },
    }
    const met = browserDoor('t', answering(422, body)).call('status', {})
    await expect(met).rejects.toMatchObject({ code: 'bad-id-number', message: '校验位不对' })
    await met.catch((failure: CallFailure) => expect(failure.field).toBe('applicant.id_number'))
  })

  it('says that the program is gone where nobody answers', async () => {
    const send = vi.fn(async () => Promise.reject(new TypeError('refused'))) as unknown as typeof fetch
    await expect(browserDoor('t', send).call('status', {})).rejects.toMatchObject({
      code: 'door-closed',
    })
  })

  it('does not take an answer that is no JSON for success', async () => {
    const send = vi.fn(async () => new Response('<html>', { status: 403 })) as unknown as typeof fetch
    await expect(browserDoor('t', send).call('status', {})).rejects.toMatchObject({
      code: 'door-refused',
    })
  })

  it('takes the token out of the address and keeps it for the tab', () => {
    window.location.hash = '#token=abc%2B1'
    expect(takeToken(window)).toBe('abc+1')
    expect(window.location.hash).toBe('')
    expect(takeToken(window)).toBe('abc+1')
  })
})

describe('call', () => {
  it('tells the listeners of each refusal, until they leave', async () => {
    const door: Door = {
      kind: 'window',
      call: () => Promise.reject(Object.assign(new Error(), { code: 'locked', message: 'm' })),
      upload: () => Promise.reject(new Error()),
      download: () => Promise.reject(new Error()),
    }
    openDoor(door)
    const heard: string[] = []
    const leave = onFailure((failure) => heard.push(failure.code))
    await expect(call('status', {})).rejects.toBeInstanceOf(CallFailure)
    leave()
    await expect(call('status', {})).rejects.toBeInstanceOf(CallFailure)
    expect(heard).toEqual(['locked'])
  })
})

describe('the page at the door', () => {
  it('names an icon that it brings along, so that no browser asks for another', () => {
    const icon = /<link rel="icon"[^>]* href="\/([^"]+)"/.exec(readFileSync('index.html', 'utf8'))?.[1]
    expect(readFileSync(`public/${icon}`, 'utf8')).toContain('<svg')
  })
})

describe('failures', () => {
  it('never loses the cause of something unknown', () => {
    expect(toFailure('boom')).toMatchObject({ code: 'internal', message: 'boom' })
    expect(toFailure(null).code).toBe('internal')
    expect(toFailure({ code: 7 }).code).toBe('internal')
  })

  it('shows the program’s own sentence, with a next step for every code', () => {
    const seen = explain(new CallFailure('no-glyph', '字库里没有“𤴓”'))
    expect(seen.words).toBe('字库里没有“𤴓”')
    expect(seen.next).toContain('管理员')
    expect(explain(new CallFailure('bad-phone', '电话不对，请核对')).next).toBe('')
  })

  it('uses words of its own where the program has none to give', () => {
    expect(explain(new CallFailure('hub-unreachable', 'tcp')).words).toContain('没有联网')
    expect(explain(new CallFailure('hub-unreachable', 'tcp')).severity).toBe('wait')
  })

  it('treats every storage fault alike and an unknown code with care', () => {
    expect(explain(new CallFailure('storage-full', '磁盘满')).next).toContain('磁盘')
    expect(explain(new CallFailure('brand-new', '新的错误')).words).toBe('新的错误')
    expect(explain(new CallFailure('brand-new', '')).words).not.toBe('')
  })
})
