import { describe, expect, it } from 'vitest'
import { Peekable } from '../../src/feeds/peekable.ts'
import { cut, Source } from './reading.ts'

async function drain(bytes: Peekable): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

describe('peekable bytes', () => {
  it('are all there after they were looked at', async () => {
    const bytes = new Peekable(new Source(cut(Buffer.from('LMP-0001'), 3)))
    expect((await bytes.peek(1)).toString()).toBe('LMP')
    expect((await bytes.peek(4)).toString()).toBe('LMP-00')
    expect(await drain(bytes)).toBe('LMP-0001')
  })

  it('are left out when dropped', async () => {
    const bytes = new Peekable(new Source(cut(Buffer.from('LMP-0001'), 3)))
    await bytes.peek(4)
    bytes.drop(4)
    expect((await bytes.peek(3)).toString()).toBe('0001')
    expect(await drain(bytes)).toBe('0001')
  })

  it('say whether the bytes looked at are all', async () => {
    const bytes = new Peekable(new Source([Buffer.from('LMP')]))
    await bytes.peek(3)
    expect(bytes.isWhole).toBe(false)
    expect((await bytes.peek(4)).toString()).toBe('LMP')
    expect(bytes.isWhole).toBe(true)
  })

  it('can be put back and looked at while they are read', async () => {
    const bytes = new Peekable(new Source(cut(Buffer.from('LMP-0001'), 3)))
    for await (const chunk of bytes) {
      expect(chunk.toString()).toBe('LMP')
      bytes.putBack(chunk.subarray(2))
      expect((await bytes.peek(4)).toString()).toBe('P-00')
      expect(await drain(bytes)).toBe('P-0001')
    }
  })

  it('close their source without being read', async () => {
    const source = new Source([Buffer.from('LMP'), Buffer.from('-1')])
    const bytes = new Peekable(source)
    await bytes.peek(1)
    await bytes.close()
    expect(source.isClosed).toBe(true)
  })
})
