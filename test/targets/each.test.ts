import { describe, expect, it } from 'vitest'
import type { Fault, FaultKind } from '../../src/model/fault.ts'
import { each } from '../../src/targets/each.ts'
import type { Io } from '../../src/targets/target.ts'
import { aFault, anAnswer, aRequest, faultOf } from '../helpers/http.ts'
import { anItem, aVerdict, codes } from '../helpers/items.ts'
import { noImage } from '../helpers/wire.ts'

/** Works through lamps with one request each; the faults are thrown in turn, null is an answer. */
async function work(count: number, faults: readonly (Fault | null)[] = [], requests = 1) {
  const asked: string[] = []
  const io: Io = {
    baseUrl: 'https://shop.example.com',
    note: () => undefined,
    image: noImage,
    async send({ url }) {
      const fault = faults[asked.push(url) - 1] ?? null
      if (fault) throw fault
      return anAnswer({ attempts: 2 })
    },
  }
  const items = codes(count).map(code => anItem({ code }))
  const answers = await each(items, io, async ({ code }, { send }) => {
    for (let no = 0; no < requests; no++) await send(aRequest({ url: code }))
    return aVerdict({ remoteId: code })
  })
  return { answers, asked }
}

describe('items sent one at a time', () => {
  it('are sent in order, and each has its own verdict and its own attempts', async () => {
    const { answers, asked } = await work(3, [], 2)
    expect(answers).toEqual(codes(3).map(code => aVerdict({ remoteId: code, attempts: 4 })))
    expect(asked).toEqual(codes(3).flatMap(code => [code, code]))
  })

  it.each<FaultKind>(['ambiguous', 'unreadable', 'refused', 'too-large'])(
    'go on after %s of one of them',
    async kind => {
      const { answers } = await work(3, [null, aFault(kind)])
      expect(answers.map(({ status }) => status)).toEqual(['created', 'fault', 'created'])
    },
  )

  it.each<FaultKind>(['credentials', 'throttled', 'unreachable', 'endpoint', 'stopped'])(
    'end at %s: the rest is not tried, and says so by no attempts',
    async kind => {
      const { answers, asked } = await work(4, [null, aFault(kind)])
      expect(asked).toHaveLength(2)
      const faults = answers.flatMap(answer => (answer.status === 'fault' ? [answer.fault] : []))
      expect(faults.map(fault => [fault.kind, fault.attempts])).toEqual([
        [kind, 1],
        [kind, 0],
        [kind, 0],
      ])
    },
  )

  it('count the requests before a fault', async () => {
    const { answers } = await work(1, [null, aFault('refused')], 2)
    expect(answers).toMatchObject([{ status: 'fault', fault: { attempts: 3 } }])
  })

  it('count the requests of an item that is not settled yet', async () => {
    const io: Io = { baseUrl: '', note: () => undefined, image: noImage, send: async () => anAnswer({ attempts: 3 }) }
    const answers = await each([anItem()], io, async (_, { send }) => {
      await send(aRequest())
      return { status: 'pending', meanwhile: aVerdict({ status: 'accepted', reason: 'processing' }) }
    })
    expect(answers).toMatchObject([{ status: 'pending', meanwhile: { status: 'accepted', attempts: 3 } }])
  })

  it('let defects pass', async () => {
    const io: Io = { baseUrl: '', note: () => undefined, image: noImage, send: async () => anAnswer() }
    const broken = each([anItem()], io, () => Promise.reject(new TypeError('lamp is undefined')))
    await expect(faultOf(broken)).rejects.toThrow('lamp is undefined')
  })

  it('are nothing when there are none', async () => {
    expect(await work(0)).toEqual({ answers: [], asked: [] })
  })
})
