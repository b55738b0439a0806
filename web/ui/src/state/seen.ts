import { call, Refusal } from '../api/client.ts'
import { wereSeen } from './node.ts'

/** Most ids of one READ, as the API allows. */
const READ_IDS_MAX = 64

/** A node that is away is told again after so long. */
const AGAIN_MILLIS = 2_000

const unsaid = new Map<string, Set<string>>()

/** Notes that received messages were on the screen of a person who looked; contacts are told soon. */
export function seen(user: string, ids: readonly string[]): void {
  const waiting = unsaid.get(user) ?? new Set<string>()
  const news = ids.filter((id) => !waiting.has(id))
  if (news.length === 0) return
  if (waiting.size === 0) setTimeout(() => void sayRead(user), 0)
  for (const id of news) waiting.add(id)
  unsaid.set(user, waiting)
}

async function sayRead(user: string): Promise<void> {
  const waiting = unsaid.get(user)
  while (waiting !== undefined && waiting.size > 0) {
    const ids = [...waiting].slice(0, READ_IDS_MAX)
    try {
      await call('POST', `conversations/${user}/read`, { ids })
    } catch (failure) {
      if (failure instanceof Refusal && failure.passing) {
        setTimeout(() => void sayRead(user), AGAIN_MILLIS)
        return
      }
    }
    wereSeen(user, ids)
    for (const id of ids) waiting.delete(id)
  }
}
