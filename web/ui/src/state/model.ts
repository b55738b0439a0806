import type { Contact, Conversation, Message, NodeEvent } from '../api/types.ts'
import { advance } from './stage.ts'
import { Timeline } from './timeline.ts'

/** What an event did: it was the next one, it was known, or one before it is missing. */
export type Outcome = 'taken' | 'known' | 'gap'

export interface Chat {
  user: string
  last: Message | null
  unread: number
}

/** Timelines held at once; an older one is read again when it is opened. */
const TIMELINES_MAX = 6

/**
 * What the page knows of its node, changed by numbered events only: each is taken once, and none is passed over. No browser in
 * here, so tests run it as it is.
 */
export class Model {
  /** Number of the last event that was taken. */
  seq = 0
  readonly contacts = new Map<string, Contact>()
  readonly chats = new Map<string, Chat>()
  readonly timelines = new Map<string, Timeline>()
  private nextNumber = 1

  /** Begins anew with what the node says now; `seq` is the last event that is in it for certain. */
  reset(seq: number, contacts: readonly Contact[], conversations: readonly Conversation[]): void {
    this.seq = seq
    this.contacts.clear()
    this.chats.clear()
    this.timelines.clear()
    for (const contact of contacts) this.contacts.set(contact.user, contact)
    for (const { with: user, last, unread } of conversations) {
      this.chats.set(user, { user, last, unread })
      if (last !== null) this.nextNumber = Math.max(this.nextNumber, last.number + 1)
    }
  }

  /** Takes conversations that were read after events were followed already. */
  addOlder(conversations: readonly Conversation[]): void {
    for (const { with: user, last, unread } of conversations) {
      const here = this.chats.get(user)
      if (here === undefined) this.chats.set(user, { user, last, unread })
      // What events told of since then is not in it.
      else if (here.last?.id !== last?.id) here.unread += unread
      else here.unread = unread
    }
  }

  /**
   * Takes the events that happened while the state was read: it may hold some of them already. In each conversation those up to
   * its last message do; the page of its messages may have been read before them all the same.
   */
  catchUp(events: readonly NodeEvent[]): void {
    const heldUpTo = new Map<string, number>()
    for (const event of events) {
      const said = saidIn(event)
      if (said !== null && this.chats.get(said.with)?.last?.id === said.id) heldUpTo.set(said.with, event.seq)
    }
    for (const event of events) {
      const said = saidIn(event)
      if (said === null || event.seq > (heldUpTo.get(said.with) ?? 0)) this.apply(event)
      else {
        this.seq = event.seq
        this.timelines.get(said.with)?.append(said)
      }
    }
  }

  /** Takes one event. */
  apply(event: NodeEvent): Outcome {
    if (event.seq <= this.seq) return 'known'
    if (event.seq !== this.seq + 1) return 'gap'
    this.seq = event.seq
    switch (event.type) {
      case 'accepted':
      case 'received':
        this.talk({ ...saidIn(event)!, number: this.nextNumber++ })
        break
      case 'progress': {
        const { to, id } = event.data
        this.timelines.get(to)?.progress(id, event.data)
        const last = this.chats.get(to)?.last
        if (last?.id === id) advance(last, event.data)
        break
      }
      case 'reached':
        this.reached(event.data.user, event.data.reach, event.data.why, event.ts)
        break
      case 'contact': {
        const { user, name, state, why } = event.data
        const known = this.contacts.get(user)
        const cause = state === 'refused' ? why : (known?.cause ?? null)
        this.contacts.set(user, { ...(known ?? newContact(user)), name: name === '' ? (known?.name ?? '') : name, state, cause })
        break
      }
    }
    return 'taken'
  }

  /** Returns the timeline of a conversation; the one that was opened longest ago makes room. */
  timeline(user: string): Timeline {
    const here = this.timelines.get(user) ?? new Timeline()
    this.timelines.delete(user)
    this.timelines.set(user, here)
    for (const oldest of this.timelines.keys()) {
      if (this.timelines.size <= TIMELINES_MAX) break
      this.timelines.delete(oldest)
    }
    return here
  }

  /** Notes that received messages were seen here. */
  seen(user: string, ids: readonly string[]): void {
    const after = this.timelines.get(user)?.seen(ids) ?? null
    const chat = this.chats.get(user)
    if (chat !== undefined) chat.unread = after ?? Math.max(0, chat.unread - ids.length)
  }

  private talk(message: Message): void {
    const user = message.with
    const chat = this.chats.get(user) ?? { user, last: null, unread: 0 }
    chat.last = { ...message }
    if (!message.own) chat.unread++
    this.chats.set(user, chat)
    this.timelines.get(user)?.append(message)
  }

  private reached(user: string | null, reach: string, why: Contact['cause'], atMillis: number): void {
    const contact = user === null ? undefined : this.contacts.get(user)
    if (contact === undefined) return
    const learned = { how: 'link' as const, address: null, why }
    this.contacts.set(contact.user, { ...contact, reach, reachSinceMillis: atMillis, learned })
  }
}

/** The message that an event tells of, if it does; the event does not say its number. */
function saidIn(event: NodeEvent): Message | null {
  if (event.type !== 'accepted' && event.type !== 'received') return null
  const { id, sentMillis, kind, text } = event.data
  const message = { number: 0, id, sentMillis, kind, text, at: null, cause: null, nextTryMillis: 0 }
  if (event.type === 'accepted')
    return { ...message, with: event.data.to, own: true, device: null, order: 'in_order', stage: 'queued', path: '' }
  const { from, device, order } = event.data
  return { ...message, with: from, own: false, device, order, stage: 'delivered', path: 'direct' }
}

function newContact(user: string): Contact {
  return {
    user,
    name: '',
    state: 'accepted',
    verified: false,
    devices: [],
    reach: 'offline',
    waiting: 0,
    cause: null,
    nextTryMillis: 0,
  }
}
