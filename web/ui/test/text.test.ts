import assert from 'node:assert/strict'
import { test } from 'node:test'
import { de } from '../src/text/de.ts'
import { en } from '../src/text/en.ts'
import { hostOf, until } from '../src/text/format.ts'
import { bytes, span } from '../src/text/network/format.ts'
import { de as networkDe } from '../src/text/network/de.ts'
import { en as networkEn } from '../src/text/network/en.ts'
import { preferred } from '../src/text/preferred.ts'

/** Every text of a language by its path, functions called with numbers. */
function texts(of: object, path = ''): Map<string, string> {
  const all = new Map<string, string>()
  for (const [key, value] of Object.entries(of)) {
    if (typeof value === 'object') for (const [at, words] of texts(value, `${path}${key}.`)) all.set(at, words)
    else all.set(path + key, typeof value === 'function' ? value(3, 4) : value)
  }
  return all
}

test('both languages say everything', () => {
  assert.deepEqual([...texts(de).keys()], [...texts(en).keys()])
  for (const [at, words] of [...texts(de), ...texts(en)]) assert.notEqual(words.trim(), '', at)
})

test('nothing was left in the other language', () => {
  const same = ['app', 'nav.chats', 'chats.title', 'reach.online', 'reach.offline', 'settings.name', 'settings.passphrase', 'settings.version', 'time.inSeconds', 'time.inMinutes', 'time.inHours', 'chat.said']
  const english = texts(en)
  for (const [at, words] of texts(de)) if (words === english.get(at)) assert.ok(same.includes(at), `${at}: ${words}`)
})

test('the views of the network speak both languages', () => {
  assert.deepEqual([...texts(networkDe).keys()], [...texts(networkEn).keys()])
  const same = ['none', 'below', 'millis', 'seconds', 'minutes', 'hours']
  const english = texts(networkEn)
  for (const [at, words] of texts(networkDe)) if (words === english.get(at)) assert.ok(same.includes(at), `${at}: ${words}`)
})

test('spans of time and numbers of bytes are as short as a table needs', () => {
  assert.deepEqual([0, 119_999, 120_000, 7_200_000, 172_800_000].map((millis) => span(networkEn, millis)), ['0 s', '119 s', '2 min', '2 h', '2 d'])
  assert.deepEqual([7, 1_536, 20_480, 3_145_728].map((count) => bytes('en', count)), ['7 B', '1.5 KiB', '20 KiB', '3 MiB'])
})

test('a countdown never shows less than a second', () => {
  assert.equal(until(en, 10_000, 9_999), 'in 1 s')
  assert.equal(until(en, 10_000, 10_000), 'now')
  assert.equal(until(en, 10_000, 20_000), 'now')
})

test('a countdown changes its unit where it should', () => {
  assert.equal(until(en, 59_000, 0), 'in 59 s')
  assert.equal(until(en, 60_000, 0), 'in 1 min 0 s')
  assert.equal(until(en, 3_599_000, 0), 'in 59 min 59 s')
  assert.equal(until(en, 3_600_000, 0), 'in 1 h 0 min')
})

test('the host of an address is what people read', () => {
  assert.equal(hostOf('ws://192.0.2.7:7071/linnet'), '192.0.2.7')
  assert.equal(hostOf('wss://[2001:db8::1]/'), '[2001:db8::1]')
  assert.equal(hostOf('what?'), 'what?')
})

test('the first language of the browser that there is wins', () => {
  assert.equal(preferred(['fr-FR', 'de-AT', 'en']), 'de')
  assert.equal(preferred(['fr']), 'en')
})
