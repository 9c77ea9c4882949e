import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { Screen } from './support/screen'

const STICK = {
  path: '/media/clerk/USB',
  stick: 'USB',
  own: false,
  free: 8_000_000_000,
  answers: [
    {
      name: 'ZX-03-1.answer.ferry',
      path: '/media/clerk/USB/ZX-03-1.answer.ferry',
      size: 900,
      changed_at: '2026-03-02T01:00:00Z',
    },
  ],
}
const OWN = { path: '/home/clerk/一窗文书', stick: null, own: true, free: null, answers: [] }

let screen: Screen
beforeEach(async () => {
  screen = new Screen()
  const waiting = { unsent_cases: 2, unsent_events: 7, scans_waiting: 3, scan_bytes_waiting: 4_000_000 }
  screen.desk.sync = { ...screen.desk.sync, enrolled: true, ...waiting }
  screen.desk.ferryPlaces = [STICK, OWN]
  await screen.open('/upstream')
  await screen.appears(`ferry-place-${STICK.path}`)
})
afterEach(() => screen.close())

async function choose(content: string): Promise<void> {
  const input = (await screen.appears('ferry-file')) as HTMLInputElement
  const file = new File([content], 'ZX-03.answer.ferry')
  Object.defineProperty(input, 'files', { value: [file], configurable: true })
  input.dispatchEvent(new Event('change'))
}

describe('taking cases along in a file', () => {
  it('writes to the stick that is in, and says what is in the file and that nothing counts as sent', async () => {
    await screen.click('ferry-out')
    await screen.until(() => screen.text('ferry-said').includes('已导出 7 条记录、3 份扫描件（4.0 MB）'))
    expect(screen.text('ferry-said')).toContain('请安全弹出 U 盘')
    expect(screen.desk.calls('save_ferry_file')).toEqual([{ folder: STICK.path, scans: true }])
    expect(screen.find('upstream-unsent-events')?.dataset['count']).toBe('7')
  })

  it('goes without scans where the clerk says so', async () => {
    await screen.click('ferry-scans')
    await screen.click('ferry-out')
    await screen.until(() => screen.text('ferry-said').includes('已导出 7 条记录，文件在'))
    expect(screen.desk.calls('save_ferry_file')).toEqual([{ folder: STICK.path, scans: false }])
  })

  it('takes the program’s own folder, or one that is written down', async () => {
    await screen.click(`ferry-place-${OWN.path}`)
    await screen.click('ferry-out')
    await screen.until(() => screen.text('ferry-said').includes('请拷到 U 盘'))
    await screen.click('ferry-place-other')
    await screen.fill('ferry-folder', '/mnt/x')
    screen.desk.fail('save_ferry_file', 'bad-folder', '没有“/mnt/x”这个文件夹', 'folder')
    await screen.click('ferry-out')
    await screen.until(() => screen.text('fault-message').includes('没有“/mnt/x”'))
    const folders = screen.desk.calls('save_ferry_file').map((call) => call.folder)
    expect(folders).toEqual([null, '/mnt/x'])
  })

  it('shows how far it is, and stops when told to', async () => {
    const open = screen.desk.holdOnly('save_ferry_file')
    screen.desk.ferryProgress = { phase: 'scans', done: 120_000_000, of: 1_300_000_000 }
    await screen.click('ferry-out')
    await screen.appears('ferry-work')
    expect(screen.text('ferry-measure')).toBe('120.0 MB / 1.3 GB')
    expect((screen.find('ferry-in') as HTMLButtonElement).disabled).toBe(true)
    screen.desk.fail('save_ferry_file', 'ferry-stopped')
    await screen.click('ferry-stop')
    await screen.until(() => screen.desk.calls('stop_ferry').length === 1)
    open()
    await screen.until(() => screen.text('ferry-said').includes('已取消'))
    expect(screen.find('ferry-work')).toBeNull()
    expect(screen.find('fault')).toBeNull()
  })

  it('finds work under way again after the clerk was elsewhere', async () => {
    screen.desk.ferryProgress = { phase: 'proving', done: 1, of: 2 }
    await screen.router.push('/')
    await screen.router.push('/upstream')
    await screen.appears('ferry-work')
    screen.desk.ferryProgress = null
    await screen.until(() => screen.find('ferry-work') === null)
  })
})

describe('bringing the answer home', () => {
  it('finds it on the stick and shows what it settled', async () => {
    await screen.click('ferry-take-ZX-03-1.answer.ferry')
    await screen.until(() => screen.text('ferry-said').includes('新确认 7 条，取回 1 条，新到 3 份扫描件'))
    expect(screen.desk.calls('take_ferry_answer')).toEqual([{ path: STICK.answers[0]?.path }])
    expect(screen.find('upstream-unsent-events')?.dataset['count']).toBe('0')
  })

  it('takes one that is chosen elsewhere as it is', async () => {
    await choose('an answer')
    await screen.until(() => screen.text('ferry-said').includes('新确认 7 条'))
    expect(screen.desk.uploads).toEqual([{ command: 'ferry_answer', request: {}, bytes: 9 }])
  })

  it('looks for sticks anew', async () => {
    screen.desk.ferryPlaces = [OWN]
    await screen.click('ferry-look')
    await screen.until(() => screen.find(`ferry-place-${STICK.path}`) === null)
    expect(screen.find('ferry-none')).not.toBeNull()
  })
})
