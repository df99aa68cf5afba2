import { existsSync } from 'node:fs'
import { holderOf, type RunningNow } from '../ledger/holder.ts'
import { openLedger } from '../ledger/index.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { ledgerFile } from '../ledger/open.ts'
import type { RunEntry } from '../ledger/past.ts'
import { nearest } from '../lib/text.ts'
import { UsageError } from '../model/errors.ts'
import type { RunState } from '../model/history.ts'

/** As many ids as are named in a message. */
const FEW = 5

/** The ledger of a folder, to be looked into: nothing is made, nobody is kept out. */
export interface History {
  readonly ledger: Ledger
  /** The kept runs, the newest first. */
  readonly runs: readonly RunEntry[]
  /** Who is at work in it; null: nobody. */
  readonly holder: RunningNow | null
  stateOf(run: RunEntry): RunState
}

/** Null when there is no ledger. To be closed with its ledger. */
export function openHistory(state: string): History | null {
  if (!existsSync(ledgerFile(state))) return null
  const before = holderOf(state) // a run that ends while its entry is read shall not seem to have been killed
  const ledger = openLedger(state)
  const runs = runsOf(ledger)
  const holder = before ?? holderOf(state)
  // Whoever holds the lock has ended the runs that were killed before, so only the newest can be under way.
  const isUnderWay = ({ id }: RunEntry) => holder !== null && id === runs[0]?.id
  return {
    ledger,
    runs,
    holder,
    stateOf(run) {
      if (run.exitCode !== null) return 'finished'
      return run.finishedAt === null && isUnderWay(run) ? 'under-way' : 'killed'
    },
  }
}

function runsOf(ledger: Ledger): readonly RunEntry[] {
  try {
    return ledger.runs()
  } catch (error) {
    ledger.close()
    throw error
  }
}

/** The id of the kept run that is meant: its own, or the beginning of it. None, or several, is a UsageError. */
export function runNamed(text: string, runs: readonly RunEntry[]): string {
  const ids = runs.map(({ id }) => id)
  const meant = ids.includes(text) ? [text] : ids.filter(id => text !== '' && id.startsWith(text))
  const [found, ...others] = meant
  if (found !== undefined && others.length === 0) return found
  if (found !== undefined) {
    throw new UsageError(`Several runs begin with "${text}".`, { fix: `Name one of ${someOf(meant)}.` })
  }
  throw new UsageError(`There is no run "${text}".`, { fix: wayOut(text, ids) })
}

function wayOut(text: string, ids: readonly string[]): string {
  if (ids.length === 0) return 'There is none yet: push a feed first.'
  const near = nearest(text, ids)
  const last = ids.length === 1 ? `The only run is ${ids[0]}.` : `The last runs are ${someOf(ids)}.`
  return near === null ? last : `Did you mean ${near}? ${last}`
}

function someOf(ids: readonly string[]): string {
  const rest = ids.length - FEW
  return rest > 0 ? `${ids.slice(0, FEW).join(', ')} and ${rest} more` : ids.join(', ')
}

/** The names of all targets that kept runs had. */
export function targetNames(state: string): string[] {
  const history = openHistory(state)
  try {
    const pasts = history?.runs.flatMap(({ id }) => history.ledger.openRun(id) ?? []) ?? []
    return [...new Set(pasts.flatMap(({ targets }) => targets.map(({ name }) => name)))]
  } finally {
    history?.ledger.close()
  }
}
