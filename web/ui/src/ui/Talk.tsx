import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Message } from '../api/types.ts'
import { Heights } from '../state/heights.ts'
import { readOlder, timelineOf } from '../state/node.ts'
import type { Pending } from '../state/pending.ts'
import { seen } from '../state/seen.ts'
import { dayOf } from '../text/format.ts'
import { text } from '../text/index.ts'
import { Bubble, PendingBubble } from './Bubble.tsx'
import { DownIcon } from './icons.tsx'
import { isLooking } from './parts.tsx'

/** Drawn above and below what is seen, in pixels: two flicks of a wheel. */
const SPARE_PIXELS = 500

/** Rows are drawn in steps of so many, so that scrolling by a few pixels draws nothing. */
const STEP = 8

/** Older messages are read when so few rows are left above. */
const EARLY_ROWS = 60

/** This close to the end counts as at the end. */
const END_PIXELS = 24

/** Messages of one person this close together stand together. */
const TOGETHER_MILLIS = 4 * 60_000

/** How much of a message must be in sight to count as seen: its end, or all of the window. */
const SEEN_PIXELS = 24

interface TalkProps {
  user: string
  pending: readonly Pending[]
  onDetails: (message: Message) => void
  onLeave: () => void
}

/** What a scroller holds still while things above it change: a message and where its top is. */
interface Anchor {
  id: string
  offset: number
}

/**
 * The messages of one conversation: only those in sight are in the document. Rows are measured when they are drawn; what is
 * in sight stays where it is while rows above get their true heights or older messages arrive.
 */
