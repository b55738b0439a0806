import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Message } from '../api/types.ts'
import { readOlder, timelineOf } from '../state/node.ts'
import type { Pending } from '../state/pending.ts'
import { seen } from '../state/seen.ts'
import type { Timeline } from '../state/timeline.ts'
import { dayOf } from '../text/format.ts'
import { text } from '../text/index.ts'
import { Bubble, PendingBubble } from './Bubble.tsx'
import { DownIcon } from './icons.tsx'
import { isLooking } from './parts.tsx'
import { TalkScroll } from './scroll.ts'

/** Older messages are read when so few rows are left above. */
const EARLY_ROWS = 60

/** Messages of one person this close together stand together. */
const TOGETHER_MILLIS = 4 * 60_000

interface TalkProps {
  user: string
  pending: readonly Pending[]
  onDetails: (message: Message) => void
  onLeave: () => void
}

/** The messages of one conversation, of which only those in sight are in the document. */
export function Talk({ user, pending, onDetails, onLeave }: TalkProps) {
  const timeline = timelineOf(user)
  const { messages } = timeline
  const box = useRef<HTMLDivElement>(null)
  const rows = useRef<HTMLOListElement>(null)
  const scroll = useMemo(() => new TalkScroll(timeline), [timeline])
  const [range, setRange] = useState(() => scroll.range())
  const [atEnd, setAtEnd] = useState(true)
  const firstUnread = useMemo(() => messages.find(isUnseen)?.id, [timeline, timeline.isLoaded])
  const below = useNewBelow(timeline, atEnd)
  const keys = useRovingFocus(timeline, scroll, rows, onLeave)
  scroll.follow()

  const look = () => {
    const next = scroll.range()
    if (next.from !== range.from || next.to !== range.to) setRange(next)
    if (scroll.isAtEnd !== atEnd) setAtEnd(scroll.isAtEnd)
    if (next.from < EARLY_ROWS) void readOlder(user)
    if (isLooking()) seen(user, scroll.unseen())
  }
  const onScroll = () => {
    scroll.scrolled()
    look()
  }
  useLayoutEffect(() => {
    scroll.attach(box.current!, rows.current!)
    scroll.drawn(range.from, firstUnread)
    look()
    keys.focusWanted()
  })
  useLayoutEffect(() => {
    const observer = new ResizeObserver(() => {
      scroll.resized()
      setRange({ ...scroll.range() })
    })
    observer.observe(box.current!)
    const looked = () => isLooking() && seen(user, scroll.unseen())
    addEventListener('focus', looked)
    document.addEventListener('visibilitychange', looked)
    return () => {
      observer.disconnect()
      removeEventListener('focus', looked)
      document.removeEventListener('visibilitychange', looked)
    }
  }, [scroll])

  const words = text.value.chat
  return (
    <div class="talk">
      <div class="talk-scroller" ref={box} onScroll={onScroll} onKeyDown={keys.onKeyDown}>
        <div class="talk-fill">
          {timeline.before === null && messages.length === 0 && <p class="quiet beginning">{words.beginning}</p>}
          <div class="talk-rows" style={{ height: `${scroll.total}px` }}>
            <ol ref={rows} aria-label={words.messages} style={{ transform: `translateY(${scroll.topOf(range.from)}px)` }}>
              {messages.slice(range.from, range.to).map((one, i) => (
                <Bubble
                  key={one.id}
                  message={one}
                  {...surroundings(timeline, range.from + i)}
                  unread={one.id === firstUnread}
                  inTabOrder={one.id === keys.current}
                  onFocus={keys.onFocus}
                  onDetails={onDetails}
                />
              ))}
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
        <button class={below > 0 ? 'to-end news' : 'to-end'} onClick={() => scroll.toEnd()}>
          <DownIcon />
          <span class={below > 0 ? '' : 'hidden'}>{words.newBelow(below)}</span>
        </button>
      )}
    </div>
  )
}

const isUnseen = (message: Message): boolean => !message.own && message.stage === 'delivered'

/** Counts what comes in below while one reads further up. */
function useNewBelow(timeline: Timeline, atEnd: boolean): number {
  const known = useRef({ last: timeline.messages.at(-1), below: 0 })
  const { messages } = timeline
  if (atEnd) known.current.below = 0
  else {
    for (let i = messages.length - 1; i >= 0 && messages[i] !== known.current.last; i--)
      if (isUnseen(messages[i]!)) known.current.below++
  }
  known.current.last = messages.at(-1)
  return known.current.below
}

/** One message is in the tab order; arrows, Home and End move it, Escape leaves for the field below. */
function useRovingFocus(
  timeline: Timeline,
  scroll: TalkScroll,
  rows: { current: HTMLElement | null },
  onLeave: () => void,
) {
  const { messages } = timeline
  const [focused, setFocused] = useState<string | null>(null)
  const wanted = useRef<string | null>(null)
  const current = focused !== null && timeline.find(focused) !== undefined ? focused : messages.at(-1)?.id
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      onLeave()
      return
    }
    const at = current === undefined ? -1 : scroll.indexOf(current, messages.length - 1)
    const steps: Record<string, number> = { ArrowUp: -1, ArrowDown: 1, Home: -messages.length, End: messages.length }
    const step = steps[event.key]
    if (step === undefined || at < 0) return
    event.preventDefault()
    const to = Math.max(0, Math.min(messages.length - 1, at + step))
    wanted.current = messages[to]!.id
    setFocused(wanted.current)
    scroll.reveal(to)
  }
  const focusWanted = () => {
    if (wanted.current === null) return
    const target = rows.current?.querySelector<HTMLElement>(`[data-id="${wanted.current}"] .meta`)
    if (!target) return
    wanted.current = null
    target.focus({ preventScroll: true })
  }
  return { current, onFocus: setFocused, onKeyDown, focusWanted }
}

/** What a message shows of its neighbours. */
function surroundings(timeline: Timeline, index: number) {
  const { messages, before } = timeline
  const one = messages[index]!
  const above = messages[index - 1]
  return {
    index,
    stage: one.stage,
    newDay: above === undefined || dayOf(above.sentMillis) !== dayOf(one.sentMillis),
    joinsBefore: joins(above, one),
    joinsAfter: joins(one, messages[index + 1]),
    isFirst: index === 0,
    isBeginning: index === 0 && before === null,
  }
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
