import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RunEvent } from '../../src/model/event.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import { push } from '../../src/sync/push.ts'
import type { Opened } from '../../src/sync/request.ts'
import { retry } from '../../src/sync/retry.ts'
import { catalogOf } from '../cli/terminal.ts'
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
})
