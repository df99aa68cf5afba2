import { describe, expect, it } from 'vitest'
import { stillUnknown } from '../../src/engine/still-unknown.ts'
import type { UnknownItem } from '../../src/ledger/ledger.ts'
import type { Result } from '../../src/model/outcome.ts'
import { anItem, aStep } from '../helpers/items.ts'

const NOTHING = { attempts: 0, http: null, requestId: null, remoteId: null, reason: null, message: null }
const SKIPPED: Result = { ...NOTHING, status: 'skipped', reason: 'unreachable', message: 'The target is down.' }
const FAILED: Result = { ...NOTHING, status: 'failed', attempts: 1, http: 422, reason: 'invalid-url' }

const lamp = aStep({ item: anItem({ code: 'LAMP-1' }) })
const chair = aStep({ item: anItem({ code: 'CHAIR-1' }) })
const asked = aStep({ item: anItem({ code: 'LAMP-1', mayArrive: true }) })

/** The lamp is unknown from an earlier run. */
function unknownAmong(keys: readonly string[]): UnknownItem[] {
  if (!keys.includes(lamp.item.key)) return []
  return [{ step: lamp, run: 'run-1', attemptedAt: '2026-01-01T00:01:00Z', message: null }]
}

describe('an item that was unknown before the run', () => {
  it.each([
    ['its turn did not come', lamp, SKIPPED],
    ['it was turned away at the door', lamp, { ...SKIPPED, attempts: 2 }],
    ['it failed before anything was sent', lamp, { ...FAILED, attempts: 0 }],
    ['the question whether it arrived failed', asked, FAILED],
  ])('stays unknown when %s, for the same reason', (_, step, result) => {
    expect(stillUnknown([step, chair], [result, SKIPPED], unknownAmong)).toEqual([
      { ...result, status: 'unknown' },
      SKIPPED,
    ])
  })

  it.each<[string, Result]>([
    ['has failed when it was sent again and refused', FAILED],
    ['is created when the target says so', { ...NOTHING, status: 'created', attempts: 1 }],
  ])('%s', (_, result) => {
    expect(stillUnknown([lamp], [result], unknownAmong)).toEqual([result])
  })

  it('is only looked up when something is left open', () => {
    const never = () => expect.unreachable('nothing is open')
    expect(stillUnknown([lamp], [FAILED], never)).toEqual([FAILED])
  })
})
