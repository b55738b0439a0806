import { computed, signal } from '@preact/signals'
import type { Failure } from '../api/types.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import type { Language } from './preferred.ts'
import type { Messages } from './types.ts'

export { preferred, type Language } from './preferred.ts'

export const LANGUAGES: Record<Language, Messages> = { en, de }

export const language = signal<Language>('en')

/** The words of the chosen language; reading it in a component follows a change. */
export const text = computed<Messages>(() => LANGUAGES[language.value])

/** How the chosen language writes times and dates where the reader lives. */
export const locale = computed<string>(
  () => navigator.languages.find((tag) => tag.toLowerCase().startsWith(language.value)) ?? language.value,
)

/** Says why something failed, in the chosen language; a code from a newer node in the node's own words. */
export function why(failure: Failure): string {
  const known = text.value.codes as Record<string, string>
  return known[failure.code] ?? failure.detail
}

/** Says a code alone. */
export function whyCode(code: string): string {
  return why({ code, detail: code, hint: '' })
}
