import { existsSync, realpathSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeFolder } from '../../src/ledger/folder.ts'
import { LedgerError } from '../../src/model/errors.ts'
import { EXIT } from '../../src/model/exit.ts'
import { folders } from '../lib/folder.ts'
import { refusalOf } from './files.ts'

const newFolder = folders()

describe("the ledger's folder", () => {
  it('is made with all that is missing above it, and may be there already', () => {
    const folder = join(newFolder(), 'shop', '.assetsync')
    for (let time = 0; time < 2; time++) makeFolder(folder)
    expect(existsSync(folder)).toBe(true)
  })

  it.each(['proc', 'sysfs', 'cgroup2', 'devpts'])('is refused on %s, before anything is made', type => {
    const root = realpathSync(newFolder())
    const folder = join(root, 'deep', '.assetsync')
    const error = refusalOf(() => makeFolder(folder, `none ${root} ${type} rw 0 0\n`))
    expect({ exit: error.exit, message: error.message, fix: error.fix }).toEqual({
      exit: EXIT.ledger,
      message: `There can be no ledger in ${folder}: ${root} (${type}) keeps no files.`,
      fix: 'Name another folder with --state.',
    })
    expect(existsSync(join(root, 'deep'))).toBe(false)
  })

  it('is refused there behind a link, too', () => {
    const root = realpathSync(newFolder())
    const link = join(newFolder(), 'link')
    symlinkSync(root, link)
    expect(() => makeFolder(join(link, 'state'), `proc ${root} proc rw 0 0\n`)).toThrow(LedgerError)
  })
})
