import type { Department, Material, Matter } from '@/api'

export const department: Department = {
  code: '11150785MB0A00122C',
  name: '根河市市场监督管理局',
  phone: '0470-5550101',
  complaint_phone: '0470-5550901',
  address: '政务服务中心一楼',
  review_body: '根河市人民政府',
  court: '根河市人民法院',
}

function material(id: string, name: string, more: Partial<Material> = {}): Material {
  return {
    id,
    name,
    originals: 1,
    copies: 0,
    handling: 'keep-original',
    source: 'applicant',
    issuer: '',
    necessity: 'required',
    kind: 'form',
    media: 'either',
    licence_reuse: false,
    commitment_allowed: false,
    standard: `${name}的标准`,
    how_to_get: `${name}的渠道`,
    ...more,
  }
}

function matter(code: string, name: string, more: Partial<Matter>): Matter {
  return {
    code,
    name,
    aliases: [],
    department: department.code,
    kind: 'licence',
    handling: 'committed',
    audience: ['person'],
    levels: ['city'],
    acceptance: 'on-receipt',
    supplement: { rule: 'local', days: 5, unit: 'workdays', deemed_accepted: false },
    statutory_limit: null,
    promised_limit: { value: 5, unit: 'workdays' },
    visits: 1,
    fee: null,
    agent_allowed: true,
    conditions: [],
    questions: [],
    materials: [],
    special_procedures: [],
    result: { name: '证', kind: 'certificate', delivery: ['window'] },
    basis: [],
    common_returns: ['没有签字', '复印件不清'],
    confidence: 'high',
    ...more,
  }
}

/** A matter with everything the walk knows: a nested question, a stop, every kind of material. */
export const licence = matter('1001', '食品经营许可', {
  audience: ['person', 'enterprise'],
  questions: [
    {
      id: 'q1',
      text: '卖什么？',
      choices: [
        { id: 'a', text: '散装食品', stop: null },
        {
          id: 'b',
          text: '只卖预包装食品',
          stop: { outcome: 'not-required', reason: '只需备案', refer_to: '备案窗口' },
        },
      ],
    },
    {
      id: 'q2',
      text: '有冷食吗？',
      when: { q1: 'a' },
      choices: [
        { id: 'a', text: '没有', stop: null },
        { id: 'b', text: '有', stop: null },
      ],
    },
  ],
  materials: [
    material('m1', '申请书'),
    material('m2', '身份证', { licence_reuse: true }),
    material('m3', '布局图', { necessity: 'deferrable', commitment_allowed: true }),
    material('m4', '冷食说明', { when: { q2: 'b' } }),
    material('m5', '授权委托书', { when: { agent: 'yes' } }),
    material('m6', '照片', { necessity: 'optional' }),
  ],
})

/** A matter without questions that must be asked for in person. */
export const inPerson = matter('1002', '身份证换领', {
  agent_allowed: false,
  handling: 'immediate',
  materials: [material('m1', '旧身份证')],
})

export const matters: Matter[] = [licence, inPerson]
