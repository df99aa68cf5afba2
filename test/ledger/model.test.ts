import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openLedger } from '../../src/ledger/index.ts'
import type { Journal, Knowledge, Ledger, TargetId } from '../../src/ledger/ledger.ts'
import type { Held } from '../../src/model/item.ts'
import type { Batch } from '../../src/model/step.ts'
import { aHeld, anItem, aStep } from '../helpers/items.ts'
import { DRIVERS } from '../lib/drivers.ts'
import { folders } from '../lib/folder.ts'
import { aResult, aRun, CATALOGIX, finish } from './runs.ts'

const KEYS = ['LAMP-1', 'LAMP-2', 'lamp-1', '007', '__proto__', 'Été']
const newFolder = folders()

/** What can happen to a ledger, in any order; what does not fit the moment does nothing. */
type Event =
  | { readonly type: 'plan'; readonly keys: readonly string[]; readonly perBatch: number }
  | { readonly type: 'begin' }
  | { readonly type: 'settle'; readonly fates: readonly ('held' | 'doubted' | 'gone' | 'untouched')[] }
  | { readonly type: 'finish' }
  | { readonly type: 'close' }
  | { readonly type: 'crash' }

const events: fc.Arbitrary<Event[]> = fc.array(
  fc.oneof(
    fc.record({
      type: fc.constant('plan' as const),
      keys: fc.shuffledSubarray(KEYS, { minLength: 1 }),
      perBatch: fc.integer({ min: 1, max: 3 }),
    }),
    { weight: 3, arbitrary: fc.record({ type: fc.constant('begin' as const) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        type: fc.constant('settle' as const),
        fates: fc.array(fc.constantFrom('held', 'held', 'doubted', 'gone', 'untouched'), {
          minLength: 3,
          maxLength: 3,
        }),
      }),
    },
    fc.record({ type: fc.constant('finish' as const) }),
    fc.record({ type: fc.constant('close' as const) }),
    fc.record({ type: fc.constant('crash' as const) }),
  ),
  { maxLength: 25 },
)

interface PlannedBatch {
  readonly batch: Batch
  state: 'planned' | 'inflight' | 'done'
}

/** The ledger and beside it the model: plain maps of what must be known. */
class Trial {
  readonly #open: () => Ledger
  readonly #abandoned: Ledger[] = []
  #ledger: Ledger
  readonly #id: TargetId
  readonly #held = new Map<string, Held>()
  #run: { id: string; journal: Journal; batches: PlannedBatch[] } | null = null
  #runs = 0

  constructor(open: () => Ledger) {
    this.#open = open
    this.#ledger = open()
    this.#id = this.#ledger.register(CATALOGIX).id
  }

  take(event: Event): void {
    if (event.type === 'plan') this.#plan(event.keys, event.perBatch)
    else if (event.type === 'begin') this.#begin()
    else if (event.type === 'settle') this.#settle(event.fates)
    else if (event.type === 'finish') this.#finish()
    else this.#restart(event.type === 'close')
  }

  check(): void {
    expect(this.#ledger.held(this.#id, KEYS)).toEqual(this.#held)
    if (this.#run === null) return
    const { journal, batches } = this.#run
    expect([...journal.batches(this.#id)]).toEqual(batches.map(({ batch }) => batch))
    const settled = batches.flatMap(({ batch, state }) => batch.steps.map(step => [step.item.code, state === 'done']))
    const outcomes = [...journal.outcomes(this.#id, 'catalogix')]
    expect(outcomes.map(({ code, status }) => [code, status === 'created'])).toEqual(settled)
  }

  close(): void {
    for (const ledger of [...this.#abandoned, this.#ledger]) ledger.close()
  }

  #plan(keys: readonly string[], perBatch: number): void {
    if (this.#run !== null) return
    const id = `run-${++this.#runs}`
    const journal = this.#ledger.start(aRun({ id }))
    const batches: PlannedBatch[] = []
    for (let start = 0; start < keys.length; start += perBatch) {
      const steps = keys
        .slice(start, start + perBatch)
        .map((code, at) => aStep({ seq: start + at, item: anItem({ code }), fingerprint: `${code} of ${id}` }))
      batches.push({ batch: { action: 'create', no: batches.length + 1, steps }, state: 'planned' })
    }
    journal.plan(
      this.#id,
      batches.map(({ batch }) => batch),
    )
    this.#run = { id, journal, batches }
  }

  #begin(): void {
    const next = this.#run?.batches.find(({ state }) => state === 'planned')
    if (next === undefined) return
    this.#run?.journal.begin(this.#id, next.batch)
    next.state = 'inflight'
  }

  #settle(fates: readonly string[]): void {
    const next = this.#run?.batches.find(({ state }) => state === 'inflight')
    if (next === undefined) return
    const { batch } = next
    const byFate = (fate: string) => batch.steps.filter((_, at) => fates[at] === fate)
    const known = ({ item, fingerprint }: Batch['steps'][number]): Held => aHeld({ code: item.code, fingerprint })
    const knowledge = {
      holds: byFate('held').map(known),
      doubts: byFate('doubted').map(step => ({ ...known(step), fingerprint: null })),
      gone: byFate('gone').map(step => step.item.key),
    } satisfies Knowledge
    this.#run?.journal.settle(
      this.#id,
      batch,
      batch.steps.map(() => aResult()),
      knowledge,
    )
    for (const key of knowledge.gone) this.#held.delete(key)
    for (const held of [...knowledge.holds, ...knowledge.doubts]) this.#held.set(held.key, held)
    next.state = 'done'
  }

  #finish(): void {
    if (this.#run === null) return
    finish(this.#run.journal)
    this.#run = null
  }

  /** A new process opens the ledger and puts an end to what the old one left; a killed one closes nothing. */
  #restart(isClosed: boolean): void {
    if (isClosed) this.#ledger.close()
    else this.#abandoned.push(this.#ledger)
    this.#ledger = this.#open()
    const batches = this.#run?.batches ?? []
    const itemsIn = (wanted: string) =>
      batches.filter(({ state }) => state === wanted).flatMap(({ batch }) => batch.steps.map(step => step.item.key))
    const expected = {
      id: this.#run?.id,
      startedAt: aRun().startedAt,
      interrupted: itemsIn('inflight').length,
      skipped: itemsIn('planned').length,
    }
    expect(this.#ledger.recover('2026-01-02T00:00:00Z')).toEqual(this.#run === null ? [] : [expected])
    for (const key of itemsIn('inflight')) {
      const before = this.#held.get(key)
      if (before !== undefined) this.#held.set(key, { ...before, fingerprint: null })
    }
    this.#run = null
  }
}

describe.each(DRIVERS)('any life of a ledger through %s', driver => {
  it('leaves it knowing exactly what was settled, with doubts about what was interrupted', () => {
    fc.assert(
      fc.property(events, life => {
        const folder = newFolder()
        const trial = new Trial(() => openLedger(folder, driver))
        try {
          for (const event of life) {
            trial.take(event)
            trial.check()
          }
        } finally {
          trial.close()
        }
      }),
      { numRuns: 60 },
    )
  })
})
