import type { ComponentChildren } from 'preact'
import type { Entry, Peer, RouteState, Who } from '../../api/network.ts'
import { byName } from '../../state/node.ts'
import { bytes, span } from '../../text/network/format.ts'
import { words } from '../../text/network/index.ts'
import { locale } from '../../text/index.ts'
import { href } from '../route.ts'
import { labelOf } from './sky.ts'
import { Sorted, type Column } from './Sorted.tsx'

/** Who somebody is: a contact by name, which leads to them; a stranger by the beginning of the id. */
function Name({ who }: { who: Who }) {
  return who.user === null ? (
    <code title={who.peer}>{labelOf(who)}</code>
  ) : (
    <a href={href({ view: 'person', user: who.user })}>{labelOf(who)}</a>
  )
}

/** Contacts first, by name. */
const named = (who: Who): string => (who.name === null ? `\uffff${who.peer}` : who.name)
const compareNames = (one: Who, other: Who): number => byName.value.compare(named(one), named(other))

/** The peers with a link. */
export function PeerTable({ peers }: { peers: Peer[] }) {
  const text = words.value
  const now = Date.now()
  const columns: Column<Peer>[] = [
    { id: 'name', title: text.columns.name, order: compareNames, cell: (peer) => <Name who={peer} /> },
    {
      id: 'direction',
      title: text.columns.direction,
      order: (one, other) => one.direction.localeCompare(other.direction),
      cell: (peer) => text.direction[peer.direction],
    },
    {
      id: 'address',
      title: text.columns.address,
      order: (one, other) => one.address.localeCompare(other.address),
      cell: (peer) => <code>{peer.address}</code>,
    },
    number('age', text.columns.age, (peer) => now - peer.sinceMillis, (value) => span(text, value)),
    number('rtt', text.columns.rtt, (peer) => peer.rttMillis, (value) => (value === 0 ? text.below : text.millis(value))),
    number('sent', text.columns.sent, (peer) => peer.sentBytes, (value) => bytes(locale.value, value)),
    number('received', text.columns.received, (peer) => peer.receivedBytes, (value) => bytes(locale.value, value)),
  ]
  return <Sorted label={text.peers} rows={peers} columns={columns} keyOf={(peer) => peer.peer} />
}

/** Best first. */
export const STATES: RouteState[] = ['linked', 'proven', 'told', 'suspect', 'gone']

/** Everybody in the table of who is where: what the diagram shows, in words. */
export function EntryTable({ entries }: { entries: Entry[] }) {
  const text = words.value
  const columns: Column<Entry>[] = [
    { id: 'name', title: text.columns.name, order: compareNames, cell: (entry) => <Name who={entry} /> },
    {
      id: 'state',
      title: text.state,
      order: (one, other) => STATES.indexOf(one.state) - STATES.indexOf(other.state),
      cell: (entry) => <State state={entry.state}>{text.states[entry.state]}</State>,
    },
    number('near', text.near, (entry) => entry.bits, (value) => text.bits(value)),
    number('rtt', text.columns.rtt, (entry) => entry.rttMillis, (value) => (value === 0 ? text.none : text.millis(value))),
    number('heard', text.heard, (entry) => entry.silentMillis, (value) => span(text, value)),
    {
      id: 'address',
      title: text.columns.address,
      order: (one, other) => (one.addresses[0] ?? '').localeCompare(other.addresses[0] ?? ''),
      cell: (entry) => <code>{entry.addresses[0] ?? text.none}</code>,
    },
  ]
  return <Sorted label={text.table} rows={entries} columns={columns} keyOf={(entry) => entry.peer} />
}

/** How far a device can be relied on, in shape, colour and words. */
export function State({ state, children }: { state: RouteState; children: ComponentChildren }) {
  return <span class={`state ${state}`}>{children}</span>
}

function number<Row>(id: string, title: string, of: (row: Row) => number, show: (value: number) => string): Column<Row> {
  return { id, title, isNumber: true, order: (one, other) => of(one) - of(other), cell: (row) => show(of(row)) }
}
