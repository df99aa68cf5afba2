import type { LookupAddress, LookupOptions } from 'node:dns'
import { describe, expect, it } from 'vitest'
import { createGuard } from '../../src/images/guard.ts'
import { guardedLookup, type Resolve } from '../../src/images/lookup.ts'
import { aResolver } from './opening.ts'

const guard = createGuard({ allowHosts: [], sandboxed: false })
const SOFA = { address: '93.184.216.34', family: 4 }
const LAMP = { address: '2606:4700::1111', family: 6 }

/** What a connection would be told. */
function ask(resolve: Resolve, options: LookupOptions = { all: true }) {
  const lookup = guardedLookup(guard, resolve)
  return new Promise<{ error: string | null; address: string | LookupAddress[]; family: number | undefined }>(tell =>
    lookup('images.example', options, (error, address, family) =>
      tell({ error: error?.message ?? null, address, family }),
    ),
  )
}

describe('guarded lookup', () => {
  it('gives a connection the very addresses that were checked, in their order', async () => {
    const { resolve } = aResolver([LAMP.address, SOFA.address])
    expect(await ask(resolve)).toEqual({ error: null, address: [LAMP, SOFA], family: undefined })
  })

  it('gives the first one to a connection that wants one', async () => {
    const { resolve } = aResolver([SOFA.address, LAMP.address])
    expect(await ask(resolve, {})).toEqual({ error: null, address: SOFA.address, family: 4 })
  })

  it('asks once per connection: an answer that is private the second time comes too late', async () => {
    const { resolve, asked } = aResolver([SOFA.address], ['127.0.0.1'])
    expect(await ask(resolve)).toEqual({ error: null, address: [SOFA], family: undefined })
    expect(asked).toEqual(['images.example'])
  })

  it('checks again for every further connection', async () => {
    const { resolve } = aResolver([SOFA.address], ['127.0.0.1'])
    await ask(resolve)
    expect((await ask(resolve)).error).toContain('images.example leads to 127.0.0.1, which is not a public address')
  })

  it('refuses all addresses when one of them is private', async () => {
    const { resolve } = aResolver([SOFA.address, '10.0.0.7', LAMP.address])
    expect(await ask(resolve)).toEqual({ error: expect.stringContaining('10.0.0.7'), address: [], family: undefined })
  })

  it('passes on that a name is unknown, or has no address', async () => {
    const unknown: Resolve = () => Promise.reject(new Error('ENOTFOUND'))
    expect([(await ask(unknown)).error, (await ask(aResolver([]).resolve)).error]).toEqual([
      'ENOTFOUND',
      'images.example has no address',
    ])
  })
})
