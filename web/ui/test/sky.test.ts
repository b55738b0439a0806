import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Entry, Lookup, Step } from '../src/api/network.ts'
import { nearness, place, questionsOf, ringsFor, starsOf, turnOf } from '../src/ui/network/sky.ts'

const key = (start: string) => start.padEnd(64, '0')
const who = (name: string) => ({ peer: `peer1${name}`, user: null, name: null, key: key('f') })
const step = (number: number, name: string, what: Step['what']): Step => ({
  ...who(name), number, what, atMillis: number, about: 'device', bits: 0, hop: 1, rttMillis: 5, named: 3, records: 0, why: null,
})

test('keys go once around the circle', () => {
  assert.equal(turnOf(key('0')), 0)
  assert.equal(turnOf(key('4')), 0.25)
  assert.equal(turnOf(key('c')), 0.75)
})

test('the nearer two keys are, the more bits they share', () => {
  assert.equal(nearness(key('0'), key('8')), 1)
  assert.equal(nearness(key('0'), key('4')), 2)
  assert.equal(nearness(key('00'), key('01')), 8)
  assert.equal(nearness(key('7'), key('7')), 52)
  assert.equal(nearness(key('3'), key('5')), nearness(key('5'), key('3')))
})

test('everybody is inside the circle, the nearer the nearer to its middle', () => {
  const self = key('5a')
  const keys = ['0', 'f', '5b', '5a1', '7', 'c3'].map(key)
  const rings = ringsFor(self, keys)
  const radius = (at: string) => Math.hypot(place(self, at, rings).x, place(self, at, rings).y)
  for (const one of keys) assert.ok(radius(one) > 0 && radius(one) <= 1, one)
  const sorted = [...keys].sort((one, other) => nearness(self, one) - nearness(self, other))
  for (let i = 1; i < sorted.length; i++) assert.ok(radius(sorted[i]!) <= radius(sorted[i - 1]!))
})

test('a network of nobody has rings, too', () => {
  assert.ok(ringsFor(key('0'), []) > 0)
})

test('whom a lookup met is shown beside the table, once', () => {
  const entry: Entry = { ...who('known'), bits: 1, addresses: [], state: 'proven', rttMillis: 1, silentMillis: 0 }
  const lookup = { target: who('wanted'), steps: [step(1, 'known', 'asked'), step(2, 'met', 'asked')] } as unknown as Lookup
  assert.deepEqual(starsOf([entry], lookup).map((star) => star.peer), ['peer1known', 'peer1met', 'peer1wanted'])
})

test('who is asked for a device and for its record is asked twice', () => {
  const steps: Step[] = [step(1, 'a', 'asked'), { ...step(2, 'a', 'asked'), about: 'presence' }, step(3, 'a', 'answered')]
  assert.deepEqual(questionsOf(steps).map((one) => [one.about, one.answer]), [['device', 'answered'], ['presence', 'waits']])
})

test('a question is shown once, with what became of it, where it was asked', () => {
  const steps = [step(1, 'a', 'asked'), step(2, 'b', 'asked'), step(3, 'b', 'failed'), step(4, 'a', 'answered'), step(5, 'c', 'asked')]
  assert.deepEqual(
    questionsOf(steps).map((one) => [one.peer, one.answer]),
    [['peer1a', 'answered'], ['peer1b', 'failed'], ['peer1c', 'waits']],
  )
})
