import { effect, signal } from '@preact/signals'
import { language, preferred, text, type Language } from '../text/index.ts'

/** What this browser remembers whoever's node it is. */
const SHARED = ['theme', 'language']

/** Whose node this is. Two nodes may take turns at one address, and what one person wrote must not be sent by another. */
let owner = ''

/** Says whose node this is: from here on what is remembered is theirs. */
export function belongTo(user: string): void {
  owner = user
}

const place = (key: string): string => (SHARED.includes(key) ? `linnet/${key}` : `linnet/${owner}/${key}`)

export type Theme = 'system' | 'light' | 'dark'

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(place(key))
  } catch {
    return null
  }
}

/** Remembers a value, or forgets it; a full or forbidden storage only costs the memory. */
export function remember(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(place(key))
    else localStorage.setItem(place(key), value)
  } catch {
    // The page works without.
  }
}

/** Returns what is remembered under every key that begins so. */
export function recallAll(prefix: string): string[] {
  const values: string[] = []
  try {
    for (let i = 0; i < localStorage.length; i++) {
      const key = localStorage.key(i)
      if (key?.startsWith(place(prefix))) values.push(localStorage.getItem(key) ?? '')
    }
  } catch {
    // As above.
  }
  return values
}

export const theme = signal<Theme>((recall('theme') as Theme | null) ?? 'system')

export function chooseTheme(chosen: Theme): void {
  theme.value = chosen
  remember('theme', chosen)
}

export function chooseLanguage(chosen: Language): void {
  language.value = chosen
  remember('language', chosen)
}

/** Takes up what was chosen before, and shows it on the document. */
export function applyPrefs(): void {
  language.value = (recall('language') as Language | null) ?? preferred(navigator.languages)
  effect(() => {
    document.documentElement.dataset.theme = theme.value
  })
  effect(() => {
    document.documentElement.lang = language.value
    document.title = text.value.app
  })
}

export const draftOf = (user: string): string => recall(`draft/${user}`) ?? ''
export const keepDraft = (user: string, words: string): void => remember(`draft/${user}`, words === '' ? null : words)
