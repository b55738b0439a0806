import type { NetworkWords } from './index.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const KIB = 1_024

/** A span of time, as short as a table needs it. */
export function span(text: NetworkWords, millis: number): string {
  if (millis < 2 * MINUTE) return text.seconds(Math.max(0, Math.floor(millis / SECOND)))
  if (millis < 2 * HOUR) return text.minutes(Math.floor(millis / MINUTE))
  if (millis < 2 * DAY) return text.hours(Math.floor(millis / HOUR))
  return text.days(Math.floor(millis / DAY))
}

/** A number of bytes as people read it. */
export function bytes(locale: string, count: number): string {
  const show = (value: number, unit: string) => `${new Intl.NumberFormat(locale, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value)} ${unit}`
  if (count < KIB) return show(count, 'B')
  return count < KIB * KIB ? show(count / KIB, 'KiB') : show(count / KIB / KIB, 'MiB')
}
