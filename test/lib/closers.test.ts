import { describe, expect, it } from 'vitest'
import { Closers } from '../../src/lib/closers.ts'

describe('closers', () => {
  it('close in the reverse order, each once, one after the other', async () => {
    const closed: string[] = []
    const closers = new Closers()
    expect(closers.add('lock', name => void closed.push(name))).toBe('lock')
    closers.add('ledger', async name => {
      await Promise.resolve()
      closed.push(name)
    })
    closers.add('wire', name => void closed.push(name))
    await closers.close()
    await closers.close()
    expect(closed).toEqual(['wire', 'ledger', 'lock'])
  })

  it('close everything although one fails, and throw the first failure', async () => {
    const closed: string[] = []
    const closers = new Closers()
    closers.add('lock', name => void closed.push(name))
    closers.add('ledger', () => Promise.reject(new Error('disk full')))
    closers.add('wire', () => {
      throw new Error('reset')
    })
    await expect(closers.close()).rejects.toThrow('reset')
    expect(closed).toEqual(['lock'])
  })
})
