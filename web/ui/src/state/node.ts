import { batch, computed, signal } from '@preact/signals'
import { access, call, get, Refusal } from '../api/client.ts'
import type { Contact, Conversation, Identity, Message, NodeEvent, Settings, Status } from '../api/types.ts'
import { locale } from '../text/index.ts'
import { Stream, type StreamState } from '../live/stream.ts'
import { browserWorld } from '../live/world.ts'
import { Model } from './model.ts'
import { PendingMessages } from './pending.ts'
import { belongTo, recall, recallAll, remember } from './prefs.ts'
import type { Timeline } from './timeline.ts'
import { allTouched, chatsVersion, chatTouched, contactsVersion, contactTouched, pendingVersion, timelineVersion, versionOf } from './versions.ts'

/** Messages of one page of the history: the node's most. */
const PAGE = 200

/** Messages of the first page: fills any screen, and is quick. */
const FIRST_PAGE = 80

/** Conversations of the first page, which fills any screen, and of later ones. */
const TALKS_FIRST = 100
const TALKS = 1_000

/** Changes of one person within this time are asked for once. */
const REFRESH_MILLIS = 150

/** What the node did not take in for a passing reason is handed over again after so long; the stream may be up all the while. */
const AGAIN_MILLIS = 5_000

/** A message that the node has taken in appears by its event; after this long it is not waited for any more. */
const ARRIVAL_MILLIS = 10_000

export type Phase = 'starting' | 'denied' | 'away' | 'welcome' | 'ready'

const model = new Model()

export const phase = signal<Phase>('starting')
export const identity = signal<Identity | null>(null)
export const settings = signal<Settings | null>(null)
export const version = signal('')
export const connection = signal<StreamState>({ kind: 'connecting' })
/** The people this page has seen already: whoever is not among them came through an invite since. */
const known = new Set<string>()
/** Contacts that came through an invite of this person and were not looked at yet. */
export const fresh = signal<ReadonlySet<string>>(new Set())

/** Messages that came into an open conversation, for those who hear and do not see. */
export const heard = signal<Message | null>(null)

/** Everybody the node knows. */
export const contacts = computed<ReadonlyMap<string, Contact>>(() => {
  contactsVersion.value
  return model.contacts
})

/** A person as the page knows them now. */
export function contactOf(user: string): Contact | undefined {
  versionOf(user).value
  return model.contacts.get(user)
}

export function nameOf(user: string): string {
  if (user === identity.value?.user) return settings.value?.name ?? identity.value.name
  const name = model.contacts.get(user)?.name
  return name === undefined || name === '' ? `${user.slice(0, 13)}…` : name
}

/** Compares names as the reader's language orders them. */
export const byName = computed(() => new Intl.Collator(locale.value))

/** All people by name. Sorted from what was sorted before, which is quick while few names change. */
let sorted: Contact[] = []
const contactsByName = computed(() => {
  contactsVersion.value
  const here = sorted.map((one) => model.contacts.get(one.user)).filter((one) => one !== undefined)
  const known = new Set(here.map((one) => one.user))
  const added = [...model.contacts.values()].filter((one) => !known.has(one.user))
  sorted = [...here, ...added].sort((one, other) => byName.value.compare(one.name, other.name))
  return sorted
})

/** Everybody one can write to: conversations with messages first, newest on top, then the rest by name. */
export const chatList = computed(() => {
  chatsVersion.value
  const talks = [...model.chats.values()].filter((chat) => chat.last !== null)
  talks.sort((one, other) => other.last!.number - one.last!.number)
  const users = talks.map((chat) => chat.user)
  const talking = new Set(users)
  for (const one of contactsByName.value)
    if (one.state !== 'refused' && !talking.has(one.user)) users.push(one.user)
  return users
})

export function chatOf(user: string) {
  versionOf(user).value
  return model.chats.get(user)
}

export const unreadAll = computed(() => {
  chatsVersion.value
  let all = 0
  for (const chat of model.chats.values()) all += chat.unread
  return all
})

/** The messages of a conversation; the first call of a component begins to read them. */
export function timelineOf(user: string): Timeline {
  timelineVersion.value
  return model.timeline(user)
}

