/** The objects of the local API, as docs/OPERATIONS.md and openapi.yaml describe them. Times are milliseconds since 1970. */

export type Stage = 'queued' | 'sent' | 'stored' | 'delivered' | 'read' | 'failed'
export type ContactState = 'requested' | 'accepted' | 'refused'
export type Order = 'in_order' | 'after_gap' | 'late'

export interface Failure {
  code: string
  detail: string
  hint: string
}

export interface Progress {
  stage: Stage
  at: string | null
  cause: Failure | null
  nextTryMillis: number
}

export interface Message extends Progress {
  number: number
  id: string
  with: string
  own: boolean
  device: string | null
  sentMillis: number
  order: Order
  kind: string
  text: string | null
  path: string
}

/** Where the state of a person was learned. */
export interface Learned {
  how: 'link' | 'dial' | 'never'
  address: string | null
  why: Failure | null
}

export interface Contact {
  user: string
  name: string
  state: ContactState
  verified: boolean
  devices: string[]
  reach: string
  reachSinceMillis?: number
  learned?: Learned
  waiting: number
  cause: Failure | null
  nextTryMillis: number
}

export interface Identity {
  user: string
  peer: string
  name: string
  network: string
  endpoints: string[]
  createdNow?: boolean
}

export interface Settings {
  name: string
  receipts: boolean
  /** Whether identity.key is encrypted. */
  passphrase: boolean
}

export interface Conversation {
  with: string
  name: string
  last: Message | null
  unread: number
}

export interface Status {
  version: string
  lastEvent: number
}

export interface Invite {
  link: string
  expiresMillis: number
}

interface Numbered<Type extends string, Data> {
  v: number
  seq: number
  ts: number
  type: Type
  data: Data
}

export type Accepted = Numbered<
  'accepted',
  { to: string; id: string; sentMillis: number; kind: string; text: string | null }
>
export type Received = Numbered<
  'received',
  { from: string; device: string; id: string; sentMillis: number; order: Order; kind: string; text: string | null }
>
export type Progressed = Numbered<'progress', Progress & { to: string; id: string }>
export type Reached = Numbered<'reached', { peer: string; user: string | null; reach: string; why: Failure | null }>
export type ContactChanged = Numbered<
  'contact',
  { user: string; name: string; state: ContactState; why: Failure | null }
>
export type NodeEvent = Accepted | Received | Progressed | Reached | ContactChanged
