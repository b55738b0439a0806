import { useState } from 'preact/hooks'
import { byName, chatList, chatOf, contactOf, contacts, fresh, identity, nameOf, settings } from '../state/node.ts'
import type { Contact } from '../api/types.ts'
import { short } from '../text/format.ts'
import { locale, text, whyCode } from '../text/index.ts'
import { AddIcon, CheckedIcon, ReachMark, Tick } from './icons.tsx'
import { Avatar, Hidden, learnedWords, Reach, reachOf, reachWord } from './parts.tsx'
import { href, route } from './route.ts'
import { Sliced } from './Sliced.tsx'

/** Heights of the rows in pixels, as the style sheet has them. */
const CHAT_ROW = 68
const PERSON_ROW = 60

/** The list of conversations, newest first, with a field to find one. */
export function ChatList() {
  const words = text.value.chats
  const [wanted, setWanted] = useState('')
  const all = chatList.value
  const shown = matching(all, wanted)
  const here = route.value
  return (
    <section class="list" aria-label={words.title}>
      <header class="list-head">
        <h1>{words.title}</h1>
        <a class="icon-button" href="#/add" aria-label={text.value.add.title} title={text.value.add.title}>
          <AddIcon />
        </a>
      </header>
      <Find value={wanted} onInput={setWanted} />
      {all.length === 0 ? (
        <div class="empty">
          <p>{words.none}</p>
          <p class="quiet">{words.noneHint}</p>
          <p class="buttons">
            <a class="button primary" href="#/invite">
              {text.value.invite.title}
            </a>
            <a class="button" href="#/add">
              {text.value.add.title}
            </a>
          </p>
        </div>
      ) : shown.length === 0 ? (
        <p class="empty quiet">{words.noMatch(wanted)}</p>
      ) : (
        <Sliced
          keys={shown}
          rowHeight={CHAT_ROW}
          label={words.list}
          current={here.view === 'chat' ? here.user : undefined}
          row={(user) => <ChatRow user={user} here={here.view === 'chat' && here.user === user} />}
        />
      )}
    </section>
  )
}

