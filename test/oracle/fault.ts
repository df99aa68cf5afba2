/**
 * When the emulator sees a request: not at all; before the client is answered; two requests of the same target later; when
 * the client has gone; before the second request of the client's next run.
 */
export type Commit = 'never' | 'now' | 'late' | 'gone' | 'next'

/**
 * What the client gets.
 * - `answer`: what the emulator says
 * - `reset`: the connection is reset: when all was read, or (`after`) as soon as so many bytes of the body were
 * - `silence`: nothing, for as long as it waits
 * - `drip`: an answer that comes byte by byte and never ends
 * - `say`: this answer, with the credentials of the request in it, as careless servers do
 * - `cut`: half of the emulator's answer; `framing` is how its end would have been known
 * - `away`: a redirect to a server that nobody may ask anything
 * - `down`: the connection is reset and nobody listens for a while
 */
export type Reply =
  | { readonly how: 'answer' | 'silence' | 'drip' }
  | { readonly how: 'reset'; readonly after?: number }
  | { readonly how: 'say'; readonly status: number; readonly retryAfter?: number; readonly text?: string }
  | { readonly how: 'cut'; readonly framing: 'length' | 'chunks' | 'close' }
  | { readonly how: 'away'; readonly status: 302 | 307 }
  | { readonly how: 'down'; readonly ms: number }

export interface Fault {
  /** `<commit>:<reply>`, as scripts and findings write it. */
  readonly name: string
  readonly commit: Commit
  readonly reply: Reply
}

/** Of a gateway, not of the API behind it: that one would say that the thing is not there. */
const NO_ROUTE = '<html><head><title>404 Not Found</title></head><body>nginx</body></html>'
const LOGIN = '<!doctype html><title>Sign in</title><form method="post"><input name="user"></form>'

const REPLIES: ReadonlyMap<string, Reply> = new Map([
  ['answer', { how: 'answer' }],
  ['reset', { how: 'reset' }],
  ['unread', { how: 'reset', after: 0 }],
  ['reading', { how: 'reset', after: 1 }],
  ['silence', { how: 'silence' }],
  ['drip', { how: 'drip' }],
  ...([400, 401, 403, 413, 422, 429, 500, 502, 503, 504] as const).map(status => [`${status}`, say(status)] as const),
  ['404', { how: 'say', status: 404, text: NO_ROUTE }],
  ['429-wait', { how: 'say', status: 429, retryAfter: 1 }],
  ['503-wait', { how: 'say', status: 503, retryAfter: 1 }],
  ['html', { how: 'say', status: 200, text: LOGIN }],
  ['garbage', { how: 'say', status: 200, text: '{"status": {"code": 0, "mess\u0000' }],
  ['empty', { how: 'say', status: 200, text: '' }],
  ['object', { how: 'say', status: 200, text: '{}' }],
  ['list', { how: 'say', status: 200, text: '[]' }],
  ['cut', { how: 'cut', framing: 'length' }],
  ['cut-chunks', { how: 'cut', framing: 'chunks' }],
  ['cut-close', { how: 'cut', framing: 'close' }],
  ['302', { how: 'away', status: 302 }],
  ['307', { how: 'away', status: 307 }],
  ['down', { how: 'down', ms: 300 }],
])

/** What may go wrong before anything took effect. */
export const BEFORE: readonly Fault[] = named('never', [
  'unread',
  'reading',
  'reset',
  'down',
  'silence',
  ...['400', '401', '403', '404', '413', '422', '429', '429-wait', '500', '502', '503', '503-wait', '504'],
  ...['html', 'garbage', 'empty', 'object', 'list', '302', '307'],
])

/** What may go wrong after the request took effect. */
export const AFTER: readonly Fault[] = named('now', [
  ...['reset', 'silence', 'drip', '500', '502', '503', '503-wait', '504', 'html', 'garbage', 'empty', 'object', 'list'],
  ...['cut', 'cut-chunks', 'cut-close'],
])

/** A "too many requests" that was carried out all the same is a lie by which any client doubles what it creates. */
export const LIES: readonly Fault[] = named('now', ['429', '429-wait'])

/** What takes effect when the client does not wait for it any more, within its run or right after it. */
export const LATE: readonly Fault[] = [
  ...named('late', ['reset', '504']),
  ...named('gone', ['reset', '502', 'silence']),
]

/** What takes effect in the middle of the next run. */
export const NEXT: readonly Fault[] = named('next', ['reset', '504'])

/** The fault of this name; throws when there is none. */
export function faultNamed(name: string): Fault {
  const [commit = '', key = ''] = name.split(':')
  const reply = REPLIES.get(key)
  if (reply === undefined || !isCommit(commit)) throw new Error(`The oracle has no fault "${name}".`)
  return { name, commit, reply }
}

/** True when the client finds out by waiting only. */
export function isSilent({ reply }: Fault): boolean {
  return reply.how === 'silence' || reply.how === 'drip'
}

function named(commit: Commit, replies: readonly string[]): Fault[] {
  return replies.map(reply => faultNamed(`${commit}:${reply}`))
}

function say(status: number): Reply {
  return { how: 'say', status }
}

function isCommit(text: string): text is Commit {
  return ['never', 'now', 'late', 'gone', 'next'].includes(text)
}
