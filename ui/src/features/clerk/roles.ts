import type { AccountRecord, ClerkRole } from '@/api'
import { t, type TextKey } from '@/i18n'

/** The roles, in the order they are shown. */
export const clerkRoles: readonly ClerkRole[] = ['lead', 'administrator', 'trainer']

/** The roles of an account in words. */
export function rolesInWords(roles: readonly ClerkRole[]): string {
  const words = clerkRoles.filter((role) => roles.includes(role)).map((role) => t(`clerk.role.${role}`))
  return words.join(t('words.and')) || t('clerk.noRole')
}

/** What was done to an account, in words. */
export function changeInWords({ change }: AccountRecord): string {
  switch (change.kind) {
    case 'added':
    case 'roles-set':
      return t(`clerk.change.${change.kind}` as TextKey, { roles: rolesInWords(change.roles) })
    case 'renamed':
      return t('clerk.change.renamed', { from: change.from, to: change.to })
    default:
      return t(`clerk.change.${change.kind}` as TextKey)
  }
}
