import type { Failure } from './types.ts'

/** What the local API tells of the network around its node; openapi.yaml describes it. */

/** A device, and the contact whose it is. */
export interface Who {
  peer: string
  user: string | null
  name: string | null
}

export interface Peer extends Who {
  direction: 'in' | 'out'
  address: string
  carrier: string
  sinceMillis: number
  rttMillis: number
  sentBytes: number
  receivedBytes: number
}

export type RouteState = 'linked' | 'proven' | 'told' | 'suspect' | 'gone'

export interface Entry extends Who {
  key: string
  bits: number
  addresses: string[]
  state: RouteState
  rttMillis: number
  silentMillis: number
}

export interface Routes {
  self: string
  key: string
  bucketSize: number
  networkSize: number
  announced: boolean
  reach: 'unknown' | 'client' | 'serves'
  records: number
  buckets: { bucket: number; entries: Entry[] }[]
}

export interface Step extends Who {
  number: number
  atMillis: number
  about: 'device' | 'presence'
  what: 'asked' | 'answered' | 'failed'
  key: string
  bits: number
  hop: number
  rttMillis: number
  named: number
  records: number
  why: Failure | null
}

export interface Lookup {
  id: number
  target: Who & { key: string }
  state: 'running' | 'found' | 'not_found' | 'given_up'
  addresses: string[]
  presence: { addresses: string[]; expiresMillis: number } | null
  hops: number
  questions: number
  failures: number
  tookMillis: number
  steps: Step[]
}
