import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { connection, fresh, phase, reconnect, unreadAll } from '../state/node.ts'
import { until } from '../text/format.ts'
import { text } from '../text/index.ts'
import { Add } from './Add.tsx'
import { Chat } from './Chat.tsx'
import { Away, Locked, Welcome } from './Doors.tsx'
import { Bird, ChatsIcon, NetworkIcon, PeopleIcon, SettingsIcon } from './icons.tsx'
import { Invite } from './Invite.tsx'
import { ChatList, PeopleList } from './Lists.tsx'
import type { Views } from './network/Views.tsx'
import { Hidden, notice, sayFailure, useNow } from './parts.tsx'
import { Person } from './Person.tsx'
import { go, route } from './route.ts'
import { Settings } from './Settings.tsx'

/** How long a broken connection is not worth a word: a node that only restarts its stream is back sooner. */
const QUIET_MILLIS = 700

export function App() {
  const stage = phase.value
  if (stage === 'denied') return <Locked />
  if (stage === 'away') return <Away />
  if (stage === 'welcome') return <Welcome />
  if (stage === 'starting') return <Frame />
  return <Shell />
}

/** Says which of the two lists stands beside a view. */
function isOfPeople(view: string): boolean {
  return view === 'people' || view === 'person' || view === 'add' || view === 'invite'
}

/** Says whether a view takes the whole width, with no list beside it. */
function isWide(view: string): view is 'network' | 'peers' {
  return view === 'network' || view === 'peers'
}

/** What is there before the node has said anything. */
function Frame() {
  const words = text.value
  const { view } = route.value
  return (
    <div class="shell in-list" aria-busy="true">
      <Navigation />
      <main class="columns">
        <section class="list">
          <header class="list-head">
            <h1>{isWide(view) ? words.nav.network : isOfPeople(view) ? words.people.title : words.chats.title}</h1>
          </header>
          <p class="empty quiet">{words.link.connecting}</p>
        </section>
        <div class="main" />
      </main>
    </div>
  )
}

/** Navigation, list and pane; a narrow screen shows one of the last two. */
function Shell() {
  const { view } = route.value
  const inPane = view !== 'chats' && view !== 'people'
  const main = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const count = unreadAll.value
    document.title = count > 0 ? `(${count}) ${text.value.app}` : text.value.app
  }, [unreadAll.value, text.value])
  // A new view begins at its heading; a conversation begins where one writes.
  const before = useRef(view)
  useLayoutEffect(() => {
    if (before.current !== view && inPane && view !== 'chat') main.current?.querySelector<HTMLElement>('h1')?.focus()
    before.current = view
  }, [view])
  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      if (isWide(view)) return
      if (event.key === 'Escape' && !event.defaultPrevented && (event.target === document.body || (event.target as Element).tagName === 'H1'))
        go({ view: view === 'chat' || view === 'settings' ? 'chats' : 'people' })
    }
    addEventListener('keydown', leave)
    return () => removeEventListener('keydown', leave)
  }, [view])
  return (
    <div class={`shell ${inPane ? 'in-pane' : 'in-list'}`}>
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault()
          main.current?.focus()
        }}
      >
        {text.value.skip}
      </a>
      <Connection />
      <Navigation />
      <main class={isWide(view) ? 'columns wide' : 'columns'}>
        {isWide(view) ? null : isOfPeople(view) ? <PeopleList /> : <ChatList />}
        <div id="main" class="main" ref={main} tabIndex={-1}>
          <Pane />
        </div>
      </main>
      <Notice />
    </div>
  )
}

function Pane() {
  const at = route.value
  switch (at.view) {
    case 'chat':
      return <Chat key={at.user} user={at.user} />
    case 'person':
      return <Person key={at.user} user={at.user} />
    case 'add':
      return <Add />
    case 'invite':
      return <Invite />
    case 'settings':
      return <Settings />
    case 'network':
    case 'peers':
      return <NetworkPane view={at.view} />
    default:
      return <Nothing />
  }
}

/** Its code comes when somebody looks at it first: most people never do. */
function NetworkPane({ view }: { view: 'network' | 'peers' }) {
  const [loaded, setLoaded] = useState<{ Views: typeof Views } | null>(null)
  useEffect(() => void import('./network/Views.tsx').then(setLoaded, sayFailure), [])
  return loaded === null ? <div class="pane" aria-busy="true" /> : <loaded.Views view={view} />
}

function Nothing() {
  const words = text.value
  return (
    <div class="nothing">
      <Bird />
      <p>{words.chats.pick}</p>
      <p class="quiet">{words.chats.pickHint}</p>
      <a class="button" href="#/invite">
        {words.invite.title}
      </a>
    </div>
  )
}

function Navigation() {
  const words = text.value.nav
  const { view } = route.value
  const inChats = view === 'chats' || view === 'chat'
  const inPeople = isOfPeople(view)
  const unread = unreadAll.value
  const news = fresh.value.size
  return (
    <nav class="rail" aria-label={words.label}>
      <Bird />
      <a href="#/chats" aria-current={inChats ? 'page' : undefined}>
        <ChatsIcon />
        <span>{words.chats}</span>
        {unread > 0 && (
          <span class="badge">
            <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
            <Hidden>{text.value.chats.unread(unread)}</Hidden>
          </span>
        )}
      </a>
      <a href="#/people" aria-current={inPeople ? 'page' : undefined}>
        <PeopleIcon />
        <span>{words.people}</span>
        {news > 0 && (
          <span class="badge">
            {news} <Hidden>{text.value.people.fresh}</Hidden>
          </span>
        )}
      </a>
      <a href="#/network" aria-current={isWide(view) ? 'page' : undefined}>
        <NetworkIcon />
        <span>{words.network}</span>
      </a>
      <a href="#/settings" aria-current={view === 'settings' ? 'page' : undefined}>
        <SettingsIcon />
        <span>{words.settings}</span>
      </a>
    </nav>
  )
}

/** Says that the node is away, and when it is asked again; and, once, that it is back. */
function Connection() {
  const state = connection.value
  const broken = state.kind !== 'live' && state.kind !== 'stopped'
  const sinceMillis = useRef(0)
  if (!broken) sinceMillis.current = 0
  else if (sinceMillis.current === 0) sinceMillis.current = Date.now()
  const now = useNow(broken)
  const words = text.value.link
  const worth = broken && Math.max(now, Date.now()) - sinceMillis.current >= QUIET_MILLIS
  return (
    <div class="connection" role="status">
      {worth && (
        <p>
          <span aria-hidden="true">
            {state.kind === 'waiting' ? words.waiting(until(text.value, state.untilMillis, now)) : words.connecting}
          </span>
          <Hidden>{text.value.away.title}</Hidden>
          <button class="small" onClick={reconnect}>
            {words.now}
          </button>
        </p>
      )}
    </div>
  )
}

function Notice() {
  const said = notice.value
  return (
    <div class="notice-box" role="status">
      {said !== null && <p class={said.bad ? 'notice bad' : 'notice'}>{said.words}</p>}
    </div>
  )
}
