import { t, type TextKey } from '@/i18n'

interface KeyGroup {
  title: TextKey
  keys: readonly [keys: string, does: TextKey][]
}

/**
 * Every key of the program, by where it works. The page of keys is made of it, and no page of the
 * handbook may name a key that is not in it.
 */
export const keyGroups: readonly KeyGroup[] = [
  {
    title: 'help.groups.everywhere',
    keys: [
      ['F1', 'help.keys.f1'],
      ['F2', 'help.keys.f2'],
      ['F3', 'help.keys.f3'],
      ['F5', 'help.keys.f5'],
      ['F6', 'help.keys.f6'],
      ['F8', 'help.keys.f8'],
      ['F9', 'help.keys.f9'],
      ['F10', 'help.keys.display'],
      ['F12', 'help.keys.f12'],
      ['Shift+F12', 'help.keys.shift'],
      ['Ctrl+K', 'help.keys.palette'],
      ['Tab', 'help.keys.tab'],
      ['Esc', 'help.keys.esc'],
    ],
  },
  {
    title: 'help.groups.help',
    keys: [
      ['↑ ↓', 'help.keys.arrows'],
      ['Enter', 'help.keys.openPage'],
      ['PageUp PageDown', 'help.keys.turn'],
      ['Esc', 'help.keys.close'],
    ],
  },
  {
    title: 'help.groups.signIn',
    keys: [
      ['↑ ↓', 'help.keys.clerks'],
      ['Enter', 'help.keys.signIn'],
    ],
  },
  {
    title: 'help.groups.search',
    keys: [
      ['↑ ↓', 'help.keys.arrows'],
      ['Enter', 'help.keys.enter'],
      ['Ctrl+Enter', 'help.keys.openGuide'],
      ['Alt+Enter', 'help.keys.bundle'],
      ['Alt+G', 'help.keys.askBundle'],
      ['Alt+1–5', 'help.keys.ways'],
      ['← →', 'help.keys.groups'],
      ['Ctrl+B', 'help.keys.star'],
    ],
  },
  {
    title: 'help.groups.matter',
    keys: [
      ['1–9', 'help.keys.digits'],
      ['0', 'help.keys.unanswer'],
      ['Ctrl+G', 'help.keys.toggleSheet'],
      ['Ctrl+P', 'help.keys.printSheet'],
      ['Ctrl+S', 'help.keys.saveSheet'],
      ['Ctrl+Enter', 'help.keys.startHere'],
    ],
  },
  {
    title: 'help.groups.walk',
    keys: [
      ['Alt+→', 'help.keys.altNext'],
      ['Alt+←', 'help.keys.altBack'],
      ['1–9', 'help.keys.digits'],
      ['Enter', 'help.keys.nextField'],
      ['Alt+1–6', 'help.keys.known'],
      ['Alt+R', 'help.keys.readCard'],
      ['Ctrl+Enter', 'help.keys.file'],
    ],
  },
  {
    title: 'help.groups.materials',
    keys: [
      ['↑ ↓', 'help.keys.rows'],
      ['Home End', 'help.keys.ends'],
      ['1–7', 'help.keys.results'],
      ['A', 'help.keys.all'],
      ['R', 'help.keys.reason'],
      ['Alt+1–9', 'help.keys.quick'],
      ['Enter', 'help.keys.done'],
    ],
  },
  {
    title: 'help.groups.case',
    keys: [['Alt+1–9', 'help.keys.caseSteps']],
  },
  {
    title: 'help.groups.papers',
    keys: [
      ['↑ ↓', 'help.keys.papers'],
      ['Ctrl+P', 'help.keys.printPapers'],
    ],
  },
  {
    title: 'ledger.keys.title',
    keys: [
      ['Alt+1–4', 'ledger.keys.tabs'],
      ['Alt+N', 'ledger.keys.new'],
      ['Alt+F', 'ledger.keys.find'],
      ['Ctrl+Enter', 'ledger.keys.save'],
      ['Shift+Enter', 'help.keys.breakLine'],
    ],
  },
  {
    title: 'training.keys.title',
    keys: [
      ['Alt+X', 'training.keys.role'],
      ['Alt+Z', 'training.keys.documents'],
      ['1–9', 'training.keys.digits'],
      ['← →', 'training.keys.turn'],
      ['Alt+C', 'training.keys.words'],
      ['Alt+J', 'training.keys.finish'],
      ['Ctrl+Enter', 'training.keys.edit'],
      ['Ctrl+S', 'training.keys.save'],
    ],
  },
  {
    title: 'templates.pageTitle',
    keys: [
      ['Ctrl+S', 'templates.keys.save'],
      ['Ctrl+I', 'templates.keys.field'],
      ['↑ ↓', 'templates.keys.kinds'],
    ],
  },
]

/** The page of keys, written as the other pages are, so that it is found and read like them. */
export function keysPage(): string {
  const groups = keyGroups.map(({ title, keys }) => {
    const rows = keys.map(([names, does]) => {
      const each = names.split(' ').map((name) => `\`${name}\``)
      return `| ${each.join(' ')} | ${t(does)} |`
    })
    return [`## ${t(title)}`, '', `| ${t('help.key')} | ${t('help.does')} |`, '|---|---|', ...rows].join('\n')
  })
  return [`# ${t('help.keysTitle')}`, ...groups].join('\n\n')
}
