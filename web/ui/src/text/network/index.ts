import { computed } from '@preact/signals'
import type { Language } from '../preferred.ts'
import { language } from '../index.ts'
import type { Shape } from '../types.ts'
import { de } from './de.ts'
import { en } from './en.ts'

export type NetworkWords = Shape<typeof en>

const LANGUAGES: Record<Language, NetworkWords> = { en, de }

/** The words of the network's views in the chosen language. */
export const words = computed<NetworkWords>(() => LANGUAGES[language.value])
