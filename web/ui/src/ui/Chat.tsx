import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { call } from '../api/client.ts'
import type { Contact, Message } from '../api/types.ts'
import { contactOf, greeted, heard, nameOf, openTimeline, pendingOf, send } from '../state/node.ts'
import { draftOf, keepDraft } from '../state/prefs.ts'
import { hostOf, until } from '../text/format.ts'
import { text, why } from '../text/index.ts'
import { AboutIcon, BackIcon, CheckedIcon, SendIcon, Tick } from './icons.tsx'
import { MessageSheet } from './MessageSheet.tsx'
import { Avatar, Hidden, isLooking, Reach, reachOf, sayFailure, useNow, useTask } from './parts.tsx'
import { go, href } from './route.ts'
import { Talk } from './Talk.tsx'

/** Longest text of one message, as the node takes it. */
const TEXT_BYTES_MAX = 15_000

/** How often the node is told that somebody still looks; its lease is twice as long. */
const OPEN_MILLIS = 30_000

/** This page among others that may look at the same conversation. */
const PAGE = crypto.randomUUID()

/** One conversation: who and how they are reached, what waits and why, the messages, and where to write. */
export function Chat({ user }: { user: string }) {
  const contact = contactOf(user)
  const name = nameOf(user)
  const words = text.value
  const [shown, setShown] = useState<Message | null>(null)
  const composer = useRef<HTMLTextAreaElement>(null)

  useEffect(() => {
    void openTimeline(user)
    greeted(user)
    setShown(null)
    const open = (now: boolean) => call('POST', `conversations/${user}/open`, { open: now, holder: PAGE }).catch(() => {})
    const tell = () => document.visibilityState === 'visible' && void open(true)
    tell()
    const timer = setInterval(tell, OPEN_MILLIS)
    document.addEventListener('visibilitychange', tell)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', tell)
      void open(false)
    }
  }, [user])
  // On a screen with a keyboard one wants to write at once.
  useLayoutEffect(() => {
    if (matchMedia('(pointer: fine)').matches) composer.current?.focus({ preventScroll: true })
  }, [user])

  return (
    <section class="chat" aria-label={words.chat.label(name)}>
      <header class="pane-head chat-head">
        <a class="icon-button back" href="#/chats" aria-label={words.chat.back}>
          <BackIcon />
        </a>
        <a class="who" href={href({ view: 'person', user })}>
          <Avatar user={user} name={name} />
          <span class="who-words">
            <span class="who-name">
              <h1>{name}</h1>
              {contact?.verified && (
                <>
                  <CheckedIcon />
                  <Hidden>{words.people.verified}</Hidden>
                </>
              )}
            </span>
            {contact && <Path contact={contact} />}
          </span>
        </a>
        <a class="icon-button" href={href({ view: 'person', user })} aria-label={words.chat.about}>
          <AboutIcon />
        </a>
      </header>
      {contact && <Queue contact={contact} />}
      <Talk
        key={user}
        user={user}
        pending={pendingOf(user)}
        onDetails={setShown}
        onLeave={() => composer.current?.focus()}
      />
      {contact?.state === 'requested' && <p class="chat-note">{words.chat.waitsForAccept(name)}</p>}
      {contact?.state === 'refused' ? (
        <p class="chat-note bad">{words.chat.refused(name)}</p>
      ) : (
        <Composer key={user} user={user} name={name} field={composer} />
      )}
      <Hearing user={user} />
      {shown !== null && <MessageSheet message={shown} onClose={() => setShown(null)} />}
    </section>
  )
}

/** How they are reached: over which path, or why not. */
function Path({ contact }: { contact: Contact }) {
  const words = text.value.reach
  const address = contact.learned?.address
  if (reachOf(contact) !== 'online' || !address) return <Reach contact={contact} long />
  return (
    <span class="path-line">
      <Reach contact={contact} />
      <span class="quiet">
        <span class="dot"> · </span>
        {words.direct(hostOf(address))}
      </span>
    </span>
  )
}

/** What waits for this person, why, and when it is tried again. */
function Queue({ contact }: { contact: Contact }) {
  const words = text.value.queue
  const { waiting, cause, nextTryMillis } = contact
  // What is on its way over a living link is no news.
  const stands = waiting > 0 && cause !== null
  const now = useNow(stands)
  const [retry, busy] = useTask(async () => {
    await call('POST', `conversations/${contact.user}/retry`)
  })
  if (!stands) return null
  return (
    <div class="queue" role="status" aria-atomic="true">
      <Tick stage="queued" />
      <p>
        <b>{words.waits(waiting, nameOf(contact.user))}:</b> {why(cause)}.{' '}
        <span class="count" aria-hidden="true">
          {nextTryMillis > 0 ? words.next(until(text.value, nextTryMillis, now)) : words.anytime}
        </span>
      </p>
      <button class="small" onClick={retry} disabled={busy}>
        {busy ? words.trying : words.now}
      </button>
    </div>
  )
}

/** Reads out what comes in while somebody is in the conversation. */
function Hearing({ user }: { user: string }) {
  const message = heard.value
  const here = message !== null && message.with === user && isLooking()
  return (
    <p class="hidden" role="status">
      {here ? text.value.chat.said(nameOf(user), message.text ?? text.value.chat.unknown) : ''}
    </p>
  )
}

interface ComposerProps {
  user: string
  name: string
  field: { current: HTMLTextAreaElement | null }
}

/** Where one writes. What was not sent survives a reload. */
function Composer({ user, name, field }: ComposerProps) {
  const words = text.value.chat
  const [draft, setDraft] = useState(() => draftOf(user))
  const over = draft.length * 3 <= TEXT_BYTES_MAX ? 0 : new TextEncoder().encode(draft).length - TEXT_BYTES_MAX
  const fit = () => {
    const area = field.current
    if (area === null) return
    area.style.height = 'auto'
    area.style.height = `${area.scrollHeight + 2}px`
  }
  useLayoutEffect(fit, [draft])

  const submit = () => {
    const said = draft.trim()
    if (said === '' || over > 0) return
    try {
      send(user, said)
    } catch (failure) {
      sayFailure(failure)
      return
    }
    setDraft('')
    keepDraft(user, '')
    field.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      go({ view: 'chats' })
      return
    }
    // A key of an input method ends its own word; on a screen keyboard Enter is a new line.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || matchMedia('(pointer: coarse)').matches) return
    event.preventDefault()
    submit()
  }
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <textarea
        ref={field}
        rows={1}
        value={draft}
        placeholder={words.write(name)}
        aria-label={words.write(name)}
        aria-describedby="composer-hint"
        onInput={(event) => {
          setDraft(event.currentTarget.value)
          keepDraft(user, event.currentTarget.value)
        }}
        onKeyDown={onKeyDown}
      />
      <button class="send" type="submit" disabled={draft.trim() === '' || over > 0} aria-label={words.send} title={words.hint}>
        <SendIcon />
      </button>
      <p id="composer-hint" class={over > 0 ? 'remark bad' : 'hidden'}>
        {over > 0 ? words.tooLong(over) : words.hint}
      </p>
    </form>
  )
}

