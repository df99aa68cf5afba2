import { afterEach, describe, expect, it } from 'vitest'
import type { LastRecords, Ledger, RunStart, TargetId, UnknownItem } from '../../src/ledger/ledger.ts'
import { RecordList } from '../../src/lib/record-list.ts'
import { LedgerError } from '../../src/model/errors.ts'
import type { Result } from '../../src/model/outcome.ts'
import type { Batch, DeleteStep, SendStep } from '../../src/model/step.ts'
import { aHeld, anItem, anUnchanged, aReject, aStep, codes, images } from '../helpers/items.ts'
import { aBatch, aRemoval, aResult, aRun, aSummary, CATALOGIX, filled, finish, heldMap, heldOf, pass } from './runs.ts'

/** One ledger as processes find it one after the other. */
export interface Place {
  /** Opens it as a new process does, whatever became of the one before. */
  open(): Ledger
}

const AT = '2026-01-02T00:00:00Z'
const NASTY = [
  'A1',
  'a1',
  'Á1',
  'A1 ',
  '007',
  '07',
  '7',
  '0',
  '1E5',
  '__proto__',
  'constructor',
  '%',
  '_',
  "'",
  '"',
  '💡',
]

/** The sentences of the contract in src/ledger/ledger.ts, for one kind of ledger. */
export function describeLedger(name: string, newPlace: () => Place): void {
  describe(`${name}, by contract`, () => {
    const opened: Ledger[] = []
    afterEach(() => {
      for (const ledger of new Set(opened.splice(0))) ledger.close()
    })

    /** `open` gives the ledger to a new process; the one before counts as killed. */
    function place(): { open(): Ledger } {
      const made = newPlace()
      return {
        open() {
          const ledger = made.open()
          opened.push(ledger)
          return ledger
        },
      }
    }

    describe('1. what was settled', () => {
      it('is there after a crash', () => {
        const { open } = place()
        const ledger = open()
        const { id } = ledger.register(CATALOGIX)
        const journal = ledger.start(aRun())
        const step = aStep({
          item: anItem({ code: 'LAMP-1', gallery: images('LAMP-1', 1) }),
          tail: [{ rank: 2, url: 'https://cdn.example.com/old.jpg' }],
        })
        const held = { ...heldOf(step), remoteId: 'remote-1' }
        const batch = { action: 'create' as const, no: 1, steps: [step] }
        journal.plan(id, [batch])
        journal.begin(id, batch)
        journal.settle(id, batch, [aResult({ remoteId: 'remote-1' })], { holds: [held], doubts: [] })

        const next = open()
        expect(next.recover(AT)).toEqual([{ id: 'run-1', startedAt: aRun().startedAt, interrupted: 0, skipped: 0 }])
        expect(next.held(id, ['LAMP-1'])).toEqual(new Map([['LAMP-1', held]]))
      })

      it('is written as a whole or not at all', () => {
        const { open } = place()
        const ledger = open()
        const id = filled(ledger, ['LAMP-1', 'LAMP-2'])
        const journal = ledger.start(aRun())
        const batch = aBatch(['LAMP-1', 'LAMP-2'], { action: 'update' })
        journal.plan(id, [batch])
        journal.begin(id, batch)
        const first = aHeld({ code: 'LAMP-1', fingerprint: 'new' })
        const broken = aHeld({ code: 'LAMP-2', gallery: undefined as unknown as string[] })
        const results = [aResult(), aResult()]
        expect(() =>
          journal.settle(id, batch, results, { holds: [first, broken], doubts: [], gone: ['LAMP-1'] }),
        ).toThrow(LedgerError)
        expect(ledger.held(id, ['LAMP-1', 'LAMP-2'])).toEqual(heldMap('LAMP-1', 'LAMP-2'))
        expect(open().recover(AT)).toMatchObject([{ interrupted: 2, skipped: 0 }])
      })

      it('replaces what was known of a key, adds doubts, and forgets what is gone', () => {
        const { open } = place()
        const ledger = open()
        const id = filled(ledger, ['LAMP-1', 'LAMP-2', 'LAMP-3'])
        const journal = ledger.start(aRun())
        const batch = aBatch(['LAMP-1', 'LAMP-2'], { action: 'update' })
        const holds = [aHeld({ code: 'LAMP-1', fingerprint: 'new', gallery: ['https://cdn.example.com/new.jpg'] })]
        const doubts = [aHeld({ code: 'LAMP-2', fingerprint: null })]
        journal.plan(id, [batch])
        journal.settle(id, batch, [aResult(), aResult()], { holds, doubts, gone: ['LAMP-3'] })
        expect(ledger.held(id, codes(3).concat('LAMP-1', 'LAMP-2', 'LAMP-3'))).toEqual(
          new Map([...holds, ...doubts].map(held => [held.key, held])),
        )
      })

      it('includes an id that was noted before the item was complete, and the key stays in doubt', () => {
        const { open } = place()
        const ledger = open()
        const id = filled(ledger, ['LAMP-1'])
        ledger.note(id, { key: 'LAMP-1', code: 'LAMP-1' }, 'remote-1')
        ledger.note(id, { key: 'LAMP-2#1', code: 'LAMP-2' }, 'remote-2')
        expect(open().held(id, ['LAMP-1', 'LAMP-2#1'])).toEqual(
          new Map([
            ['LAMP-1', aHeld({ code: 'LAMP-1', fingerprint: null, remoteId: 'remote-1' })],
            [
              'LAMP-2#1',
              { key: 'LAMP-2#1', code: 'LAMP-2', fingerprint: null, gallery: [], tail: [], remoteId: 'remote-2' },
            ],
          ]),
        )
      })
    })

    describe('2. a batch under way when the process died', () => {
      it('is found, and its items are doubted', () => {
        const { open } = place()
        const ledger = open()
        const id = filled(ledger, ['LAMP-1', 'LAMP-2', 'LAMP-3'])
        const journal = ledger.start(aRun())
        const [first, second, third] = [
          aBatch(['LAMP-1'], { action: 'update', no: 1 }),
          aBatch(['LAMP-2', 'LAMP-9'], { action: 'update', no: 2, from: 1 }),
          aBatch(['LAMP-3'], { action: 'update', no: 3, from: 3 }),
        ]
        journal.plan(id, [first, second, third])
        journal.begin(id, first)
        journal.settle(id, first, [aResult()], { holds: first.steps.map(heldOf), doubts: [] })
        journal.begin(id, second)

        const next = open()
        expect(next.recover(AT)).toEqual([{ id: 'run-1', startedAt: aRun().startedAt, interrupted: 2, skipped: 1 }])
        expect(next.held(id, ['LAMP-1', 'LAMP-2', 'LAMP-3', 'LAMP-9'])).toEqual(
          heldMap('LAMP-1', 'LAMP-2', 'LAMP-3').set('LAMP-2', aHeld({ code: 'LAMP-2', fingerprint: null })),
        )
        expect(next.recover(AT)).toEqual([])
      })

      it('may be one that counts as planned, where batches may be sent again and one was begun: all are doubted', () => {
        const { open } = place()
        const ledger = open()
        const id = filled(ledger, ['LAMP-1', 'LAMP-2', 'LAMP-3'])
        const journal = ledger.start(aRun())
        const begun = aBatch(['SOFA-1'])
        journal.plan(id, [
          begun,
          aBatch(['LAMP-2', 'LAMP-9'], { action: 'update', no: 2, from: 1 }),
          aRemoval(['LAMP-3'], 3),
        ])
        journal.begin(id, begun, 'soon') // the first one of a target is there at once
        const next = open()
        expect(next.recover(AT, undefined, type => type === 'catalogix')).toMatchObject([
          { interrupted: 1, skipped: 3 },
        ])
        // A removal is always begun on disk.
        expect(next.held(id, ['LAMP-1', 'LAMP-2', 'LAMP-3', 'LAMP-9'])).toEqual(
          heldMap('LAMP-1', 'LAMP-2', 'LAMP-3').set('LAMP-2', aHeld({ code: 'LAMP-2', fingerprint: null })),
        )
        expect([...journal.outcomes(id, 'shop')].map(({ status }) => status)).toEqual([
          'failed',
          'skipped',
          'skipped',
          'skipped',
        ])
      })

      it('is none where nothing was begun at the target: what was planned is as it was', () => {
        const { open } = place()
        const ledger = open()
        const id = filled(ledger, ['LAMP-1'])
        ledger.start(aRun()).plan(id, [aBatch(['LAMP-1'], { action: 'update' })])
        const next = open()
        expect(next.recover(AT, undefined, () => true)).toMatchObject([{ interrupted: 0, skipped: 1 }])
        expect(next.held(id, ['LAMP-1'])).toEqual(heldMap('LAMP-1'))
      })

      it('may have left images at ranks after the old end', () => {
        const { open } = place()
        const ledger = open()
        const id = filled(ledger, ['LAMP-1'])
        const journal = ledger.start(aRun())
        const longer = aStep({ action: 'update', item: anItem({ code: 'LAMP-1', gallery: images('NEW-1', 4) }) })
        const batch = { action: 'update' as const, no: 1, steps: [longer] }
        journal.plan(id, [batch])
        journal.begin(id, batch)
        const next = open()
        next.recover(AT)
        const [, , third = '', fourth = ''] = images('NEW-1', 4)
        expect(next.held(id, ['LAMP-1']).get('LAMP-1')?.tail).toEqual([
          { rank: 3, url: third },
          { rank: 4, url: fourth },
        ])
      })

      it('is found too when it was a removal', () => {
        const { open } = place()
        const ledger = open()
        const id = filled(ledger, ['LAMP-1', 'LAMP-2'])
        const journal = ledger.start(aRun())
        const removals = [aRemoval(['LAMP-1'], 1), aRemoval(['LAMP-2'], 2)]
        journal.plan(id, removals)
        expect([...journal.removals(id)]).toEqual(removals)
        for (const removal of removals.slice(0, 1)) journal.begin(id, removal)
        const next = open()
        expect(next.recover(AT)).toMatchObject([{ interrupted: 1, skipped: 1 }])
        expect(next.held(id, ['LAMP-1', 'LAMP-2'])).toEqual(
          heldMap('LAMP-1', 'LAMP-2').set('LAMP-1', aHeld({ code: 'LAMP-1', fingerprint: null })),
        )
      })

      it('is told by run, the oldest first, and a finished run is none of them', () => {
        const { open } = place()
        const ledger = open()
        const id = filled(ledger, ['LAMP-1'])
        for (const run of ['run-1', 'run-2']) ledger.start(aRun({ id: run })).plan(id, [aBatch(['LAMP-2'])])
        expect(open().recover(AT)).toEqual([
          { id: 'run-1', startedAt: aRun().startedAt, interrupted: 0, skipped: 1 },
          { id: 'run-2', startedAt: aRun().startedAt, interrupted: 0, skipped: 1 },
        ])
      })

      it('never counts as a complete run', () => {
        const { open } = place()
        const ledger = open()
        const id = filled(ledger, ['LAMP-1', 'LAMP-2'])
        pass(ledger.start(aRun()), id, aBatch(['LAMP-1']))
        const next = open()
        next.recover(AT)
        expect(next.lastComplete('lamps.csv')).toEqual({ products: 2, openEnd: null })
        expect([...next.carried('lamps.csv', id)].map(({ key }) => key)).toEqual(['LAMP-1', 'LAMP-2'])
      })
    })

    describe('3. keys', () => {
      it('are compared byte by byte', () => {
        const { open } = place()
        const ledger = open()
        const id = filled(ledger, NASTY)
        expect(ledger.held(id, NASTY)).toEqual(heldMap(...NASTY))
        expect(ledger.held(id, ['A1'])).toEqual(heldMap('A1'))
        expect(ledger.held(id, ['á1', '00', 'toString', 'A', '', '%%', 'a1 '])).toEqual(new Map())
        expect(new Map([...ledger.held(id, NASTY)].map(([key, { code }]) => [key, code]))).toEqual(
          new Map(NASTY.map(key => [key, key])),
        )
      })

      it('are those of one target', () => {
        const { open } = place()
        const ledger = open()
        const id = filled(ledger, ['LAMP-1'])
        const other = ledger.register({ ...CATALOGIX, name: 'other' }).id
        expect(ledger.held(other, ['LAMP-1'])).toEqual(new Map())
        expect([...ledger.carried('lamps.csv', other)]).toEqual([])
        expect(ledger.held(id, ['LAMP-1'])).toEqual(heldMap('LAMP-1'))
      })

      it('have a short part that says whether what is held has changed', () => {
        const { open } = place()
        const ledger = open()
        const { id } = ledger.register(CATALOGIX)
        const journal = ledger.start(aRun())
        const holds = [aHeld({ code: 'LAMP-1', remoteId: 'r-1' })]
        const doubts = [aHeld({ code: '__proto__', fingerprint: null })]
        const batch = aBatch(['LAMP-1', '__proto__'])
        journal.plan(id, [batch])
        journal.settle(id, batch, [aResult(), aResult({ status: 'failed' })], { holds, doubts })
        const keys = ['__proto__', 'LAMP-1', 'LAMP-2']
        expect(ledger.heldPrints(id, keys)).toEqual(
          new Map(
            [...ledger.held(id, keys)].map(([key, { code, fingerprint, remoteId }]) => [
              key,
              { code, fingerprint, remoteId },
            ]),
          ),
        )
        expect([...ledger.heldPrints(id, keys).keys()].toSorted()).toEqual(['LAMP-1', '__proto__'])
      })

      it('may be very many at a time, or none', () => {
        const { open } = place()
        const ledger = open()
        const many = codes(1201)
        const id = filled(ledger, many)
        expect([...ledger.held(id, [...many, 'SOFA-1']).keys()].toSorted()).toEqual(many.toSorted())
        expect(ledger.held(id, [])).toEqual(new Map())
      })
    })

    describe('4. outcomes', () => {
      it('are exactly one line per planned step, in the order of the feed', () => {
        const { open } = place()
        const ledger = open()
        const { id } = ledger.register(CATALOGIX)
        const journal = ledger.start(aRun())
        const create = {
          action: 'create' as const,
          no: 1,
          steps: [
            aStep({ seq: 1, item: anItem({ code: 'LAMP-1' }) }),
            aStep({ seq: 5, item: anItem({ code: 'LAMP-5' }) }),
          ],
        }
        const update = {
          action: 'update' as const,
          no: 2,
          steps: [aStep({ action: 'update', seq: 3, item: anItem({ code: 'LAMP-3', gallery: images('LAMP-3', 5) }) })],
        }
        const late = aBatch(['LAMP-7'], { no: 3, from: 7 })
        journal.plan(id, [
          create,
          update,
          { action: 'unchanged', no: 1, steps: [anUnchanged({ seq: 2, code: 'LAMP-2', remoteId: 'remote-2' })] },
        ])
        journal.plan(id, [
          late,
          { action: 'unchanged', no: 3, steps: [anUnchanged({ seq: 6, code: 'LAMP-6', dropped: 'Left out: x' })] },
          { action: 'reject', no: 2, steps: [aReject({ seq: 0 }), aReject({ seq: 4, code: 'LAMP-4' })] },
          aRemoval(['LAMP-8'], 4),
        ])
        journal.begin(id, create)
        const failed = aResult({ status: 'failed', http: 422, reason: 'target-rejected', message: 'too dark' })
        journal.settle(id, create, [aResult({ remoteId: 'remote-1' }), failed], { holds: [], doubts: [] })
        journal.begin(id, update)
        journal.settle(id, update, [aResult({ status: 'updated', attempts: 3 })], { holds: [], doubts: [] })

        const target = 'catalogix'
        const rejected = {
          target,
          key: null,
          status: 'rejected',
          images: 0,
          attempts: 0,
          batch: null,
          http: null,
          requestId: null,
          remoteId: null,
          reason: 'code-missing',
          message: 'The record has no code.',
        }
        const unsettled = {
          target,
          status: 'skipped',
          images: 2,
          attempts: 0,
          http: null,
          requestId: null,
          remoteId: null,
          reason: 'interrupted',
          message: 'The run ended before this was settled.',
        }
        const unchanged = { ...rejected, status: 'unchanged', images: 2, reason: null, message: null }
        const lines = [
          { ...rejected, code: null, source: 'lamps.csv:2' },
          {
            target,
            code: 'LAMP-1',
            key: 'LAMP-1',
            images: 2,
            ...aResult({ remoteId: 'remote-1' }),
            batch: 1,
            source: 'lamps.csv:3',
          },
          { ...unchanged, code: 'LAMP-2', key: 'LAMP-2', remoteId: 'remote-2', source: 'lamps.csv:4' },
          {
            target,
            code: 'LAMP-3',
            key: 'LAMP-3',
            images: 5,
            ...aResult({ status: 'updated', attempts: 3 }),
            batch: 2,
            source: 'lamps.csv:5',
          },
          { ...rejected, code: 'LAMP-4', source: 'lamps.csv:6' },
          { target, code: 'LAMP-5', key: 'LAMP-5', images: 2, ...failed, batch: 1, source: 'lamps.csv:7' },
          {
            ...unchanged,
            code: 'LAMP-6',
            key: 'LAMP-6',
            reason: 'image-dropped',
            message: 'Left out: x',
            source: 'lamps.csv:8',
          },
          { ...unsettled, code: 'LAMP-7', key: 'LAMP-7', batch: 3, source: 'lamps.csv:9' },
          { ...unsettled, code: 'LAMP-8', key: 'LAMP-8', batch: 4, source: '' },
        ]
        const outcomes = journal.outcomes(id, target)
        expect([...outcomes]).toEqual(lines)
        expect([...outcomes]).toEqual(lines)
        expect([...journal.outcomes(id, target, 'notable')]).toEqual(lines.filter(({ reason }) => reason !== null))
        expect(Object.keys([...outcomes][0] ?? {}).join(' ')).toBe(
          'target code key status images attempts batch http requestId remoteId reason message source',
        )
      })

      it('stay in order over many batches and pages', () => {
        const { open } = place()
        const ledger = open()
        const { id } = ledger.register(CATALOGIX)
        const journal = ledger.start(aRun())
        const kinds = ['create', 'unchanged', 'update', 'reject'] as const
        const pages = kinds.flatMap((kind, offset) =>
          Array.from({ length: 6 }, (_, page) => {
            const seqs = Array.from({ length: 5 }, (_, at) => (page * 5 + at) * kinds.length + offset)
            const no = page + 1
            if (kind === 'unchanged') return { action: kind, no, steps: seqs.map(seq => anUnchanged({ seq })) }
            if (kind === 'reject') return { action: kind, no, steps: seqs.map(seq => aReject({ seq })) }
            return {
              action: kind,
              no: kind === 'create' ? no : no + 6,
              steps: seqs.map(seq => aStep({ action: kind, seq })),
            }
          }),
        )
        for (const page of pages) journal.plan(id, [page])
        const sources = [...journal.outcomes(id, 'catalogix')].map(({ source }) => source)
        expect(sources).toEqual(Array.from({ length: 120 }, (_, seq) => `lamps.csv:${seq + 2}`))
      })

      it('are those of one target and one run', () => {
        const { open } = place()
        const ledger = open()
        const id = filled(ledger, ['LAMP-1'])
        const other = ledger.register({ ...CATALOGIX, name: 'other' }).id
        const journal = ledger.start(aRun())
        journal.plan(other, [aBatch(['LAMP-2'])])
        expect([...journal.outcomes(id, 'catalogix')]).toEqual([])
        expect([...journal.outcomes(other, 'other')].map(({ code }) => code)).toEqual(['LAMP-2'])
      })
    })

    describe('6. an item whose outcome is unknown', () => {
      const unknown = aResult({ status: 'unknown', http: null, reason: 'no-answer', message: 'It may have arrived.' })
      const batch = aBatch(['LAMP-1', 'LAMP-2', '__proto__'])

      /** A finished run after which the first and the last item of the batch are unknown. */
      function leaveUnknown(ledger: Ledger, run = 'run-1'): TargetId {
        const { id } = ledger.register(CATALOGIX)
        const journal = ledger.start(aRun({ id: run }))
        journal.plan(id, [batch])
        journal.begin(id, batch)
        journal.settle(id, batch, [unknown, aResult(), unknown], { holds: [], doubts: [] })
        finish(journal)
        return id
      }

      const keys = (items: Iterable<UnknownItem>) => [...items].map(({ step }) => step.item.key)

      it('stays so over all later runs, with everything that was sent', () => {
        const { open } = place()
        const ledger = open()
        const id = leaveUnknown(ledger)
        for (let run = 2; run < 40; run++) finish(ledger.start(aRun({ id: `run-${run}` })))
        const [first, , last] = batch.steps
        const facts = { run: 'run-1', attemptedAt: '2026-01-01T00:01:00Z', message: 'It may have arrived.' }
        const items = [first, last].map(step => ({ step, ...facts }))
        expect([...open().unknowns(id)]).toEqual(items)
        expect(keys(ledger.unknowns(id, ['LAMP-1', 'LAMP-2', 'LAMP-9']))).toEqual(['LAMP-1'])
        expect([...ledger.unknowns(id, [])]).toEqual([])
      })

      it('is one of its target', () => {
        const ledger = place().open()
        leaveUnknown(ledger)
        const other = ledger.register({ ...CATALOGIX, name: 'other' }).id
        expect([...ledger.unknowns(other)]).toEqual([])
      })

      it('may be one of very many', () => {
        const ledger = place().open()
        const { id } = ledger.register(CATALOGIX)
        const many = aBatch(codes(250))
        const journal = ledger.start(aRun())
        journal.plan(id, [many])
        journal.settle(
          id,
          many,
          many.steps.map(() => unknown),
          { holds: [], doubts: [] },
        )
        expect(keys(ledger.unknowns(id))).toEqual(codes(250))
      })

      it.each(['created', 'updated', 'accepted', 'deleted'] as const)('is settled by a later outcome %s', status => {
        const ledger = place().open()
        const id = leaveUnknown(ledger)
        const again = aBatch(['LAMP-1'], { action: 'update' })
        const journal = ledger.start(aRun({ id: 'run-2' }))
        journal.plan(id, [again])
        journal.settle(id, again, [aResult({ status })], { holds: [], doubts: [] })
        expect(keys(ledger.unknowns(id))).toEqual(['__proto__'])
      })

      it.each([
        ['skipped', {}, {}],
        ['failed before it was sent', { status: 'failed', attempts: 0 }, {}],
        ['failed to be found', { status: 'failed' }, { mayArrive: true }],
      ] as const)('is not settled when it is %s', (_, result, item) => {
        const ledger = place().open()
        const id = leaveUnknown(ledger)
        const again = {
          action: 'create' as const,
          no: 1,
          steps: [aStep({ item: anItem({ code: 'LAMP-1', ...item }) })],
        }
        const journal = ledger.start(aRun({ id: 'run-2' }))
        journal.plan(id, [again])
        journal.settle(id, again, [aResult({ status: 'skipped', ...result })], { holds: [], doubts: [] })
        expect(keys(ledger.unknowns(id))).toEqual(['LAMP-1', '__proto__'])
      })

      it.each([
        ['was not sent again', { attempts: 0 }, {}],
        ['was only looked for', {}, { mayArrive: true }],
      ] as const)('keeps the time of its request when it %s', (_, result, item) => {
        const ledger = place().open()
        const id = leaveUnknown(ledger)
        const [before] = ledger.unknowns(id, ['LAMP-1'])
        const step = aStep({ item: anItem({ code: 'LAMP-1', ...item }) })
        const journal = ledger.start(aRun({ id: 'run-2' }))
        journal.plan(id, [{ action: 'create', no: 1, steps: [step] }])
        journal.settle(id, { action: 'create', no: 1, steps: [step] }, [{ ...unknown, ...result }], {
          holds: [],
          doubts: [],
        })
        finish(journal)
        expect([...ledger.unknowns(id, ['LAMP-1'])]).toEqual([before])
      })

      it('is settled when it was sent again, although it failed', () => {
        const ledger = place().open()
        const id = leaveUnknown(ledger)
        const again = aBatch(['LAMP-1'])
        const journal = ledger.start(aRun({ id: 'run-2' }))
        journal.plan(id, [again])
        journal.settle(id, again, [aResult({ status: 'failed' })], { holds: [], doubts: [] })
        expect(keys(ledger.unknowns(id))).toEqual(['__proto__'])
      })

      it('is settled when the target is certain not to hold it', () => {
        const ledger = place().open()
        const id = leaveUnknown(ledger)
        const again = aBatch(['LAMP-1'])
        const journal = ledger.start(aRun({ id: 'run-2', command: 'reconcile' }))
        journal.plan(id, [again])
        const gone = { holds: [], doubts: [], gone: ['LAMP-1'] }
        journal.settle(id, again, [aResult({ status: 'failed', reason: 'not-arrived' })], gone)
        expect(keys(ledger.unknowns(id))).toEqual(['__proto__'])
      })

      it('is settled when its request is certain not to arrive, whatever is held of it, and can be retried', () => {
        const ledger = place().open()
        const id = leaveUnknown(ledger)
        const again = aBatch(['LAMP-1'])
        const journal = ledger.start(aRun({ id: 'run-2', command: 'reconcile' }))
        journal.plan(id, [again])
        const knowledge = { holds: [], doubts: [aHeld({ code: 'LAMP-1', fingerprint: null })], settled: ['LAMP-1'] }
        journal.settle(id, again, [aResult({ status: 'failed', reason: 'not-arrived' })], knowledge)
        finish(journal)
        expect(keys(ledger.unknowns(id))).toEqual(['__proto__'])
        expect([...ledger.held(id, ['LAMP-1']).keys()]).toEqual(['LAMP-1'])
        expect([...(ledger.openRun('run-2')?.retryable(id) ?? [])].map(({ step }) => step.item.key)).toEqual(['LAMP-1'])
      })

      it('was attempted before its run ended, however that was', () => {
        const { open } = place()
        const ledger = open()
        const { id } = ledger.register(CATALOGIX)
        const journal = ledger.start(aRun())
        journal.plan(id, [batch])
        journal.begin(id, batch)
        journal.settle(id, batch, [unknown, aResult(), aResult()], { holds: [], doubts: [] })
        const attempted = (each: Ledger) => [...each.unknowns(id)].map(({ attemptedAt }) => attemptedAt)
        expect(attempted(ledger)).toEqual([aRun().startedAt])
        const next = open()
        next.recover(AT)
        expect(attempted(next)).toEqual([AT])
      })

      it('is superseded by what a later run sent, when that is unknown too', () => {
        const ledger = place().open()
        const id = leaveUnknown(ledger)
        const step = aStep({ item: anItem({ code: 'LAMP-1', gallery: images('NEW-1', 1) }) })
        const again = { action: 'create' as const, no: 7, steps: [step] }
        const journal = ledger.start(aRun({ id: 'run-2', startedAt: '2026-01-03T00:00:00Z' }))
        journal.plan(id, [again])
        journal.begin(id, again)
        for (const at of ['2026-01-03T00:00:01Z', '2026-01-03T00:00:05Z']) {
          journal.attempt(id, again, { at, http: null, requestId: null, reason: 'timeout', message: null })
        }
        journal.settle(id, again, [{ ...unknown, message: null }], { holds: [], doubts: [] })
        expect([...ledger.unknowns(id, ['LAMP-1'])]).toEqual([
          { step, run: 'run-2', attemptedAt: '2026-01-03T00:00:05Z', message: null },
        ])
      })

      it('was attempted when it was sent, not when it was only looked for', () => {
        const { open } = place()
        const ledger = open()
        const id = leaveUnknown(ledger)
        const before = [...ledger.unknowns(id, ['LAMP-1'])]
        const look = {
          action: 'create' as const,
          no: 1,
          steps: [aStep({ item: anItem({ code: 'LAMP-1', mayArrive: true }) })],
        }
        const journal = ledger.start(aRun({ id: 'run-2', command: 'reconcile' }))
        journal.plan(id, [look])
        journal.begin(id, look)
        journal.settle(id, look, [{ ...unknown, message: 'It is still not there.' }], { holds: [], doubts: [] })
        expect([...ledger.unknowns(id, ['LAMP-1'])]).toEqual(before)
        finish(journal, { header: { ...aRun(), finishedAt: AT } })
        const killed = ledger.start(aRun({ id: 'run-3' }))
        killed.plan(id, [look])
        killed.begin(id, look)
        const next = open()
        next.recover(AT, () => true)
        expect([...next.unknowns(id, ['LAMP-1'])]).toEqual(before)
      })

      it('is what a killed run was sending, at targets that could make a second one of it', () => {
        const { open } = place()
        const ledger = open()
        const id = filled(ledger, ['LAMP-1', 'LAMP-2'])
        const journal = ledger.start(aRun())
        const [first, second] = [aBatch(['LAMP-1', 'LAMP-2', 'LAMP-3'], { no: 1 }), aBatch(['LAMP-4'], { no: 2 })]
        const removal = aRemoval(['LAMP-5'], 3)
        journal.plan(id, [first, second, removal])
        for (const each of [first, removal]) journal.begin(id, each)
        ledger.note(id, { key: 'LAMP-2', code: 'LAMP-2' }, 'remote-2')

        const next = open()
        const isStudio = (type: string) => type === 'catalogix'
        expect(next.recover(AT, isStudio)).toMatchObject([{ interrupted: 4, skipped: 1 }])
        expect(keys(next.unknowns(id))).toEqual(['LAMP-1', 'LAMP-3'])
        expect([...next.unknowns(id, ['LAMP-3'])]).toMatchObject([{ run: 'run-1', attemptedAt: AT }])
        expect(next.held(id, ['LAMP-1']).get('LAMP-1')?.fingerprint).toBeNull()
        expect(
          [...(next.openRun('run-1')?.outcomes(id, 'shop') ?? [])].map(({ code, status }) => [code, status]),
        ).toEqual([
          ['LAMP-1', 'unknown'],
          ['LAMP-2', 'failed'],
          ['LAMP-3', 'unknown'],
          ['LAMP-4', 'skipped'],
          ['LAMP-5', 'failed'],
        ])
      })
    })

    describe('batches', () => {
      it('come in the order of their numbers, as they were planned', () => {
        const { open } = place()
        const ledger = open()
        const { id } = ledger.register(CATALOGIX)
        const journal = ledger.start(aRun())
        const [one, two, three] = [
          aBatch(['LAMP-1'], { no: 1 }),
          aBatch(['LAMP-2'], { no: 2, action: 'update' }),
          aBatch(['LAMP-3'], { no: 3 }),
        ]
        journal.plan(id, [two])
        journal.plan(id, [one, three])
        journal.plan(id, [])
        expect([...journal.batches(id)]).toEqual([one, two, three])
        expect([...journal.removals(id)]).toEqual([])
      })

      it('can be settled while they are walked through', () => {
        const { open } = place()
        const ledger = open()
        const { id } = ledger.register(CATALOGIX)
        const journal = ledger.start(aRun())
        journal.plan(
          id,
          codes(5).map((code, at) => aBatch([code], { no: at + 1, from: at })),
        )
        const seen: number[] = []
        for (const batch of journal.batches(id)) {
          seen.push(batch.no)
          journal.begin(id, batch)
          journal.settle(id, batch, [aResult()], { holds: batch.steps.map(heldOf), doubts: [] })
        }
        expect(seen).toEqual([1, 2, 3, 4, 5])
        expect([...ledger.held(id, codes(5)).keys()].toSorted()).toEqual(codes(5))
      })
    })

    describe('targets', () => {
      it('are known by name, type, origin and account', () => {
        const { open } = place()
        const ledger = open()
        expect(ledger.find(CATALOGIX)).toBeNull()
        const { id, renamed } = ledger.register(CATALOGIX)
        expect({ renamed, found: ledger.find(CATALOGIX) }).toEqual({ renamed: false, found: id })
        expect(ledger.register(CATALOGIX)).toEqual({ id, renamed: false })
        expect(open().find(CATALOGIX)).toBe(id)
      })

      it.each(['type', 'origin', 'account'] as const)('are others when their %s differs, which is said', part => {
        const { open } = place()
        const ledger = open()
        const { id } = ledger.register(CATALOGIX)
        const moved = { ...CATALOGIX, [part]: 'elsewhere' }
        expect(ledger.find(moved)).toBeNull()
        const registered = ledger.register(moved)
        expect(registered).toEqual({ id: expect.any(Number), renamed: true })
        expect(registered.id).not.toBe(id)
        expect([ledger.find(CATALOGIX), ledger.find(moved)]).toEqual([id, registered.id])
      })

      it('are others under another name, which is nothing to speak of', () => {
        const { open } = place()
        const ledger = open()
        const { id } = ledger.register(CATALOGIX)
        const second = ledger.register({ ...CATALOGIX, name: 'second' })
        expect({ renamed: second.renamed, same: second.id === id }).toEqual({ renamed: false, same: false })
      })
    })

    describe('a run that was given up before anything was sent', () => {
      it('is forgotten with its plan, and the last run before it is the last one again', () => {
        const { open } = place()
        const ledger = open()
        const id = filled(ledger, ['LAMP-1'])
        const journal = ledger.start(aRun({ id: 'given up' }))
        journal.plan(id, [aBatch(['LAMP-2']), aRemoval(['LAMP-1'], 2)])
        journal.discard()
        expect([
          open()
            .runs()
            .map(run => run.id),
          open().recover(AT),
        ]).toEqual([['first run of lamps.csv'], []])
        expect([...journal.batches(id), ...journal.removals(id)]).toEqual([])
        expect([...ledger.held(id, ['LAMP-1', 'LAMP-2']).keys()]).toEqual(['LAMP-1'])
        expect(open().warnings).toEqual([])
      })
    })

    describe('the records of the last feed', () => {
      /** Of three products, of which the codes and images are not of interest here. */
      function listOf(digests: readonly number[]): RecordList {
        const list = new RecordList()
        for (const [at, digest] of digests.entries()) {
          list.note(at, digest, at + 1)
          list.complete(at, 2)
        }
        return list
      }

      const digestsIn = (last: LastRecords | null) =>
        last === null ? null : Array.from({ length: last.list.size }, (_, at) => last.list.digest(at))

      /** A complete run of a feed with three records that created the first two products and found the third unchanged. */
      function push(
        ledger: Ledger,
        id: string,
        targets: readonly TargetId[],
        {
          results = [{}, {}],
          ...facts
        }: { results?: readonly Partial<Result>[]; complete?: boolean; source?: string } = {},
      ) {
        const { source = 'lamps.csv', ...rest } = facts
        const journal = ledger.start(aRun({ id, source }))
        for (const target of targets) {
          const batch = aBatch(['LAMP-1', 'LAMP-2'])
          journal.plan(target, [
            batch,
            { action: 'unchanged', no: 1, steps: [anUnchanged({ seq: 2, code: 'LAMP-3' })] },
            { action: 'reject', no: 1, steps: [aReject({ seq: 3, code: 'LAMP-4' })] },
          ])
          journal.settle(target, batch, results.map(aResult), { holds: [], doubts: [] })
        }
        const records = { print: 'p', header: 'sku', list: listOf([11, 12, 13, 14]) }
        finish(journal, { products: 3, print: 'q', summary: '{}', records, ...rest })
      }

      it('are those of the last run for these targets, with what it left there', () => {
        const { open } = place()
        const ledger = open()
        const { id } = ledger.register(CATALOGIX)
        const other = ledger.register({ ...CATALOGIX, name: 'other' }).id
        expect(ledger.lastRecords('p', [id])).toBeNull()
        push(ledger, 'a', [id], { results: [{ remoteId: 'made' }, {}] })
        const last = open().lastRecords('p', [id])
        expect(last?.header).toBe('sku')
        expect(
          [...(last?.steps(id) ?? [])].map(({ seq, code, images, remoteId }) => [seq, code, images, remoteId]),
        ).toEqual([
          [0, 'LAMP-1', 2, 'made'],
          [1, 'LAMP-2', 2, null],
          [2, 'LAMP-3', 2, null],
        ])
        expect(ledger.lastRecords('q', [id])).toBeNull()
        expect(ledger.lastRecords('p', [id, other])).toBeNull()
        push(ledger, 'b', [id, other], { source: 'sofas.csv' })
        expect(digestsIn(ledger.lastRecords('p', [other, id]))).toEqual([11, 12, 13, 0])
        expect(ledger.lastRecords('p', [id])).toBeNull()
      })

      it('leave out what was rejected, and what a target did not take as it was', () => {
        const { open } = place()
        const ledger = open()
        const { id } = ledger.register(CATALOGIX)
        const digestsAfter = (run: string, results: readonly Partial<Result>[]) => {
          push(ledger, run, [id], { results })
          return digestsIn(ledger.lastRecords('p', [id]))
        }
        expect(digestsAfter('a', [{}, { status: 'updated' }])).toEqual([11, 12, 13, 0])
        expect(digestsAfter('b', [{}, { status: 'failed', reason: 'http-422' }])).toEqual([11, 0, 13, 0])
        expect(digestsAfter('c', [{ status: 'accepted' }, {}])).toEqual([0, 12, 13, 0])
        expect(digestsAfter('d', [{ reason: 'stale-tail', message: 'It keeps rank 3.' }, {}])).toEqual([0, 12, 13, 0])
      })

      it('are none after a run that was not complete, planned for another target or was killed', () => {
        const { open } = place()
        const ledger = open()
        const { id } = ledger.register(CATALOGIX)
        push(ledger, 'a', [id], { complete: false })
        expect(ledger.lastRecords('p', [id])).toBeNull()
        push(ledger, 'b', [id])
        expect(ledger.lastRecords('p', [id])).not.toBeNull()
        pass(ledger.start(aRun({ id: 'c' })), id, aBatch(['SOFA-1']))
        expect(ledger.lastRecords('p', [id])).toBeNull()
        open().recover(AT)
        expect(ledger.lastRecords('p', [id])).toBeNull()
      })

      it('are those of the run that is repeated as well', () => {
        const { open } = place()
        const ledger = open()
        const { id } = ledger.register(CATALOGIX)
        push(ledger, 'a', [id])
        const next = ledger.start(aRun({ id: 'b' }))
        const same = ledger.same('lamps.csv', 'q', [id])
        if (same !== null) next.repeat(id, same)
        finish(next, { products: 3, print: 'q', summary: '{}' })
        const last = ledger.lastRecords('p', [id])
        expect(digestsIn(last)).toEqual([11, 12, 13, 0])
        expect([...(last?.steps(id) ?? [])].map(({ code }) => code)).toEqual(['LAMP-1', 'LAMP-2', 'LAMP-3'])
      })

      it('are none when a run after it was, which is not kept any more', () => {
        const { open } = place()
        const ledger = open()
        const { id } = ledger.register(CATALOGIX)
        const other = ledger.register({ ...CATALOGIX, name: 'other' }).id
        push(ledger, 'a', [id])
        const between = ledger.start(aRun({ id: 'b', source: 'sofas.csv', whole: false }))
        pass(between, id, aBatch(['SOFA-1']))
        finish(between, { complete: false })
        for (let run = 0; run < 30; run++) push(ledger, `later ${run}`, [other])
        expect(ledger.runs().map(run => run.id)).toContain('a')
        expect(ledger.runs().map(run => run.id)).not.toContain('b')
        expect([ledger.lastRecords('p', [id]), ledger.same('lamps.csv', 'q', [id])]).toEqual([null, null])
        expect(ledger.lastRecords('p', [other])).not.toBeNull()
      })

      it('stay when a run that would repeat it has not come to its end', () => {
        const { open } = place()
        const ledger = open()
        const { id } = ledger.register(CATALOGIX)
        push(ledger, 'a', [id])
        const same = ledger.same('lamps.csv', 'q', [id])
        const next = ledger.start(aRun({ id: 'b' }))
        if (same !== null) next.repeat(id, same)
        next.discard()
        expect(digestsIn(ledger.lastRecords('p', [id]))).toEqual([11, 12, 13, 0])
      })

      it('may be very many', () => {
        const { open } = place()
        const ledger = open()
        const { id } = ledger.register(CATALOGIX)
        const digests = Array.from({ length: 140_000 }, (_, at) => at + 1)
        const journal = ledger.start(aRun({ id: 'a' }))
        journal.plan(id, [{ action: 'unchanged', no: 1, steps: [anUnchanged({ seq: 0, code: 'LAMP-1' })] }])
        finish(journal, { records: { print: 'p', header: 'sku', list: listOf(digests) } })
        expect(digestsIn(open().lastRecords('p', [id]))).toEqual(digests)
      })
    })

    describe('the same run again', () => {
      const FEED = {
        files: ['lamps.csv'],
        records: 3,
        products: 3,
        images: 6,
        rejected: 1,
        withoutImages: 0,
        warnings: [],
      }
      const dropped = 'Left out: an image'

      /** A complete run that found nothing to send at these targets, and one item refused. */
      function quiet(ledger: Ledger, id: string, targets: readonly TargetId[], facts: { print?: string } = {}) {
        const journal = ledger.start(aRun({ id }))
        for (const target of targets) {
          journal.plan(target, [
            { action: 'unchanged', no: 1, steps: [anUnchanged({ seq: 0, code: 'LAMP-1' })] },
            { action: 'unchanged', no: 2, steps: [anUnchanged({ seq: 2, code: 'LAMP-3', dropped })] },
            { action: 'reject', no: 1, steps: [aReject({ seq: 1, code: 'LAMP-2' })] },
          ])
        }
        const summary = JSON.stringify({ feed: FEED, targets: [] })
        finish(journal, { products: 3, print: 'p', summary, openEnd: false, ...facts })
        return journal
      }

      it('is the last one of these targets, of this source and this print, that left nothing to do', () => {
        const { open } = place()
        const ledger = open()
        const { id } = ledger.register(CATALOGIX)
        const other = ledger.register({ ...CATALOGIX, name: 'other' }).id
        expect(ledger.same('lamps.csv', 'p', [id])).toBeNull()
        quiet(ledger, 'a', [id])
        expect(open().same('lamps.csv', 'p', [id])).toEqual({ id: 'a', feed: FEED, openEnd: false, hasSpared: false })
        expect(ledger.same('lamps.csv', 'q', [id])).toBeNull()
        expect(ledger.same('sofas.csv', 'p', [id])).toBeNull()
        expect(ledger.same('lamps.csv', 'p', [id, other])).toBeNull()
        quiet(ledger, 'b', [other, id])
        expect(ledger.same('lamps.csv', 'p', [id, other])?.id).toBe('b')
        expect(ledger.same('lamps.csv', 'p', [id])).toBeNull()
      })

      it('is none after a run that planned something else for one of them, or was killed', () => {
        const { open } = place()
        const ledger = open()
        const { id } = ledger.register(CATALOGIX)
        quiet(ledger, 'a', [id])
        pass(ledger.start(aRun({ id: 'b', source: 'sofas.csv' })), id, aBatch(['SOFA-1']))
        expect(ledger.same('lamps.csv', 'p', [id])).toBeNull()
        open().recover(AT)
        expect(ledger.same('lamps.csv', 'p', [id])).toBeNull()
        quiet(ledger, 'c', [id])
        expect(ledger.same('lamps.csv', 'p', [id])?.id).toBe('c')
      })

      it.each<[string, readonly Partial<Result>[] | null]>([
        ['one item that it sent has failed', [{}, { status: 'failed', reason: 'http-422' }]],
        ['one is only accepted', [{ status: 'accepted' }, {}]],
        ['there is something to say of one', [{}, { reason: 'stale-tail', message: 'The target keeps rank 3.' }]],
        ['one was never settled', null],
      ])('is none when %s', (_, results) => {
        const { open } = place()
        const ledger = open()
        const { id } = ledger.register(CATALOGIX)
        const journal = ledger.start(aRun({ id: 'a' }))
        const batch = aBatch(['LAMP-1', 'LAMP-2'])
        journal.plan(id, [batch])
        if (results !== null) journal.settle(id, batch, results.map(aResult), { holds: [], doubts: [] })
        finish(journal, { products: 2, print: 'p', summary: JSON.stringify({ feed: FEED }) })
        expect(ledger.same('lamps.csv', 'p', [id])).toBeNull()
      })

      it('is none when it removed something', () => {
        const { open } = place()
        const ledger = open()
        const { id } = ledger.register(CATALOGIX)
        const journal = ledger.start(aRun({ id: 'a' }))
        journal.plan(id, [aRemoval(['LAMP-9'])])
        journal.settle(id, aRemoval(['LAMP-9']), [aResult({ status: 'deleted' })], { holds: [], doubts: [] })
        finish(journal, { products: 3, print: 'p', summary: JSON.stringify({ feed: FEED }) })
        expect(ledger.same('lamps.csv', 'p', [id])).toBeNull()
      })

      it('finds unchanged what was sent, in the order of the feed', () => {
        const { open } = place()
        const ledger = open()
        const { id } = ledger.register(CATALOGIX)
        const journal = ledger.start(aRun({ id: 'a' }))
        const known = anItem({ code: 'LAMP-4', remoteId: 'known' })
        const create: Batch = {
          action: 'create',
          no: 1,
          steps: [0, 2].map(seq => aStep({ seq, item: anItem({ code: `LAMP-${seq}` }) })),
        }
        const update: Batch = { action: 'update', no: 2, steps: [aStep({ action: 'update', seq: 4, item: known })] }
        const unchanged = [1, 3].map(seq =>
          anUnchanged({ seq, code: `LAMP-${seq}`, dropped: seq === 3 ? dropped : null }),
        )
        journal.plan(id, [create, update, { action: 'unchanged', no: 1, steps: unchanged }])
        journal.plan(id, [{ action: 'reject', no: 1, steps: [aReject({ seq: 5, code: 'LAMP-5' })] }])
        journal.settle(id, create, [aResult({ remoteId: 'made' }), aResult()], { holds: [], doubts: [] })
        journal.settle(id, update, [aResult({ status: 'updated' })], { holds: [], doubts: [] })
        finish(journal, { products: 5, print: 'p', summary: JSON.stringify({ feed: FEED }) })

        const same = open().same('lamps.csv', 'p', [id])
        const next = ledger.start(aRun({ id: 'b' }))
        expect(same && next.repeat(id, same)).toEqual({ unchanged: 5, reject: 1, remarks: 1 })
        finish(next, { products: 5, print: 'p', summary: JSON.stringify({ feed: FEED }) })
        const lines = [...next.outcomes(id, 'shop')].map(({ code, status, images, remoteId }) => [
          code,
          status,
          images,
          remoteId,
        ])
        expect(lines).toEqual([
          ['LAMP-0', 'unchanged', 2, 'made'],
          ['LAMP-1', 'unchanged', 2, null],
          ['LAMP-2', 'unchanged', 2, null],
          ['LAMP-3', 'unchanged', 2, null],
          ['LAMP-4', 'unchanged', 2, 'known'],
          ['LAMP-5', 'rejected', 0, null],
        ])
        expect([...next.outcomes(id, 'shop', 'notable')].map(({ code }) => code)).toEqual(['LAMP-3', 'LAMP-5'])
        expect(open().same('lamps.csv', 'p', [id])?.id).toBe('b')
      })

      it('is none when it was not complete', () => {
        const { open } = place()
        const ledger = open()
        const { id } = ledger.register(CATALOGIX)
        finish(ledger.start(aRun()), { products: 3, complete: false, print: 'p' })
        expect(ledger.same('lamps.csv', 'p', [id])).toBeNull()
      })

      it('has the same outcomes', () => {
        const { open } = place()
        const ledger = open()
        const { id } = ledger.register(CATALOGIX)
        const before = [...quiet(ledger, 'a', [id]).outcomes(id, 'shop')]
        const same = ledger.same('lamps.csv', 'p', [id])
        const journal = ledger.start(aRun({ id: 'b' }))
        expect(same && journal.repeat(id, same)).toEqual({ unchanged: 2, reject: 1, remarks: 1 })
        finish(journal, { products: 3, print: 'p', summary: JSON.stringify({ feed: FEED }) })
        expect([...journal.outcomes(id, 'shop')]).toEqual(before)
        expect(before.map(({ code, status }) => [code, status])).toEqual([
          ['LAMP-1', 'unchanged'],
          ['LAMP-2', 'rejected'],
          ['LAMP-3', 'unchanged'],
        ])
        expect([...ledger.carried('lamps.csv', id)].map(({ key }) => key)).toEqual(['LAMP-1', 'LAMP-3'])
        expect(open().same('lamps.csv', 'p', [id])?.id).toBe('b')
      })
    })

    describe('runs', () => {
      it('that were complete tell how large their source was', () => {
        const { open } = place()
        const ledger = open()
        expect(ledger.lastComplete('lamps.csv')).toBeNull()
        finish(ledger.start(aRun({ id: 'a' })), { products: 10 })
        finish(ledger.start(aRun({ id: 'b' })), { products: 7, complete: false })
        finish(ledger.start(aRun({ id: 'c', source: 'sofas.csv' })), { products: 3 })
        expect(['lamps.csv', 'sofas.csv', 'Lamps.csv'].map(source => ledger.lastComplete(source))).toEqual([
          { products: 10, openEnd: null },
          { products: 3, openEnd: null },
          null,
        ])
        finish(ledger.start(aRun({ id: 'd' })), { products: 12, openEnd: true })
        expect(open().lastComplete('lamps.csv')).toEqual({ products: 12, openEnd: true })
        finish(ledger.start(aRun({ id: 'e' })), { products: 12, openEnd: false })
        expect(open().lastComplete('lamps.csv')).toEqual({ products: 12, openEnd: false })
      })

      it('of a part of the feed are never complete', () => {
        const { open } = place()
        const ledger = open()
        finish(ledger.start(aRun({ whole: false })), { products: 1, complete: true })
        expect(ledger.lastComplete('lamps.csv')).toBe(null)
      })

      it('tell which keys they carried, in the order of the feed, and which they were to remove and did not', () => {
        const { open } = place()
        const ledger = open()
        const { id } = ledger.register(CATALOGIX)
        const journal = ledger.start(aRun())
        journal.plan(id, [
          { action: 'create', no: 1, steps: [aStep({ seq: 3, item: anItem({ key: 'LAMP-3#1', code: 'LAMP-3' }) })] },
          aBatch(['LAMP-1'], { action: 'update', no: 2, from: 1 }),
          { action: 'unchanged', no: 1, steps: [anUnchanged({ seq: 2, code: 'LAMP-2' })] },
          { action: 'reject', no: 2, steps: [aReject({ seq: 0, code: 'LAMP-0' })] },
          aRemoval(['LAMP-8', 'LAMP-9'], 3),
        ])
        const gone = [aResult({ status: 'deleted' }), aResult({ status: 'failed' })]
        journal.settle(id, aRemoval(['LAMP-8', 'LAMP-9'], 3), gone, { holds: [], doubts: [], gone: ['LAMP-8'] })
        expect([...ledger.carried('lamps.csv', id)]).toEqual([])
        finish(journal)
        expect([...ledger.carried('lamps.csv', id)]).toEqual([
          { key: 'LAMP-1', code: 'LAMP-1' },
          { key: 'LAMP-2', code: 'LAMP-2' },
          { key: 'LAMP-3#1', code: 'LAMP-3' },
          { key: 'LAMP-9', code: 'LAMP-9' },
        ])
        expect([...ledger.carried('sofas.csv', id)]).toEqual([])
      })

      it('tell what a source may have left at a target: by the last run that was complete there, and all since', () => {
        const { open } = place()
        const ledger = open()
        const id = filled(ledger, ['LAMP-0'])
        const other = ledger.register({ ...CATALOGIX, name: 'other' }).id
        const carried = (target: number) => [...ledger.carried('lamps.csv', target)].map(({ key }) => key)
        const run = (name: string, codes: readonly string[], facts: Parameters<typeof finish>[1]) => {
          const journal = ledger.start(aRun({ id: name }))
          for (const target of [id, other]) journal.plan(target, [aBatch(codes)])
          finish(journal, facts)
        }
        run('a', ['LAMP-1', 'LAMP-2'], { complete: false })
        expect(carried(id)).toEqual(['LAMP-0', 'LAMP-1', 'LAMP-2'])
        expect(carried(other)).toEqual(['LAMP-1', 'LAMP-2'])
        run('b', ['LAMP-2', 'LAMP-3'], { complete: false, completeAt: [other], products: 7 })
        expect(carried(id)).toEqual(['LAMP-0', 'LAMP-1', 'LAMP-2', 'LAMP-3'])
        expect(carried(other)).toEqual(['LAMP-2', 'LAMP-3'])
        expect(ledger.lastComplete('lamps.csv')?.products).toBe(7)
        run('c', ['LAMP-4'], { complete: false })
        expect(carried(other)).toEqual(['LAMP-2', 'LAMP-3', 'LAMP-4'])
        run('d', ['LAMP-4'], { complete: true })
        expect([carried(id), carried(other)]).toEqual([['LAMP-4'], ['LAMP-4']])
      })

      it('carry on what they left there when they looked for what is to be removed', () => {
        const { open } = place()
        const ledger = open()
        const id = filled(ledger, ['LAMP-1', 'LAMP-2', 'LAMP-3'])
        const carried = () => [...open().carried('lamps.csv', id)].map(({ key }) => key)
        const run = (name: string, codes: readonly string[], facts: Parameters<typeof finish>[1] = {}) => {
          const journal = ledger.start(aRun({ id: name }))
          journal.plan(id, [{ action: 'unchanged', no: 1, steps: codes.map(code => anUnchanged({ code })) }])
          finish(journal, facts)
        }
        run('a', ['LAMP-1', 'LAMP-4'], { pruned: true })
        expect(carried()).toEqual(['LAMP-1', 'LAMP-4', 'LAMP-2', 'LAMP-3'])
        run('b', ['LAMP-1'])
        run('c', ['LAMP-1'], { complete: false })
        run('d', ['LAMP-1'])
        expect(carried()).toEqual(['LAMP-1', 'LAMP-2', 'LAMP-3'])
        run('e', ['LAMP-1', 'LAMP-2'])
        run('f', ['LAMP-1'])
        expect(carried()).toEqual(['LAMP-1', 'LAMP-3'])
        run('g', ['LAMP-1'], { pruned: true })
        expect(carried()).toEqual(['LAMP-1', 'LAMP-3'])
        const last = ledger.start(aRun({ id: 'h' }))
        last.plan(id, [aRemoval(['LAMP-3'], 1)])
        last.settle(id, aRemoval(['LAMP-3'], 1), [aResult({ status: 'deleted' })], {
          holds: [],
          doubts: [],
          gone: ['LAMP-3'],
        })
        finish(last, { pruned: true })
        expect(carried()).toEqual(['LAMP-1'])
      })

      it('are listed, the newest first', () => {
        const { open } = place()
        const ledger = open()
        expect([ledger.runs(), ledger.openRun(null), ledger.openRun('run-1')]).toEqual([[], null, null])
        const targets = [aSummary()]
        const summary = JSON.stringify({ targets, notices: [], exitCode: 1 })
        finish(ledger.start(aRun({ id: 'a' })), { exitCode: 1, summary, complete: true })
        ledger.start(aRun({ id: 'b', command: 'retry', source: 'sofas.csv', startedAt: '2026-01-02T00:00:00Z' }))
        const facts = { command: 'push', version: '0.1.0', source: 'lamps.csv' }
        const first = {
          ...facts,
          id: 'a',
          startedAt: '2026-01-01T00:00:00Z',
          finishedAt: '2026-01-01T00:01:00Z',
          exitCode: 1,
          complete: true,
          targets,
        }
        const second = {
          ...facts,
          id: 'b',
          command: 'retry',
          source: 'sofas.csv',
          startedAt: '2026-01-02T00:00:00Z',
          finishedAt: null,
          exitCode: null,
          complete: false,
          targets: [],
        }
        expect(ledger.runs()).toEqual([second, first])
        expect([ledger.openRun(null)?.entry, ledger.openRun('b')?.entry]).toEqual([first, second])
        expect([ledger.openRun(null)?.summary, ledger.openRun('b')?.summary]).toEqual([summary, null])
        open().recover(AT)
        expect(ledger.runs()[0]).toEqual({ ...second, finishedAt: AT })
        expect(ledger.openRun(null)?.entry.id).toBe('b')
      })

      it('can be read when they are over: their targets, outcomes and requests', () => {
        const ledger = place().open()
        const { id } = ledger.register(CATALOGIX)
        const journal = ledger.start(aRun())
        const [first, second] = [aBatch(['LAMP-1']), aBatch(['LAMP-2'], { no: 2, from: 1 })]
        journal.plan(id, [first, second])
        const refused = {
          at: '2026-01-01T00:00:02Z',
          http: 503,
          requestId: 'r-1',
          reason: 'target-unavailable',
          message: 'x'.repeat(900),
        }
        const taken = { at: '2026-01-01T00:00:03Z', http: 200, requestId: 'r-2', reason: null, message: null }
        const asked = { at: '2026-01-01T00:00:01Z', http: 200, requestId: null, reason: null, message: null }
        journal.attempt(id, null, asked)
        journal.begin(id, first)
        journal.attempt(id, first, refused)
        journal.settle(id, first, [aResult()], { holds: [], doubts: [] })
        journal.attempt(id, first, taken)
        journal.attempt(id, second, taken)
        finish(journal)
        finish(ledger.start(aRun({ id: 'run-2' })))
        const run = ledger.openRun('run-1')
        expect(run?.targets).toEqual([{ ...CATALOGIX, id }])
        expect([...(run?.outcomes(id, 'shop') ?? [])].map(({ target, code }) => [target, code])).toEqual([
          ['shop', 'LAMP-1'],
          ['shop', 'LAMP-2'],
        ])
        expect([...(run?.attempts(id) ?? [])]).toEqual([
          { batch: null, n: 1, ...asked },
          { batch: 1, n: 1, ...refused, message: `${'x'.repeat(499)}…` },
          { batch: 1, n: 2, ...taken },
          { batch: 2, n: 1, ...taken },
        ])
        expect([...(ledger.openRun('run-2')?.attempts(id) ?? [])]).toEqual([])
        expect(ledger.openRun('run-2')?.targets).toEqual([])
      })

      it('tell what failed or was skipped and has not been named since', () => {
        const ledger = place().open()
        const { id } = ledger.register(CATALOGIX)
        const other = ledger.register({ ...CATALOGIX, name: 'other' }).id
        const journal = ledger.start(aRun())
        const steps = codes(7).map((code, seq) => aStep({ seq, item: anItem({ code, values: { colour: 'red' } }) }))
        const batch = { action: 'create' as const, no: 1, steps }
        const removal = aRemoval(['LAMP-008', 'LAMP-009'], 2)
        journal.plan(id, [batch, removal, { action: 'reject', no: 1, steps: [aReject({ seq: 9 })] }])
        const [failed, skipped] = [aResult({ status: 'failed', reason: 'timeout' }), aResult({ status: 'skipped' })]
        const results = [failed, aResult(), failed, skipped, aResult({ status: 'unknown' }), failed, failed]
        journal.settle(id, batch, results, { holds: [], doubts: [] })
        journal.settle(id, removal, [aResult({ status: 'deleted' }), failed], { holds: [], doubts: [] })
        finish(journal)
        const left = () => [...(ledger.openRun('run-1')?.retryable(id) ?? [])]
        const open = (step: SendStep | DeleteStep | undefined, result: Result) => ({ step, result })
        expect(left()).toEqual([
          open(steps[0], failed),
          open(steps[2], failed),
          open(steps[3], skipped),
          open(steps[5], failed),
          open(steps[6], failed),
          open(removal.steps[1], failed),
        ])
        expect([...(ledger.openRun('run-1')?.retryable(other) ?? [])]).toEqual([])

        const later = ledger.start(aRun({ id: 'run-2' }))
        later.plan(id, [
          aBatch(['LAMP-001']),
          { action: 'unchanged', no: 1, steps: [anUnchanged({ code: 'LAMP-003' })] },
          aRemoval(['LAMP-004'], 2),
        ])
        later.plan(other, [aBatch(['LAMP-006'])])
        expect(left().map(({ step }) => step.item.code)).toEqual(['LAMP-006', 'LAMP-007', 'LAMP-009'])
      })

      it('tell nothing to retry of a product that a later push named otherwise, and nothing a complete one had no more', () => {
        const ledger = place().open()
        const { id } = ledger.register(CATALOGIX)
        const image = (code: string, no: number) => aStep({ seq: no, item: anItem({ key: `${code}#${no}`, code }) })
        const failed = (run: string, steps: readonly SendStep[]) => {
          const journal = ledger.start(aRun({ id: run }))
          const batch = { action: 'create' as const, no: 1, steps }
          journal.plan(id, [batch, aRemoval(['LAMP-9'], 2)])
          const results = steps.map(() => aResult({ status: 'failed' }))
          journal.settle(id, batch, results, { holds: [], doubts: [] })
          journal.settle(id, aRemoval(['LAMP-9'], 2), [aResult({ status: 'skipped' })], { holds: [], doubts: [] })
          finish(journal, { complete: false })
        }
        const left = (run: string) => [...(ledger.openRun(run)?.retryable(id) ?? [])].map(({ step }) => step.item.key)
        const later = (run: string, facts: Partial<RunStart>, codes: readonly string[], complete: boolean) => {
          const journal = ledger.start(aRun({ id: run, ...facts }))
          journal.plan(id, [{ action: 'unchanged', no: 1, steps: codes.map(code => anUnchanged({ code })) }])
          finish(journal, { complete })
        }
        failed('a', [image('LAMP-1', 1), image('LAMP-1', 2), image('LAMP-2', 3), image('LAMP-3', 4)])
        later('b', { command: 'retry', whole: false }, ['LAMP-1'], false)
        expect(left('a')).toEqual(['LAMP-1#1', 'LAMP-1#2', 'LAMP-2#3', 'LAMP-3#4', 'LAMP-9'])
        later('c', { whole: false }, ['LAMP-1'], false)
        expect(left('a')).toEqual(['LAMP-2#3', 'LAMP-3#4', 'LAMP-9'])
        later('d', { source: 'sofas.csv' }, ['SOFA-1'], true)
        expect(left('a')).toEqual(['LAMP-2#3', 'LAMP-3#4', 'LAMP-9'])
        later('e', {}, ['LAMP-2'], true)
        expect(left('a')).toEqual([])
      })

      it('are kept in full for the last 30, and the last complete one of each source for ever', () => {
        const { open } = place()
        const ledger = open()
        const id = filled(ledger, ['SOFA-1'], 'sofas.csv')
        const runs = Array.from({ length: 40 }, (_, at) => {
          const journal = ledger.start(aRun({ id: `run-${at}` }))
          journal.plan(id, [aBatch([`LAMP-${at}`])])
          finish(journal, { products: at })
          return journal
        })
        const kept = runs.map(journal => [...journal.outcomes(id, 'catalogix')].length)
        expect(kept).toEqual([...Array(10).fill(0), ...Array(30).fill(1)])
        expect([...ledger.carried('sofas.csv', id)]).toEqual([{ key: 'SOFA-1', code: 'SOFA-1' }])
        expect(['sofas.csv', 'lamps.csv'].map(source => ledger.lastComplete(source)?.products)).toEqual([1, 39])
        expect(ledger.held(id, ['SOFA-1'])).toEqual(heldMap('SOFA-1'))
      })
    })
  })
}