export const pending = new PendingMessages(
  {
    load: () => recallAll('pending/').map((one) => JSON.parse(one)),
    keep: (one) => remember(`pending/${one.key}`, JSON.stringify(one)),
    forget: (key) => remember(`pending/${key}`, null),
  },
  async ({ user, text, key }) => {
    try {
      const answer = await call<{ id: string }>('POST', `conversations/${user}/messages`, { text }, { 'Idempotency-Key': key })
      setTimeout(() => pending.drop(key), ARRIVAL_MILLIS)
      return answer.id
    } catch (failure) {
      if (failure instanceof Refusal && failure.passing) setTimeout(() => void pending.run(), AGAIN_MILLIS)
      throw failure
    }
  },
  () => pendingVersion.value++,
)

export function pendingOf(user: string) {
  pendingVersion.value
  return pending.of(user).filter((one) => one.id === undefined || model.timelines.get(user)?.find(one.id) === undefined)
}

const stream = new Stream(browserWorld, {
  onEvent: (event) => {
    const outcome = model.apply(event)
    if (outcome === 'taken') show(event)
    return outcome !== 'gap'
  },
  onState: (state) => {
    connection.value = state
    if (state.kind === 'live') void pending.run()
  },
  onGone: () => void load(),
  // A socket does not say why it was refused; a call does.
  onBroken: () => void get<Status>('status').catch(() => {}),
})

/** Draws what an event changed. */
function show(event: NodeEvent): void {
  batch(() => {
    switch (event.type) {
      case 'accepted':
        pending.arrived(event.data.to, event.data.id, event.data.text)
        touched(event.data.to, true)
        break
      case 'received':
        touched(event.data.from, false)
        heard.value = model.chats.get(event.data.from)?.last ?? null
        break
      case 'progress':
        touched(event.data.to, true)
        break
      case 'reached':
        if (event.data.user !== null) {
          contactTouched(event.data.user)
          refresh(event.data.user)
        }
        break
      case 'contact':
        contactTouched(event.data.user)
        refresh(event.data.user)
        meet(event.data.user, event.data.state === 'accepted')
        break
    }
  })
}

function touched(user: string, own: boolean): void {
  chatTouched(user)
  timelineVersion.value++
  if (own) refresh(user)
}

const stale = new Set<string>()

/** Asks the node about a person anew, soon, and once for many changes. */
function refresh(user: string): void {
  if (stale.has(user)) return
  stale.add(user)
  setTimeout(async () => {
    stale.delete(user)
    try {
      const { contact } = await get<{ contact: Contact }>(`contacts/${user}`)
      model.contacts.set(user, contact)
      contactTouched(user)
    } catch {
      // The next event, or the next connection, asks again.
    }
  }, REFRESH_MILLIS)
}

/** Notes a person; one who is new here and was not asked by this person came through an invite. */
function meet(user: string, accepted: boolean): void {
  if (known.has(user)) return
  known.add(user)
  remember(`known/${user}`, user)
  if (accepted) fresh.value = new Set([...fresh.value, user])
}

/** Notes that a new person was looked at. */
export function greeted(user: string): void {
  if (!fresh.value.has(user)) return
  fresh.value = new Set([...fresh.value].filter((one) => one !== user))
}

/** Reads who this node is and what it knows, and follows what happens from there. */
export async function load(): Promise<void> {
  try {
    const before = await get<Status>('status')
    const user = lookingAt()
    const [who, config, people, talks, page] = await Promise.all([
      get<Identity>('identity'),
      get<Settings>('settings'),
      get<{ contacts: Contact[] }>('contacts'),
      conversationsBefore(null),
      user === null ? null : messagesOf(user, `limit=${FIRST_PAGE}`).catch(() => null),
    ])
    const after = await get<Status>('status')
    const between = await eventsBetween(before.lastEvent, after.lastEvent)
    batch(() => {
      model.reset(before.lastEvent, people.contacts, talks.conversations)
      if (user !== null && page !== null) model.timeline(user).prepend(page.messages, page.before)
      model.catchUp(between)
      identity.value = who
      settings.value = config
      version.value = after.version
      if (phase.value !== 'ready') {
        belongTo(who.user)
        pending.load()
      }
      recognise()
      pending.settle()
      allTouched()
      if (phase.value !== 'ready') phase.value = who.createdNow === true && recall('welcomed') === null ? 'welcome' : 'ready'
    })
    stream.start(model.seq)
    if (user !== null) void openTimeline(user)
    void readOlderConversations(talks.before ?? null)
  } catch (failure) {
    if (failure instanceof Refusal && failure.status === 401) return
    if (phase.value !== 'ready') phase.value = 'away'
    setTimeout(() => void load(), 1_500)
  }
}

