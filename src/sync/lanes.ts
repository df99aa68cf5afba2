import type { Catalog } from '../catalog/index.ts'
import type { Config, ConfiguredTarget } from '../config/config.ts'
import type { Lane } from '../engine/lane.ts'
import type { Pruning } from '../engine/prune.ts'
import type { Ledger, TargetId, TargetIdentity } from '../ledger/ledger.ts'
import { type Redact, redactor } from '../lib/redact.ts'
import type { Meaning } from '../targets/target.ts'
import { openTransport } from '../transport/index.ts'
import type { Attempted } from '../transport/trace.ts'
import { sourceName } from './header.ts'
import type { LedgerRequest, RunRequest } from './request.ts'

/** Extra requests that a target may be asked in one run for finding out which items failed. */
const PROBES = 60

/** Emulators listen at another port with every start, so their address is no part of who they are. */
export function identityOf({ name, target, options, settings }: ConfiguredTarget, sandbox: boolean): TargetIdentity {
  const origin = sandbox ? 'sandbox' : new URL(settings.baseUrl).origin
  return { name, type: target.type, origin, account: target.account(options) }
}

/** The numbers of all targets in the ledger; null when it does not know one of them. */
export function targetIds({ targets }: Config, sandbox: boolean, ledger: Ledger): readonly TargetId[] | null {
  const ids = targets.map(target => ledger.find(identityOf(target, sandbox)))
  const known = ids.filter(id => id !== null)
  return known.length < ids.length ? null : known
}

/** The target's number in the ledger; says so when the name now stands for another address or account. */
export function register(ledger: Ledger, configured: ConfiguredTarget, { sandbox, listen }: RunRequest): TargetId {
  const { id, renamed } = ledger.register(identityOf(configured, sandbox))
  if (renamed) {
    const words = 'has another address or account than before: what it holds is unknown, so everything is sent.'
    listen({ type: 'warning', message: `${configured.name} ${words}` })
  }
  return id
}

/** What a batch of this target may hold. */
export function limitsOf({ target, settings }: ConfiguredTarget): { items: number; bytes: number } {
  return { items: settings.batchSize, bytes: target.limits.bytes }
}

/** What is needed for pruning, when it was asked for. */
export function pruningOf(catalog: Catalog, ledger: Ledger, id: TargetId, request: LedgerRequest): Pruning | null {
  // A part of a source does not tell what the source has no more.
  return request.prune && !catalog.isCorrection
    ? { source: sourceName(request), blanks: catalog.blanks, ledger, id }
    : null
}

/** What a lane is given by its run. */
export interface Help extends Pick<Lane, 'note' | 'image'> {
  /** Told of every request; without secrets. */
  readonly attempted?: (attempted: Attempted) => void
}

/** A target with its wire, ready to take batches. */
export function openLane(configured: ConfiguredTarget, planned: number, help: Help, request: RunRequest): Lane {
  const { name, target, options, settings, secrets } = configured
  const redact = redactor(secrets)
  const wire = openTransport({
    ...request,
    target: name,
    login: (send, last) => target.login({ send, baseUrl: settings.baseUrl, ...help }, options, last),
    read: response => masked(target.meaning(response), redact),
    replay: target.replay === 'upsert',
    concurrency: settings.concurrency,
    rate: settings.rate,
    timeout: settings.timeout * 1000,
    retries: settings.retries,
    maxWait: settings.maxWait * 1000,
    agent: `assetsync/${request.version}`,
    redact,
    attempted: told => help.attempted?.({ ...told, message: told.message && redact(told.message) }),
  })
  return {
    ...configured,
    wire,
    redact,
    listen: request.listen,
    maxFailures: request.maxFailures,
    planned,
    ...help,
    facts: undefined,
    pending: new Map(),
    halted: null,
    lost: 0,
    probes: PROBES,
    itemsAtOnce: settings.batchSize,
  }
}

/** The bytes of an answer are masked as they come; JSON can spell a secret in more ways than can be looked for there. */
function masked(meaning: Meaning, redact: Redact): Meaning {
  const { message, requestId } = meaning
  return { ...meaning, message: redact(message), requestId: requestId && redact(requestId) }
}