export function Talk({ user, pending, onDetails, onLeave }: TalkProps) {
  const timeline = timelineOf(user)
  const messages = timeline.messages
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useRef<HTMLOListElement>(null)
  const heights = useMemo(() => new Heights(), [timeline])
  const measured = useMemo(() => new Map<string, number>(), [timeline])
  const anchor = useRef<Anchor | 'end' | null>(null)
  const lastTop = useRef(0)
  const [range, setRange] = useState({ from: 0, to: 40 })
  const [focused, setFocused] = useState<string | null>(null)
  const wanted = useRef<string | null>(null)
  const [atEnd, setAtEnd] = useState(true)
  const missed = useRef({ count: messages.length, below: 0 })
  const width = useRef(0)
  const firstUnread = useMemo(() => messages.find((one) => !one.own && one.stage === 'delivered')?.id, [timeline, timeline.isLoaded])

  // Rows keep their measured heights; new ones are guessed.
  if (heights.size !== messages.length) {
    holdDrawn()
    heights.fill(messages.map((one) => measured.get(one.id) ?? guess(one, width.current)))
  }

  const grown = messages.length - missed.current.count
  if (grown > 0 && !atEnd && missed.current.count > 0) {
    for (const one of messages.slice(-Math.min(grown, 50))) {
      if (!one.own && one.stage === 'delivered') missed.current.below++
    }
  }
  missed.current.count = messages.length
  if (atEnd) missed.current.below = 0

  const look = () => {
    const box = scroller.current
    if (box === null) return
    const first = heights.at(box.scrollTop - SPARE_PIXELS)
    const last = heights.at(box.scrollTop + box.clientHeight + SPARE_PIXELS)
    const from = Math.floor(first / STEP) * STEP
    const to = Math.min(messages.length, Math.ceil((last + 1) / STEP) * STEP)
    if (from !== range.from || to !== range.to) setRange({ from, to })
    const end = box.scrollTop + box.clientHeight >= box.scrollHeight - END_PIXELS
    if (end !== atEnd) setAtEnd(end)
    if (first < EARLY_ROWS) void readOlder(user)
  }

  const hold = () => {
    const box = scroller.current
    if (box === null) return
    if (box.scrollTop + box.clientHeight >= box.scrollHeight - END_PIXELS) anchor.current = 'end'
    else {
      const index = heights.at(box.scrollTop)
      const id = messages[index]?.id
      anchor.current = id === undefined ? null : { id, offset: box.scrollTop - heights.top(index) }
    }
  }

  /** The same by what is drawn: a scroll that was not told of yet, while the messages are others already. */
  function holdDrawn(): void {
    const box = scroller.current
    if (box === null || anchor.current === null || box.scrollTop === lastTop.current) return
    const top = box.getBoundingClientRect().top
    for (const row of rows.current?.children ?? []) {
      const place = row.getBoundingClientRect()
      const { id } = (row as HTMLElement).dataset
      if (place.bottom <= top || id === undefined) continue
      anchor.current = { id, offset: top - place.top }
      return
    }
  }

  const onScroll = () => {
    lastTop.current = scroller.current!.scrollTop
    hold()
    look()
    notice()
  }

  /** Tells the node which received messages are in sight of a person who looks. */
  const notice = () => {
    const box = scroller.current
    if (box === null || !isLooking()) return
    const ids: string[] = []
    const top = box.scrollTop
    const bottom = top + box.clientHeight
    for (let i = heights.at(top); i < messages.length && heights.top(i) < bottom; i++) {
      const one = messages[i]!
      if (one.own || one.stage !== 'delivered') continue
      const end = heights.top(i) + heights.of(i)
      if (end <= bottom + SEEN_PIXELS || heights.top(i) <= top) ids.push(one.id)
    }
    if (ids.length > 0) seen(user, ids)
  }

  useLayoutEffect(() => {
    const box = scroller.current
    const list = rows.current
    if (box === null || list === null) return
    let changed = false
    for (const row of list.children) {
      const { id, index } = (row as HTMLElement).dataset
      if (id === undefined || index === undefined) continue
      const { height } = row.getBoundingClientRect()
      if (height === 0) continue
      measured.set(id, height)
      if (heights.set(Number(index), height) !== 0) changed = true
    }
    if (changed) list.parentElement!.style.height = `${heights.total}px`
    list.style.transform = `translateY(${heights.top(range.from)}px)`
    settle(box)
    look()
    notice()
    if (wanted.current !== null) {
      const target = list.querySelector<HTMLElement>(`[data-id="${wanted.current}"] .meta`)
      if (target !== null) {
        wanted.current = null
        target.focus({ preventScroll: true })
      }
    }
  })

  /** Puts what was in sight back where it was. */
  const settle = (box: HTMLDivElement) => {
    if (anchor.current === null) {
      if (messages.length === 0) return
      const unread = firstUnread === undefined ? -1 : messages.findIndex((one) => one.id === firstUnread)
      const top = unread <= 0 ? Infinity : heights.top(unread) - box.clientHeight / 3
      box.scrollTop = Math.min(top, box.scrollHeight)
      hold()
    } else if (anchor.current === 'end') {
      box.scrollTop = box.scrollHeight
    } else {
      const { id, offset } = anchor.current
      const index = indexOf(messages, id, heights.at(box.scrollTop))
      const top = heights.top(index) + offset
      if (index >= 0 && Math.abs(top - box.scrollTop) > 0.5) box.scrollTop = top
    }
    lastTop.current = box.scrollTop
  }

  useLayoutEffect(() => {
    const box = scroller.current!
    const observer = new ResizeObserver(() => {
      if (width.current !== box.clientWidth) {
        // Other line breaks: what was measured holds no more.
        width.current = box.clientWidth
        measured.clear()
        heights.fill(messages.map((one) => guess(one, width.current)))
        setRange((now) => ({ ...now }))
      }
      settle(box)
      look()
    })
    observer.observe(box)
    const focus = () => notice()
    addEventListener('focus', focus)
    document.addEventListener('visibilitychange', focus)
    return () => {
      observer.disconnect()
      removeEventListener('focus', focus)
      document.removeEventListener('visibilitychange', focus)
    }
  }, [timeline])

  const toEnd = () => {
    anchor.current = 'end'
    missed.current.below = 0
    const box = scroller.current!
    setRange({ from: Math.max(0, messages.length - 40), to: messages.length })
    box.scrollTop = box.scrollHeight
  }

  const current = focused !== null && timeline.find(focused) !== undefined ? focused : messages.at(-1)?.id

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      onLeave()
      return
    }
    const at = current === undefined ? -1 : indexOf(messages, current, messages.length - 1)
    const steps: Record<string, number> = { ArrowUp: -1, ArrowDown: 1, Home: -messages.length, End: messages.length }
    const step = steps[event.key]
    if (step === undefined || at < 0) return
    event.preventDefault()
    const to = Math.max(0, Math.min(messages.length - 1, at + step))
    const box = scroller.current!
    const top = heights.top(to)
    const bottom = top + heights.of(to)
    if (top < box.scrollTop) box.scrollTop = top
    else if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom - box.clientHeight
    wanted.current = messages[to]!.id
    setFocused(messages[to]!.id)
    onScroll()
  }

  const shown = []
  for (let i = range.from; i < Math.min(range.to, messages.length); i++) {
    const one = messages[i]!
    const key = one.id
    shown.push(
      <Bubble
        key={key}
        index={i}
        message={one}
        stage={one.stage}
        newDay={i === 0 || dayOf(messages[i - 1]!.sentMillis) !== dayOf(one.sentMillis)}
        joinsBefore={joins(messages[i - 1], one)}
        joinsAfter={joins(one, messages[i + 1])}
        isFirst={i === 0}
        isBeginning={i === 0 && timeline.before === null}
        unread={key === firstUnread}
        inTabOrder={key === current}
        onFocus={setFocused}
        onDetails={onDetails}
      />,
    )
  }
  const words = text.value.chat
  return (
    <div class="talk">
      <div class="talk-scroller" ref={scroller} onScroll={onScroll} onKeyDown={onKeyDown}>
        <div class="talk-fill">
          {timeline.before === null && messages.length === 0 && <p class="quiet beginning">{words.beginning}</p>}
          <div class="talk-rows" style={{ height: `${heights.total}px` }}>
            <ol ref={rows} aria-label={words.messages} style={{ transform: `translateY(${heights.top(range.from)}px)` }}>
              {shown}
            </ol>
          </div>
          {pending.length > 0 && (
            <ol class="pending" aria-label={words.saving}>
              {pending.map((one) => (
                <PendingBubble key={one.key} pending={one} />
              ))}
            </ol>
          )}
        </div>
      </div>
      {!atEnd && (
        <button class={missed.current.below > 0 ? 'to-end news' : 'to-end'} onClick={toEnd}>
          <DownIcon />
          <span class={missed.current.below > 0 ? '' : 'hidden'}>{words.newBelow(missed.current.below)}</span>
        </button>
      )}
    </div>
  )
}

/** Finds a message, from where it probably is outwards. */
function indexOf(messages: readonly Message[], id: string, near: number): number {
  for (let step = 0; step < messages.length; step++) {
    if (messages[near + step]?.id === id) return near + step
    if (messages[near - step]?.id === id) return near - step
  }
  return -1
}

/** Whether two neighbours stand together. */
function joins(one: Message | undefined, next: Message | undefined): boolean {
  return (
    one !== undefined &&
    next !== undefined &&
    one.own === next.own &&
    Math.abs(next.sentMillis - one.sentMillis) < TOGETHER_MILLIS &&
    dayOf(one.sentMillis) === dayOf(next.sentMillis)
  )
}

const LINE_PIXELS = 22
const FRAME_PIXELS = 40
const CHAR_PIXELS = 7.4

/** A first guess of a row's height; drawing it tells the truth. */
function guess(message: Message, width: number): number {
  const line = Math.max(20, Math.min(width === 0 ? 600 : width * 0.75, 560) / CHAR_PIXELS)
  return FRAME_PIXELS + LINE_PIXELS * Math.max(1, Math.ceil((message.text?.length ?? 0) / line))
}
