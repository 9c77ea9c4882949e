import type { AccountRecord, AccountView, ClerkRole, Status } from '@/api'
import { CallFailure } from '@/api'

/** The accounts of the window, as administrators keep them. */
export class FakeAccounts {
  private records: AccountRecord[] = []
  private readonly retired = new Set<string>()
  readonly temporary = new Set<string>()

  constructor(private readonly status: () => Status) {}

  private record(id: string, change: AccountRecord['change']): Status {
    const by = this.status().clerk
    const clerk = this.status().clerks.find((one) => one.id === id)
    this.records.unshift({
      at: '2026-03-02T01:00:00Z',
      clerk: { id, name: clerk?.name ?? '' },
      by: by && { id: by.id, name: by.name },
      change,
    })
    return this.status()
  }

  private view(): AccountView[] {
    return this.status().clerks.map((clerk) => ({
      ...clerk,
      retired: this.retired.has(clerk.id),
      pin_is_temporary: this.temporary.has(clerk.id),
    }))
  }

  /** Refuses a PIN that an administrator set until its owner sets their own. */
  signIn(clerk: string, own?: string): void {
    if (!this.temporary.has(clerk)) return
    if (!own) throw new CallFailure('pin-temporary', '这是管理员设置的临时 PIN，请设置自己的 PIN 后登录', { field: 'new_pin' })
    this.temporary.delete(clerk)
  }

  readonly handlers = {
    accounts: () => ({ accounts: this.view(), records: this.records }),
    add_clerk: ({ name, roles = [] }: { name: string; roles?: ClerkRole[] }) => {
      const id = `k${this.status().clerks.length + 1}`
      this.status().clerks = [...this.status().clerks, { id, name, roles }]
      return this.record(id, { kind: 'added', roles })
    },
    set_account: ({ clerk, name, roles }: { clerk: string; name: string; roles: ClerkRole[] }) => {
      this.status().clerks = this.status().clerks.map((one) => (one.id === clerk ? { ...one, name, roles } : one))
      return this.record(clerk, { kind: 'roles-set', roles })
    },
    reset_pin: ({ clerk }: { clerk: string }) => {
      this.temporary.add(clerk)
      return this.record(clerk, { kind: 'pin-reset' })
    },
    set_retired: ({ clerk, retired }: { clerk: string; retired: boolean }) => {
      if (retired) this.retired.add(clerk)
      else this.retired.delete(clerk)
      return this.record(clerk, { kind: retired ? 'retired' : 'restored' })
    },
    change_pin: () => this.record(this.status().clerk?.id ?? '', { kind: 'pin-changed' }),
  }
}
