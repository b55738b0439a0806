import { useEffect, useState } from 'preact/hooks'
import { call, get } from '../api/client.ts'
import type { Contact } from '../api/types.ts'
import { changed, contactOf, nameOf } from '../state/node.ts'
import { text } from '../text/index.ts'
import { CheckedIcon } from './icons.tsx'
import { whyRefused } from './Lists.tsx'
import { Fact } from './MessageSheet.tsx'
import { Avatar, PaneHead, Reach, useTask } from './parts.tsx'
import { href } from './route.ts'

/** Everything about a person: how they are reached, the contact, and the number to compare with them. */
export function Person({ user }: { user: string }) {
  const words = text.value.person
  const contact = contactOf(user)
  const name = nameOf(user)
  return (
    <section class="pane" aria-label={words.title(name)}>
      <PaneHead title={name} back={{ view: 'people' }} />
      <div class="pane-body narrow">
        <div class="portrait">
          <Avatar user={user} name={name} />
          {contact?.verified && (
            <span class="verified">
              <CheckedIcon /> {text.value.people.verified}
            </span>
          )}
          <a class="button primary" href={href({ view: 'chat', user })}>
            {words.talk}
          </a>
        </div>
        {contact && (
          <dl>
            <Fact term={words.state}>
              <Reach contact={contact} long />
              {contact.learned?.address && <span class="quiet detail mono">{contact.learned.address}</span>}
            </Fact>
            <Fact term={words.contact}>
              {contact.state === 'accepted' && words.accepted}
              {contact.state === 'requested' && (
                <>
                  {words.requested} <span class="quiet">{text.value.people.waitingHint}</span>
                </>
              )}
              {contact.state === 'refused' && (
                <>
                  {words.refused} <span class="quiet">{text.value.people.refused(whyRefused(contact))}</span>
                </>
              )}
            </Fact>
            <Fact term={words.id}>
              <code>{contact.user}</code>
            </Fact>
            {contact.devices.length > 0 && (
              <Fact term={words.devices}>
                {contact.devices.map((device) => (
                  <code key={device}>{device}</code>
                ))}
              </Fact>
            )}
          </dl>
        )}
        {contact && contact.state !== 'refused' && <Safety contact={contact} />}
      </div>
    </section>
  )
}

/** The safety number, to be compared and marked. */
function Safety({ contact }: { contact: Contact }) {
  const words = text.value.person
  const { user, verified } = contact
  const [digits, setDigits] = useState<string[]>([])
  useEffect(() => {
    setDigits([])
    get<{ safetyNumber: string }>(`contacts/${user}/safety`).then(
      (answer) => setDigits(answer.safetyNumber.split(' ')),
      () => {},
    )
  }, [user])
  const [mark, busy] = useTask(async () => {
    await call('PUT', `contacts/${user}/verified`, { verified: !verified })
    changed(user)
  })
  if (digits.length === 0) return null
  return (
    <section class="card safety" aria-labelledby="safety-title">
      <h2 id="safety-title">{words.safety}</h2>
      <p>{words.safetyLead(nameOf(user))}</p>
      <ol class="digits">
        {digits.map((group, i) => (
          <li key={i}>{group}</li>
        ))}
      </ol>
      <p class="hint">{words.safetyDiffer}</p>
      <p role="status" class={verified ? 'verified' : 'quiet'}>
        {verified && <CheckedIcon />} {verified ? words.isVerified : words.notVerified}
      </p>
      <button class={verified ? '' : 'primary'} onClick={mark} disabled={busy}>
        {verified ? words.unmark : words.mark}
      </button>
    </section>
  )
}
