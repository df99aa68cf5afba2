import type { Limit } from '../../engine/limit.ts'
import { UsageError } from '../../model/errors.ts'
import type { PushRequest } from '../../sync/request.ts'
import type { Options } from '../command.ts'
import type { Io } from '../io.ts'
import { numberOf } from '../values.ts'
import type { Session } from './session.ts'

/** What decides about the plan, from the options of push and plan. */
export function planningOf(
  { full, allowShrink, maxCreate, prune, limit, only, maxDelete }: Options,
  { state, sandbox }: Session,
) {
  if (prune === true && (limit !== undefined || only !== undefined)) {
    throw new UsageError('--prune needs the whole feed.', { fix: 'Leave out --limit and --only.' })
  }
  return {
    state,
    sandbox: sandbox !== null,
    full: full === true,
    allowShrink: allowShrink === true,
    prune: prune === true,
    maxDelete: (maxDelete as Limit | undefined) ?? DEFAULT_MAX_DELETE, // parsed by the option itself

    maxCreate: numberOf(maxCreate),
  }
}

/** More than this is more likely a broken feed than a wish. */
const DEFAULT_MAX_DELETE: Limit = { amount: 10, percent: true }

/** Everything a push needs to know. */
export function pushRequestOf(
  session: Session,
  options: Options,
  io: Io,
  { stop, abort }: Pick<PushRequest, 'stop' | 'abort'>,
): PushRequest {
  return {
    ...session.request,
    ...planningOf(options, session),
    maxFailures: (options.maxFailures as Limit | undefined) ?? null, // parsed by the option itself
    lockWait: (numberOf(options.lockWait) ?? 0) * 1000,
    pid: io.pid,
    proxies: session.sandbox === null ? proxiesOf(io) : NO_PROXIES, // the sandbox must not leave the machine
    rewriteImage: rewriteFor(session),
    stop,
    abort,
  }
}

/** The sandbox answers every image, whatever its address, so that nothing leaves the machine. */
function rewriteFor({ sandbox }: Session): ((url: string) => string) | null {
  return sandbox === null ? null : url => `${sandbox.url}/__sandbox/image/${encodeURIComponent(url)}`
}

const NO_PROXIES = { http: undefined, https: undefined, no: undefined }

/** Lower case wins, as in curl. As everywhere, an address without a scheme is one of http. */
function proxiesOf({ env }: Io) {
  const read = (name: string): string | undefined => env[name] || env[name.toUpperCase()] || undefined
  const address = (name: string): string | undefined => {
    const text = read(name)
    if (text === undefined) return undefined
    const url = text.includes('://') ? text : `http://${text}`
    if (URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol)) return url
    // It may hold a password, so it is not repeated.
    throw new UsageError(`The address of the proxy in ${name.toUpperCase()} cannot be used.`, {
      fix: 'Write it as http://host:port.',
    })
  }
  return { http: address('http_proxy'), https: address('https_proxy'), no: read('no_proxy') }
}
