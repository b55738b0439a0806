import { useState } from 'preact/hooks'
import type { Entry, Lookup, Peer, Routes } from '../../api/network.ts'
import { words } from '../../text/network/index.ts'
import { PaneHead } from '../parts.tsx'
import { Buckets } from './Buckets.tsx'
import { Diagram } from './Diagram.tsx'
import { Facts } from './Facts.tsx'
import { EntryTable, PeerTable } from './Tables.tsx'
import { Tracer } from './Tracer.tsx'
import { usePolled } from './polled.ts'
import '../../style/network.css'

/** The views of the network; they are loaded when somebody looks at one of them first. */
export function Views({ view }: { view: 'network' | 'peers' }) {
  const text = words.value
  const title = view === 'peers' ? text.peers : text.title
  return (
    <section class="pane network" aria-label={title}>
      <PaneHead title={title} back={{ view: 'chats' }} />
      <nav class="tabs" aria-label={text.views}>
        <a href="#/network" aria-current={view === 'network' ? 'page' : undefined}>
          {text.diagram}
        </a>
        <a href="#/peers" aria-current={view === 'peers' ? 'page' : undefined}>
          {text.peers}
        </a>
      </nav>
      {view === 'peers' ? <Peers /> : <Network />}
    </section>
  )
}

function Peers() {
  const text = words.value
  const answer = usePolled<{ peers: Peer[] }>('peers')
  return (
    <div class="pane-body" aria-busy={answer === null}>
      <p class="quiet">{text.peersLead}</p>
      {answer !== null && (answer.peers.length === 0 ? <p class="empty">{text.noPeers}</p> : <PeerTable peers={answer.peers} />)}
    </div>
  )
}

function Network() {
  const text = words.value
  const table = usePolled<Routes>('routes')
  const [lookup, setLookup] = useState<Lookup | null>(null)
  if (table === null) return <div class="pane-body" aria-busy="true" />
  const entries: Entry[] = table.buckets.flatMap((bucket) => bucket.entries)
  return (
    <div class="pane-body">
      <div class="halves">
        <section class="card" aria-labelledby="map-title">
          <h2 id="map-title">{text.map}</h2>
          {entries.length === 0 && <p class="quiet">{text.nobody}</p>}
          <Diagram table={table} lookup={lookup} />
        </section>
        <div class="stack">
          <Tracer table={table} lookup={lookup} onLookup={setLookup} />
          <Facts table={table} />
          <Buckets table={table} />
        </div>
      </div>
      {entries.length > 0 && (
        <section class="card" aria-labelledby="entries-title">
          <h2 id="entries-title">{text.table}</h2>
          <EntryTable entries={entries} />
        </section>
      )}
    </div>
  )
}
