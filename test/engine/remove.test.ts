import { describe, expect, it } from 'vitest'
import { knowledgeOfRemoval, remove } from '../../src/engine/remove.ts'
import { openLedger } from '../../src/ledger/index.ts'
import type { Fault } from '../../src/model/fault.ts'
import type { HttpRequest } from '../../src/model/http.ts'
import type { DeleteStep, Removal } from '../../src/model/step.ts'
import type { Target } from '../../src/targets/target.ts'
import { aFault, anAnswer, aRequest, aWire } from '../helpers/http.ts'
import { aHeld, anItem, codes } from '../helpers/items.ts'
import { aLane, aShop } from '../helpers/shop.ts'

const removal: Removal = {
  action: 'delete',
  no: 1,
  steps: codes(2).map(
    (code, seq): DeleteStep => ({ action: 'delete', seq, source: '', item: anItem({ code }), images: 2 }),
  ),
}

/** A lane whose target sends these requests for a removal, and a wire that ends the last one in the fault. */
function laneThat(requests: readonly Partial<HttpRequest>[], fault: Fault) {
  const shop = aShop({})
  const wire = aWire(...requests.slice(1).map(() => anAnswer()), fault)
  const target: Target = {
    ...shop.target,
    async remove(items, { send }) {
      for (const request of requests) await send(aRequest(request))
      return items.map(() => ({
        status: 'deleted',
        reason: null,
        message: null,
        remoteId: null,
        http: 200,
        requestId: null,
      }))
    },
  }
  const lane = aLane(shop)
  return { ...lane, target, wire: { ...lane.wire, send: wire.send } }
}

async function brokenOff(requests: readonly Partial<HttpRequest>[]) {
  const results = await remove(removal, laneThat(requests, aFault('credentials', { http: 401 })))
  const ledger = openLedger(null)
  const { id } = ledger.register({ name: 'shop', type: 'shop', origin: 'https://shop.example.com', account: 'lamps' })
  const journal = ledger.start({
    id: 'run',
    command: 'push',
    version: '1',
    startedAt: '',
    source: 'lamps',
    whole: true,
  })
  journal.plan(id, [removal])
  journal.settle(id, removal, [], { holds: codes(2).map(code => aHeld({ code })), doubts: [] })
  const { doubts, gone } = knowledgeOfRemoval(removal.steps, results, ledger, id)
  ledger.close()
  return { statuses: results.map(({ status }) => status), doubted: doubts.map(({ key }) => key), gone }
}

describe('a removal', () => {
  it('that breaks off after something was removed is failed and in doubt: it may be gone already', async () => {
    expect(await brokenOff([{ method: 'GET' }, { method: 'POST' }, { method: 'POST' }])).toEqual({
      statuses: ['failed', 'failed'],
      doubted: codes(2),
      gone: [],
    })
  })

  it('that breaks off before anything was removed is skipped, and everything is as it was', async () => {
    expect(await brokenOff([{ method: 'GET' }, { method: 'POST' }])).toEqual({
      statuses: ['skipped', 'skipped'],
      doubted: [],
      gone: [],
    })
  })
})