function conversationsBefore(number: number | null): Promise<ConversationPage> {
  const from = number === null ? '' : `&before=${number}`
  return get(`conversations?limit=${number === null ? TALKS_FIRST : TALKS}${from}`)
}

/** Reads the conversations that no screen shows at first. */
async function readOlderConversations(from: number | null): Promise<void> {
  for (let before = from; before !== null; ) {
    try {
      const page = await conversationsBefore(before)
      model.addOlder(page.conversations)
      batch(allTouched)
      before = page.before ?? null
    } catch (failure) {
      if (!(failure instanceof Refusal) || !failure.passing) return
      await new Promise((done) => setTimeout(done, 2_000))
    }
  }
}

interface ConversationPage {
  conversations: Conversation[]
  before?: number | null
}

async function eventsBetween(since: number, last: number): Promise<NodeEvent[]> {
  const all: NodeEvent[] = []
  while ((all.at(-1)?.seq ?? since) < last) {
    const from = all.at(-1)?.seq ?? since
    const { events } = await get<{ events: NodeEvent[] }>(`events?since=${from}`)
    if (events.length === 0) break
    all.push(...events)
  }
  return all.filter((event) => event.seq <= last)
}

/** The first page of all knows nobody; everybody there is an old acquaintance. */
function recognise(): void {
  const first = known.size === 0
  for (const user of recallAll('known/')) known.add(user)
  const none = first && known.size === 0
  for (const contact of model.contacts.values()) {
    if (none) {
      known.add(contact.user)
      remember(`known/${contact.user}`, contact.user)
    } else meet(contact.user, contact.state === 'accepted' && !model.chats.has(contact.user))
  }
}

/** Notes that the first run is over. */
export function welcomed(): void {
  remember('welcomed', 'yes')
  phase.value = 'ready'
}

/** Whose conversation is on the screen, if one is. */
let lookingAt: () => string | null = () => null

/** Starts the page. */
export function begin(look: () => string | null): void {
  lookingAt = look
  access.onDenied = () => {
    stream.stop()
    phase.value = 'denied'
  }
  const wake = () => {
    if (document.visibilityState === 'visible') stream.now()
  }
  addEventListener('online', wake)
  addEventListener('focus', wake)
  document.addEventListener('visibilitychange', wake)
  void load()
}

/** Reconnects without waiting. */
export function reconnect(): void {
  stream.now()
}

/** Reads the newest page of a conversation, once. */
export async function openTimeline(user: string): Promise<void> {
  if (model.timeline(user).isLoaded) return
  await readPage(user, `limit=${FIRST_PAGE}`)
}

const reading = new Set<string>()

/** Reads the page before the oldest message that is here. */
export async function readOlder(user: string): Promise<void> {
  const before = model.timeline(user).before
  if (before === null || before === undefined) return
  await readPage(user, `limit=${PAGE}&before=${before}`)
}

function messagesOf(user: string, query: string): Promise<{ messages: Message[]; before: number | null }> {
  return get(`conversations/${user}/messages?${query}`)
}

async function readPage(user: string, query: string): Promise<void> {
  if (reading.has(user)) return
  reading.add(user)
  try {
    const page = await messagesOf(user, query)
    model.timelines.get(user)?.prepend(page.messages, page.before)
    timelineVersion.value++
  } catch (failure) {
    if (!(failure instanceof Refusal)) throw failure
    if (failure.passing) setTimeout(() => void readPage(user, query), 2_000)
  } finally {
    reading.delete(user)
  }
}

/** Notes here what the node was told: these were seen. */
export function wereSeen(user: string, ids: readonly string[]): void {
  batch(() => {
    model.seen(user, ids)
    chatTouched(user)
    timelineVersion.value++
  })
}

/** Takes words to be sent; they are kept here until the node has them. */
export function send(user: string, words: string): void {
  pending.add({ key: crypto.randomUUID(), user, text: words, writtenMillis: Date.now() })
}

/** Reads the people anew after a call that changed one. */
export function changed(user: string): void {
  refresh(user)
}
