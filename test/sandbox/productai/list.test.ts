import { describe, expect, it } from 'vitest'
import { ManualClock } from '../manual-clock.ts'
import { facts, image, type ProductAi, productAis, refusal, shown } from './client.ts'

const start = productAis()

/** The names that a list shows, in its order. */
async function names(studio: ProductAi, query: Readonly<Record<string, string>> = {}): Promise<unknown[]> {
  return (await studio.list(query)).assets.map(({ name }) => name)
}

describe('productai GET /my-uploaded-assets', () => {
  it('shows the newest first, without file_size, format and updated_at', async () => {
    const studio = await start()
    const first = shown(await studio.import({ url: image(1), name: 'Lamp', tags: ['a'] }))
    const second = shown(await studio.import({ url: image(2), name: 'Sofa' }))
    const { file_size: _size, format: _format, ...listed } = first
    const page = await studio.list()
    expect(page).toEqual({
      assets: [expect.objectContaining({ asset_id: second.asset_id }), { ...listed, status: 'ready' }],
      total: 2,
      limit: 20,
      offset: 0,
      has_more: false,
    })
  })

  it('pages by limit and offset, 20 by default and 100 at most', async () => {
    const studio = await start()
    for (let at = 0; at < 105; at++) await studio.import({ url: image(at), name: `${at}` })
    const pages = [await studio.list(), await studio.list({ limit: '100' })]
    pages.push(await studio.list({ limit: '100', offset: '100' }), await studio.list({ offset: '105' }))
    expect(pages.map(({ assets, ...rest }) => ({ ...rest, assets: assets.length }))).toEqual([
      { assets: 20, total: 105, limit: 20, offset: 0, has_more: true },
      { assets: 100, total: 105, limit: 100, offset: 0, has_more: true },
      { assets: 5, total: 105, limit: 100, offset: 100, has_more: false },
      { assets: 0, total: 105, limit: 20, offset: 105, has_more: false },
    ])
    const ids = pages.slice(1, 3).flatMap(({ assets }) => assets.map(({ asset_id }) => asset_id))
    expect(new Set(ids).size).toBe(105)
  })

  it('shifts its pages when something is uploaded in between', async () => {
    const studio = await start()
    for (const name of ['1', '2', '3']) await studio.import({ url: image(1), name })
    const first = await names(studio, { limit: '2' })
    await studio.import({ url: image(1), name: '4' })
    expect([first, await names(studio, { limit: '2', offset: '2' })]).toEqual([
      ['3', '2'],
      ['2', '1'],
    ])
  })

  it('filters by status; all is the default and a word too', async () => {
    const clock = new ManualClock()
    const studio = await start({ processingMs: 1000 }, { clock })
    await studio.import({ url: image(1), name: 'ready' })
    await studio.import({ url: image(1), name: 'poison' })
    clock.advance(1000)
    await studio.import({ url: image(1), name: 'processing' })
    const shownBy = async (status: string) => ({ [status]: await names(studio, { status }) })
    expect(Object.assign({}, ...(await Promise.all(['processing', 'ready', 'failed', 'all'].map(shownBy))))).toEqual({
      processing: ['processing'],
      ready: ['ready'],
      failed: ['poison'],
      all: ['processing', 'poison', 'ready'],
    })
    expect(await studio.list({ status: 'ready' })).toMatchObject({ total: 1, has_more: false })
  })

  it.each([
    ['any', ['both', 'oak', 'round']],
    ['all', ['both']],
  ] as const)('filters by %s of the tags', async (tagFilter, found) => {
    const studio = await start({ tagFilter })
    const tagged = { round: ['round'], oak: ['oak', 'new'], both: ['oak', 'round', 'oak'], none: [] }
    for (const [name, tags] of Object.entries(tagged)) await studio.import({ url: image(1), name, tags })
    expect(await names(studio, { tags: 'oak,round' })).toEqual(found)
    expect(await names(studio, { tags: 'oak,oak' })).toEqual(['both', 'oak'])
    expect(await names(studio, { tags: 'new' })).toEqual(['oak'])
    expect(await names(studio, { tags: 'ne' })).toEqual([])
    expect(await names(studio, { tags: '' })).toEqual(['none', 'both', 'oak', 'round'])
  })

  it('can ignore the case of tags', async () => {
    const [exact, ignored] = [await start(), await start({ tagCase: 'ignored' })]
    for (const studio of [exact, ignored]) {
      await studio.import({ url: image(1), name: 'lower', tags: ['sku:ä-1'] })
      await studio.import({ url: image(1), name: 'upper', tags: ['SKU:Ä-1', 'sku:Ä-1'] })
    }
    expect(await names(exact, { tags: 'sku:ä-1' })).toEqual(['lower'])
    expect(await names(ignored, { tags: 'sku:ä-1' })).toEqual(['upper', 'lower'])
  })

  it('cannot be asked for a tag with a comma in it', async () => {
    const studio = await start()
    await studio.import({ url: image(1), name: 'comma', tags: ['sku:a,b'] })
    expect(await names(studio, { tags: 'sku:a,b' })).toEqual([])
  })

  it.each([
    [{ limit: '101' }, 'limit must be from 1 to 100'],
    [{ limit: '0' }, 'limit must be from 1 to 100'],
    [{ limit: 'all' }, 'limit must be a whole number'],
    [{ offset: '-1' }, 'offset must be a whole number'],
    [{ offset: '1.5' }, 'offset must be a whole number'],
    [{ status: 'done' }, 'status must be one of all, processing, ready, failed'],
    [{ status: 'Ready' }, 'status must be one of all, processing, ready, failed'],
  ])('refuses %j with 400', async (query, message) => {
    const studio = await start()
    const answer = await studio.call('GET', '/my-uploaded-assets', { query })
    expect(facts(answer)).toEqual(refusal(400, 'INVALID_PARAMETER', message))
  })
})
