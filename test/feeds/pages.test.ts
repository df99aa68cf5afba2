import { describe, expect, it } from 'vitest'
import { openPages } from '../../src/feeds/pages.ts'

/** A reader to which every byte is a record; notes on the way which chunk was asked for. */
async function read(sizes: readonly number[], sample: number): Promise<readonly (number | 'chunk')[]> {
  const story: (number | 'chunk')[] = []
  async function* chunks(): AsyncGenerator<Buffer> {
    for (const size of sizes) {
      story.push('chunk')
      yield Buffer.alloc(size)
    }
  }
  const reader = { read: (chunk: Buffer) => [...chunk], end: () => [0] }
  for await (const page of await openPages(chunks(), reader, sample)) story.push(page.length)
  return story
}

describe('pages of records', () => {
  it('begin with a sample of the size that was asked for', async () => {
    expect(await read([2, 2, 3], 5)).toEqual(['chunk', 'chunk', 'chunk', 5, 2, 1])
  })

  it('begin with all there is when that is less', async () => {
    expect(await read([2, 2], 500)).toEqual(['chunk', 'chunk', 5])
  })

  it('end where a chunk ends, so that nothing is held while the next one is awaited', async () => {
    expect(await read([3, 2, 4], 1)).toEqual(['chunk', 1, 2, 'chunk', 2, 'chunk', 4, 1])
  })

  it('have at most 500 records, however large a chunk is', async () => {
    expect(await read([10, 1100], 10)).toEqual(['chunk', 10, 'chunk', 500, 500, 100, 1])
  })

  it('are none when there are no records', async () => {
    const none = { read: () => [], end: () => [] }
    async function* chunks(): AsyncGenerator<Buffer> {
      yield Buffer.alloc(3)
    }
    const pages = []
    for await (const page of await openPages(chunks(), none, 1)) pages.push(page)
    expect(pages).toEqual([])
  })
})
