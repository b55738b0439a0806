import type { Messages } from './types.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Says how long it is until then: whole seconds below a minute, and never a number below one. */
export function until(text: Messages, atMillis: number, nowMillis: number): string {
  const left = atMillis - nowMillis
  if (left <= 0) return text.time.soon
  if (left < MINUTE) return text.time.inSeconds(Math.ceil(left / SECOND))
  if (left < HOUR) return text.time.inMinutes(Math.floor(left / MINUTE), Math.floor((left % MINUTE) / SECOND))
  return text.time.inHours(Math.floor(left / HOUR), Math.floor((left % HOUR) / MINUTE))
}

const formats = new Map<string, Intl.DateTimeFormat>()

function format(locale: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${name}`
  const here = formats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  formats.set(key, here)
  return here
}

/** Hours and minutes. */
export function clock(locale: string, millis: number): string {
  return format(locale, 'clock', { timeStyle: 'short' }).format(millis)
}

/** Everything about a moment. */
export function moment(locale: string, millis: number): string {
  return format(locale, 'moment', { dateStyle: 'medium', timeStyle: 'medium' }).format(millis)
}

/** Days since 1970 in the local zone, to compare two moments. */
export function dayOf(millis: number): number {
  return Math.floor((millis - new Date(millis).getTimezoneOffset() * MINUTE) / DAY)
}

/** The heading of a day in a conversation. */
export function dayName(text: Messages, locale: string, millis: number, nowMillis: number): string {
  const ago = dayOf(nowMillis) - dayOf(millis)
  if (ago === 0) return text.chat.today
  if (ago === 1) return text.chat.yesterday
  const thisYear = new Date(millis).getFullYear() === new Date(nowMillis).getFullYear()
  const options: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long' }
  if (!thisYear) options.year = 'numeric'
  return format(locale, thisYear ? 'day' : 'dayOfYear', options).format(millis)
}

/** A moment as short as a list needs it: the time today, the weekday this week, else the date. */
export function short(text: Messages, locale: string, millis: number, nowMillis: number): string {
  const ago = dayOf(nowMillis) - dayOf(millis)
  if (ago <= 0) return clock(locale, millis)
  if (ago === 1) return text.chat.yesterday
  if (ago < 7) return format(locale, 'weekday', { weekday: 'short' }).format(millis)
  return format(locale, 'date', { day: '2-digit', month: '2-digit', year: '2-digit' }).format(millis)
}

/** A time today, or with its day before. */
export function since(locale: string, millis: number, nowMillis: number): string {
  if (dayOf(millis) === dayOf(nowMillis)) return clock(locale, millis)
  return format(locale, 'since', { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' }).format(millis)
}

/** The host of an address such as {@code ws://192.0.2.7:7071/}; what cannot be read stays as it is. */
export function hostOf(address: string): string {
  try {
    return new URL(address.replace(/^ws/, 'http')).hostname
  } catch {
    return address
  }
}
