import { plural, printable, wordsOf } from '../../lib/text.ts'
import { FeedError } from '../../model/errors.ts'

/** A status that brings no feed. */
export function refused(name: string, host: string, status: number): FeedError {
  return new FeedError(`${name}: ${host} answers with status ${status}`, { fix: fixOf(status) })
}

function fixOf(status: number): string {
  if (status === 401 || status === 403) {
    return 'The server wants credentials or does not accept these: check the user name and password or the key in the address.'
  }
  if (status === 404 || status === 410) return 'Nothing is there: check the address.'
  if (status >= 500 || TEMPORARY.includes(status)) return 'The server cannot give it at the moment: try again later.'
  return 'Open the address in a browser to see what it says.'
}

/** Request timeout, too early, too many requests. */
const TEMPORARY = [408, 425, 429]

/** No answer came. */
export function broken(name: string, host: string, error: unknown): FeedError {
  const { code, message } = Object(error) as { code?: unknown; message?: unknown }
  const what = WORDS.get(String(code)) ?? `the connection failed: ${printable(String(message || code))}`
  return new FeedError(`${name}: ${host}: ${what}`, {
    fix: 'Check the address and the network, and the proxy if there is one; then try again.',
    cause: error,
  })
}

const WORDS = new Map([
  ['ENOTFOUND', 'there is no such host'],
  ['EAI_AGAIN', 'the name of the host cannot be looked up'],
  ['ECONNREFUSED', 'nothing takes connections there'],
  ['UND_ERR_CONNECT_TIMEOUT', 'no connection within 10 s'],
  ['UND_ERR_SOCKET', 'the connection ended without an answer'],
  ['ECONNRESET', 'the connection ended without an answer'],
])

/** An answer that began and did not end. */
export function cutOff(name: string, received: number, announced: number | null, error: unknown): FeedError {
  const what = announced === null ? plural(received, 'byte') : `${received} of ${plural(announced, 'byte')}`
  return new FeedError(`${name}: the connection broke after ${what} (${printable(wordsOf(error))})`, {
    fix: 'Nothing was sent. Try again.',
    cause: error,
  })
}

export function tooLarge(name: string, maxBytes: number): FeedError {
  return new FeedError(`${name} has more than ${maxBytes} bytes`, { fix: 'Ask for a smaller export, or for several.' })
}
