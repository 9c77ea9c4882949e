import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { CallFailure } from '@/api'
import { LARGEST_SCAN } from '@/features/scan/useScans'

import { Screen } from './support/screen'

let screen: Screen
beforeEach(() => {
  screen = new Screen()
  URL.createObjectURL = vi.fn(() => 'blob:scan')
  URL.revokeObjectURL = vi.fn()
})
afterEach(() => screen.close())

/** A file of `size` bytes that takes no memory. */
function file(name: string, size: number): File {
  const made = new File(['x'], name)
  Object.defineProperty(made, 'size', { value: size })
  return made
}

async function choose(testid: string, ...files: File[]): Promise<void> {
  const chooser = (await screen.appears(testid)) as HTMLInputElement
  Object.defineProperty(chooser, 'files', { value: files, configurable: true })
  chooser.dispatchEvent(new Event('change'))
}

function count(testid: string): string | undefined {
  return screen.find(testid)?.dataset['count']
}

/** A case on its page. */
async function atCase(): Promise<string> {
  await screen.open()
  const id = await screen.toFiled()
  await screen.router.push({ name: 'case', params: { id } })
  await screen.appears('case-scans')
  return id
}

describe('scans in the intake', () => {
  it('are added to the material whose row has the focus, and taken off without a reason', async () => {
    await screen.open()
    const id = await screen.toMaterials()
    await choose('scan-file-m1', file('身份证.jpg', 300_000), file('反面.jpg', 200_000))
    await screen.until(() => count('scans-m1') === '2')
    expect(screen.desk.uploads.map((u) => u.request)).toEqual([
      { owner: { kind: 'draft', id }, material: 'm1', name: '身份证.jpg' },
      { owner: { kind: 'draft', id }, material: 'm1', name: '反面.jpg' },
    ])
    expect(screen.text('scans-m1')).toContain('300 KB')
    expect(screen.text('scans-m1')).toContain('已存本机')
    const remove = screen.find('scans-m1')?.querySelector<HTMLElement>('[data-testid$="-remove"]')
    remove?.click()
    await screen.until(() => count('scans-m1') === '1')
    expect(screen.desk.calls('remove_scan')[0]).toMatchObject({ material: 'm1', reason: '' })
    // Another row has the focus: what is there stays to be seen.
    await screen.press('ArrowDown', 'material-m1')
    await screen.until(() => screen.find('scan-add-m1') === null)
    expect(count('scans-m1')).toBe('1')
  })

  it('that are too large are refused before a byte is read', async () => {
    await screen.open()
    await screen.toMaterials()
    await choose('scan-file-m1', file('大.pdf', LARGEST_SCAN + 1))
    const words = await screen.appears('scan-refused-m1')
    expect(words.textContent).toContain('大.pdf')
    expect(words.textContent).toContain('50MB')
    expect(screen.desk.uploads).toEqual([])
  })

  it('that the program refuses say why, at their material', async () => {
    await screen.open()
    await screen.toMaterials()
    screen.desk.refuseUpload = new CallFailure('bad-attachment', '只能添加JPEG、PNG图片或PDF文件')
    await choose('scan-file-m1', file('a.docx', 10))
    expect((await screen.appears('scan-refused-m1')).textContent).toContain('JPEG')
  })

  it('may be dropped on their material', async () => {
    await screen.open()
    await screen.toMaterials()
    const drop = new Event('drop', { bubbles: true, cancelable: true })
    Object.defineProperty(drop, 'dataTransfer', { value: { files: [file('a.pdf', 5)] } })
    ;(await screen.appears('scans-m1')).dispatchEvent(drop)
    await screen.until(() => count('scans-m1') === '1')
  })
})

describe('scans of a case', () => {
  it('show how far each has come, and follow the exchange', async () => {
    const id = await atCase()
    await choose('scan-file-m1', file('a.jpg', 5))
    await screen.until(() => count('scans-m1') === '1')
    expect(screen.text('scans-m1')).toContain('未上传')
    const scan = screen.desk.scans.get(id)?.[0]
    if (!scan) throw new Error('no scan')
    screen.desk.scans.set(id, [{ ...scan, state: { state: 'sending', percent: 40 } }])
    const { upstream } = await import('@/app/upstream')
    await upstream.look()
    await screen.until(() => screen.text('scans-m1').includes('上传中 40%'))
    screen.desk.scans.set(id, [{ ...scan, state: { state: 'arrived' } }])
    await upstream.look()
    await screen.until(() => screen.text('scans-m1').includes('已到大厅'))
    expect(screen.find('case-scans')?.dataset['arrived']).toBe('1')
  })

  it('say why one does not go up', async () => {
    const id = await atCase()
    await choose('scan-file-m1', file('a.jpg', 5))
    await screen.until(() => count('scans-m1') === '1')
    const scan = screen.desk.scans.get(id)?.[0]
    if (!scan) throw new Error('no scan')
    const state = { state: 'stuck' as const, code: 'attachment-damaged', message: '请重新扫描' }
    screen.desk.scans.set(id, [{ ...scan, state }])
    await (await import('@/app/upstream')).upstream.look()
    await screen.until(() => screen.text('scans-m1').includes('请重新扫描'))
  })

  it('are looked at, and taken off only with a reason', async () => {
    const id = await atCase()
    await choose('scan-file-m1', file('a.jpg', 5))
    await screen.until(() => count('scans-m1') === '1')
    const within = (end: string): HTMLElement | null =>
      screen.find('scans-m1')?.querySelector<HTMLElement>(`[data-testid$="-${end}"]`) ?? null
    within('open')?.click()
    const preview = await screen.appears('scan-preview')
    await screen.until(() => preview.querySelector('img')?.getAttribute('src') === 'blob:scan')

    within('remove')?.click()
    await screen.appears('dialog-scan-removal')
    await screen.click('scan-removal-submit')
    await screen.appears('scan-removal-reason-fault')
    expect(screen.desk.calls('remove_scan')).toEqual([])
    await screen.click('scan-removal-wrong')
    await screen.click('scan-removal-submit')
    await screen.until(() => count('scans-m1') === '0')
    expect(screen.desk.calls('remove_scan')[0]).toMatchObject({
      owner: { kind: 'case', id },
      material: 'm1',
      reason: '扫成了别人的材料',
    })
  })
})

describe('the page of the exchange', () => {
  it('counts scans that wait and their bytes', async () => {
    await screen.open('/')
    screen.desk.sync = { ...screen.desk.sync, scans_waiting: 3, scan_bytes_waiting: 4_200_000 }
    await screen.router.push({ name: 'upstream' })
    const found = await screen.appears('upstream-scans')
    await screen.until(() => found.dataset['count'] === '3')
    expect(found.textContent).toContain('4.2 MB')
  })
})
