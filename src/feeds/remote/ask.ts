import { type Dispatcher, request } from '../../lib/connections.ts'
import { FeedError } from '../../model/errors.ts'
import { type Address, nameOf } from './address.ts'
import { CODINGS } from './coding.ts'
import { broken, refused } from './refusals.ts'
import type { Watch } from './watch.ts'

/** How servers are asked. */
export interface Line {
  readonly dispatcher: Dispatcher
  /** User-Agent. */
  readonly agent: string
  readonly watch: Watch
}

export interface Answer extends Pick<Dispatcher.ResponseData, 'headers' | 'body'> {
  readonly status: 200 | 304
  /** Where it came from in the end. */
  readonly url: URL
}

const MOST_REDIRECTS = 5
const REDIRECTS = [301, 302, 303, 307, 308]

/**
 * The first answer that is no redirect. Throws a FeedError unless its status is 200, or 304 where that was asked for.
 *
 * @param conditionsFor further headers for this very URL
 */
export async function ask(
  address: Address,
  line: Line,
  conditionsFor: (url: URL) => Readonly<Record<string, string>>,
): Promise<Answer> {
  let url = address.url
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const conditions = conditionsFor(url)
    const { statusCode, headers, body } = await get(url, address, conditions, line)
    const isAsked = statusCode === 200 || (statusCode === 304 && Object.keys(conditions).length > 0)
    if (isAsked) return { status: statusCode, headers, body, url }
    body.dump({ limit: 1 }).catch(() => undefined) // nobody waits for what else it says
    if (!REDIRECTS.includes(statusCode)) throw refused(address.name, url.host, statusCode)
    url = destination(headers.location, url, address.name)
  }
  throw new FeedError(`${address.name}: redirected more than ${MOST_REDIRECTS} times`, {
    fix: 'Open the address in a browser to see where it leads.',
  })
}

/** User name and password are for the server that they were given for, not for one that it names. */
async function get(url: URL, { url: own, authorization, name }: Address, conditions: object, line: Line) {
  const { dispatcher, agent, watch } = line
  watch.signal.throwIfAborted()
  watch.heard()
  const answer = request(url, {
    dispatcher,
    signal: watch.signal,
    headers: {
      accept: 'text/csv, application/json, application/xml, */*',
      'accept-encoding': CODINGS,
      'user-agent': agent,
      ...(authorization !== null && url.origin === own.origin ? { authorization } : {}),
      ...conditions,
    },
    // The watch has the deadlines.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  try {
    return await Promise.race([answer, abortion(watch.signal)])
  } catch (error) {
    throw broken(name, url.host, error)
  }
}

/** Rejects when the signal aborts. undici by itself looks at the signal only once it is connected. */
function abortion(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

function destination(location: string | string[] | undefined, from: URL, name: string): URL {
  if (typeof location !== 'string' || !URL.canParse(location, from.href)) {
    throw strayed(name, `${from.host} redirects to what is no address`)
  }
  const url = new URL(location, from)
  if (!['http:', 'https:'].includes(url.protocol)) throw strayed(name, `${from.host} redirects to ${url.protocol}`)
  url.hash = ''
  url.username = ''
  url.password = ''
  if (from.protocol === 'https:' && url.protocol === 'http:') {
    throw strayed(name, `${from.host} redirects from https to ${nameOf(url)}, which anybody on the way could change`)
  }
  return url
}

function strayed(name: string, what: string): FeedError {
  return new FeedError(`${name}: ${what}`, { fix: 'Check the address; it may have moved.' })
}
