import { describe, expect, it } from 'vitest'
import { configureTarget } from '../../src/config/configure-target.ts'
import { secret, z } from '../../src/lib/schema.ts'
import { catalogix } from '../../src/targets/catalogix/index.ts'
import type { Target } from '../../src/targets/target.ts'

const pim: Target = {
  ...catalogix,
  type: 'pim',
  baseUrl: 'https://pim.example/',
  limits: { items: 60, bytes: 1000, concurrency: 2, rate: null },
  options: z.strictObject({
    clientId: secret('Id.'),
    secret: secret('Secret.'),
    link: z.strictObject({ attribute: z.string() }).nullable().default(null),
    tags: z.array(z.strictObject({ name: z.string() })).default([]),
    media: z.boolean().default(true),
  }),
}
const TYPES = [catalogix, pim]

function problems(name: string, entry: unknown) {
  const result = configureTarget(name, entry, TYPES)
  return result.ok ? [] : result.problems.map(({ path, words, meant }) => ({ path: path.join('.'), words, meant }))
}

describe('target entry', () => {
  it('takes its defaults from the limits of its type, at most 4 requests at once', () => {
    expect(configureTarget('pim', { clientId: 'c', secret: 's' }, TYPES)).toEqual({
      ok: true,
      value: {
        name: 'pim',
        target: pim,
        options: { clientId: 'c', secret: 's', link: null, tags: [], media: true },
        settings: {
          baseUrl: 'https://pim.example',
          concurrency: 2,
          rate: null,
          batchSize: 60,
          timeout: 30,
          retries: 4,
          maxWait: 300,
        },
        secrets: ['c', 's'],
      },
    })
  })

  it('may not ask for larger batches than its type takes', () => {
    expect(problems('pim', { clientId: 'c', secret: 's', batchSize: 61 })).toEqual([
      { path: 'targets.pim.batchSize', words: 'expected at most 60', meant: null },
    ])
  })

  it('needs a type that exists: its own name, or the key', () => {
    expect(problems('shop', {})).toEqual([
      {
        path: 'targets.shop',
        words: 'expected a key "type", as its name is not one of "catalogix", "pim"',
        meant: null,
      },
    ])
    expect(problems('shop', { type: 'pin' })).toEqual([
      { path: 'targets.shop.type', words: 'expected one of "catalogix", "pim"', meant: 'pim' },
    ])
    expect(problems('shop', { type: 7 })).toEqual([
      { path: 'targets.shop.type', words: 'expected one of "catalogix", "pim"', meant: null },
    ])
    expect(problems('catalogix', { type: 'pim', clientId: 'c', secret: 's' })).toEqual([])
    expect(problems('pim', { type: null, clientId: 'c', secret: 's' })).toEqual([])
  })

  it.each(['__proto__', '', 'my shop', 'a,b', '-x', 'a/b', 'ü'])('cannot be named %j', name => {
    expect(problems(name, { type: 'pim' })).toEqual([
      {
        path: `targets.${name}`,
        words: 'expected a name that starts with a letter or digit and goes on with those or . _ -',
        meant: null,
      },
    ])
  })

  it.each(['constructor', 'toString', '007', 'a.b-c_d'])('can be named %j', name => {
    expect(problems(name, { type: 'pim', clientId: 'c', secret: 's' })).toEqual([])
  })

  it('suggests keys at every depth', () => {
    const entry = { clientID: 'c', secret: 's', link: { atribute: 'a', attribute: 'a' }, tags: [{ nam: 1, name: 'x' }] }
    expect(problems('pim', { ...entry, clientId: 'c', concurency: 1, tpye: 'pim' })).toEqual([
      { path: 'targets.pim.link.atribute', words: 'unknown key', meant: 'attribute' },
      { path: 'targets.pim.tags.0.nam', words: 'unknown key', meant: 'name' },
      { path: 'targets.pim.clientID', words: 'unknown key', meant: 'clientId' },
      { path: 'targets.pim.concurency', words: 'unknown key', meant: 'concurrency' },
      { path: 'targets.pim.tpye', words: 'unknown key', meant: 'type' },
    ])
  })

  it('says what kinds it expects', () => {
    expect(problems('pim', { clientId: 'c', secret: 's', link: 'x', tags: {}, media: 'yes' })).toEqual([
      { path: 'targets.pim.link', words: 'expected a mapping of keys', meant: null },
      { path: 'targets.pim.tags', words: 'expected a list', meant: null },
      { path: 'targets.pim.media', words: 'expected true or false', meant: null },
    ])
  })
})

describe('settings', () => {
  const settings = (entry: object) =>
    problems('pim', { clientId: 'c', secret: 's', ...entry }).map(({ words }) => words)

  it.each([
    [{ concurrency: 0 }, 'expected at least 1'],
    [{ concurrency: 1.5 }, 'expected a whole number'],
    [{ concurrency: 'many' }, 'expected a number'],
    [{ concurrency: '-1' }, 'expected at least 1'],
    [{ batchSize: 0 }, 'expected at least 1'],
    [{ timeout: 0 }, 'expected more than 0'],
    [{ timeout: 86_401 }, 'expected at most 86400'],
    [{ timeout: '' }, 'expected a number'],
    [{ retries: -1 }, 'expected at least 0'],
    [{ retries: 101 }, 'expected at most 100'],
    [{ maxWait: -1 }, 'expected at least 0'],
    [{ maxWait: true }, 'expected a number'],
    [{ rate: 10 }, 'expected text in quotes'],
    [{ rate: '0/s' }, 'must be a number of requests such as "10/min" or "5/s", or "off"'],
    [{ rate: '10/h' }, 'must be a number of requests such as "10/min" or "5/s", or "off"'],
    [{ baseUrl: 'pim.example' }, 'must be a complete address such as https://api.example.com'],
  ])('refuse %j: %s', (entry, words) => {
    expect(settings(entry)).toEqual([words])
  })

  it.each([
    { rate: '10/min' },
    { rate: 'off' },
    { maxWait: 0 },
    { retries: 0 },
    { timeout: '0.2' },
    { batchSize: '60' },
  ])('take %j', entry => {
    expect(settings(entry)).toEqual([])
  })
})
