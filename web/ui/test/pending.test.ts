import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../src/api/client.ts'
import { PendingMessages, type Pending, type Shelf } from '../src/state/pending.ts'

/** What a browser keeps over a reload. */
class TestShelf implements Shelf {
  readonly kept = new Map<string, Pending>()
  load = () => [...this.kept.values()]
  keep(pending: Pending): void {
    this.kept.set(pending.key, pending)
  }
  forget(key: string): void {
    this.kept.delete(key)
  }
}

/** A node that takes in each key once, and answers only while it is up. */
class TestNode {
  up = true
  readonly idsByKey = new Map<string, string>()
  take = async ({ key }: Pending): Promise<string> => {
    if (!this.up) throw new Refusal(0, { code: 'NO_CONNECTION', detail: '', hint: '' })
    if (!this.idsByKey.has(key)) this.idsByKey.set(key, `id${this.idsByKey.size}`)
    return this.idsByKey.get(key)!
  }
}

const words = (key: string): Pending => ({ key, user: 'user1bob', text: `words ${key}`, writtenMillis: 0 })
const settled = () => new Promise((done) => setImmediate(done))

test('what is written while the node is away is kept over a reload and handed over once, in order', async () => {
  const shelf = new TestShelf()
  const node = new TestNode()
  node.up = false
  const before = new PendingMessages(shelf, node.take, () => {})
  before.add(words('a'))
  before.add(words('b'))
  await settled()
  const after = new PendingMessages(shelf, node.take, () => {})
  node.up = true
  await after.run()
  assert.deepEqual([...node.idsByKey], [['a', 'id0'], ['b', 'id1']])
  assert.equal(shelf.kept.size, 0)
})

test('a message disappears from what is pending when the node tells of it', async () => {
  const pending = new PendingMessages(new TestShelf(), new TestNode().take, () => {})
  pending.add(words('a'))
  await settled()
  assert.equal(pending.of('user1bob').length, 1)
  pending.arrived('user1bob', 'id0', 'words a')
  assert.equal(pending.all.length, 0)
})

test('the event may come before the answer', async () => {
  let answer: (id: string) => void = () => {}
  const pending = new PendingMessages(new TestShelf(), () => new Promise((done) => (answer = done)), () => {})
  pending.add(words('a'))
  pending.arrived('user1bob', 'id0', 'words a')
  answer('id0')
  await settled()
  assert.equal(pending.all.length, 0)
})

test('the same words said elsewhere take nothing away', async () => {
  const shelf = new TestShelf()
  const node = new TestNode()
  node.up = false
  const pending = new PendingMessages(shelf, node.take, () => {})
  pending.add(words('a'))
  await settled()
  pending.arrived('user1bob', 'another', 'words a')
  node.up = true
  await pending.run()
  assert.deepEqual([...node.idsByKey], [['a', 'id0']])
})

test('nor do they while an answer is on its way that never comes', async () => {
  let fail: (why: Refusal) => void = () => {}
  const shelf = new TestShelf()
  const pending = new PendingMessages(shelf, () => new Promise((_, failed) => (fail = failed)), () => {})
  pending.add(words('a'))
  pending.arrived('user1bob', 'another', 'words a')
  fail(new Refusal(0, { code: 'NO_CONNECTION', detail: '', hint: '' }))
  await settled()
  assert.equal(pending.all[0]?.id, undefined)
  assert.equal(shelf.kept.size, 1)
})

test('a refused message stays, says why, and blocks nobody', async () => {
  const node = new TestNode()
  const refusing = (one: Pending) =>
    one.key === 'a'
      ? Promise.reject(new Refusal(422, { code: 'QUEUE_FULL', detail: 'too much', hint: '' }))
      : node.take(one)
  const pending = new PendingMessages(new TestShelf(), refusing, () => {})
  pending.add(words('a'))
  pending.add(words('b'))
  await settled()
  assert.equal(pending.all.find((one) => one.key === 'a')?.refusal?.code, 'QUEUE_FULL')
  assert.ok(node.idsByKey.has('b'))
})
