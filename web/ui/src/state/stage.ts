import type { Progress, Stage } from '../api/types.ts'

const RANK: Record<Stage, number> = { queued: 0, sent: 1, stored: 2, delivered: 3, read: 4, failed: 5 }

/**
 * Whether a message may go from one stage to another. It only moves forward; a failed one may begin again. What an older event
 * says about a message that was read from the history since then is passed over.
 */
export function advances(from: Stage, to: Stage): boolean {
  return from === 'failed' || RANK[to] >= RANK[from]
}

/** Whether an own message still has a way to go. */
export function isUnderWay(stage: Stage): boolean {
  return stage === 'queued' || stage === 'sent' || stage === 'stored'
}

/** Lets a message take over what an event says about it. Returns whether anything changed. */
export function advance(message: Progress, by: Progress): boolean {
  if (!advances(message.stage, by.stage)) return false
  message.stage = by.stage
  message.at = by.at
  message.cause = by.cause
  message.nextTryMillis = by.nextTryMillis
  return true
}
