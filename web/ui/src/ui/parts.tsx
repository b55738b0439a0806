import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Refusal } from '../api/client.ts'
import type { Contact } from '../api/types.ts'
import { locale, text, why } from '../text/index.ts'
import { hostOf, since } from '../text/format.ts'
import { BackIcon, ReachMark } from './icons.tsx'
import { href, type Route } from './route.ts'

const HUES = 8

/** The first letters of a name on a colour that stays with the person. */
export function Avatar({ user, name }: { user: string; name: string }) {
  let sum = 0
  for (let i = user.length - 8; i < user.length; i++) sum = (sum * 31 + user.charCodeAt(i)) >>> 0
  const letters = name
    .split(/\s+/)
    .map((word) => [...word][0] ?? '')
    .filter((letter) => letter !== '')
    .slice(0, 2)
    .join('')
  return (
    <span class={`avatar hue${sum % HUES}`} aria-hidden="true">
      {letters.toUpperCase()}
    </span>
  )
}

export type ReachKind = 'online' | 'via' | 'offline' | 'self'

export function reachOf(contact: Contact): ReachKind {
  if (contact.reach === 'via' || contact.reach === 'self' || contact.reach === 'offline') return contact.reach
  return 'online'
}

/** Says how a person is reached, in one word or two. */
export function reachWord(contact: Contact): string {
  const words = text.value.reach
  const kind = reachOf(contact)
  return kind === 'via' ? words.via(hostOf(contact.learned?.address ?? '')) : words[kind]
}

/** Says where that was learned. */
export function learnedWords(contact: Contact): string {
  const words = text.value.reach
  const { learned, reachSinceMillis } = contact
  const time = reachSinceMillis ? since(locale.value, reachSinceMillis, Date.now()) : ''
  if (reachOf(contact) !== 'offline') return time === '' ? '' : words.linkSince(time)
  if (learned === undefined) return ''
  if (learned.how === 'never') return words.never
  if (learned.how === 'dial') {
    const reason = learned.why === null ? '' : why(learned.why)
    return time === '' ? words.dialFailed(reason) : words.dialFailedAt(time, reason)
  }
  if (time === '') return ''
  return learned.why === null ? words.linkEnded(time) : words.linkEndedWhy(time, why(learned.why))
}

/** How a person is reached, in shape, colour and words. */
export function Reach({ contact, long }: { contact: Contact; long?: boolean }) {
  const learned = long ? learnedWords(contact) : ''
  return (
    <span class="reach-line">
      <ReachMark reach={reachOf(contact)} />
      <span>
        {reachWord(contact)}
        {learned !== '' && <span class="quiet">, {learned}</span>}
      </span>
    </span>
  )
}

/** Words for screen readers only. */
export const Hidden = ({ children }: { children: ComponentChildren }) => <span class="hidden">{children}</span>

/** A pane's heading with the way back, which only narrow screens show. */
export function PaneHead({ title, back, children }: { title: string; back: Route; children?: ComponentChildren }) {
  return (
    <header class="pane-head">
      <a class="icon-button back" href={href(back)} aria-label={text.value.chat.back}>
        <BackIcon />
      </a>
      <h1 tabIndex={-1}>{title}</h1>
      {children}
    </header>
  )
}

/** The present moment, told every second while something on the screen counts. */
export function useNow(counts: boolean): number {
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    if (!counts) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [counts])
  return now
}

/** What was just done, said once and gone by itself. */
export const notice = signal<{ words: string; bad: boolean } | null>(null)
let noticeTimer = 0

export function say(words: string, bad = false): void {
  clearTimeout(noticeTimer)
  notice.value = { words, bad }
  noticeTimer = window.setTimeout(() => (notice.value = null), bad ? 8_000 : 4_000)
}

/** Says why a call failed. */
export function sayFailure(failure: unknown): void {
  say(text.value.failed(failure instanceof Refusal ? why(failure.failure) : String(failure)), true)
}

/** Does something on a press, once at a time, and says when it failed. */
export function useTask(task: () => Promise<void>): [run: () => void, busy: boolean] {
  const [busy, setBusy] = useState(false)
  const run = () => {
    if (busy) return
    setBusy(true)
    task()
      .catch(sayFailure)
      .finally(() => setBusy(false))
  }
  return [run, busy]
}

export async function copy(words: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(words)
  } catch {
    // Without a permission the old way still works for what is selected.
    const area = document.createElement('textarea')
    area.value = words
    document.body.append(area)
    area.select()
    document.execCommand('copy')
    area.remove()
  }
  say(done)
}

/** Where words count as seen: the page is in front and has the focus. */
export function isLooking(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus()
}
