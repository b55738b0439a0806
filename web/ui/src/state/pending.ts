import { Refusal } from '../api/client.ts'

/** A message that was written here and that the node has not taken in yet. */
export interface Pending {
  /** Says to the node that a repetition is the same message. */
  key: string
  user: string
  text: string
  writtenMillis: number
  /** The message's id, once the node has taken it in. */
  id?: string
  /** Why the node does not take it. */
  refusal?: { code: string; detail: string }
}

/** Where pending messages outlive the page. One place per message, so that two open pages do not undo each other. */
export interface Shelf {
  load(): Pending[]
  keep(pending: Pending): void
  forget(key: string): void
}

/**
 * Keeps what was written until the node has it, over reloads and restarts of the node, and hands it over in order, each with a
 * key of its own: a repetition whose first answer was lost makes no second message.
 */
export class PendingMessages {
  all: Pending[]
  private readonly shelf: Shelf
  private readonly hand: (pending: Pending) => Promise<string>
  private readonly changed: () => void
  private running = false
  /** The key of the one that is being handed over. */
  private handing: string | null = null
  /** Messages that the node told of meanwhile and that may be this one. */
  private readonly told = new Set<string>()

  constructor(shelf: Shelf, hand: (pending: Pending) => Promise<string>, changed: () => void) {
    this.shelf = shelf
    this.hand = hand
    this.changed = changed
    this.all = shelf.load()
  }

  /** Reads anew what is kept: it is known now whose it is. */
  load(): void {
    this.set(this.shelf.load())
  }

  of(user: string): Pending[] {
    return this.all.filter((one) => one.user === user)
  }

  add(pending: Pending): void {
    this.shelf.keep(pending)
    this.set([...this.all, pending])
    void this.run()
  }

  drop(key: string): void {
    this.shelf.forget(key)
    this.set(this.all.filter((one) => one.key !== key))
  }

  /** Forgets those that the node has: what it says now holds them. */
  settle(): void {
    for (const one of this.all) if (one.id !== undefined && one.key !== this.handing) this.drop(one.key)
  }

  /**
   * The node told of a message of its own: it is not pending any more. The event may come before the answer that names the id, but words
   * alone prove nothing, as another page may have said the same: the answer decides.
   */
  arrived(user: string, id: string, text: string | null): void {
    const match = this.all.find((one) => one.id === id)
    if (match !== undefined) {
      if (match.key === this.handing) this.told.add(id)
      else this.drop(match.key)
      return
    }
    const handed = this.all.find((one) => one.key === this.handing && one.user === user && one.text === text)
    if (handed === undefined) return
    this.told.add(id)
    this.update(handed.key, { id })
  }

  /** Hands over what waits, oldest first, until the node is away again. */
  async run(): Promise<void> {
    if (this.running) return
    this.running = true
    try {
      for (let next = this.next(); next !== undefined; next = this.next()) {
        const { key } = next
        this.handing = key
        try {
          const id = await this.hand(next)
          this.shelf.forget(key)
          if (this.told.has(id)) this.drop(key)
          else this.update(key, { id })
        } catch (why) {
          this.withoutId(key)
          if (!(why instanceof Refusal) || why.passing) return
          this.update(key, { refusal: { code: why.failure.code, detail: why.failure.detail } })
        } finally {
          this.handing = null
          this.told.clear()
        }
      }
    } finally {
      this.running = false
    }
  }

  /** Tries a refused one again. */
  again(key: string): void {
    this.set(
      this.all.map((one) => {
        if (one.key !== key) return one
        const { refusal: _, ...rest } = one
        return rest
      }),
    )
    void this.run()
  }

  private next(): Pending | undefined {
    return this.all.find((one) => one.id === undefined && one.refusal === undefined)
  }

  private withoutId(key: string): void {
    this.set(
      this.all.map((one) => {
        if (one.key !== key) return one
        const { id: _, ...rest } = one
        return rest
      }),
    )
  }

  private update(key: string, by: Partial<Pending>): void {
    this.set(this.all.map((one) => (one.key === key ? { ...one, ...by } : one)))
  }

  private set(all: Pending[]): void {
    this.all = all
    this.changed()
  }
}
