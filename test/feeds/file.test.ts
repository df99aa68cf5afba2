import { spawnSync } from 'node:child_process'
import { appendFileSync, closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readFile, unreadable } from '../../src/feeds/file.ts'
import { openFile, openInput, recordsOf, refusal } from './reading.ts'

const folder = mkdtempSync(join(tmpdir(), 'feeds-'))
afterAll(() => rmSync(folder, { recursive: true }))
writeFileSync(join(folder, 'lamps.csv'), 'sku,name\nLMP-1,Lamp\n')

describe('feed file', () => {
  it('is named in every place as it was written', async () => {
    const feed = await openFile('./lamps.csv', folder)
    expect({ file: feed.file, records: await recordsOf(feed) }).toEqual({
      file: './lamps.csv',
      records: [{ place: './lamps.csv:2', cells: ['LMP-1', 'Lamp'] }],
    })
  })

  it('may be given by its absolute path', async () => {
    const file = join(folder, 'lamps.csv')
    expect((await openFile(file, '/')).file).toBe(file)
  })

  it('is read in chunks of 64 KB', async () => {
    writeFileSync(join(folder, 'large.csv'), Buffer.alloc(200_000, 'x'))
    const sizes: number[] = []
    for await (const chunk of readFile(join(folder, 'large.csv'), 'large.csv')) sizes.push(chunk.length)
    expect(sizes).toEqual([65_536, 65_536, 65_536, 3392])
  })

  it('may be left in the middle, while its next chunk is read', async () => {
    writeFileSync(join(folder, 'left.csv'), Buffer.alloc(200_000, 'x'))
    const chunks = readFile(join(folder, 'left.csv'), 'left.csv')
    expect((await chunks.next()).value).toHaveLength(65_536)
    expect(await chunks.return(undefined)).toEqual({ done: true, value: undefined })
  })

  it('may be a pipe, of which nothing is awaited that nobody wants', async () => {
    const pipe = join(folder, 'pipe')
    expect(spawnSync('mkfifo', [pipe]).status).toBe(0)
    const writer = openSync(pipe, 'r+') // with reading, so that it waits for nobody
    writeSync(writer, 'sku,name\n')
    const chunks = readFile(pipe, 'pipe')
    expect(String((await chunks.next()).value)).toBe('sku,name\n')
    await chunks.return(undefined)
    closeSync(writer)
  })

  it('is refused when it does not exist or is a folder', async () => {
    mkdirSync(join(folder, 'exports'))
    expect(await refusal(openFile('lumps.csv', folder))).toBe('lumps.csv does not exist')
    expect(await refusal(openFile('lamps.csv/x', folder))).toBe('lamps.csv/x does not exist')
    expect(await refusal(openFile('exports', folder))).toBe('exports is a folder')
  })

  it('is refused in words when it may not be read or reading fails', () => {
    const failing = (code: string) => unreadable('lamps.csv', Object.assign(new Error('no'), { code })).message
    expect([failing('EACCES'), failing('EIO')]).toEqual([
      'lamps.csv may not be read: permission denied',
      'lamps.csv cannot be read (EIO)',
    ])
  })

  it('is refused when it changes while it is read', async () => {
    const file = join(folder, 'growing.csv')
    writeFileSync(file, `sku,name\n${'LMP-1,Lamp\n'.repeat(20_000)}`)
    const feed = await openFile('growing.csv', folder)
    appendFileSync(file, 'LMP-2,Lamp\n')
    expect(await refusal(recordsOf(feed))).toBe('growing.csv was changed while it was read')
  })
})

describe('feed on standard input', () => {
  it('is refused in words when it breaks off', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('sku,name\n')
      throw Object.assign(new Error('broken'), { code: 'ECONNRESET' })
    }
    expect(await refusal(openInput(broken()))).toBe('stdin cannot be read (ECONNRESET)')
  })
})
