import { readFileSync } from 'node:fs'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { FormView, Matter } from '@/api'

import { Screen } from './support/screen'

/** The release with every field of the format; the program leaves out what says nothing. */
const full = JSON.parse(readFileSync('../tests/fixtures/guide_full.json', 'utf8')) as {
  matters: Matter[]
}
const everything = full.matters[0] as Matter
const BLANK: FormView = { id: 'F1', name: '参保登记表（空表）', kind: 'word', printable: false }
const SAMPLE: FormView = { id: 'F2', name: '参保登记表（示例）', kind: 'picture', printable: true }

let screen: Screen
beforeEach(() => {
  screen = new Screen()
  screen.desk.matters.push(structuredClone(everything))
  screen.desk.forms = [BLANK, SAMPLE]
})
afterEach(() => screen.close())

const page = (): string => document.body.textContent?.replace(/\s+/g, '') ?? ''
const open = async (): Promise<void> => {
  await screen.open(`/matter/${everything.code}`)
  await screen.appears('prospects')
}

describe('what the guide says of a matter beyond its rules', () => {
  it('stands on the page, all of it', async () => {
    await open()
    for (const said of [
      '根河市政务服务中心一楼3号窗口',
      '办理时间：工作日8:30-12:00，14:30-17:30',
      '办理时间：指南没有写，以该处公布的为准',
      '办理形式窗口、移动端',
      '通办范围跨市',
      '到场原因需核对本人身份',
      '进驻大厅是',
      '预约办理支持',
      '快递不支持',
      '自助终端支持',
      '网上办理支持',
      '网办深度Ⅳ级（全程网办）',
      'https://example.invalid/a',
      'https://example.invalid/m',
      '承诺时限说明当场办结',
      '法定时限说明法律未规定',
      '数量限制无数量限制',
      '结果有效期长期有效',
      '受理（当场办结）：核对材料；当场登记',
      '收费按收费项目收取',
      '工本费：不收取（依据无）不能网上支付',
      '能补缴吗？可以，按当年档次补缴。',
      '《中华人民共和国社会保险法》主席令第25号第二十条：国家建立',
      '联办机构根河市税务局、根河市民政局',
      '规格：A4',
      '填写须知：黑色签字笔填写',
      '出具时间要求：30日内',
      '要求依据：经办规程第五条',
      '0470-5550901',
    ]) {
      expect(page()).toContain(said)
    }
  })

  it('is not there where the guide does not say it', async () => {
    await screen.open('/matter/1001')
    await screen.appears('prospects')
    for (const part of ['places', 'ways', 'steps', 'fees', 'faq', 'grounds', 'origin']) {
      expect(screen.find(`guide-${part}`), part).toBeNull()
    }
    expect(page()).toContain('咨询电话0470-5550101')
    expect(page()).not.toContain('规格：')
    expect(screen.find('form-F1')).toBeNull()
    expect(screen.find('matter-view-form')).toBeNull()
  })

  it('names another telephone of the department beside its own', async () => {
    const reference = screen.desk.matters.at(-1)?.reference
    if (reference) reference.service.contact = '0470-1112223'
    await open()
    expect(page()).toContain('咨询电话0470-1112223；部门电话0470-5550101')
  })
})

describe('the forms of a matter', () => {
  it('stand at their material: what can be printed is shown and printed, the rest is saved', async () => {
    screen.desk.kind = 'window'
    await open()
    const material = screen.find('prospect-m1')
    expect(material?.textContent).toContain('空白表参保登记表（空表）')
    expect(material?.textContent).toContain('示例样表参保登记表（示例）')
    expect(screen.find('prospect-m2')?.textContent).not.toContain('空白表')
    expect(screen.find('form-F1-print')).toBeNull()
    expect(screen.text('form-F1')).toContain('保存后用办公软件打开')
    await screen.click('form-F1-save')
    expect((await screen.appears('sheet-told')).textContent).toContain('/home/clerk/F1')
    await screen.click('form-F2-show')
    const panel = await screen.appears('form-panel')
    expect(panel.dataset['form']).toBe('F2')
    await screen.until(() => screen.desk.calls('form_paper').length === 1)
    expect(screen.find('matter-view-form')?.getAttribute('aria-pressed')).toBe('true')
    await screen.click('form-F2-print')
    await screen.until(() => screen.text('sheet-told').includes('F2已送打印机'))
    expect(screen.desk.calls('print_form')).toEqual([{ id: 'F2', printer: null }])
  })

  it('say why one cannot be printed, and what to do', async () => {
    await open()
    screen.desk.fail('print_form', 'form-damaged', '“参保登记表（示例）”文件已损坏')
    await screen.click('form-F2-print')
    const fault = await screen.appears('fault')
    expect(fault.textContent).toContain('文件已损坏')
    expect(fault.textContent).toContain('更换这份表格')
    // Saved instead, the page says that, and no more that it could not be printed.
    screen.desk.kind = 'window'
    await screen.click('form-F2-save')
    await screen.appears('sheet-told')
    expect(screen.find('fault')).toBeNull()
  })

  it('go along with the sheet unless the clerk leaves the samples out', async () => {
    await open()
    await screen.click('matter-view-sheet')
    const along = (await screen.appears('sheet-samples')) as HTMLInputElement
    expect(along.checked).toBe(true)
    await screen.until(() => screen.desk.calls('guide_sheet').at(-1)?.samples === true)
    await screen.click('sheet-samples')
    await screen.until(() => screen.desk.calls('guide_sheet').at(-1)?.samples === false)
    await screen.click('sheet-print')
    await screen.appears('sheet-told')
    expect(screen.desk.calls('print_guide_sheet').at(-1)?.samples).toBe(false)
  })

  it('offer no samples where no sample can be printed', async () => {
    screen.desk.forms = [BLANK, { ...SAMPLE, kind: 'excel', printable: false }]
    await open()
    await screen.click('matter-view-sheet')
    await screen.appears('sheet')
    expect(screen.find('sheet-samples')).toBeNull()
  })
})
