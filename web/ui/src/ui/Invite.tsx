import { useState } from 'preact/hooks'
import { call } from '../api/client.ts'
import type { Invite as Link } from '../api/types.ts'
import { fresh, nameOf } from '../state/node.ts'
import { moment } from '../text/format.ts'
import { locale, text } from '../text/index.ts'
import { copy, PaneHead, useTask } from './parts.tsx'
import { Qr } from './Qr.tsx'
import { href } from './route.ts'

const HOUR = 3_600
const DAY = 24 * HOUR

/** Makes an invite and shows it as a link and as a code; says when somebody took it. */
export function Invite() {
  const words = text.value.invite
  const [life, setLife] = useState(DAY)
  const [link, setLink] = useState<Link | null>(null)
  const [before, setBefore] = useState<ReadonlySet<string>>(new Set())
  const [make, busy] = useTask(async () => {
    setBefore(fresh.value)
    setLink(await call<Link>('POST', 'identity/invite', { expiresSeconds: life }))
  })
  const arrived = link === null ? [] : [...fresh.value].filter((user) => !before.has(user))
  const lives: [number, string][] = [
    [HOUR, words.hour],
    [DAY, words.day],
    [7 * DAY, words.week],
  ]
  return (
    <section class="pane" aria-label={words.title}>
      <PaneHead title={words.title} back={{ view: 'people' }} />
      <div class="pane-body narrow">
        <p>{words.lead}</p>
        <fieldset class="choice">
          <legend>{words.life}</legend>
          {lives.map(([seconds, name]) => (
            <label key={seconds}>
              <input type="radio" name="life" checked={life === seconds} onChange={() => setLife(seconds)} />
              <span>{name}</span>
            </label>
          ))}
        </fieldset>
        <div>
          <button class={link === null ? 'primary' : ''} onClick={make} disabled={busy}>
            {link === null ? words.make : words.again}
          </button>
        </div>
        <div role="status">
          {arrived.map((user) => (
            <p key={user} class="good-news">
              <a href={href({ view: 'chat', user })}>{words.arrived(nameOf(user))}</a>
            </p>
          ))}
        </div>
        {link !== null && arrived.length === 0 && (
          <div class="invite-card">
            <Qr words={link.link} label={words.qr} />
            <p class="quiet">{words.until(moment(locale.value, link.expiresMillis))}</p>
            <label for="made-link">{words.link}</label>
            <textarea
              id="made-link"
              class="mono"
              rows={4}
              readOnly
              value={link.link}
              onFocus={(event) => event.currentTarget.select()}
            />
            <button class="primary" onClick={() => void copy(link.link, words.copied)}>
              {words.copy}
            </button>
          </div>
        )}
        <p class="other-way">
          <a href="#/add">{words.add}</a>
        </p>
      </div>
    </section>
  )
}
