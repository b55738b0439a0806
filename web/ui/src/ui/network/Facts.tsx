import type { Routes } from '../../api/network.ts'
import { words } from '../../text/network/index.ts'
import { Fact } from '../MessageSheet.tsx'

/** What the table comes to. */
export function Facts({ table }: { table: Routes }) {
  const text = words.value
  const all = table.buckets.flatMap((bucket) => bucket.entries)
  const answered = all.filter((entry) => entry.state === 'linked' || entry.state === 'proven').length
  return (
    <section class="card" aria-labelledby="facts-title">
      <h2 id="facts-title">{text.facts}</h2>
      <dl>
        <Fact term={text.size}>{text.sizeOf(table.networkSize)}</Fact>
        <Fact term={text.known}>{text.knownOf(all.length, answered)}</Fact>
        <Fact term={text.reachLabel}>{text.reach[table.reach]}</Fact>
        <Fact term={text.place}>{table.announced ? text.announced : text.notAnnounced}</Fact>
        <Fact term={text.records}>{text.recordsOf(table.records)}</Fact>
      </dl>
    </section>
  )
}
