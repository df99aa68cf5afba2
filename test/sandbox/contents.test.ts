import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LedgerError } from '../../src/model/errors.ts'
import { EXIT } from '../../src/model/exit.ts'
import { openContents } from '../../src/sandbox/contents.ts'
import { folders } from '../lib/folder.ts'

const newFolder = folders()

function refusalOf(folder: string): LedgerError {
  try {
    openContents(folder).close()
  } catch (error) {
    if (error instanceof LedgerError) return error
  }
  throw new Error(`${folder} was not refused`)
}

describe("the sandbox's contents", () => {
  it('are kept in a folder that is made with all that is missing above it', () => {
    const folder = join(newFolder(), 'shop', 'state', 'sandbox')
    for (let time = 0; time < 2; time++) openContents(folder).close()
    expect(existsSync(join(folder, 'sandbox.db'))).toBe(true)
  })

  it('cannot be kept where no folder can be made: another one is to be named', () => {
    const file = join(newFolder(), 'lamps.csv')
    writeFileSync(file, 'sku,image\n')
    const { exit, fix, message } = refusalOf(join(file, 'state', 'sandbox'))
    expect([exit, fix]).toEqual([EXIT.ledger, 'Name another folder with --state.'])
    expect(message).toContain("The sandbox's contents in")
  })

  it('are refused at once on a file system that keeps no files', () => {
    expect(existsSync('/proc/no-such-folder')).toBe(false)
    expect(refusalOf('/proc/no-such-folder/sandbox').fix).toBe('Name another folder with --state.')
  })

  it('start afresh without the folder when they are damaged', () => {
    const folder = join(newFolder(), 'sandbox')
    mkdirSync(folder)
    writeFileSync(join(folder, 'sandbox.db'), 'no database at all '.repeat(100))
    expect(refusalOf(folder).fix).toBe(`Remove the folder ${folder} to start afresh.`)
  })
})
