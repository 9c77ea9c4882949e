import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { Screen } from './support/screen'

let screen: Screen
beforeEach(() => {
  screen = new Screen()
})
afterEach(() => screen.close())

describe('accounts', () => {
  it('adds somebody with a role, and puts it on record', async () => {
    await screen.open('/clerks')
    await screen.fill('clerk-name', '白哈斯')
    await screen.fill('clerk-pin', '135791')
    await screen.fill('clerk-pin-again', '135790')
    await screen.click('clerk-submit')
    await screen.until(() => screen.text('clerk-pin-again-fault') !== '')
    expect(screen.desk.calls('add_clerk')).toEqual([])
    await screen.fill('clerk-pin-again', '135791')
    await screen.click('clerk-role-trainer')
    await screen.click('clerk-submit')
    await screen.appears('clerk-trainer-k3')
    expect(screen.desk.calls('add_clerk')).toEqual([{ name: '白哈斯', pin: '135791', roles: ['trainer'] }])
    await screen.until(() => screen.text('account-records').includes('培训员'))
  })

  it('changes name and roles in one step, and says what was refused without losing it', async () => {
    await screen.open('/clerks')
    await screen.click('clerk-open-k2')
    await screen.click('account-role-lead')
    await screen.fill('account-name', '乌兰')
    screen.desk.fail('set_account', 'last-administrator', '至少要有一名管理员：请先指定另一名', 'roles')
    await screen.click('account-save')
    await screen.until(() => screen.text('fault-message').includes('管理员'))
    expect((screen.find('account-name') as HTMLInputElement).value).toBe('乌兰')
    await screen.click('account-save')
    await screen.appears('clerk-lead-k2')
    expect(screen.desk.calls('set_account').at(-1)).toEqual({ clerk: 'k2', name: '乌兰', roles: ['lead'] })
  })

  it('resets a PIN, at whose next sign-in its owner sets their own', async () => {
    await screen.open('/clerks')
    await screen.click('clerk-open-k2')
    await screen.click('account-reset')
    await screen.fill('account-pin', '864209')
    await screen.fill('account-pin-again', '864209')
    await screen.click('account-pin-save')
    await screen.until(() => screen.text('clerk-k2').includes('临时'))
    screen.desk.status = { ...screen.desk.status, phase: 'signed-out', clerk: null }
    await screen.open('/')
    await screen.click('sign-in-clerk-k2')
    await screen.fill('sign-in-pin', '864209')
    await screen.click('sign-in-submit')
    await screen.appears('sign-in-new')
    await screen.fill('sign-in-new', '975319')
    await screen.fill('sign-in-new-again', '975319')
    await screen.click('sign-in-submit')
    await screen.appears('workbench')
    expect(screen.desk.calls('sign_in').at(-1)).toEqual({ clerk: 'k2', pin: '864209', new_pin: '975319' })
  })

  it('takes an account out of use and back, never one’s own', async () => {
    await screen.open('/clerks')
    await screen.click('clerk-open-k2')
    await screen.click('account-retire')
    await screen.until(() => screen.text('clerk-k2').includes('停用'))
    await screen.click('clerk-open-k2')
    await screen.click('account-retire')
    await screen.until(() => !screen.text('clerk-k2').includes('已停用'))
    await screen.click('clerk-open-k1')
    await screen.appears('account-save')
    expect(screen.find('account-retire')).toBeNull()
    expect(screen.find('account-reset')).toBeNull()
  })

  it('lets everybody change their own PIN, and shows a clerk nothing to keep', async () => {
    screen.desk.status.clerk = { id: 'k2', name: '乌兰图雅', roles: [] }
    screen.desk.status.keeps = false
    await screen.open('/clerks')
    expect(screen.find('clerk-name')).toBeNull()
    expect(screen.find('clerk-open-k1')).toBeNull()
    expect(screen.text('clerk-not-keeper')).toContain('管理员')
    expect(screen.desk.calls('accounts')).toEqual([])
    await screen.click('own-pin')
    await screen.fill('own-pin-old', '135791')
    await screen.fill('own-pin-new', '975319')
    await screen.fill('own-pin-new-again', '975319')
    await screen.click('own-pin-save')
    await screen.until(() => screen.text('clerk-said') !== '')
    expect(screen.desk.calls('change_pin')).toEqual([{ old: '135791', new: '975319' }])
  })
})
