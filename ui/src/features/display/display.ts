import { ref, shallowRef } from 'vue'

import { languages, speak, t } from '@/i18n'

/** What can be chosen; the first of each is what holds until somebody chooses. */
export const choices = {
  language: languages,
  type: ['normal', 'large', 'largest'],
  contrast: ['normal', 'high'],
  /** What the screen that faces the applicant is written in. */
  applicant: ['zh-CN', 'zh-mn'],
} as const

export type Display = { [K in keyof typeof choices]: (typeof choices)[K][number] }

/** Kept by the browser of this machine: whoever signs in next finds the screens as they were. */
const KEY = 'yichuang.display'

/** Whether the dialog is open, over whatever screen there is. */
export const displayOpen = ref(false)

function chosen(): Partial<Record<keyof Display, unknown>> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    return typeof kept === 'object' && kept !== null ? kept : {}
  } catch {
    return {}
  }
}

function systemWantsContrast(): boolean {
  return window.matchMedia?.('(prefers-contrast: more)').matches ?? false
}

function read(): Display {
  const kept = chosen()
  const one = <K extends keyof Display>(name: K): Display[K] => {
    const offered: readonly unknown[] = choices[name]
    return (offered.includes(kept[name]) ? kept[name] : choices[name][0]) as Display[K]
  }
  return {
    language: one('language'),
    type: one('type'),
    contrast: kept.contrast === undefined && systemWantsContrast() ? 'high' : one('contrast'),
    applicant: one('applicant'),
  }
}

/** Has the page ask anew how wide it is, by the size of type: browsers ask a container only when its
 *  width changes, and it did not. */
function measureAnew(): void {
  document.body.style.containerType = 'normal'
  void document.body.offsetWidth
  document.body.style.containerType = ''
}

const now = shallowRef<Display>(read())

/** How this machine shows the screens. */
export const display = {
  now,

  choose<K extends keyof Display>(name: K, value: Display[K]): void {
    localStorage.setItem(KEY, JSON.stringify({ ...chosen(), [name]: value }))
    this.apply()
  },

  /** Dresses the page; called before anything is drawn, and after every change. `own` is the
   *  language of a page that has one of its own. */
  apply(own?: Display['language']): void {
    now.value = read()
    const root = document.documentElement
    const spoken = own ?? now.value.language
    speak(spoken)
    root.lang = spoken
    root.dataset['type'] = now.value.type
    root.dataset['contrast'] = now.value.contrast
    document.title = t('words.product')
    measureAnew()
  },

  /** Follows what another window of the program chose, and the system. */
  follow(own?: Display['language']): void {
    window.addEventListener('storage', (event) => {
      if (event.key === KEY) this.apply(own)
    })
    window.matchMedia?.('(prefers-contrast: more)').addEventListener('change', () => this.apply(own))
  },
}
