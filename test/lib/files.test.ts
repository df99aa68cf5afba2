import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeAtomic } from '../../src/lib/files.ts'
import { folders } from './folder.ts'

const newFolder = folders()
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8)

describe('atomic writing', () => {
  it('writes all pieces as UTF-8, in a new file or in place of an old one', () => {
    const path = join(newFolder(), 'report.json')
    writeAtomic(path, ['old'])
    writeAtomic(path, ['{"lamp":"', 'Été 💡', '"}', ''])
    expect(readFileSync(path, 'utf8')).toBe('{"lamp":"Été 💡"}')
  })

  it('gives the file the permissions that are asked for, whatever the old one had', () => {
    const path = join(newFolder(), 'catalog.plan')
    writeFileSync(path, 'old', { mode: 0o644 })
    writeAtomic(path, ['new'], 0o600)
    expect(modeOf(path)).toBe('600')
  })

  it('writes bytes as they are, also between texts', () => {
    const path = join(newFolder(), 'rejects.csv')
    writeAtomic(path, [Uint8Array.of(0xff, 0xfe), 'sku', Buffer.from('lamp\r\n', 'utf16le').subarray(8)])
    expect(readFileSync(path).toString('latin1')).toBe('\xff\xfesku\r\0\n\0')
  })

  it('leaves the old file and nothing else when a piece cannot be made', () => {
    const folder = newFolder()
    const path = join(folder, 'report.json')
    writeFileSync(path, 'old')
    function* pieces() {
      yield 'half'
      throw new Error('no more')
    }
    expect(() => writeAtomic(path, pieces())).toThrow('no more')
    expect(readFileSync(path, 'utf8')).toBe('old')
    expect(readdirSync(folder)).toEqual(['report.json'])
  })

  it('leaves nothing behind when the file cannot be put in its place', () => {
    const folder = newFolder()
    mkdirSync(join(folder, 'report.json'))
    expect(() => writeAtomic(join(folder, 'report.json'), ['x'])).toThrow()
    expect(readdirSync(folder)).toEqual(['report.json'])
  })

  it('fails when the folder is not there', () => {
    expect(() => writeAtomic(join(newFolder(), 'none', 'report.json'), ['x'])).toThrow('ENOENT')
  })

  it('makes files that others may read but not write, unless the old file was more private', () => {
    const path = join(newFolder(), 'report.json')
    writeAtomic(path, ['new'])
    expect(Number.parseInt(modeOf(path), 8) & 0o133).toBe(0)
    chmodSync(path, 0o600)
    writeAtomic(path, ['again'])
    expect({ mode: modeOf(path), text: readFileSync(path, 'utf8') }).toEqual({ mode: '600', text: 'again' })
  })
})
