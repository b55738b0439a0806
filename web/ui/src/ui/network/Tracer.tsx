import { useEffect, useRef, useState } from 'preact/hooks'
import { call, get } from '../../api/client.ts'
import type { Lookup, Routes, Step } from '../../api/network.ts'
import { contacts } from '../../state/node.ts'
import { why } from '../../text/index.ts'
import { words } from '../../text/network/index.ts'
import { useTask } from '../parts.tsx'
import { labelOf, questionsOf, type Asked } from './sky.ts'

/** How long the node is asked to wait for the next step. */
const WAIT_MILLIS = 10_000

/** Steps follow each other in the picture no faster than eyes do; the times beside them are the true ones. */
const PACE_MILLIS = 120

interface Props {
  table: Routes
  lookup: Lookup | null
  onLookup: (lookup: Lookup | null) => void
}

/** Looks somebody up and shows each question as it is answered. */
export function Tracer({ table, lookup, onLookup }: Props) {
  const text = words.value
  const [typed, setTyped] = useState('')
  const [fault, setFault] = useState('')
  const latest = useRef(0)
  useEffect(() => () => void (latest.current = -1), [])
  const [look, busy] = useTask(async () => {
    const target = targetOf(typed.trim(), table)
    setFault(target === null ? text.noTarget(typed.trim()) : '')
    onLookup(null)
    if (target === null) return
    const run = ++latest.current
    let now = await call<Lookup>('POST', 'lookups', { target, walk: true })
    const steps: Step[] = []
    const shown: Step[] = []
    for (;;) {
      steps.push(...now.steps)
      for (const step of steps.slice(shown.length)) {
        shown.push(step)
        onLookup({ ...now, state: 'running', steps: [...shown] })
        if (!matchMedia('(prefers-reduced-motion: reduce)').matches) await new Promise((done) => setTimeout(done, PACE_MILLIS))
        if (run !== latest.current) return
      }
      onLookup({ ...now, steps: [...shown] })
      if (now.state !== 'running') return
      now = await get<Lookup>(`lookups/${now.id}?after=${steps.length}&wait=${WAIT_MILLIS}`)
      if (run !== latest.current) return
    }
  })
  const names = [...new Set([...contacts.value.values()].map((one) => one.name).filter((name) => name !== ''))]
  return (
    <section class="card tracer" aria-labelledby="tracer-title">
      <h2 id="tracer-title">{text.lookup}</h2>
      <p class="hint">{text.lookupLead}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (typed.trim() !== '') look()
        }}
      >
        <label for="target">{text.target}</label>
        <div class="joined">
          <input
            id="target"
            list="targets"
            autocomplete="off"
            spellcheck={false}
            value={typed}
            aria-invalid={fault !== ''}
            aria-describedby="target-fault"
            onInput={(event) => {
              setTyped(event.currentTarget.value)
              setFault('')
            }}
          />
          <button type="submit" class="primary" disabled={busy || typed.trim() === ''}>
            {busy ? text.looking : text.look}
          </button>
        </div>
        <datalist id="targets">
          {names.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <p id="target-fault" class="hint bad" role="alert">
          {fault}
        </p>
      </form>
      {lookup !== null && <Trace lookup={lookup} />}
    </section>
  )
}

function Trace({ lookup }: { lookup: Lookup }) {
  const text = words.value
  const done = lookup.state !== 'running'
  return (
    <>
      <p role="status" class={lookup.state === 'found' ? 'good-news' : done ? 'bad' : ''}>
        {outcomeWords(lookup)}
      </p>
      {done && (
        <p class="hint">
          {text.cost(lookup.questions, lookup.failures, lookup.tookMillis)}
          {lookup.addresses.map((address) => (
            <code key={address}>{address}</code>
          ))}
        </p>
      )}
      {done && lookup.presence !== null && (
        <p class="hint">
          {text.says}
          {lookup.presence.addresses.map((address) => (
            <code key={address}>{address}</code>
          ))}
        </p>
      )}
      <ol class="steps" aria-label={text.steps} tabIndex={0}>
        {questionsOf(lookup.steps).map((asked) => (
          <li key={`${asked.about} ${asked.peer}`} class={asked.answer}>
            <b>{labelOf(asked)}</b> <span class="quiet">{nearWords(asked, lookup)}</span> <span>{answerWords(asked)}</span>
          </li>
        ))}
      </ol>
    </>
  )
}

/** Silence is not ignorance. */
function outcomeWords(lookup: Lookup): string {
  const text = words.value
  const isSilence = lookup.state === 'not_found' && lookup.questions === lookup.failures
  const name = labelOf(lookup.target)
  return isSilence ? text.nobodyAnswered(name) : text.outcome[lookup.state](name, lookup.hops)
}

function nearWords(asked: Asked, lookup: Lookup): string {
  const text = words.value
  if (asked.about === 'presence') return `${text.forRecord}, ${text.bits(asked.bits)}`
  return asked.peer === lookup.target.peer ? text.itself : text.bits(asked.bits)
}

function answerWords(asked: Asked): string {
  const text = words.value
  if (asked.answer === 'waits') return text.waits
  if (asked.answer === 'answered') return text.answered(Math.max(1, asked.rttMillis), asked.named)
  return text.failed(asked.why === null ? '' : why(asked.why))
}

/** Returns the id that is meant: a contact by name, a device by its id or the beginning of it. */
function targetOf(typed: string, table: Routes): string | null {
  const plain = typed.toLocaleLowerCase()
  for (const one of contacts.value.values()) if (one.name.toLocaleLowerCase() === plain || one.user === typed) return one.user
  const start = typed.replace(/…$/, '')
  if (!/^(peer|user)1[a-z0-9]{5,58}$/.test(start)) return null
  const known = table.buckets.flatMap((bucket) => bucket.entries).filter((entry) => entry.peer.startsWith(start))
  return known.length === 1 ? known[0]!.peer : start.length === 64 ? start : null
}
