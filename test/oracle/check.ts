import { readdirSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import type { Outcome } from '../../src/model/outcome.ts'
import type { EmulatorName } from '../../src/sandbox/emulators.ts'
import type { Fault } from './fault.ts'
import type { Galleries } from './feed.ts'
import { again, isPush } from './follow-ups.ts'
import { type Allowance, contents, GOOD, reached, sameTexts } from './held.ts'
import type { Entry } from './journal.ts'
import { secretsIn } from './secrets.ts'
import type { Run, Witness } from './world.ts'

/** Requests that are no batch of items, but links of products and lists of ids: 100 of them at once are documented. */
const OWN_LIMIT = /\/products$|\/assets\/:id$/
/** Milliseconds that a run may take, whatever happens to it. */
const LONGEST_MS = 90_000

/**
 * What is wrong after a run, in sentences; none when all is well. Looks at what the emulators hold, at what the oracles have
 * seen, and at what the program says, and believes the program nothing.
 */
export function violations(run: Run, world: Witness, allowance: Allowance = { leftovers: false }): string[] {
  const found = [
    ...(isPush(run) ? contents(run, world, allowance) : [...reached(run, world), ...again(run, world)]),
    ...sums(run, world),
    ...traffic(run, world),
    ...stubborn(run, world),
    ...exits(run, world),
    ...leaks(run, world),
  ]
  return found.map(words => `run ${run.no}: ${words}`)
}

/** I5: what was well is not sent again; nothing at all is asked about a target where everything was. */
export function needless(run: Run, before: Run, world: Witness): string[] {
  return world.targets.flatMap(target => {
    const wasWell = before.outcomes.filter(each => each.target === target).every(({ status }) => GOOD.includes(status))
    const sent = run.entries.filter(entry => entry.target === target)
    if (!wasWell || sent.length === 0) return []
    return [`run ${run.no}: I5 ${target} was asked again: ${sent.map(({ kind }) => kind).join(', ')}`]
  })
}

/** I3 */
function sums(run: Run, world: Witness): string[] {
  if (run.code === null) return []
  return world.targets.flatMap(target => {
    const own = run.outcomes.filter(outcome => outcome.target === target)
    const keys = own.map(({ key }) => key)
    const twice = [...new Set(keys.filter((key, at) => keys.indexOf(key) !== at))]
    const named = own.filter(({ code, source }) => source !== '' && code !== null)
    const expected = itemsOf(target, run.push.feed)
    const summary = run.summaries?.find(({ name }) => name === target)
    const totals = Object.entries(summary?.totals ?? {}).filter(([, count]) => count > 0)
    const counted = countBy(own.map(({ status }) => status))
    return [
      ...twice.map(key => `I3 ${target} tells of ${key} twice`),
      ...(named.length === expected || !isPush(run)
        ? []
        : [`I3 ${target} tells of ${named.length} items, the feed has ${expected}`]),
      ...(summary === undefined || sameTexts(totals.map(String).toSorted(), counted)
        ? []
        : [`I3 ${target} sums up ${totals.join(' ')}, its lines are ${counted.join(' ')}`]),
    ]
  })
}

/** I8: a request is sent again as often as --retries says; waiting for a throttle costs nothing. */
function stubborn({ entries }: Run, { settings }: Witness): string[] {
  const paid = entries.filter(({ fault }) => !isThrottle(fault))
  const times = new Map<string, Entry[]>()
  for (const entry of paid) times.set(entry.trace, [...(times.get(entry.trace) ?? []), entry])
  return [...times.values()].flatMap(([first, ...others]) =>
    first === undefined || others.length <= settings.retries
      ? []
      : [`I8 ${first.target} was sent ${first.kind} ${others.length + 1} times`],
  )
}

function isThrottle(fault: Fault | null): boolean {
  return fault?.reply.how === 'say' && (fault.reply.status === 429 || fault.reply.retryAfter !== undefined)
}

/** I6, I7, I10, I12, and that requests are counted. */
function traffic(run: Run, world: Witness): string[] {
  const { concurrency, batchSize } = world.settings
  const large = run.entries.filter(({ items, kind }) => items > (OWN_LIMIT.test(kind) ? 100 : batchSize))
  const isCalm = run.entries.every(({ fault }) => fault === null)
  return [
    ...large.map(({ target, kind, items }) => `I6 ${target} was sent ${items} items at once: ${kind}`),
    ...[...run.peaks]
      .filter(([, peak]) => peak > concurrency)
      .map(([name, peak]) => `I7 ${name} had ${peak} open requests`),
    ...run.early.map(({ target, kind }) => `I7 ${target} was asked too early: ${kind}`),
    ...world.strays.map(asked => `I10 somebody was asked who must not be: ${asked}`),
    ...(run.ms > LONGEST_MS ? [`I12 it took ${Math.round(run.ms)} ms`] : []),
    ...(run.summaries ?? []).flatMap(({ name, requests }) => {
      const seen = run.entries.filter(({ target }) => target === name).length
      const isRight = isCalm ? requests === seen : requests >= seen // some meet a connection that has just ended
      return isRight ? [] : [`I3 ${name} counts ${requests} requests, ${seen} arrived`]
    }),
  ]
}

/** I11 */
function exits({ code, push, outcomes, entries, stderr, no }: Run, { runs }: Witness): string[] {
  if (code === null) return push.kill || push.killAfter ? [] : [`I11 run ${no} was ended by a signal`]
  const has = (...statuses: Outcome['status'][]) => outcomes.some(({ status }) => statuses.includes(status))
  const wrong = entries.some(({ fault }) => fault !== null)
  const refused = entries.some(isRefusal)
  const allowed = new Set(has('skipped') ? [5, 8] : has('failed', 'unknown', 'rejected') ? [1] : [0])
  if (has('failed', 'unknown') && has('skipped')) allowed.add(5)
  if (wrong && !has('skipped')) allowed.add(5)
  if (refused) allowed.add(4)
  const hasEnded = runs
    .slice(0, no - 1)
    .some(({ push: { command = 'push' }, code: ended }) => command === 'push' && ended !== null)
  if (push.command === 'retry' && !hasEnded) allowed.add(2) // there is nothing to retry, as far as anybody knows
  if (push.kill) allowed.add(128 + constants.signals[push.kill.signal])
  return allowed.has(code)
    ? []
    : [`I11 exit code ${code} instead of ${[...allowed].join(' or ')}: ${stderr.slice(0, 500)}`]
}

/** The credentials were refused: token services do that with a 400 too. */
function isRefusal({ fault, kind }: Entry): boolean {
  if (fault?.reply.how !== 'say') return false
  const { status } = fault.reply
  return status === 401 || status === 403 || (kind.endsWith('token') && status >= 400 && status < 500)
}

/** I9, of what the program says and of the files that it was told to write. */
function leaks({ no, stdout, stderr, files }: Run, { secrets }: Witness): string[] {
  const outputs = [['stdout', stdout], ['stderr', stderr], ...files] as const
  return outputs.flatMap(([name, text]) => secretsIn(text, secrets).map(secret => leak(`${name} of run ${no}`, secret)))
}

/**
 * I9, of what is left on the disk. To be asked when no run in this process follows: who closes a file takes away SQLite's locks
 * on it, of the whole process.
 */
export function leftBehind({ secrets, terminal }: Witness): string[] {
  return readdirSync(terminal.folder, { recursive: true, withFileTypes: true })
    .filter(file => file.isFile())
    .flatMap(({ parentPath, name }) => {
      const text = readFileSync(join(parentPath, name), 'latin1')
      return secretsIn(text, secrets).map(secret => leak(name, secret))
    })
}

function leak(where: string, secret: string): string {
  return `I9 ${where} holds the secret ${secret}`
}

function itemsOf(target: EmulatorName, feed: Galleries): number {
  return target === 'catalogix' ? Object.keys(feed).length : Object.values(feed).flat().length
}

function countBy(texts: readonly string[]): string[] {
  return [...new Set(texts)].map(text => `${text},${texts.filter(each => each === text).length}`).toSorted()
}
