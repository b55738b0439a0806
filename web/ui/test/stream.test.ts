import assert from 'node:assert/strict'
import { test } from 'node:test'
import { backoffMillis } from '../src/live/backoff.ts'
import { Stream, type StreamState, type Wire, type World } from '../src/live/stream.ts'

/** A browser in which time passes when a test says so. */
class TestWorld implements World {
  time = 0
  readonly opened: { since: number; wire: Wire; closed: boolean }[] = []
  private timers: { at: number; task: () => void }[] = []

  open(since: number): Wire {
    const entry = { since, wire: null as unknown as Wire, closed: false }
    entry.wire = { onOpen() {}, onText() {}, onClosed() {}, close: () => (entry.closed = true) }
    this.opened.push(entry)
    return entry.wire
  }
  after(millis: number, task: () => void): () => void {
    const timer = { at: this.time + millis, task }
    this.timers.push(timer)
    return () => (this.timers = this.timers.filter((one) => one !== timer))
  }
  now = () => this.time
  chance = () => 0

  pass(millis: number): void {
    const end = this.time + millis
    for (;;) {
      const next = this.timers.filter((one) => one.at <= end).sort((one, other) => one.at - other.at)[0]
      if (next === undefined) break
      this.timers = this.timers.filter((one) => one !== next)
      this.time = Math.max(this.time, next.at)
      next.task()
    }
    this.time = end
  }
  /** The machine sleeps: the clock goes on, timers do not. */
  sleep(millis: number): void {
    for (const timer of this.timers) timer.at += millis
    this.time += millis
  }
  get wire(): Wire {
    return this.opened.at(-1)!.wire
  }
}

function following(since: number) {
  const world = new TestWorld()
  const taken: number[] = []
  const states: StreamState[] = []
  let gone = 0
  let last = since
  const stream = new Stream(world, {
    onEvent: ({ seq }) => {
      if (seq !== last + 1) return false
      last = seq
      taken.push(seq)
      return true
    },
    onState: (state) => states.push(state),
    onGone: () => gone++,
    onBroken: () => {},
  })
  stream.start(since)
  const tell = (seq: number) => world.wire.onText(JSON.stringify({ seq }))
  return { world, stream, taken, states, tell, gone: () => gone }
}

test('a broken stream goes on after the last event that was taken', () => {
  const { world, tell, taken } = following(7)
  world.wire.onOpen()
  tell(8)
  tell(9)
  world.wire.onClosed(1006)
  world.pass(1_000)
  assert.equal(world.opened.at(-1)!.since, 9)
  world.wire.onOpen()
  tell(9)
  tell(10)
  assert.deepEqual(taken, [8, 9, 10])
})

test('a hole in the numbers is asked for again', () => {
  const { world, tell, taken } = following(0)
  world.wire.onOpen()
  tell(1)
  tell(3)
  assert.equal(world.opened.length, 2)
  assert.equal(world.opened[0]!.closed, true)
  assert.equal(world.opened[1]!.since, 1)
  tell(2)
  tell(3)
  assert.deepEqual(taken, [1, 2, 3])
})

test('what an old socket still says is not heard', () => {
  const { world, tell, taken } = following(0)
  const old = world.wire
  old.onClosed(1006)
  world.pass(1_000)
  old.onText(JSON.stringify({ seq: 1 }))
  assert.deepEqual(taken, [])
  tell(1)
  assert.deepEqual(taken, [1])
})

test('waits double and stay below ten seconds', () => {
  for (let attempt = 0; attempt < 60; attempt++) {
    const wait = backoffMillis(attempt, 0.5)
    assert.ok(wait >= 100 && wait <= 10_000, `${attempt}: ${wait}`)
    assert.ok(attempt === 0 || wait >= backoffMillis(attempt - 1, 0.5))
  }
})

test('a person who does not want to wait is obeyed', () => {
  const { world, stream } = following(0)
  for (let i = 0; i < 6; i++) {
    world.wire.onClosed(1006)
    world.pass(10_000)
  }
  world.wire.onClosed(1006)
  const before = world.opened.length
  stream.now()
  assert.equal(world.opened.length, before + 1)
})

test('after a sleep of the machine the socket is made anew', () => {
  const { world, states } = following(5)
  world.wire.onOpen()
  world.sleep(3_600_000)
  world.pass(6_000)
  assert.equal(world.opened.length, 2)
  assert.equal(world.opened[1]!.since, 5)
  assert.equal(states.at(-1)!.kind, 'connecting')
})

test('events that are gone end the stream until the state is read anew', () => {
  const { world, stream, gone } = following(1)
  world.wire.onClosed(4410)
  world.pass(60_000)
  assert.equal(gone(), 1)
  assert.equal(world.opened.length, 1)
  stream.start(400)
  assert.equal(world.opened.at(-1)!.since, 400)
})

test('a page that is looked at opens no stream that was not started, has ended, or waits for the state', () => {
  const { world, stream } = following(1)
  world.wire.onClosed(4410)
  stream.now()
  assert.equal(world.opened.length, 1)
  stream.start(400)
  stream.stop()
  stream.now()
  assert.equal(world.opened.length, 2)
})

test('an attempt that never opens is given up', () => {
  const { world } = following(0)
  world.pass(30_000)
  assert.ok(world.opened.length >= 2)
})
