import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { nextTick } from 'vue'

import { daysAhead, isDay, longDate, moment, relativeDate, shortDate, typedDay } from '@/shared/dates'
import DayField from '@/shared/DayField.vue'
import { characters, halfWidth, masked, searchText, stretches } from '@/shared/text'
import { limitText, windowText, wordFor } from '@/shared/words'

describe('dates', () => {
  it('writes a day with its weekday', () => {
    expect(longDate('2026-12-08')).toBe('2026年12月8日(周二)')
    expect(shortDate('2026-12-08', '2026-03-02')).toBe('12月8日(周二)')
    expect(shortDate('2027-01-04', '2026-03-02')).toBe('2027年1月4日(周一)')
  })

  it('shows what is no day as it is, and never guesses', () => {
    expect(longDate('2026-02-30')).toBe('2026-02-30')
    expect(longDate(null)).toBe('—')
    expect([isDay('2024-02-29'), isDay('2026-02-29'), isDay('2026-2-9')]).toEqual([true, false, false])
    expect(daysAhead('nonsense', '2026-03-02')).toBeNull()
  })

  it('takes a day however people write it, and leaves what is none', () => {
    const ways = ['2026-03-02', '2026-3-2', '2026.3.2', '2026。3。2', '2026/03/02', '2026年3月2日', '2026年3月2', '20260302', ' 2026 - 03 - 02 ', '２０２６．０３．０２', '２０２６０３０２']
    for (const way of ways) expect(typedDay(way), way).toBe('2026-03-02')
    for (const none of ['', '2026-02-30', '2026.13.1', '3.2', '202632', '2026-03', '今天']) expect(typedDay(` ${none} `), none).toBe(none)
  })

  it('hands on a day at once and writes it out when its field is left', async () => {
    let day = ''
    const field = mount(DayField, {
      props: { label: '', testid: 'day', modelValue: '', 'onUpdate:modelValue': (now: string) => (day = now) },
    })
    const input = field.get('input')
    const type = async (text: string) => {
      await input.setValue(text)
      await field.setProps({ modelValue: day })
    }
    await type('2026.3.')
    expect(day).toBe('2026.3.')
    await type('2026.3.2')
    expect([day, input.element.value]).toEqual(['2026-03-02', '2026.3.2'])
    await type('2026.3.21')
    expect([day, input.element.value]).toEqual(['2026-03-21', '2026.3.21'])
    await input.trigger('blur')
    expect(input.element.value).toBe('2026-03-21')
    await field.setProps({ modelValue: '2026-01-01' })
    await nextTick()
    expect(input.element.value).toBe('2026-01-01')
  })

  it('counts days over a month and a year', () => {
    expect(daysAhead('2026-03-01', '2026-02-28')).toBe(1)
    expect(daysAhead('2027-01-01', '2026-12-31')).toBe(1)
    expect(relativeDate('2026-03-01', '2026-03-02')).toBe('昨日')
  })

  it('shows instants in the time of the hall, not of the machine', () => {
    expect(moment('2026-03-01T16:30:00Z', '2026-03-02')).toBe('今日 00:30')
    expect(moment('not a time', '2026-03-02')).toBe('not a time')
  })
})

describe('names and numbers', () => {
  it('counts characters as people do', () => {
    expect(characters('王𫖮·䶮')).toBe(4)
  })

  it('takes what an input method made wide as what was meant, where it is a number', () => {
    expect(halfWidth('１２３４－Ａ')).toBe('1234-A')
    expect(searchText(' ＹＳ－２０２６ ')).toBe('YS-2026')
    expect(searchText('１号窗口（东）')).toBe('１号窗口（东）')
    expect(searchText('ＡＢ')).toBe('ＡＢ')
  })

  it('cuts highlights by Unicode characters', () => {
    expect(stretches('𠮷野家许可', [{ start: 3, end: 5 }])).toEqual([
      { text: '𠮷野家', hit: false },
      { text: '许可', hit: true },
    ])
    expect(stretches('许可', [])).toEqual([{ text: '许可', hit: false }])
  })

  it('masks long numbers, short ones, and what is too short to mask', () => {
    expect(masked('150785190105180023')).toBe('150785********0023')
    expect(masked('H12345678')).toBe('H******78')
    expect(masked('123')).toBe('***')
    expect(masked('')).toBe('')
  })
})

describe('words', () => {
  it('says limits as the hall does', () => {
    expect(limitText({ value: 5, unit: 'workdays' })).toBe('5 个工作日')
    expect(limitText({ value: 0, unit: 'workdays' })).toBe('当场办结')
    expect(limitText(null)).toBe('无')
  })

  it('names windows by number or by name', () => {
    expect(windowText('3')).toBe('3 号窗口')
    expect(windowText('演练')).toBe('演练窗口')
  })

  it('falls back to the name of the contract', () => {
    expect(wordFor('idType', 'passport')).toBe('护照')
    expect(wordFor('idType', 'driver-licence')).toBe('driver-licence')
  })
})
