import { expect } from 'vitest'
import type { Knowledge, UnknownItem } from '../../src/ledger/ledger.ts'
import type { Attempt } from '../../src/ledger/past.ts'
import type { Held } from '../../src/model/item.ts'
import type { Result } from '../../src/model/outcome.ts'
import type { Batch, DeleteStep, Removal, SendStep } from '../../src/model/step.ts'

/** A batch of the model, and what became of it. */
export interface ModelBatch {
  readonly batch: Batch | Removal
  state: 'planned' | 'inflight' | 'done'
  results: readonly Result[]
  attempts: Attempt[]
}

export interface ModelRun {
  readonly id: string
  readonly startedAt: string
  readonly source: string
  readonly batches: readonly ModelBatch[]
  /** Keys that were planned without a request. */
  readonly unchanged: readonly string[]
  finishedAt: string | null
  exitCode: number | null
  complete: boolean
  products: number
  openEnd: boolean | null
}

type Open = { readonly step: SendStep | DeleteStep; readonly result: Result }

/** What a ledger must know, in plain maps and lists. */
export class Model {
  readonly held = new Map<string, Held>()
  readonly unknown = new Map<string, UnknownItem>()
  /** Keys of those that nobody noted a request for. */
  readonly undated = new Set<string>()
  readonly runs: ModelRun[] = []
  /** The run that is under way. */
  run: ModelRun | null = null

  next(state: ModelBatch['state']): ModelBatch | null {
    return this.run?.batches.find(each => each.state === state) ?? null
  }

  settle(open: ModelBatch, results: readonly Result[], { holds, doubts, gone = [] }: Knowledge): void {
    open.state = 'done'
    open.results = results
    for (const key of gone) this.held.delete(key)
    for (const held of [...holds, ...doubts]) this.held.set(held.key, held)
    const at =
      open.attempts
        .map(attempt => attempt.at)
        .toSorted()
        .at(-1) ?? null
    for (const [index, step] of open.batch.steps.entries()) this.#judge(step, results[index], gone, at)
  }

  #judge(step: SendStep | DeleteStep, result: Result | undefined, gone: readonly string[], at: string | null): void {
    const { key } = step.item
    const ends = ['created', 'updated', 'accepted', 'deleted', ...(step.action === 'delete' ? [] : ['failed'])]
    if (result?.status === 'unknown') {
      const attemptedAt = at ?? this.run?.startedAt ?? ''
      if (at === null) this.undated.add(key)
      else this.undated.delete(key)
      this.unknown.set(key, { step, run: this.run?.id ?? '', attemptedAt, message: result.message })
    } else if (gone.includes(key) || ends.includes(result?.status ?? '')) {
      this.unknown.delete(key)
    }
  }

  /** The process died; what a new one makes of the run that it left. */
  recover(at: string, mayDouble: boolean): { interrupted: number; skipped: number } | null {
    if (this.run === null) return null
    const counts = { interrupted: 0, skipped: 0 }
    for (const open of this.run.batches.filter(({ state }) => state !== 'done')) {
      counts[open.state === 'inflight' ? 'interrupted' : 'skipped'] += open.batch.steps.length
      open.results = open.batch.steps.map(step => this.#interrupt(step, open, at, mayDouble))
      open.state = 'done'
    }
    this.end(at)
    return counts
  }

  /** Nothing of the run was attempted later. */
  end(at: string): void {
    if (this.run === null) return
    this.run.finishedAt = at
    for (const [key, item] of this.unknown) {
      if (this.undated.has(key) && item.run === this.run.id) this.unknown.set(key, { ...item, attemptedAt: at })
    }
    this.undated.clear()
    this.run = null
  }

  #interrupt(step: SendStep | DeleteStep, { state }: ModelBatch, attemptedAt: string, mayDouble: boolean): Result {
    const base = { http: null, requestId: null, remoteId: null, reason: 'interrupted', message: expect.any(String) }
    if (state === 'planned') return { ...base, status: 'skipped', attempts: 0 }
    const { key } = step.item
    const before = this.held.get(key)
    if (before !== undefined) this.held.set(key, { ...before, fingerprint: null, tail: tailOf(before, step) })
    const isNoted = before !== undefined && before.remoteId !== null && before.remoteId !== step.item.remoteId
    if (!mayDouble || step.action === 'delete' || isNoted) {
      if (step.action !== 'delete') this.unknown.delete(key)
      return { ...base, status: 'failed', attempts: 1 }
    }
    this.undated.delete(key)
    this.unknown.set(key, { step, run: this.run?.id ?? '', attemptedAt, message: expect.any(String) })
    return { ...base, status: 'unknown', attempts: 1 }
  }

  /** What is left of it when it has been a ledger of the first version for a while. */
  forgetWhatVersionOneLacks(): void {
    this.unknown.clear()
    this.undated.clear()
    for (const run of this.runs) {
      run.openEnd = null
      for (const batch of run.batches) {
        batch.attempts = []
        for (const [at, step] of batch.batch.steps.entries()) {
          const result = batch.results[at]
          const { key } = step.item
          if (result?.status !== 'unknown' || (this.held.get(key)?.fingerprint ?? null) !== null) continue
          const attemptedAt = run.finishedAt ?? run.startedAt
          if (run.finishedAt === null) this.undated.add(key)
          this.unknown.set(key, { step, run: run.id, attemptedAt, message: result.message })
        }
      }
    }
  }

  /** What failed or was skipped in the run, no later one has named, and no complete one of its source did without. */
  retryable(run: ModelRun): Open[] {
    const later = this.runs.slice(this.runs.indexOf(run) + 1)
    const named = new Set(
      later.flatMap(({ batches, unchanged }) => [
        ...unchanged,
        ...batches.flatMap(({ batch }) => batch.steps.map(step => step.item.key)),
      ]),
    )
    const isOver = later.some(({ source, complete, batches, unchanged }) => {
      const isPlanned = batches.length > 0 || unchanged.length > 0
      return source === run.source && complete && isPlanned
    })
    const open = run.batches.flatMap(({ batch, results }) =>
      batch.steps.flatMap((step, at): Open[] => {
        const result = results[at]
        const isOpen = result?.status === 'failed' || result?.status === 'skipped'
        if (isOver) return []
        return isOpen && !named.has(step.item.key) && !this.unknown.has(step.item.key) ? [{ step, result }] : []
      }),
    )
    return open.toSorted((a, b) => a.step.seq - b.step.seq)
  }

  lastComplete(source: string): { products: number; openEnd: boolean | null } | null {
    const last = this.runs.filter(run => run.source === source && run.complete).at(-1)
    return last === undefined ? null : { products: last.products, openEnd: last.openEnd }
  }
}

/** Ranks after the end of what was held may have been written. */
function tailOf({ gallery, tail }: Held, { item }: SendStep | DeleteStep): Held['tail'] {
  const known = [...gallery.map((_, at) => at + 1), ...tail.map(({ rank }) => rank)]
  const sent = item.gallery.map((url, at) => ({ rank: at + 1, url })).filter(({ rank }) => !known.includes(rank))
  return [...tail, ...sent].toSorted((a, b) => a.rank - b.rank)
}
