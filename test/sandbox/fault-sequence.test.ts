import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FaultSequence } from '../../src/sandbox/fault-sequence.ts'
import type { FaultRule } from '../../src/sandbox/faults.ts'

function faults(rules: readonly FaultRule[], requests: number): (string | null)[] {
  const sequence = new FaultSequence(rules)
  return Array.from({ length: requests }, () => sequence.next().fault?.fault ?? null)
}

describe('fault sequence', () => {
  it('hits every request without a rate', () => {
    expect(faults([{ target: 'catalogix', fault: '502' }], 3)).toEqual(['502', '502', '502'])
  })

  it('spreads a rate evenly and repeatably', () => {
    const rules: FaultRule[] = [{ target: 'catalogix', fault: 'reset', rate: 0.5 }]
    expect(faults(rules, 6)).toEqual([null, 'reset', null, 'reset', null, 'reset'])
    expect(faults(rules, 6)).toEqual(faults(rules, 6))
  })

  it('hits the share of requests that the rate says, to the request', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), percent => {
        const hits = faults([{ target: 'catalogix', fault: '500', rate: percent / 100 }], 100)
        expect(hits.filter(fault => fault !== null)).toHaveLength(percent)
      }),
    )
  })

  it('stops after so many times', () => {
    expect(faults([{ target: 'catalogix', fault: '502', times: 2 }], 4)).toEqual(['502', '502', null, null])
  })

  it('asks rules in order, each for the requests that the ones before let pass', () => {
    const rules: FaultRule[] = [
      { target: 'catalogix', fault: '502', times: 2 },
      { target: 'catalogix', fault: '429', times: 1 },
      { target: 'catalogix', fault: 'slow', rate: 0.5 },
    ]
    expect(faults(rules, 6)).toEqual(['502', '502', '429', null, 'slow', null])
  })

  it('begins again after a reset', () => {
    const sequence = new FaultSequence([{ target: 'catalogix', fault: '502', times: 1 }])
    sequence.next()
    sequence.reset()
    expect(sequence.next().fault?.fault).toBe('502')
  })
})

describe('partial failure', () => {
  it('hits codes with the word poison, whatever the case, and no others', () => {
    const { fault, fails } = new FaultSequence([{ target: 'catalogix', fault: 'partial' }]).next()
    expect(fault).toBeNull()
    expect(['POISON-1', 'lamp-poison', 'lamp-1'].map(fails)).toEqual([true, true, false])
  })

  it('hits a share of the codes by hash, always the same ones, besides the poisoned', () => {
    const rules: FaultRule[] = [{ target: 'catalogix', fault: 'partial', rate: 0.2 }]
    const codes = Array.from({ length: 1000 }, (_, at) => `LAMP-${at}`)
    const hits = codes.filter(new FaultSequence(rules).next().fails)
    expect(hits.length).toBeGreaterThan(150)
    expect(hits.length).toBeLessThan(250)
    expect(codes.filter(new FaultSequence(rules).next().fails)).toEqual(hits)
    expect(new FaultSequence(rules).next().fails('poison')).toBe(true)
  })

  it.each([
    [0, false],
    [1, true],
  ])('with rate %d is %s for every code', (rate, expected) => {
    const { fails } = new FaultSequence([{ target: 'catalogix', fault: 'partial', rate }]).next()
    fc.assert(fc.property(fc.string(), code => fails(`lamp ${code}`) === expected))
  })

  it('comes on top of another fault and ends after so many times', () => {
    const sequence = new FaultSequence([
      { target: 'catalogix', fault: 'partial', times: 1 },
      { target: 'catalogix', fault: 'reset' },
    ])
    const shown = [sequence.next(), sequence.next()].map(({ fault, fails }) => [fault?.fault, fails('poison')])
    expect(shown).toEqual([
      ['reset', true],
      ['reset', false],
    ])
  })

  it('does not exist without a rule', () => {
    expect(new FaultSequence([]).next().fails('poison')).toBe(false)
  })
})
