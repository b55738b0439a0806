/** The first wait after a stream broke. */
const FIRST_MILLIS = 250

/** The longest wait: the node is on this machine, and asking it costs nothing. */
const MAX_MILLIS = 8_000

/** How long to wait before the next attempt: doubling, capped, spread by up to a quarter. */
export function backoffMillis(attempt: number, chance: number): number {
  const full = Math.min(MAX_MILLIS, FIRST_MILLIS * 2 ** Math.min(attempt, 10))
  return Math.round(full * (1 - chance / 4))
}
