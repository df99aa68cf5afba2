import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openLedger } from '../../src/ledger/index.ts'
import { ledgerFile } from '../../src/ledger/open.ts'
import { DRIVERS } from '../lib/drivers.ts'
import { folders } from '../lib/folder.ts'
import { copyFiles } from './files.ts'
import { through } from './opening.ts'
import { aRun, CATALOGIX, filled, finish } from './runs.ts'

const newFolder = folders()

describe.each(DRIVERS)('where a ledger comes from, through %s', driver => {
  const open = (folder: string) => openLedger(folder, through(driver))

  /** One run, and what the ledger had to say before it. */
  function run(folder: string, id: string): readonly string[] {
    const ledger = open(folder)
    ledger.register(CATALOGIX)
    finish(ledger.start(aRun({ id })))
    ledger.close()
    return ledger.warnings
  }

  function warnings(folder: string): readonly string[] {
    const ledger = open(folder)
    ledger.close()
    return ledger.warnings
  }

  const note = (folder: string) => join(folder, 'last-run.json')

  it('is nothing to speak of in ordinary life', () => {
    const folder = newFolder()
    const said = ['a', 'b', 'c'].map(id => run(folder, id))
    expect([...said, warnings(folder)]).toEqual([[], [], [], []])
    expect(JSON.parse(readFileSync(note(folder), 'utf8'))).toEqual({ run: 'c' })
  })

  it('is nothing to speak of when a cache brings back the whole folder from an earlier time', () => {
    const folder = newFolder()
    run(folder, 'a')
    const cache = copyFiles(folder, newFolder())
    run(folder, 'b')
    const restored = copyFiles(cache, newFolder())
    expect([run(restored, 'c'), run(copyFiles(cache, newFolder()), 'd')]).toEqual([[], []])
  })

  it('is nothing to speak of when it comes alone, or back from a place where it was used after', () => {
    const [here, there] = [newFolder(), newFolder()]
    run(here, 'a')
    copyFileSync(ledgerFile(here), ledgerFile(there))
    expect([run(there, 'b'), run(there, 'c')]).toEqual([[], []])
    const back = newFolder()
    copyFileSync(note(here), note(back))
    copyFileSync(ledgerFile(there), ledgerFile(back))
    expect(run(back, 'd')).toEqual([])
  })

  it('is said once when an older one was put back', () => {
    const folder = newFolder()
    run(folder, 'a')
    const backup = readFileSync(ledgerFile(folder))
    run(folder, 'b')
    const restored = newFolder()
    copyFileSync(note(folder), note(restored))
    writeFileSync(ledgerFile(restored), backup)
    const expected = [
      `The ledger in ${restored} is not the one that was used last here, nor one that came of it: was it restored from a ` +
        'backup or copied from elsewhere? What was pushed with the other one it does not know, so that an item may count as ' +
        'unchanged although the target holds something else. "push --full" sends everything again.',
    ]
    expect(warnings(restored)).toEqual(expected)
    expect(run(restored, 'c')).toEqual(expected)
    expect(run(restored, 'd')).toEqual([])
  })

  it('is said when another one, or a copy that went its own way, has taken its place', () => {
    const [here, copy, other] = [newFolder(), newFolder(), newFolder()]
    run(here, 'a')
    copyFileSync(ledgerFile(here), ledgerFile(copy))
    run(here, 'b')
    for (const id of ['c', 'd']) run(copy, id)
    run(other, 'e')
    for (const source of [copy, other]) {
      const place = newFolder()
      copyFileSync(note(here), note(place))
      copyFileSync(ledgerFile(source), ledgerFile(place))
      expect(warnings(place)).toHaveLength(1)
    }
  })

  it('does not matter when it was removed, so that what targets hold is unknown anyway', () => {
    const folder = newFolder()
    run(folder, 'a')
    const fresh = newFolder()
    copyFileSync(note(folder), note(fresh))
    expect(warnings(fresh)).toEqual([])
    expect(existsSync(note(fresh))).toBe(false)
  })

  it.each(['', '{', 'null', '{}', '{"run":7}'])('is not known from the note %j', text => {
    const folder = newFolder()
    run(folder, 'a')
    writeFileSync(note(folder), text)
    expect(warnings(folder)).toEqual([])
  })

  it('is remembered for longer than runs are kept', () => {
    const folder = newFolder()
    run(folder, 'a')
    const first = readFileSync(note(folder))
    const ledger = open(folder)
    for (let at = 0; at < 40; at++) finish(ledger.start(aRun({ id: `run-${at}` })))
    ledger.close()
    expect(
      open(folder)
        .runs()
        .map(({ id }) => id),
    ).not.toContain('a')
    writeFileSync(note(folder), first)
    expect(warnings(folder)).toEqual([])
  })

  it('does not matter in memory', () => {
    const ledger = openLedger(null, through(driver))
    filled(ledger, ['LAMP-1'])
    expect(ledger.warnings).toEqual([])
    ledger.close()
  })

  it('is no reason to fail when the note can be neither read nor written', () => {
    const folder = newFolder()
    mkdirSync(note(folder))
    expect([run(folder, 'a'), run(folder, 'b')]).toEqual([[], []])
  })
})
