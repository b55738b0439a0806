import type { Failure } from './types.ts'

/** A call that the node refused, or that never reached it. */
export class Refusal extends Error {
  readonly status: number
  readonly failure: Failure

  constructor(status: number, failure: Failure) {
    super(failure.detail)
    this.status = status
    this.failure = failure
  }

  /** Whether nobody answered: the node is stopped or starting. */
  get unreachable(): boolean {
    return this.status === 0
  }

  /** Whether asking again later can help. */
  get passing(): boolean {
    return this.status === 0 || this.failure.code === 'RATE_LIMITED' || this.status >= 500
  }
}

/** No answer of the node takes longer, but for a long poll, which the page does not use, and a file. */
const PATIENCE_MILLIS = 20_000

/** A file is made before the answer begins; just below the time after which the node closes a connection that says nothing. */
const FILE_PATIENCE_MILLIS = 115_000

/** How often a call is said again that came too fast. */
const RATE_RETRIES = 4

/** Called when the node says that this page has no access. */
export const access: { onDenied: () => void } = { onDenied: () => {} }

function failureOf(status: number, body: unknown): Failure {
  const given = (body ?? {}) as Partial<Failure>
  return {
    code: given.code ?? 'INTERNAL',
    detail: given.detail ?? `HTTP ${status}`,
    hint: given.hint ?? '',
  }
}

async function once(
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string>,
  patience: number,
): Promise<Response> {
  const init: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store' }
  init.signal = AbortSignal.timeout(patience)
  if (body !== undefined) {
    init.body = JSON.stringify(body)
    headers['Content-Type'] = 'application/json'
  }
  return reached(fetch(`/api/v1/${path}`, init))
}

/** Waits for an answer, or for its body, which may break off as well. */
async function reached<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (cause) {
    throw new Refusal(0, { code: 'NO_CONNECTION', detail: String(cause), hint: '' })
  }
}

async function answered(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
  patience = PATIENCE_MILLIS,
): Promise<Response> {
  for (let attempt = 0; ; attempt++) {
    const response = await once(method, path, body, { ...headers }, patience)
    if (response.ok) return response
    const seconds = Number(response.headers.get('Retry-After'))
    if (response.status === 429 && seconds > 0 && attempt < RATE_RETRIES) {
      await new Promise((done) => setTimeout(done, seconds * 1_000))
      continue
    }
    const failure = failureOf(response.status, await response.json().catch(() => null))
    if (response.status === 401) access.onDenied()
    throw new Refusal(response.status, failure)
  }
}

/** Reads one object. */
export async function get<T>(path: string): Promise<T> {
  return reached((await answered('GET', path)).json() as Promise<T>)
}

/** Sends one object and reads the answer. */
export async function call<T>(
  method: 'POST' | 'PUT' | 'PATCH',
  path: string,
  body: unknown = {},
  headers: Record<string, string> = {},
): Promise<T> {
  return reached((await answered(method, path, body, headers)).json() as Promise<T>)
}

/** Sends one object and reads a file. */
export async function file(path: string, body: unknown): Promise<{ name: string; content: Blob }> {
  const response = await answered('POST', path, body, {}, FILE_PATIENCE_MILLIS)
  const named = /filename="?([^";]+)"?/.exec(response.headers.get('Content-Disposition') ?? '')
  return { name: named?.[1] ?? 'linnet.backup', content: await reached(response.blob()) }
}
