import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openLedger } from '../../src/ledger/index.ts'
import type { Journal, Ledger, TargetId } from '../../src/ledger/ledger.ts'
import type { SqliteDriver } from '../../src/lib/sqlite.ts'
import type { Status } from '../../src/model/outcome.ts'
import { aHeld, anItem, anUnchanged, aStep } from '../helpers/items.ts'
import { DRIVERS } from '../lib/drivers.ts'
import { folders } from '../lib/folder.ts'
import { Model, type ModelBatch, type ModelRun } from './model.ts'
import { toVersion } from './older.ts'
import { through } from './opening.ts'
import { aResult, aRun, CATALOGIX, finish } from './runs.ts'

const KEYS = ['LAMP-1', 'lamp-1', '007', '__proto__', 'Été']
const SOURCES = ['lamps.csv', 'sofas.csv']
const newFolder = folders()

/** The ledger, as processes have it one after the other. */
class Real {
  readonly folder: string
  readonly driver: SqliteDriver
  readonly #abandoned: Ledger[] = []
  ledger: Ledger
  readonly id: TargetId
  journal: Journal | null = null
  /** Every moment is later than the one before. */
  #moments = 0

  constructor(folder: string, driver: SqliteDriver) {
    this.folder = folder
    this.driver = driver
    this.ledger = openLedger(folder, through(driver))
    this.id = this.ledger.register(CATALOGIX).id
  }

  now(): string {
    return `2026-01-01T00:00:00.${String(this.#moments++).padStart(3, '0')}Z`
  }

  /** A killed process closes nothing. */
  restart(how: 'closed' | 'killed' | 'from version 1'): void {
    if (how === 'killed') this.#abandoned.push(this.ledger)
    else this.ledger.close()
    if (how === 'from version 1') toVersion(1, this.folder, this.driver)
    this.ledger = openLedger(this.folder, through(this.driver))
    this.journal = null
  }

