import type { NodeEvent } from '../api/types.ts'
import { backoffMillis } from './backoff.ts'

/** What the stream needs of the browser; tests bring their own. */
export interface World {
  open(since: number): Wire
  after(millis: number, task: () => void): () => void
  now(): number
  chance(): number
}

/** One WebSocket. */
export interface Wire {
  onOpen: () => void
  onText: (text: string) => void
  onClosed: (code: number) => void
  close(): void
}

export interface Listener {
  /** Takes one event; returns whether it was the next one. */
  onEvent(event: NodeEvent): boolean
  onState(state: StreamState): void
  /** The node no longer keeps the events in between: the state must be read anew. Call {@link Stream.start} after it. */
  onGone(): void
  /** The stream was refused or the node is away; the listener may ask why. */
  onBroken(): void
}

export type StreamState =
  | { kind: 'connecting' }
  | { kind: 'live' }
  | { kind: 'waiting'; untilMillis: number }
  | { kind: 'stopped' }

/** WebSocket's close code for "events were dropped already". */
const GONE = 4410

/** A page that did not run for so long was asleep; its socket may be dead without knowing. */
const ASLEEP_MILLIS = 15_000

const WATCH_MILLIS = 5_000

/** An attempt that neither opens nor fails is given up after so long. */
const OPENING_MILLIS = 10_000

/**
 * Follows the node's events by number. After any break it asks for what comes after the last one that was taken, so nothing is
 * missing, and what is not the next number is not taken, so nothing is twice.
 */
export class Stream {
  private readonly world: World
  private readonly listener: Listener
  private since = 0
  private wire: Wire | null = null
  private attempt = 0
  private following = false
  private cancelRetry: () => void = () => {}
  private cancelWatch: () => void = () => {}
  private cancelOpening: () => void = () => {}
  private seenMillis = 0

  constructor(world: World, listener: Listener) {
    this.world = world
    this.listener = listener
  }

  /** Begins to follow what comes after `since`. */
  start(since: number): void {
    this.since = since
    this.attempt = 0
    this.following = true
    this.drop()
    this.seenMillis = this.world.now()
    this.watch()
    this.connect()
  }

  /** Ends it. */
  stop(): void {
    this.following = false
    this.cancelWatch()
    this.drop()
    this.listener.onState({ kind: 'stopped' })
  }

  /** Tries now what would be tried later. Does nothing before the start, after the end, and while the state is read anew. */
  now(): void {
    if (!this.following || this.wire !== null) return
    this.attempt = 0
    this.connect()
  }

  /** Connects anew, whatever the present connection believes of itself. */
  renew(): void {
    this.drop()
    this.connect()
  }

  private connect(): void {
    this.cancelRetry()
    this.listener.onState({ kind: 'connecting' })
    const wire = this.world.open(this.since)
    this.wire = wire
    this.cancelOpening = this.world.after(OPENING_MILLIS, () => this.lost(wire, 0))
    wire.onOpen = () => {
      if (this.wire !== wire) return
      this.cancelOpening()
      this.attempt = 0
      this.listener.onState({ kind: 'live' })
    }
    wire.onText = (text) => {
      if (this.wire === wire) this.take(text)
    }
    wire.onClosed = (code) => this.lost(wire, code)
  }

  private take(text: string): void {
    const event = JSON.parse(text) as NodeEvent
    if (event.seq <= this.since) return
    if (!this.listener.onEvent(event)) {
      this.renew()
      return
    }
    this.since = event.seq
  }

  private lost(wire: Wire, code: number): void {
    if (this.wire !== wire) return
    this.drop()
    if (code === GONE) {
      this.following = false
      this.cancelWatch()
      this.listener.onGone()
      return
    }
    const wait = backoffMillis(this.attempt++, this.world.chance())
    this.listener.onState({ kind: 'waiting', untilMillis: this.world.now() + wait })
    this.cancelRetry = this.world.after(wait, () => this.connect())
    this.listener.onBroken()
  }

  private drop(): void {
    this.cancelRetry()
    this.cancelOpening()
    const wire = this.wire
    this.wire = null
    wire?.close()
  }

  /** Timers stand still while a laptop sleeps: a late one tells that it did. */
  private watch(): void {
    this.cancelWatch()
    this.cancelWatch = this.world.after(WATCH_MILLIS, () => {
      const now = this.world.now()
      const slept = now - this.seenMillis > ASLEEP_MILLIS
      this.seenMillis = now
      if (slept) this.renew()
      this.watch()
    })
  }
}
