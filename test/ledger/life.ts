import type { Ledger } from '../../src/ledger/ledger.ts'
import { aHeld } from '../helpers/items.ts'
import { aBatch, aRemoval, aResult, aRun, CATALOGIX, filled, finish, heldOf } from './runs.ts'

const AT = '2026-01-02T00:00:00Z'
const [CREATE, UPDATE, LOST, REMOVAL] = [
  aBatch(['SOFA-1', 'SOFA-2', 'SOFA-3']),
  aBatch(['LAMP-1', 'LAMP-2'], { action: 'update', no: 2, from: 3 }),
  aBatch(['SOFA-4', 'SOFA-5'], { no: 3, from: 5 }),
  aRemoval(['LAMP-3'], 4),
]
/** Long enough for a page of its own. */
const WORDS = 'It took its time. '.repeat(400)
const CODES = ['LAMP-1', 'LAMP-2', 'LAMP-3', 'SOFA-1', 'SOFA-2', 'SOFA-3', 'SOFA-4', 'SOFA-5']

/** What is there before the life begins. */
export function prepare(ledger: Ledger): void {
  filled(ledger, ['LAMP-1', 'LAMP-2', 'LAMP-3'])
}

/** Everything that a run asks of a ledger, a step at a time; gives the number of steps done. Between two of them it may die. */
export function* live(ledger: Ledger): Generator<number> {
  let done = 0
  ledger.recover(AT)
  yield ++done
  const { id } = ledger.register({ ...CATALOGIX, name: 'second' })
  yield ++done
  const target = ledger.register(CATALOGIX).id
  const journal = ledger.start(aRun({ id: 'run-2' }))
  yield ++done
  journal.plan(target, [CREATE, UPDATE, LOST, REMOVAL])
  yield ++done
  journal.plan(id, [aBatch(['SOFA-1'])])
  yield ++done
  journal.begin(target, CREATE)
  yield ++done
  ledger.note(target, { key: 'SOFA-1', code: 'SOFA-1' }, 'remote-1')
  yield ++done
  journal.attempt(target, CREATE, { at: AT, http: 503, requestId: null, reason: 'target-unavailable', message: 'x' })
  journal.begin(target, UPDATE)
  yield ++done
  const created = CREATE.steps.map(step => ({ ...heldOf(step), remoteId: `remote of ${step.item.key}` }))
  journal.settle(target, CREATE, Array(3).fill(aResult({ message: WORDS })), { holds: created, doubts: [] })
  yield ++done
  journal.begin(target, LOST)
  yield ++done
  const unknown = aResult({ status: 'unknown', reason: 'no-answer', message: WORDS })
  journal.settle(target, LOST, [unknown, aResult()], { holds: LOST.steps.slice(1).map(heldOf), doubts: [] })
  yield ++done
  const [held, doubted] = UPDATE.steps.map(heldOf)
  journal.settle(target, UPDATE, [aResult({ status: 'updated' }), aResult({ status: 'failed' })], {
    holds: held === undefined ? [] : [{ ...held, fingerprint: 'new' }],
    doubts: doubted === undefined ? [] : [{ ...doubted, fingerprint: null }],
  })
  yield ++done
  journal.begin(target, REMOVAL)
  yield ++done
  journal.settle(target, REMOVAL, [aResult({ status: 'deleted' })], { holds: [], doubts: [], gone: ['LAMP-3'] })
  yield ++done
  journal.settle(target, LOST, [aResult(), aResult()], { holds: [aHeld({ code: 'SOFA-4' })], doubts: [] })
  yield ++done
  finish(journal, { products: 5, openEnd: true })
  yield ++done
}

/** All that a ledger knows, once a new process has put an end to what an old one left. */
export function knowledgeIn(ledger: Ledger): unknown {
  const dead = ledger.recover(AT, type => type === 'catalogix')
  const id = Number(ledger.find(CATALOGIX))
  return {
    dead,
    second: ledger.find({ ...CATALOGIX, name: 'second' }),
    held: [...ledger.held(id, CODES).values()].toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    unknowns: [...ledger.unknowns(id)],
    lastComplete: ledger.lastComplete('lamps.csv'),
    runs: ledger.runs().map(({ id: name }) => {
      const run = ledger.openRun(name)
      const outcomes = run?.targets.map(target => [...run.outcomes(target.id, target.name)])
      return { run, outcomes, attempts: [...(run?.attempts(id) ?? [])], open: [...(run?.retryable(id) ?? [])] }
    }),
  }
}
