import type { Entry, Routes } from '../../api/network.ts'
import { words } from '../../text/network/index.ts'

const lives = (entry: Entry): boolean => entry.state === 'linked' || entry.state === 'proven'

/** How full each bucket is: those who answered, then the rest. */
export function Buckets({ table }: { table: Routes }) {
  const text = words.value
  if (table.buckets.length === 0) return null
  const share = (count: number) => `${Math.min(100, (100 * count) / Math.max(1, table.bucketSize))}%`
  return (
    <section class="card" aria-labelledby="buckets-title">
      <h2 id="buckets-title">{text.buckets}</h2>
      <ol class="buckets">
        {table.buckets.map(({ bucket, entries }) => (
          <li key={bucket}>
            <span>{text.bucket(bucket)}</span>
            <span class="bar" aria-hidden="true">
              <span class="lives" style={{ width: share(entries.filter(lives).length) }} />
              <span class="rest" style={{ width: share(entries.filter((entry) => !lives(entry)).length) }} />
            </span>
            <span class="quiet">{text.fill(entries.length, table.bucketSize)}</span>
          </li>
        ))}
      </ol>
      <p class="hint">{text.bucketsHint}</p>
    </section>
  )
}
