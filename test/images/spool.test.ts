import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ImageSpool } from '../../src/images/spool.ts'
import { OutputError } from '../../src/model/errors.ts'
import { folders } from '../lib/folder.ts'
import { bytesOf } from './pictures.ts'

const newFolder = folders()

describe('image spool', () => {
  it('gives back what was added, whole or its beginning, as often as wanted', () => {
    const spool = new ImageSpool(newFolder())
    const lamp = spool.begin()
    for (const part of ['a ', 'brass ', 'lamp']) spool.add(lamp, bytesOf(part))
    expect(lamp.size).toBe(12)
    expect([spool.read(lamp), spool.read(lamp, 5), spool.read(lamp, 99)]).toEqual(
      ['a brass lamp', 'a bra', 'a brass lamp'].map(bytesOf),
    )
    spool.close()
  })

  it('keeps apart what is written at the same time', () => {
    const spool = new ImageSpool(newFolder())
    const writes = fc.array(fc.tuple(fc.nat(3), fc.uint8Array({ maxLength: 50 })), { maxLength: 60 })
    fc.assert(
      fc.property(writes, fc.nat(300), (drawn, limit) => {
        const images = [0, 1, 2, 3].map(() => spool.begin())
        for (const [no, bytes] of drawn) for (const image of images.slice(no, no + 1)) spool.add(image, bytes)
        const whole = images.map((_, no) => drawn.flatMap(([owner, bytes]) => (owner === no ? [...bytes] : [])))
        expect(images.map(image => [...spool.read(image)])).toEqual(whole)
        expect(images.map(image => [...spool.read(image, limit)])).toEqual(whole.map(all => all.slice(0, limit)))
      }),
      { numRuns: 50 },
    )
    spool.close()
  })

  it('makes no file before it has something to keep', () => {
    const spool = new ImageSpool(join(newFolder(), 'missing'))
    expect(spool.read(spool.begin())).toEqual(new Uint8Array(0))
    spool.close()
  })

  it('leaves nothing behind when it is closed, twice included', () => {
    const folder = newFolder()
    const spool = new ImageSpool(folder)
    spool.add(spool.begin(), bytesOf('sofa'))
    spool.close()
    spool.close()
    expect(readdirSync(folder)).toEqual([])
  })

  it('refuses to be used after it was closed, whoever has its file number by then', () => {
    const folder = newFolder()
    const spool = new ImageSpool(folder)
    const lamp = spool.begin()
    spool.add(lamp, bytesOf('lamp'))
    spool.close()
    const other = new ImageSpool(folder)
    const sofa = other.begin()
    other.add(sofa, bytesOf('sofa'))
    expect(() => spool.read(lamp)).toThrow('the images are closed')
    expect(other.read(sofa)).toEqual(bytesOf('sofa'))
    other.close()
  })

  it('says where it cannot write, and what to do', () => {
    const folder = join(newFolder(), 'missing')
    const spool = new ImageSpool(folder)
    const add = (): void => spool.add(spool.begin(), bytesOf('lamp'))
    expect(add).toThrow(OutputError)
    expect(add).toThrow(`The images cannot be kept in ${folder}: ENOENT`)
  })
})
