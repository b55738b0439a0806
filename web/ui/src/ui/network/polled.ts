import { useEffect, useState } from 'preact/hooks'
import { get } from '../../api/client.ts'

/** How often the node is asked while somebody looks: links and tables change within seconds. */
const EVERY_MILLIS = 2_000

/** What the node says under a path, kept fresh while the page is in front; null before its first answer. */
export function usePolled<T>(path: string): T | null {
  const [answer, setAnswer] = useState<T | null>(null)
  useEffect(() => {
    let over = false
    let timer = 0
    const ask = async () => {
      if (document.visibilityState === 'visible') {
        try {
          const fresh = await get<T>(path)
          if (!over) setAnswer(fresh)
        } catch {
          // The page says when its node is away; the next time asks again.
        }
      }
      if (!over) timer = window.setTimeout(() => void ask(), EVERY_MILLIS)
    }
    void ask()
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [path])
  return answer
}