function Find({ value, onInput }: { value: string; onInput: (words: string) => void }) {
  const words = text.value.chats.find
  return (
    <div class="find">
      <input
        type="search"
        value={value}
        placeholder={words}
        aria-label={words}
        onInput={(event) => onInput(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && onInput('')}
      />
    </div>
  )
}

function matching(users: readonly string[], wanted: string): string[] {
  const plain = wanted.trim().toLocaleLowerCase()
  if (plain === '') return [...users]
  return users.filter((user) => nameOf(user).toLocaleLowerCase().includes(plain) || user.startsWith(plain))
}

function ChatRow({ user, here }: { user: string; here: boolean }) {
  const words = text.value
  const contact = contactOf(user)
  const chat = chatOf(user)
  const last = chat?.last ?? null
  const unread = chat?.unread ?? 0
  const name = nameOf(user)
  return (
    <a
      class={`entry ${unread > 0 ? 'unread' : ''}`}
      href={href({ view: 'chat', user })}
      aria-current={here ? 'page' : undefined}
    >
      <span class="avatar-box">
        <Avatar user={user} name={name} />
        {contact && <ReachMark reach={reachOf(contact)} />}
      </span>
      <span class="entry-words">
        <span class="entry-top">
          <span class="entry-name">{name}</span>
          {contact && <Hidden>{reachWord(contact)}</Hidden>}
          {last !== null && <time>{short(words, locale.value, last.sentMillis, Date.now())}</time>}
        </span>
        <span class="entry-below">
          <span class="preview">
            {last === null ? (
              <i>{contact?.state === 'requested' ? words.people.waiting : words.chats.sayHello}</i>
            ) : (
              <>
                {last.own && words.chats.you}
                {last.text ?? words.chat.unknown}
              </>
            )}
          </span>
          {unread > 0 ? (
            <span class="badge">
              {unread > 999 ? '999+' : unread}
              <Hidden>{words.chats.unread(unread)}</Hidden>
            </span>
          ) : (
            last?.own && (
              <>
                <Tick stage={last.stage} />
                <Hidden>{words.stage[last.stage]}</Hidden>
              </>
            )
          )}
        </span>
      </span>
    </a>
  )
}

/** Everybody: requests first, then the members with their state and where it was learned. */
export function PeopleList() {
  const words = text.value.people
  const [wanted, setWanted] = useState('')
  const everybody = [...contacts.value.values()]
  const requests = everybody.filter((one) => one.state !== 'accepted' || fresh.value.has(one.user))
  const members = everybody.filter((one) => one.state === 'accepted')
  members.sort((one, other) => rank(one) - rank(other) || byName.value.compare(one.name, other.name))
  const online = members.filter((one) => reachOf(one) !== 'offline').length
  const self = identity.value!.user
  const shown = matching([self, ...members.map((one) => one.user)], wanted)
  const here = route.value
  return (
    <section class="list" aria-label={words.title}>
      <header class="list-head">
        <h1>{words.title}</h1>
        <a class="icon-button" href="#/add" aria-label={text.value.add.title} title={text.value.add.title}>
          <AddIcon />
        </a>
      </header>
      <Find value={wanted} onInput={setWanted} />
      {requests.length > 0 && wanted === '' && <Requests people={requests} />}
      <h2 class="list-title">
        {words.members} <span class="quiet">{words.count(members.length, online)}</span>
      </h2>
      <Sliced
        keys={shown}
        rowHeight={PERSON_ROW}
        label={words.members}
        current={here.view === 'person' ? here.user : undefined}
        row={(user) =>
          user === self ? <SelfRow /> : <PersonRow user={user} here={here.view === 'person' && here.user === user} />
        }
      />
    </section>
  )
}

function rank(contact: Contact): number {
  return reachOf(contact) === 'offline' ? 1 : 0
}

function SelfRow() {
  const { user } = identity.value!
  const name = settings.value?.name ?? ''
  return (
    <a class="entry" href="#/settings">
      <Avatar user={user} name={name} />
      <span class="entry-words">
        <span class="entry-top">
          <span class="entry-name">
            {name} <span class="quiet">({text.value.people.you})</span>
          </span>
        </span>
        <span class="entry-below">
          <span class="reach-line">
            <ReachMark reach="self" />
            <span>{text.value.reach.self}</span>
          </span>
        </span>
      </span>
    </a>
  )
}

function PersonRow({ user, here }: { user: string; here: boolean }) {
  const contact = contactOf(user)
  if (contact === undefined) return null
  const name = nameOf(user)
  return (
    <a
      class="entry"
      href={href({ view: 'person', user })}
      aria-current={here ? 'page' : undefined}
      title={learnedWords(contact)}
    >
      <Avatar user={user} name={name} />
      <span class="entry-words">
        <span class="entry-top">
          <span class="entry-name">{name}</span>
          {contact.verified && (
            <span class="verified">
              <CheckedIcon />
              <Hidden>{text.value.people.verified}</Hidden>
            </span>
          )}
        </span>
        <span class="entry-below">
          <Reach contact={contact} long />
        </span>
      </span>
    </a>
  )
}

/** Requests that wait, were refused, or came through an invite and are new. */
function Requests({ people }: { people: readonly Contact[] }) {
  const words = text.value.people
  return (
    <>
      <h2 class="list-title">{words.requests}</h2>
      <ul class="requests">
        {people.map((one) => (
          <li key={one.user}>
            <a class="entry" href={href({ view: one.state === 'accepted' ? 'chat' : 'person', user: one.user })}>
              <Avatar user={one.user} name={nameOf(one.user)} />
              <span class="entry-words">
                <span class="entry-top">
                  <span class="entry-name">{nameOf(one.user)}</span>
                  {one.state === 'accepted' && <span class="badge">{words.fresh}</span>}
                </span>
                <span class="entry-below">
                  <span class={one.state === 'refused' ? 'bad' : 'quiet'}>
                    {one.state === 'accepted' && words.freshHint}
                    {one.state === 'requested' && words.waiting}
                    {one.state === 'refused' && words.refused(whyRefused(one))}
                  </span>
                </span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Says why somebody refused, as far as the node knows. */
export function whyRefused(contact: Contact): string {
  return whyCode(contact.cause?.code ?? 'REFUSED')
}
