import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type LockOptions, lockLedger } from '../../src/ledger/lock.ts'
import { LedgerError } from '../../src/model/errors.ts'
import { EXIT } from '../../src/model/exit.ts'
import { ManualClock, quiet } from '../helpers/clock.ts'
import { folders } from '../lib/folder.ts'

const newFolder = folders()
const HOLDER = { pid: 4711, command: 'assetsync push lamps.csv', since: '2026-01-01T00:00:00Z' }

function options(facts: Partial<LockOptions> = {}): LockOptions {
  return { holder: HOLDER, wait: 0, clock: new ManualClock(), stop: new AbortController().signal, ...facts }
}

async function refusal(lock: Promise<unknown>): Promise<LedgerError> {
  const error = await lock.then(
    () => null,
    thrown => thrown,
  )
  if (error instanceof LedgerError) return error
  throw new Error(`it was not refused: ${error}`)
}

describe('lock', () => {
  it('is taken, noted for others, and given back', async () => {
    const folder = join(newFolder(), 'state')
    const lock = await lockLedger(folder, options())
    expect(JSON.parse(readFileSync(join(folder, 'lock.json'), 'utf8'))).toEqual({ ...HOLDER, host: hostname() })
    lock.release()
    expect(existsSync(join(folder, 'lock.json'))).toBe(false)
    const again = await lockLedger(folder, options())
    again.release()
  })

  it('makes its folder for nobody else to read', async () => {
    const folder = join(newFolder(), 'state')
    const lock = await lockLedger(folder, options())
    lock.release()
    if (process.platform !== 'win32') expect((statSync(folder).mode & 0o777).toString(8)).toBe('700')
  })

  it('is refused to a second run, with words about the first', async () => {
    const folder = newFolder()
    const lock = await lockLedger(folder, options())
    const error = await refusal(lockLedger(folder, options()))
    expect({ exit: error.exit, message: error.message, fix: error.fix }).toEqual({
      exit: EXIT.locked,
      message: `Another run holds the ledger: process 4711 on ${hostname()}, "assetsync push lamps.csv", since 2026-01-01T00:00:00Z.`,
      fix: 'Wait until it ends, or let this run wait with --lock-wait <seconds>.',
    })
    lock.release()
  })

  it.each(['', '{', 'null', '{}', '[]'])('is refused without words when the note is %j', async note => {
    const folder = newFolder()
    const lock = await lockLedger(folder, options())
    writeFileSync(join(folder, 'lock.json'), note)
    expect((await refusal(lockLedger(folder, options()))).message).toBe('Another run holds the ledger.')
    lock.release()
  })

  it('stays taken however often others try', async () => {
    const folder = newFolder()
    const lock = await lockLedger(folder, options())
    for (let attempt = 0; attempt < 20; attempt++) await refusal(lockLedger(folder, options()))
    lock.release()
    const next = await lockLedger(folder, options())
    next.release()
  })

  it('goes to exactly one of many that come at once', async () => {
    const folder = newFolder()
    const runs = await Promise.allSettled(Array.from({ length: 20 }, () => lockLedger(folder, options())))
    const won = runs.filter(run => run.status === 'fulfilled')
    expect(won).toHaveLength(1)
    for (const run of won) run.value.release()
  })

  it('is one per folder', async () => {
    const locks = await Promise.all([lockLedger(newFolder(), options()), lockLedger(newFolder(), options())])
    for (const lock of locks) lock.release()
  })

  it('is waited for, and taken when it is given back', async () => {
    const folder = newFolder()
    const clock = new ManualClock()
    const lock = await lockLedger(folder, options())
    let isTaken = false
    const waiting = lockLedger(folder, options({ wait: 60_000, clock })).then(taken => {
      isTaken = true
      return taken
    })
    await clock.advance(59_000)
    expect(isTaken).toBe(false)
    lock.release()
    await clock.advance(200)
    expect(isTaken).toBe(true)
    const taken = await waiting
    taken.release()
  })

  it('is waited for as long as was said, not longer', async () => {
    const folder = newFolder()
    const clock = new ManualClock()
    const lock = await lockLedger(folder, options())
    let refused: LedgerError | null = null
    const waiting = refusal(lockLedger(folder, options({ wait: 1_050, clock }))).then(error => {
      refused = error
    })
    await clock.advance(1_049)
    expect(refused).toBeNull()
    await clock.advance(1)
    await waiting
    expect(refused).toMatchObject({ exit: EXIT.locked })
    lock.release()
  })

  it('is waited for no longer when the run is stopped', async () => {
    const folder = newFolder()
    const clock = new ManualClock()
    const stop = new AbortController()
    const lock = await lockLedger(folder, options())
    const waiting = refusal(lockLedger(folder, options({ wait: 60_000, clock, stop: stop.signal })))
    await quiet()
    stop.abort()
    expect((await waiting).exit).toBe(EXIT.locked)
    lock.release()
  })

  it.each<[string, string, (folder: string) => string]>([
    [
      'lies in a file',
      'cannot be opened (EEXIST: ',
      folder => {
        writeFileSync(join(folder, 'state'), '')
        return join(folder, 'state')
      },
    ],
    [
      'has a lock that is no database',
      'lock.db is no lock (',
      folder => {
        writeFileSync(join(folder, 'lock.db'), '<html>'.repeat(999))
        return folder
      },
    ],
    [
      'has a folder for a lock',
      'lock.db is no lock (',
      folder => {
        mkdirSync(join(folder, 'lock.db'))
        return folder
      },
    ],
  ])('cannot be taken when the ledger %s', async (_, words, make) => {
    const error = await refusal(lockLedger(make(newFolder()), options({ wait: 60_000 })))
    expect({ exit: error.exit, message: error.message }).toEqual({
      exit: EXIT.ledger,
      message: expect.stringContaining(words),
    })
    expect(error.fix).toContain('--state')
  })

  it('is taken although the note about it cannot be written', async () => {
    const folder = newFolder()
    mkdirSync(join(folder, 'lock.json'))
    const lock = await lockLedger(folder, options())
    expect((await refusal(lockLedger(folder, options()))).exit).toBe(EXIT.locked)
    lock.release()
    const next = await lockLedger(folder, options())
    next.release()
  })
})
