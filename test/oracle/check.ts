import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Outcome } from '../../src/model/outcome.ts'
import type { EmulatorName } from '../../src/sandbox/emulators.ts'
import type { Galleries } from './feed.ts'
import type { Entry } from './journal.ts'
import { secretsIn } from './secrets.ts'
import type { Run, World } from './world.ts'

/** What may be different at the targets from what the last feed says, without anybody having done wrong. */
export interface Allowance {
  /** Images of earlier feeds may still be there: nobody asked for their removal. */
  readonly leftovers: boolean
}

/** Requests that are no batch of items, but links of products and lists of ids: 100 of them at once are documented. */
const OWN_LIMIT = /\/products$|\/assets\/:id$/
/** Milliseconds that a run may take, whatever happens to it. */
const LONGEST_MS = 90_000
/** Targets that keep images in order. */
const ORDERED: readonly EmulatorName[] = ['catalogix', 'akeneo', 'mediapocket']
const GOOD: readonly Outcome['status'][] = ['created', 'updated', 'accepted', 'unchanged']
const OPEN: readonly Outcome['status'][] = ['failed', 'unknown', 'skipped']

/**
 * What is wrong after a run, in sentences; none when all is well. Looks at what the emulators hold, at what the oracles have
 * seen, and at what the program says, and believes the program nothing.
 */
export function violations(run: Run, world: World, allowance: Allowance = { leftovers: false }): string[] {
  const found = [
    ...contents(run, world, allowance),
    ...sums(run, world),
    ...traffic(run, world),
    ...exits(run),
    ...leaks(run, world),
  ]
  return found.map(words => `run ${run.no}: ${words}`)
}

/** I5: what was well is not sent again; nothing at all is asked about a target where everything was. */
export function needless(run: Run, before: Run, world: World): string[] {
  return world.targets.flatMap(target => {
    const wasWell = before.outcomes.filter(each => each.target === target).every(({ status }) => GOOD.includes(status))
    const sent = run.entries.filter(entry => entry.target === target)
    if (!wasWell || sent.length === 0) return []
    return [`run ${run.no}: I5 ${target} was asked again: ${sent.map(({ kind }) => kind).join(', ')}`]
  })
}

/** I1, I2, I4 */
function contents(run: Run, world: World, allowance: Allowance): string[] {
  return world.targets.flatMap(target => {
    const held = new Map(Object.entries(run.state[target].galleries))
    const wanted = new Map(Object.entries(run.push.feed))
    return [...new Set([...wanted.keys(), ...held.keys()])].flatMap(code => {
      const [should, is] = [wanted.get(code) ?? [], held.get(code) ?? []]
      const outcomes = run.outcomes.filter(outcome => outcome.target === target && outcome.code === code)
      const isOpen = outcomes.some(isUnfinished) && run.code !== 0
      const isRight = run.code === null || isOpen || isAsWanted(target, should, is, earlier(world, code), allowance)
      return [
        ...doubled(target, is).map(url => `I2 ${target} holds ${url} twice`),
        ...falselyClaimed(target, outcomes, should, is),
        ...(isRight ? [] : [`I1 ${target} has ${code} as ${inShort(is)}, not ${inShort(should)}, and nothing says so`]),
      ]
    })
  })
}

/** Where there are ranks an address may come twice, at one that the gallery has no more. */
function doubled(target: EmulatorName, is: readonly string[]): readonly string[] {
  return ORDERED.includes(target) ? [] : is.filter((url, at) => is.indexOf(url) !== at)
}

/** A product whose images are all there but not linked to it says so at one of them. */
function isUnfinished({ status, reason }: Outcome): boolean {
  return OPEN.includes(status) || reason === 'link-pending'
}

function isAsWanted(
  target: EmulatorName,
  should: readonly string[],
  is: readonly string[],
  earlier: ReadonlySet<string>,
  { leftovers }: Allowance,
): boolean {
  const [sorted, kept] = ORDERED.includes(target)
    ? [is, is.slice(0, should.length)]
    : [is.toSorted(), is.filter(url => should.includes(url)).toSorted()]
  const goal = ORDERED.includes(target) ? should : should.toSorted()
  if (!leftovers) return sameTexts(sorted, goal)
  return sameTexts(kept, goal) && is.every(url => earlier.has(url))
}

/** I4: what the program calls done is there. What a product shows of images that are not linked to it yet says nothing of them. */
function falselyClaimed(
  target: EmulatorName,
  outcomes: readonly Outcome[],
  should: readonly string[],
  is: readonly string[],
): string[] {
  if (target === 'akeneo' && outcomes.some(isUnfinished)) return []
  return outcomes
    .filter(({ status }) => GOOD.includes(status))
    .flatMap(({ key, status }) => {
      const missing = urlsOf(target, key ?? '', should).filter(url => !is.includes(url))
      return missing.length === 0 ? [] : [`I4 ${target} lacks ${missing.join(' and ')}, which is called ${status}`]
    })
}

/** The images that an item of this key stands for. */
function urlsOf(target: EmulatorName, key: string, gallery: readonly string[]): readonly string[] {
  if (target === 'catalogix') return gallery
  const [, rank] = /[_#](\d+)$/.exec(key) ?? []
  if (rank !== undefined) return [gallery[Number(rank) - 1] ?? `rank ${rank}`]
  return [key.slice(key.indexOf(' ') + 1)]
}

function earlier(world: World, code: string): Set<string> {
  return new Set(world.runs.flatMap(({ push }) => push.feed[code] ?? []))
}

/** I3 */
function sums(run: Run, world: World): string[] {
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
      ...(named.length === expected ? [] : [`I3 ${target} tells of ${named.length} items, the feed has ${expected}`]),
      ...(summary === undefined || sameTexts(totals.map(String).toSorted(), counted)
        ? []
        : [`I3 ${target} sums up ${totals.join(' ')}, its lines are ${counted.join(' ')}`]),
    ]
  })
}

/** I6, I7, I10, I12, and that requests are counted. */
function traffic(run: Run, world: World): string[] {
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
function exits({ code, push, outcomes, entries, stderr, no }: Run): string[] {
  if (code === null) return push.kill || push.killAfter ? [] : [`I11 run ${no} was ended by a signal`]
  const has = (...statuses: Outcome['status'][]) => outcomes.some(({ status }) => statuses.includes(status))
  const wrong = entries.some(({ fault }) => fault !== null)
  const refused = entries.some(isRefusal)
  const allowed = new Set(has('skipped') ? [5, 8] : has('failed', 'unknown', 'rejected') ? [1] : [0])
  if (has('failed', 'unknown') && has('skipped')) allowed.add(5)
  if (wrong && !has('skipped')) allowed.add(5)
  if (refused) allowed.add(4)
  if (push.kill?.signal === 'SIGTERM') for (const each of [143]) allowed.add(each)
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

/** I9, of what the program says. */
function leaks({ no, stdout, stderr, report }: Run, { secrets }: World): string[] {
  const outputs = [`stdout\n${stdout}`, `stderr\n${stderr}`, `report\n${report}`]
  return outputs.flatMap(text =>
    secretsIn(text, secrets).map(secret => leak(`${text.split('\n')[0]} of run ${no}`, secret)),
  )
}

/**
 * I9, of what is left on the disk. To be asked when no run in this process follows: who closes a file takes away SQLite's locks
 * on it, of the whole process.
 */
export function leftBehind({ secrets, terminal }: World): string[] {
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

function sameTexts(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((text, at) => text === right[at])
}

function inShort(urls: readonly string[]): string {
  return `[${urls.map(url => url.split('/').slice(-2).join('/')).join(' ')}]`
}
