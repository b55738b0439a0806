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

  constructor(shelf: Shelf, hand: (pending: Pending) => Promise<string>, changed: () => void) {
    this.shelf = shelf
    this.hand = hand
    this.changed = changed
    this.all = shelf.load()
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
    for (const one of this.all) if (one.id !== undefined) this.drop(one.key)
  }

  /** The node told of a message of its own: it is not pending any more. */
  arrived(user: string, id: string, text: string | null): void {
    const match =
      this.all.find((one) => one.id === id) ??
      this.all.find((one) => one.user === user && one.id === undefined && one.text === text)
    if (match !== undefined) this.drop(match.key)
  }

  /** Hands over what waits, oldest first, until the node is away again. */
  async run(): Promise<void> {
    if (this.running) return
    this.running = true
    try {
      for (let next = this.next(); next !== undefined; next = this.next()) {
        const { key } = next
        try {
          const id = await this.hand(next)
          this.shelf.forget(key)
          this.update(key, { id })
        } catch (why) {
          if (!(why instanceof Refusal) || why.passing) return
          this.update(key, { refusal: { code: why.failure.code, detail: why.failure.detail } })
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

  private update(key: string, by: Partial<Pending>): void {
    this.set(this.all.map((one) => (one.key === key ? { ...one, ...by } : one)))
  }

  private set(all: Pending[]): void {
    this.all = all
    this.changed()
  }
}
