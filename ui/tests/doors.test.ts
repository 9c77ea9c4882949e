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
