import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Contact, Conversation, Message, NodeEvent, Stage } from '../src/api/types.ts'
import { Model } from '../src/state/model.ts'

const BOB = 'user1bob'

function contact(user: string): Contact {
  const nothing = { devices: [], cause: null, nextTryMillis: 0, waiting: 0, verified: false }
  return { user, name: user, state: 'accepted', reach: 'offline', ...nothing }
}

function message(number: number, own: boolean, stage: Stage): Message {
  const nothing = { device: null, order: 'in_order' as const, at: null, cause: null, nextTryMillis: 0, path: '' }
  return { number, id: `m${number}`, with: BOB, own, sentMillis: number, kind: 'text', text: `words ${number}`, stage, ...nothing }
}

const received = (seq: number, id: string): NodeEvent => ({
  v: 1,
  seq,
  ts: seq,
  type: 'received',
  data: { from: BOB, device: 'peer1', id, sentMillis: seq, order: 'in_order', kind: 'text', text: id },
})
const accepted = (seq: number, id: string): NodeEvent => ({
  v: 1,
  seq,
  ts: seq,
  type: 'accepted',
  data: { to: BOB, id, sentMillis: seq, kind: 'text', text: id },
})
const progress = (seq: number, id: string, stage: Stage): NodeEvent => ({
  v: 1,
  seq,
  ts: seq,
  type: 'progress',
  data: { to: BOB, id, stage, at: null, cause: null, nextTryMillis: 0 },
})

function opened(seq: number, page: Message[] = [], talks: Conversation[] = []): Model {
  const model = new Model()
  model.reset(seq, [contact(BOB)], talks)
  model.timeline(BOB).prepend(page, null)
  return model
}

const shown = (model: Model): string[] => model.timeline(BOB).messages.map((one) => one.id)

test('an event is taken once, however often it comes', () => {
  const model = opened(4)
  assert.equal(model.apply(received(5, 'a')), 'taken')
  assert.equal(model.apply(received(5, 'a')), 'known')
  assert.deepEqual(shown(model), ['a'])
  assert.equal(model.chats.get(BOB)?.unread, 1)
})

test('an event after a gap is not taken', () => {
  const model = opened(4)
  assert.equal(model.apply(received(6, 'b')), 'gap')
  assert.equal(model.seq, 4)
  assert.deepEqual(shown(model), [])
})

test('messages stand in the order of their events', () => {
  const model = opened(0)
  for (const event of [accepted(1, 'a'), received(2, 'b'), accepted(3, 'c'), received(4, 'd')]) model.apply(event)
  assert.deepEqual(shown(model), ['a', 'b', 'c', 'd'])
})

test('a stream that is cut anywhere and repeated from anywhere before shows every message once', () => {
  const all = Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? accepted(i + 1, `m${i}`) : received(i + 1, `m${i}`)))
  for (let cut = 0; cut <= all.length; cut += 7) {
    for (let back = 0; back <= cut; back += 5) {
      const model = opened(0)
      for (const event of [...all.slice(0, cut), ...all.slice(cut - back)]) model.apply(event)
      assert.deepEqual(shown(model), all.map((event) => (event.data as { id: string }).id), `cut ${cut}, back ${back}`)
    }
  }
})

test('an older page goes before what is here, and repeats nothing', () => {
  const model = opened(9, [message(3, false, 'read'), message(4, true, 'sent')])
  model.apply(received(10, 'm5'))
  model.timeline(BOB).prepend([message(1, true, 'read'), message(2, false, 'read'), message(3, false, 'read')], null)
  assert.deepEqual(shown(model), ['m1', 'm2', 'm3', 'm4', 'm5'])
})

test('a first page that comes after events told of its end repeats nothing', () => {
  const model = new Model()
  model.reset(4, [contact(BOB)], [])
  model.timeline(BOB)
  model.apply(accepted(5, 'm2'))
  model.apply(progress(6, 'm2', 'delivered'))
  model.timeline(BOB).prepend([message(1, false, 'read')], null)
  assert.deepEqual(shown(model), ['m1', 'm2'])
  assert.equal(model.timeline(BOB).find('m2')?.stage, 'delivered')
})

test('a message only moves forward', () => {
  const model = opened(0, [message(1, true, 'delivered')])
  model.apply(progress(1, 'm1', 'sent'))
  assert.equal(model.timeline(BOB).find('m1')?.stage, 'delivered')
  model.apply(progress(2, 'm1', 'read'))
  assert.equal(model.timeline(BOB).find('m1')?.stage, 'read')
})

test('a message that failed may be tried again', () => {
  const model = opened(0, [message(1, true, 'failed')])
  model.apply(progress(1, 'm1', 'queued'))
  assert.equal(model.timeline(BOB).find('m1')?.stage, 'queued')
})

test('what happened while the state was read counts once', () => {
  const held: Conversation = { with: BOB, name: BOB, last: message(2, false, 'delivered'), unread: 2 }
  const model = new Model()
  model.reset(10, [contact(BOB)], [held])
  model.catchUp([received(11, 'm1'), received(12, 'm2'), received(13, 'm3')])
  assert.equal(model.seq, 13)
  assert.equal(model.chats.get(BOB)?.unread, 3)
  assert.equal(model.chats.get(BOB)?.last?.id, 'm3')
})

test('what was said while the state was read is shown, though the page of messages was read before it', () => {
  const held: Conversation = { with: BOB, name: BOB, last: message(3, false, 'delivered'), unread: 3 }
  const model = opened(10, [message(1, false, 'delivered')], [held])
  model.catchUp([received(11, 'm1'), received(12, 'm2'), received(13, 'm3'), received(14, 'm4')])
  assert.deepEqual(shown(model), ['m1', 'm2', 'm3', 'm4'])
  assert.equal(model.chats.get(BOB)?.unread, 4)
  assert.equal(model.chats.get(BOB)?.last?.number, 4)
})

test('reading leaves nothing unread', () => {
  const model = opened(0)
  model.apply(received(1, 'a'))
  model.apply(received(2, 'b'))
  model.seen(BOB, ['a', 'b'])
  assert.equal(model.chats.get(BOB)?.unread, 0)
  assert.equal(model.timeline(BOB).find('b')?.stage, 'read')
})

test('what was seen last was seen with all before it, and what came after was not', () => {
  const model = opened(0)
  for (const event of [received(1, 'a'), received(2, 'b'), received(3, 'c')]) model.apply(event)
  model.seen(BOB, ['b'])
  assert.equal(model.chats.get(BOB)?.unread, 1)
  assert.equal(model.timeline(BOB).find('a')?.stage, 'read')
  assert.equal(model.timeline(BOB).find('c')?.stage, 'delivered')
})

test('timelines that were not opened for long make room', () => {
  const model = new Model()
  for (let i = 0; i < 50; i++) model.timeline(`user${i}`)
  assert.ok(model.timelines.size < 10)
  assert.ok(model.timelines.has('user49'))
})
