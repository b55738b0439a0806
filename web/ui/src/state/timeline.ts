import type { Message, Progress } from '../api/types.ts'
import { advance, advances } from './stage.ts'

/**
 * The messages of one conversation that the page holds, oldest first, each once. It grows at its end by events and at its
 * beginning by pages of the history.
 */
export class Timeline {
  readonly messages: Message[] = []
  /** Cursor of the next older page; null when the beginning is here, undefined before the first page. */
  before: number | null | undefined = undefined
  /** Counts changes, for those who draw it. */
  version = 0
  private readonly byId = new Map<string, Message>()

  get isLoaded(): boolean {
    return this.before !== undefined
  }

  find(id: string): Message | undefined {
    return this.byId.get(id)
  }

  /** Takes a message that an event told of. Returns false for one that is here already. */
  append(message: Message): boolean {
    if (this.byId.has(message.id)) return false
    this.byId.set(message.id, message)
    this.messages.push(message)
    this.version++
    return true
  }

  /** Takes a page of the history that ends before everything that is here, but for what events told meanwhile. */
  prepend(page: readonly Message[], before: number | null): void {
    const fresh: Message[] = []
    for (const message of page) {
      const here = this.byId.get(message.id)
      if (here === undefined) {
        this.byId.set(message.id, message)
        fresh.push(message)
      } else if (advances(here.stage, message.stage)) Object.assign(here, message)
      else here.number = message.number
    }
    this.messages.unshift(...fresh)
    this.before = before
    this.version++
  }

  /** Notes how far a message is. */
  progress(id: string, by: Progress): boolean {
    const message = this.byId.get(id)
    if (message === undefined || !advance(message, by)) return false
    if (by.stage !== 'queued' && message.path === '') message.path = 'direct'
    this.version++
    return true
  }

  /**
   * Notes that received messages were seen here, and with them everything before, as the node does. Returns how many are after
   * them, or null when none of them is here.
   */
  seen(ids: readonly string[]): number | null {
    const wanted = new Set(ids)
    let after = 0
    let reached = false
    for (let i = this.messages.length - 1; i >= 0; i--) {
      const message = this.messages[i]!
      if (message.own) continue
      reached ||= wanted.has(message.id)
      if (!reached) after++
      else if (message.stage === 'read' && !wanted.has(message.id)) break
      else message.stage = 'read'
    }
    this.version++
    return reached ? after : null
  }
}
