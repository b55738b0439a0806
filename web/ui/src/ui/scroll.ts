import type { Message } from '../api/types.ts'
import { Heights } from '../state/heights.ts'
import type { Timeline } from '../state/timeline.ts'

/** Drawn above and below what is seen, in pixels: two flicks of a wheel. */
const SPARE_PIXELS = 500

/** Rows are drawn in steps of so many, so that scrolling by a few pixels draws nothing. */
const STEP = 8

/** This close to the end counts as at the end. */
const END_PIXELS = 24

/** How much of a message's end may be out of sight for it to count as seen. */
const SEEN_PIXELS = 24

/** What stays where it is while things above it change: a message and how much of it is above the edge, or the end. */
type Anchor = { id: string; hidden: number } | 'end'

/** The rows that are in the document. */
export interface Range {
  from: number
  to: number
}

/**
 * Where a conversation is scrolled to. Only rows near what is in sight are in the document; their heights are guessed until they are
 * drawn. What is in sight stays where it is while rows above get their true heights or older messages arrive.
 */
export class TalkScroll {
  private readonly timeline: Timeline
  private readonly heights = new Heights()
  private readonly measured = new Map<string, number>()
  private box: HTMLElement | null = null
  private rows: HTMLElement | null = null
  private anchor: Anchor | null = null
  private lastTop = 0
  private width = 0

  constructor(timeline: Timeline) {
    this.timeline = timeline
  }

  private get messages(): readonly Message[] {
    return this.timeline.messages
  }

  get total(): number {
    return this.heights.total
  }

  get isAtEnd(): boolean {
    const box = this.box
    return box === null || box.scrollTop + box.clientHeight >= box.scrollHeight - END_PIXELS
  }

  attach(box: HTMLElement, rows: HTMLElement): void {
    this.box = box
    this.rows = rows
  }

  topOf(index: number): number {
    return this.heights.top(index)
  }

  /** Takes up messages that came. Rows keep their measured heights; new ones are guessed. */
  follow(): void {
    if (this.heights.size === this.messages.length) return
    this.holdDrawn()
    this.heights.fill(this.messages.map((one) => this.measured.get(one.id) ?? guess(one, this.width)))
  }

  /** Returns which rows should be in the document now. */
  range(): Range {
    const box = this.box
    if (box === null) return { from: 0, to: 5 * STEP }
    const first = this.heights.at(box.scrollTop - SPARE_PIXELS)
    const last = this.heights.at(box.scrollTop + box.clientHeight + SPARE_PIXELS)
    return {
      from: Math.floor(first / STEP) * STEP,
      to: Math.min(this.messages.length, Math.ceil((last + 1) / STEP) * STEP),
    }
  }

  /** Notes what is in sight after somebody scrolled. */
  scrolled(): void {
    const box = this.box
    if (box === null) return
    this.lastTop = box.scrollTop
    const index = this.heights.at(box.scrollTop)
    const id = this.messages[index]?.id
    if (this.isAtEnd) this.anchor = 'end'
    else if (id !== undefined) this.anchor = { id, hidden: box.scrollTop - this.heights.top(index) }
  }

  /** The same by what is drawn: a scroll that was not told of yet, while the messages are others already. */
  private holdDrawn(): void {
    const { box, rows } = this
    if (box === null || rows === null || this.anchor === null || box.scrollTop === this.lastTop) return
    const edge = box.getBoundingClientRect().top
    for (const row of rows.children) {
      const place = row.getBoundingClientRect()
      const { id } = (row as HTMLElement).dataset
      if (place.bottom <= edge || id === undefined) continue
      this.anchor = { id, hidden: edge - place.top }
      return
    }
  }

  /** Measures what was drawn, from row `from` on, and puts what was in sight back where it was. */
  drawn(from: number, firstUnread: string | undefined): void {
    const { rows } = this
    if (rows === null) return
    for (const row of rows.children) {
      const { id, index } = (row as HTMLElement).dataset
      const { height } = row.getBoundingClientRect()
      if (id === undefined || index === undefined || height === 0) continue
      this.measured.set(id, height)
      this.heights.set(Number(index), height)
    }
    write(rows.parentElement!, 'height', `${this.heights.total}px`)
    write(rows, 'transform', `translateY(${this.heights.top(from)}px)`)
    if (this.anchor === null) this.begin(firstUnread)
    else this.settle()
  }

  /** Begins at the first message that was not seen, else at the end. */
  private begin(firstUnread: string | undefined): void {
    const box = this.box
    if (box === null || this.messages.length === 0) return
    const unread = firstUnread === undefined ? -1 : this.messages.findIndex((one) => one.id === firstUnread)
    box.scrollTop = unread <= 0 ? box.scrollHeight : this.heights.top(unread) - box.clientHeight / 3
    this.scrolled()
  }

  private settle(): void {
    const { box, anchor } = this
    if (box === null || anchor === null) return
    if (anchor === 'end') box.scrollTop = box.scrollHeight
    else {
      const index = this.indexOf(anchor.id, this.heights.at(box.scrollTop))
      const top = this.heights.top(index) + anchor.hidden
      if (index >= 0 && Math.abs(top - box.scrollTop) > 0.5) box.scrollTop = top
    }
    this.lastTop = box.scrollTop
  }

  /** The window got another size; with another width come other line breaks, and what was measured holds no more. */
  resized(): void {
    const box = this.box
    if (box === null) return
    if (this.width !== box.clientWidth) {
      this.width = box.clientWidth
      this.measured.clear()
      this.heights.fill(this.messages.map((one) => guess(one, this.width)))
    }
    this.settle()
  }

  toEnd(): void {
    this.anchor = 'end'
    this.settle()
  }

  /** Scrolls just so far that a row is in sight. */
  reveal(index: number): void {
    const box = this.box
    if (box === null) return
    const top = this.heights.top(index)
    const bottom = top + this.heights.of(index)
    if (top < box.scrollTop) box.scrollTop = top
    else if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom - box.clientHeight
    this.scrolled()
  }

  /** Returns the received messages in sight that were not seen yet: whose end is there, or that fill the window. */
  unseen(): string[] {
    const box = this.box
    const ids: string[] = []
    if (box === null) return ids
    const top = box.scrollTop
    const bottom = top + box.clientHeight
    for (let i = this.heights.at(top); i < this.messages.length && this.heights.top(i) < bottom; i++) {
      const one = this.messages[i]!
      if (one.own || one.stage !== 'delivered') continue
      const end = this.heights.top(i) + this.heights.of(i)
      if (end <= bottom + SEEN_PIXELS || this.heights.top(i) <= top) ids.push(one.id)
    }
    return ids
  }

  /** Finds a message, from where it probably is outwards. */
  indexOf(id: string, near: number): number {
    for (let step = 0; step < this.messages.length; step++) {
      if (this.messages[near + step]?.id === id) return near + step
      if (this.messages[near - step]?.id === id) return near - step
    }
    return -1
  }
}

/** Writes only what differs: every write costs a layout. */
function write(element: HTMLElement, what: 'height' | 'transform', value: string): void {
  if (element.style[what] !== value) element.style[what] = value
}

const LINE_PIXELS = 22
const FRAME_PIXELS = 40
const CHAR_PIXELS = 7.4

/** A first guess of a row's height; drawing it tells the truth. */
function guess(message: Message, width: number): number {
  const line = Math.max(20, Math.min(width === 0 ? 600 : width * 0.75, 560) / CHAR_PIXELS)
  return FRAME_PIXELS + LINE_PIXELS * Math.max(1, Math.ceil((message.text?.length ?? 0) / line))
}
