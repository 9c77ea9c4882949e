import {
  CallFailure,
  type DocumentKind,
  type TemplateEditionView,
  type TemplateFinding,
  type TemplateSet,
  type TemplatesView,
  type TemplateVocabulary,
} from '@/api'

const KINDS: Partial<Record<DocumentKind, string>> = {
  'material-receipt': '申请材料收件凭证',
  refusal: '不予受理通知书',
}

function own(): TemplateSet {
  const paper = (title: string): NonNullable<TemplateSet['papers']['refusal']> => ({
    title,
    sheet: 'a4',
    typeface: 'serif',
    parts: [{ name: '客户联', to: '交申请人' }],
    code_caption: '扫码核验',
    blocks: [
      { block: 'address', text: '{申请人}：' },
      { block: 'paragraph', text: ['你的申请', { when: '超出职权=是', text: '超出职权' }, { when: '代理人', text: '（代）' }] },
      { block: 'pairs', rows: [{ pairs: [{ label: '事项', value: '{事项名称}' }] }] },
      { block: 'use', fragment: '落款' },
    ],
  })
  return {
    format: 'yichuang-paper-templates/1',
    header: '{机关名称}',
    fragments: { 落款: [{ block: 'signature', desk: ['经办人：{经办人}'], signers: ['申请人签字'] }] },
    papers: { 'material-receipt': paper('申请材料收件凭证'), refusal: paper('不予受理通知书') },
  }
}

/** Templates as the program keeps them; whatever drops `{申请人}` is found. */
export class FakeTemplates {
  readonly editions: TemplateEditionView[] = []
  private readonly sets: (TemplateSet | null)[] = []
  readonly vocabulary: TemplateVocabulary = {
    fields: [
      { name: '申请人', meaning: '申请人姓名或者单位名称', example: '欧阳春晓', when: null },
      { name: '代理人', meaning: '代理人姓名', example: '额尔敦', when: '代理人' },
      { name: '事项名称', meaning: '事项名称', example: '食品经营许可', when: null },
    ],
    lists: [{ name: '收件材料', meaning: '全部材料', fields: [{ name: '材料名称', meaning: '材料名称', example: '申请书', when: null }] }],
    choices: [{ name: '超出职权', meaning: '是否超出职权', values: ['是', '否'], usual: '是' }],
    required: ['申请人'],
  }

  view(): TemplatesView {
    const set = this.sets.at(-1) ?? own()
    return {
      edition: this.sets.length,
      set,
      own: own(),
      shared_changed: false,
      kinds: Object.entries(KINDS).map(([kind, title]) => ({ kind: kind as DocumentKind, title, changed: false })),
      pattern: '{机关代字}{文种}字〔{年}〕第{窗口}-{流水}号',
      departments: [{ code: 'D1', name: '市场监督管理局' }],
    }
  }

  check(text: string): TemplateFinding[] {
    const set = JSON.parse(text) as TemplateSet
    const bare = Object.keys(KINDS).filter((kind) => !JSON.stringify(set.papers[kind as DocumentKind]).includes('{申请人}'))
    return bare.map((kind) => ({
      kind: kind as DocumentKind,
      place: '第1段',
      path: `/papers/${kind}/blocks/0/text`,
      code: 'required-missing',
      message: '必须写明“申请人”，请补上',
    }))
  }

  install(set: TemplateSet | null, note: string, base: number): TemplatesView {
    if (base !== this.sets.length) throw new CallFailure('templates-changed', '已被换成另一版', {})
    this.sets.push(set)
    this.editions.forEach((one) => (one.in_use = false))
    this.editions.unshift({
      edition: this.sets.length,
      at: '2026-03-02T01:00:00Z',
      by: '王敏',
      note,
      own: set === null,
      in_use: true,
    })
    return this.view()
  }

  reuse(edition: number, note: string, base: number): TemplatesView {
    return this.install(this.sets[edition - 1] ?? null, note, base)
  }
}
