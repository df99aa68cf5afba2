import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLedger } from '../../src/ledger/index.ts'
import type { RunEvent } from '../../src/model/event.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import { push } from '../../src/sync/push.ts'
import type { Opened, RetryRequest } from '../../src/sync/request.ts'
import { retry } from '../../src/sync/retry.ts'
import { catalogOf, stateOf } from '../cli/terminal.ts'
import { folders } from '../lib/folder.ts'
import { aRequest } from './request.ts'

const newFolder = folders()
let folder: string
let sandbox: Sandbox

beforeEach(async () => {
  folder = newFolder()
  sandbox = await startSandbox()
})

afterEach(() => sandbox.close())

async function ended<T>(opened: Promise<Opened<T>>): Promise<T> {
  const { document, close } = await opened
  await close()
  return document
}

describe('a run', () => {
  it('tells between the transactions of its plan how far it is', async () => {
    writeFileSync(join(folder, 'lamps.csv'), catalogOf(50, 1))
    const events: RunEvent[] = []
    await ended(push(await aRequest(folder, sandbox, { overrides: { batchSize: '1', rate: 'off' }, events })))
    expect(events.filter(({ type }) => type === 'planning')).toEqual(
      [20, 40].map(items => ({ type: 'planning', target: 'catalogix', items })),
    )
  })
})

describe('a run that is interrupted while it is planned', () => {
  it('sends nothing, leaves nothing behind, and the next one does everything', async () => {
    writeFileSync(join(folder, 'lamps.csv'), catalogOf(50, 1))
    const overrides = { batchSize: '1', rate: 'off' }
    const interrupting = await aRequest(folder, sandbox, { overrides })
    const stop = new AbortController()
    const listen = ({ type }: RunEvent) => {
      if (type === 'planning') setImmediate(() => stop.abort(143)) // as a signal comes: when the run lets it
    }
    await expect(push({ ...interrupting, listen, stop: stop.signal })).rejects.toMatchObject({
      exit: 143,
      message: 'Interrupted while planning: nothing was sent.',
    })
    expect((await stateOf(sandbox)).galleries).toEqual({})
    const ledger = openLedger(interrupting.state)
    expect(ledger.runs()).toEqual([])
    ledger.close()

    const { targets, notices } = await ended(push(await aRequest(folder, sandbox, { overrides })))
    expect([targets[0]?.totals.created, notices]).toEqual([50, []])
  })
})

describe('a run that fails while it is planned', () => {
  it('leaves nothing behind, as nothing was sent', async () => {
    writeFileSync(join(folder, 'lamps.csv'), catalogOf(50, 1))
    const request = await aRequest(folder, sandbox, { overrides: { batchSize: '1', rate: 'off' } })
    const listen = ({ type }: RunEvent) => {
      if (type === 'planning') throw new Error('a defect')
    }
    await expect(push({ ...request, listen })).rejects.toThrow('a defect')
    const ledger = openLedger(request.state)
    expect([ledger.runs(), ledger.recover('2026-01-02T00:00:00Z')]).toEqual([[], []])
    ledger.close()
  })
})

describe('retry', () => {
  beforeEach(async () => {
    await sandbox.close()
    const port = Number(new URL(sandbox.url).port)
    const faults = (['catalogix', 'mediapocket'] as const).map(target => ({ target, fault: '401' }) as const)
    sandbox = await startSandbox({ port, faults })
    writeFileSync(join(folder, 'lamps.csv'), catalogOf(3, 1))
    await ended(push(await aRequest(folder, sandbox, { only: ['catalogix', 'mediapocket'] })))
    await sandbox.close()
    sandbox = await startSandbox({ port })
  })

  it('says nothing of targets that were left out knowingly', async () => {
    const request = await aRequest(folder, sandbox, { command: 'retry' })
    const { notices, targets, exitCode } = await ended(retry({ ...request, run: null, only: ['catalogix'] }))
    expect([notices, targets.map(({ totals }) => totals.created), exitCode]).toEqual([[], [3], 0])
  })

  it('says which are left out otherwise', async () => {
    const request = await aRequest(folder, sandbox, { command: 'retry' })
    const { notices } = await ended(retry({ ...request, run: null }))
    expect(notices).toEqual([
      'mediapocket: 3 failed or skipped items left out, as this command has no target of that name.',
    ])
  })

  describe('when a target has moved', () => {
    const MOVED = 'catalogix: 3 failed or skipped items left out, as the target has another address or account by now.'
    const asked = async (files: readonly string[], facts: Partial<RetryRequest> = {}) => {
      const request = await aRequest(folder, sandbox, { command: 'retry', overrides: { files } })
      const moved = { ...request, sandbox: false, run: null, only: ['catalogix'], ...facts }
      return (await ended(retry(moved))).notices
    }

    it('asks for a push, and names no command where nobody types', async () => {
      expect(await asked(['lamps.csv'])).toEqual([`${MOVED} Push their feed.`])
    })

    it('says which feed is to be pushed, for those who word commands: that of the config needs no name', async () => {
      const pushLine = (feeds: readonly string[] | null) => `send ${JSON.stringify(feeds)}`
      expect(await asked(['lamps.csv'], { pushLine })).toEqual([`${MOVED} Send them with: send []`])
      expect(await asked(['chairs.csv'], { pushLine })).toEqual([`${MOVED} Send them with: send ["lamps.csv"]`])
    })
  })
})
