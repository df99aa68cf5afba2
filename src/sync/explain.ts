import type { Catalog } from '../catalog/index.ts'
import type { PastRun } from '../ledger/past.ts'
import { Closers } from '../lib/closers.ts'
import { nearest } from '../lib/text.ts'
import { AssetsyncError, UsageError } from '../model/errors.ts'
import { EXIT } from '../model/exit.ts'
import type { Explanation, Origin } from '../model/history.ts'
import { plannedNow } from './explain-now.ts'
import { originIn, originOf } from './explain-origin.ts'
import { type Now, type Subject, subjectsOf } from './explain-sources.ts'
import { explainTarget } from './explain-target.ts'
import { iso } from './header.ts'
import { type History, openHistory } from './history.ts'
import { nearCodes } from './history-codes.ts'
import type { HistoryRequest } from './runs.ts'

export interface ExplainRequest extends HistoryRequest {
  readonly code: string
  /** Names of targets; empty: all. */
  readonly only: readonly string[]
  readonly now: Now
}

/** One product from record to answer at every target: from the journal and the ledger first, then from the feed of now. */
export async function explain(request: ExplainRequest): Promise<Explanation> {
  const closers = new Closers()
  try {
    const history = closers.add(openHistory(request.state), opened => opened?.ledger.close())
    const notices = [...(history?.ledger.warnings ?? [])]
    const catalog = await readNow(request.now, notices)
    if (catalog !== null) closers.add(catalog, read => read.close())
    return explanationOf(request, history, catalog, notices)
  } finally {
    await closers.close()
  }
}

/** A feed that somebody named must be readable; one that is only configured need not be. */
async function readNow({ feed, isNamed }: Now, notices: string[]): Promise<Catalog | null> {
  try {
    return feed === null ? null : await feed.read()
  } catch (error) {
    if (isNamed || !(error instanceof AssetsyncError)) throw error
    notices.push(`What the next push would do is not known, because the feed cannot be read: ${error.message}`)
    return null
  }
}

function explanationOf(
  request: ExplainRequest,
  history: History | null,
  catalog: Catalog | null,
  notices: string[],
): Explanation {
  const { code, clock, now } = request
  const pasts = history?.runs.flatMap(({ id }) => history.ledger.openRun(id) ?? []) ?? []
  const subjects = wanted(subjectsOf(pasts, now), request.only)
  const wall = clock.wall()
  const targets = subjects.map(subject => {
    const feed = catalog === null || now.feed === null ? null : { catalog, source: now.feed.source }
    const next = feed === null ? [] : plannedNow(subject, code, feed, history?.ledger ?? null, wall)
    return explainTarget(subject, code, { history, pasts, next, now })
  })
  const explained = targets.filter(({ items }) => items.length > 0)
  const origin = originFor(code, catalog, pasts, notices)
  const isKnown = origin !== null || explained.length > 0
  return {
    kind: 'explain',
    at: iso(wall),
    code,
    origin,
    targets: explained,
    near: isKnown ? [] : nearCodes(code, pasts, catalog),
    notices,
    next: null,
    exitCode: isKnown ? EXIT.ok : EXIT.items,
  }
}

function originFor(code: string, catalog: Catalog | null, pasts: readonly PastRun[], notices: string[]): Origin | null {
  const found = catalog === null ? null : originIn(catalog, code)
  if (found !== null) return found
  const past = originOf(code, pasts)
  if (catalog === null) return past
  const files = catalog.summary.files.join(', ')
  const isBlank = [...catalog.blanks()].includes(code)
  if (isBlank) notices.push(`The feed (${files}) names "${code}" without any image: it says nothing about it.`)
  else if (past !== null) notices.push(`The feed (${files}) has no product "${code}".`)
  return past
}

function wanted(subjects: readonly Subject[], only: readonly string[]): readonly Subject[] {
  const names = [...new Set(subjects.map(({ name }) => name))]
  const missing = only.find(name => !names.includes(name))
  if (missing !== undefined) {
    const near = nearest(missing, names)
    const known = names.length === 0 ? 'None is known.' : `There is: ${names.join(', ')}.`
    throw new UsageError(`There is no target "${missing}", neither in the config nor in the kept runs.`, {
      fix: near === null ? known : `Did you mean "${near}"? ${known}`,
    })
  }
  return only.length === 0 ? subjects : subjects.filter(({ name }) => only.includes(name))
}
