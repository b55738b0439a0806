import type { Entry, Lookup, RouteState, Step } from '../../api/network.ts'

/** Where devices stand in the diagram. No browser in here, so tests run it as it is. */

/** Hexadecimal digits of a key that matter for a picture: 52 bits, as many as a number holds exactly. */
const DIGITS = 13
const WHOLE = 2 ** 52

/** Fewest rings: a network of a handful should not fill the whole picture with one. */
const RINGS_MIN = 4

/** A device in the diagram. */
export interface Star {
  peer: string
  name: string | null
  key: string
  state: RouteState | null
}

/** What became of a question. */
export interface Asked extends Step {
  answer: 'waits' | 'answered' | 'failed'
}

/** Where a key stands on the circle of all keys, from 0 to 1. */
export function turnOf(key: string): number {
  return parseInt(key.slice(0, DIGITS), 16) / WHOLE
}

/** How near two keys are: the leading bits that they share, with the fraction that lies between two rings. */
export function nearness(one: string, other: string): number {
  const apart = Number(BigInt(`0x${one.slice(0, DIGITS)}`) ^ BigInt(`0x${other.slice(0, DIGITS)}`))
  return apart === 0 ? DIGITS * 4 : Math.log2(WHOLE / apart)
}

/** How many rings it takes to show all of them apart from the middle. */
export function ringsFor(self: string, keys: readonly string[]): number {
  const nearest = Math.max(0, ...keys.map((key) => nearness(self, key)))
  return Math.max(RINGS_MIN, Math.min(DIGITS * 4, Math.ceil(nearest + 0.5)))
}

/** Where a key is, in a circle of radius 1 around the own one, with the first key at the top. */
export function place(self: string, key: string, rings: number): { x: number; y: number } {
  const radius = 1 - Math.min(nearness(self, key), rings - 0.5) / rings
  const angle = 2 * Math.PI * turnOf(key)
  return { x: radius * Math.sin(angle), y: -radius * Math.cos(angle) }
}

/** Everybody to be shown: the table, whoever a lookup met besides, and whom it looks for. */
export function starsOf(entries: readonly Entry[], lookup: Lookup | null): Star[] {
  const stars = new Map<string, Star>()
  for (const { peer, name, key, state } of entries) stars.set(peer, { peer, name, key, state })
  const met = lookup === null ? [] : [...lookup.steps, lookup.target]
  for (const { peer, name, key } of met) if (!stars.has(peer)) stars.set(peer, { peer, name, key, state: null })
  return [...stars.values()]
}

/** The questions of a lookup in their order, each with what became of it. */
export function questionsOf(steps: readonly Step[]): Asked[] {
  const asked = new Map<string, Asked>()
  for (const step of steps) asked.set(`${step.about} ${step.peer}`, { ...step, answer: step.what === 'asked' ? 'waits' : step.what })
  return [...asked.values()]
}

export const labelOf = (who: { peer: string; name: string | null }): string =>
  who.name === null || who.name === '' ? `${who.peer.slice(0, 11)}…` : who.name
