import type { Limit } from '../../engine/limit.ts'
import { UsageError } from '../../model/errors.ts'
import type { PushRequest, RunRequest } from '../../sync/request.ts'
import type { Options } from '../command.ts'
import type { Io } from '../io.ts'
import { NO_PROXIES } from '../proxies.ts'
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
  interrupts: Pick<RunRequest, 'stop' | 'abort'>,
): PushRequest {
  return { ...runRequestOf(session, options, io, interrupts), ...planningOf(options, session) }
}

/** Everything a command needs to know that sends. */
export function runRequestOf(
  session: Session,
  options: Options,
  io: Io,
  { stop, abort }: Pick<RunRequest, 'stop' | 'abort'>,
): RunRequest {
  const { request, state, sandbox } = session
  return {
    ...request,
    state,
    sandbox: sandbox !== null,
    maxDelete: (options.maxDelete as Limit | undefined) ?? DEFAULT_MAX_DELETE, // parsed by the option itself
    maxFailures: (options.maxFailures as Limit | undefined) ?? null, // parsed by the option itself
    lockWait: (numberOf(options.lockWait) ?? 0) * 1000,
    pid: io.pid,
    proxies: sandbox === null ? request.proxies : NO_PROXIES, // emulators are on this machine
    rewriteImage: rewriteFor(session),
    stop,
    abort,
  }
}

/** The sandbox answers every image, whatever its address, so that nothing leaves the machine. */
function rewriteFor({ sandbox }: Session): ((url: string) => string) | null {
  return sandbox === null ? null : url => `${sandbox.url}/__sandbox/image/${encodeURIComponent(url)}`
}