  close(): void {
    for (const ledger of [...this.#abandoned, this.ledger]) ledger.close()
  }
}

type Command = fc.Command<Model, Real>

/** Plans a run: keys to send, so many to a batch, to remove, and unchanged. */
class Plan implements Command {
  readonly #facts: { send: string[]; perBatch: number; remove: string[]; unchanged: string[]; source: string }

  constructor(facts: { send: string[]; perBatch: number; remove: string[]; unchanged: string[]; source: string }) {
    this.#facts = facts
  }

  check(model: Readonly<Model>): boolean {
    return model.run === null
  }

  run(model: Model, real: Real): void {
    const { send, perBatch, source } = this.#facts
    const left = KEYS.filter(key => !send.includes(key))
    const remove = this.#facts.remove.filter(key => left.includes(key))
    const unchanged = this.#facts.unchanged.filter(key => left.includes(key) && !remove.includes(key))
    const run = aRun({ id: `run-${model.runs.length + 1}`, source, startedAt: real.now() })
    const batches = []
    for (let start = 0; start < send.length; start += perBatch) {
      const steps = send
        .slice(start, start + perBatch)
        .map((code, at) => aStep({ seq: start + at, item: anItem({ code }), fingerprint: `${code} of ${run.id}` }))
      batches.push({ action: 'create' as const, no: batches.length + 1, steps })
    }
    const removal = remove.map((code, at) => ({
      action: 'delete' as const,
      seq: 100 + at,
      source: '',
      item: anItem({ code }),
      images: 2,
    }))
    const planned = [...batches, ...(remove.length ? [{ action: 'delete' as const, no: 99, steps: removal }] : [])]
    const page = {
      action: 'unchanged' as const,
      no: 1,
      steps: unchanged.map((code, at) => anUnchanged({ code, seq: 50 + at })),
    }
    real.journal = real.ledger.start(run)
    real.journal.plan(real.id, [...planned, page])
    model.run = {
      ...run,
      batches: planned.map(batch => ({ batch, state: 'planned', results: [], attempts: [] })),
      unchanged,
      finishedAt: null,
      exitCode: null,
      complete: false,
      products: 0,
      openEnd: null,
    }
    model.runs.push(model.run)
    verify(model, real)
  }

  toString = () => `plan ${JSON.stringify(this.#facts)}`
}

class Begin implements Command {
  check = (model: Readonly<Model>) => model.next('planned') !== null

  run(model: Model, real: Real): void {
    const next = model.next('planned')
    if (next === null) return
    next.state = 'inflight'
    real.journal?.begin(real.id, next.batch)
    verify(model, real)
  }

  toString = () => 'begin'
}

/** The batch under way; where there is none, the next one is begun. */
function begun(model: Model, real: Real): ModelBatch | null {
  if (model.next('inflight') === null) new Begin().run(model, real)
  return model.next('inflight')
}

class Try implements Command {
  check = (model: Readonly<Model>) => model.next('inflight') !== null

  run(model: Model, real: Real): void {
    const open = model.next('inflight')
    const attempt = { at: real.now(), http: 503, requestId: null, reason: 'target-unavailable', message: null }
    open?.attempts.push(attempt)
    real.journal?.attempt(real.id, open?.batch ?? null, attempt)
  }

  toString = () => 'try'
}

type Fate = 'held' | 'doubted' | 'gone' | 'unknown' | 'skipped'
const STATUS = { held: 'created', doubted: 'failed', gone: 'deleted', unknown: 'unknown', skipped: 'skipped' } as const

class Settle implements Command {
  readonly #fates: readonly Fate[]

  constructor(fates: readonly Fate[]) {
    this.#fates = fates
  }

  check = (model: Readonly<Model>) => (model.next('inflight') ?? model.next('planned')) !== null

  run(model: Model, real: Real): void {
    const open = begun(model, real)
    if (open === null) return
    const fateAt = (at: number): Fate => this.#fates[at % this.#fates.length] ?? 'held'
    const results = open.batch.steps.map((_, at) => aResult({ status: STATUS[fateAt(at)], message: `${at}` }))
    const having = (fate: Fate) => open.batch.steps.filter((_, at) => fateAt(at) === fate).map(({ item }) => item.code)
    const knowledge = {
      holds: having('held').map(code => aHeld({ code, fingerprint: `${code} of ${model.run?.id}` })),
      doubts: having('doubted').map(code => aHeld({ code, fingerprint: null })),
      gone: having('gone'),
    }
    real.journal?.settle(real.id, open.batch, results, knowledge)
    model.settle(open, results, knowledge)
    verify(model, real)
  }

  toString = () => `settle ${this.#fates}`
}

class Note implements Command {
  readonly #key: string

  constructor(key: string) {
    this.#key = key
  }

  check = () => true

  run(model: Model, real: Real): void {
    const item = { key: this.#key, code: this.#key }
    const before = model.held.get(this.#key) ?? { ...item, gallery: [], tail: [] }
    model.held.set(this.#key, { ...before, fingerprint: null, remoteId: 'noted' })
    real.ledger.note(real.id, item, 'noted')
    verify(model, real)
  }

  toString = () => `note ${this.#key}`
}

class Finish implements Command {
  readonly #facts: { products: number; exitCode: number; complete: boolean; openEnd: boolean | null }

  constructor(facts: { products: number; exitCode: number; complete: boolean; openEnd: boolean | null }) {
    this.#facts = facts
  }

  check = (model: Readonly<Model>) => model.run !== null

  run(model: Model, real: Real): void {
    while (begun(model, real) !== null) new Settle(['skipped', 'unknown']).run(model, real)
    if (model.run === null || real.journal === null) return
    const finishedAt = real.now()
    Object.assign(model.run, this.#facts)
    finish(real.journal, { ...this.#facts, header: { ...aRun(), finishedAt } })
    model.end(finishedAt)
    real.journal = null
    verify(model, real)
  }

  toString = () => `finish ${JSON.stringify(this.#facts)}`
}

class Restart implements Command {
  readonly #how: 'closed' | 'killed' | 'from version 1'
  readonly #mayDouble: boolean

  constructor(how: 'closed' | 'killed' | 'from version 1', mayDouble: boolean) {
    this.#how = how
    this.#mayDouble = mayDouble
  }

  check = () => true

  run(model: Model, real: Real): void {
    // Requests that were noted after the last thing that was written are gone with the process.
    const lost = model.next('inflight')
    const { id, startedAt } = model.run ?? {}
    real.restart(this.#how)
    if (lost !== null) lost.attempts = [...written(lost, model, real)]
    if (this.#how === 'from version 1') model.forgetWhatVersionOneLacks()
    const at = real.now()
    const counts = model.recover(at, this.#mayDouble)
    const found = real.ledger.recover(at, () => this.#mayDouble)
    expect(found).toEqual(counts === null ? [] : [{ id, startedAt, ...counts }])
    verify(model, real)
  }

  toString = () => `restart ${this.#how}, ${this.#mayDouble ? 'create' : 'upsert'}`
}

/** What is on disk of a batch's requests is the beginning of what was noted. */
function written(lost: ModelRun['batches'][number], { runs }: Model, { ledger, id }: Real) {
  const all = [...(ledger.openRun(runs.at(-1)?.id ?? '')?.attempts(id) ?? [])]
  const mine = all.filter(({ batch }) => batch === lost.batch.no).map(({ batch: _, n: __, ...attempt }) => attempt)
  expect(mine).toEqual(lost.attempts.slice(0, mine.length))
  return mine
}

function verify(model: Model, { ledger, id, journal }: Real): void {
  expect(ledger.held(id, KEYS)).toEqual(model.held)
  const prints = [...model.held].map(
    ([key, { code, fingerprint, remoteId }]) => [key, { code, fingerprint, remoteId }] as const,
  )
  expect(ledger.heldPrints(id, KEYS)).toEqual(new Map(prints))
  expect(new Map([...ledger.unknowns(id)].map(item => [item.step.item.key, item]))).toEqual(model.unknown)
  expect(SOURCES.map(source => ledger.lastComplete(source))).toEqual(SOURCES.map(source => model.lastComplete(source)))
  expect(ledger.runs().map(shown)).toEqual(model.runs.map(shown).toReversed())
  expect(ledger.warnings).toEqual([])
  for (const run of model.runs.slice(-3)) verifyRun(run, model, { ledger, id })
  if (journal === null || model.run === null) return
  const sent = model.run.batches.map(({ batch }) => batch)
  expect([...journal.batches(id), ...journal.removals(id)]).toEqual(sent)
}

function shown({ id, source, finishedAt, exitCode, complete }: Omit<ModelRun, 'batches' | 'unchanged'> | RunShown) {
  return { id, source, finishedAt, exitCode, complete }
}
type RunShown = ReturnType<Ledger['runs']>[number]

function verifyRun(run: ModelRun, model: Model, { ledger, id }: Pick<Real, 'ledger' | 'id'>): void {
  const past = ledger.openRun(run.id)
  const statuses = new Map<string | null, Status>(
    run.batches.flatMap(({ batch, results }) =>
      batch.steps.map((step, at) => [step.item.key, results[at]?.status ?? 'skipped']),
    ),
  )
  for (const key of run.unchanged) statuses.set(key, 'unchanged')
  expect(new Map([...(past?.outcomes(id, 'shop') ?? [])].map(({ key, status }) => [key, status]))).toEqual(statuses)
  if (run.finishedAt === null) return
  expect([...(past?.retryable(id) ?? [])]).toEqual(model.retryable(run))
  const attempts = run.batches.flatMap(({ batch, attempts: all }) =>
    all.map((attempt, at) => ({ batch: batch.no, n: at + 1, ...attempt })),
  )
  expect([...(past?.attempts(id) ?? [])]).toEqual(attempts)
}

const keys = fc.shuffledSubarray(KEYS)
const commands = fc.commands(
  [
    fc
      .record({
        send: keys,
        perBatch: fc.integer({ min: 1, max: 3 }),
        remove: keys,
        unchanged: keys,
        source: fc.constantFrom(...SOURCES),
      })
      .map(facts => new Plan(facts)),
    fc.constant(new Begin()),
    fc.constant(new Try()),
    fc
      .array(fc.constantFrom<Fate>('held', 'held', 'doubted', 'gone', 'unknown', 'skipped'), {
        minLength: 1,
        maxLength: 3,
      })
      .map(fates => new Settle(fates)),
    fc.constant(new Settle(['held'])),
    fc.constantFrom(...KEYS).map(key => new Note(key)),
    fc
      .record({
        products: fc.nat(9),
        exitCode: fc.constantFrom(0, 1),
        complete: fc.boolean(),
        openEnd: fc.constantFrom(true, false, null),
      })
      .map(facts => new Finish(facts)),
    fc
      .tuple(fc.constantFrom('closed' as const, 'killed' as const, 'from version 1' as const), fc.boolean())
      .map(([how, mayDouble]) => new Restart(how, mayDouble)),
  ],
  { maxCommands: 25, size: 'max' },
)

describe.each(DRIVERS)('any life of a ledger through %s', driver => {
  it('leaves it knowing exactly what was settled, with doubts about what was interrupted', () => {
    fc.assert(
      fc.property(commands, life => {
        const real = new Real(newFolder(), driver)
        try {
          fc.modelRun(() => ({ model: new Model(), real }), life)
        } finally {
          real.close()
        }
      }),
      { numRuns: 80 },
    )
  }, 60_000)
})
