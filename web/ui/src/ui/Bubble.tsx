import type { ComponentChildren } from 'preact'
import type { Message, Stage } from '../api/types.ts'
import { pending as store } from '../state/node.ts'
import type { Pending } from '../state/pending.ts'
import { clock, dayName } from '../text/format.ts'
import { locale, text, whyCode } from '../text/index.ts'
import { Tick } from './icons.tsx'
import { Hidden } from './parts.tsx'

/** Plain values only: a bubble is drawn again when one of them differs. */
interface BubbleProps {
  index: number
  message: Message
  stage: Stage
  newDay: boolean
  joinsBefore: boolean
  joinsAfter: boolean
  isFirst: boolean
  isBeginning: boolean
  /** Whether it is the first that was not seen yet when the conversation was opened. */
  unread: boolean
  inTabOrder: boolean
  onFocus: (id: string) => void
  onDetails: (message: Message) => void
}

/** One message with all that stands above it: the day, the mark of what is new. */
export function Bubble(props: BubbleProps) {
  const { message, stage, index } = props
  const words = text.value
  const time = clock(locale.value, message.sentMillis)
  const details = message.own
    ? words.sheet.details(time, words.stage[stage])
    : words.sheet.detailsReceived(time)
  const shape = `${message.own ? 'own' : 'their'}${props.joinsBefore ? ' joins-before' : ''}${props.joinsAfter ? ' joins-after' : ''}`
  return (
    <li data-id={message.id} data-index={index} class={`line ${shape}`}>
      {props.isFirst && <p class="quiet beginning">{props.isBeginning ? words.chat.beginning : words.chat.loading}</p>}
      {props.newDay && (
        <p class="day">
          <span>{dayName(words, locale.value, message.sentMillis, Date.now())}</span>
        </p>
      )}
      {props.unread && (
        <p class="news-line">
          <span>{words.chat.newDivider}</span>
        </p>
      )}
      {message.order === 'after_gap' && <p class="remark">{words.chat.gap}</p>}
      <div class="bubble">
        {message.text === null ? (
          <p class="words quiet">{words.chat.unknown}</p>
        ) : (
          <p class="words" dir="auto">
            {linked(message.text)}
          </p>
        )}
        <button
          class="meta"
          aria-label={details}
          tabIndex={props.inTabOrder ? 0 : -1}
          onFocus={() => props.onFocus(message.id)}
          onClick={() => props.onDetails(message)}
        >
          <span class="time">{time}</span>
          {message.own && <Tick stage={stage} />}
        </button>
      </div>
      {message.order === 'late' && <p class="remark">{words.chat.late}</p>}
      {stage === 'failed' && message.cause !== null && (
        <p class="remark bad">{words.chat.notTaken(whyCode(message.cause.code))}</p>
      )}
    </li>
  )
}

/** What was written here and is not with the node yet. */
export function PendingBubble({ pending }: { pending: Pending }) {
  const words = text.value
  const { refusal } = pending
  return (
    <li class="line own">
      <div class="bubble">
        <p class="words" dir="auto">
          {pending.text}
        </p>
        <span class="meta">
          <span class="time">{clock(locale.value, pending.writtenMillis)}</span>
          <Tick stage={refusal === undefined ? 'saving' : 'failed'} />
          <Hidden>{refusal === undefined ? words.chat.saving : words.stage.failed}</Hidden>
        </span>
      </div>
      {refusal !== undefined && (
        <p class="remark bad">
          {words.chat.notTaken(whyCode(refusal.code))}
          <button class="link" onClick={() => store.again(pending.key)}>
            {words.chat.tryAgain}
          </button>
          <button class="link" onClick={() => store.drop(pending.key)}>
            {words.chat.discard}
          </button>
        </p>
      )}
    </li>
  )
}

const ADDRESS = /https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]}']/g

/** Addresses of the web become links; everything else stays text. */
function linked(words: string): ComponentChildren {
  const parts: ComponentChildren[] = []
  let at = 0
  for (const match of words.matchAll(ADDRESS)) {
    parts.push(words.slice(at, match.index))
    parts.push(
      <a href={match[0]} target="_blank" rel="noopener noreferrer">
        {match[0]}
      </a>,
    )
    at = match.index + match[0].length
  }
  if (at === 0) return words
  parts.push(words.slice(at))
  return parts
}
