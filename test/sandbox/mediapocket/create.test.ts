import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ManualClock } from '../manual-clock.ts'
import { facts, mediaPockets, shown, TAKEN } from './client.ts'

const start = mediaPockets()

describe('mediapocket POST /assets', () => {
  it('answers 200 with a placeholder: no image, category in lower case', async () => {
    const dam = await start({}, { clock: new ManualClock() })
    const body = { title: 'Oak Chair 1', description: 'Oak', category: 'Sample', tags: ['Catalog', 'Oak'] }
    const answer = await dam.create({ ...body, external_id: 'OAK-CHAIR#1' })
    expect(facts(answer)).toEqual([
      200,
      {
        asset: {
          id: expect.stringMatching(/^[A-Za-z0-9_-]{20}$/),
          external_id: 'OAK-CHAIR#1',
          parent_id: null,
          project_id: null,
          owner: 'sandbox@example.com',
          title: 'Oak Chair 1',
          description: 'Oak',
          category: 'sample',
          tags: ['Catalog', 'Oak'],
          ai_tags: [],
          status: 'open',
          media_type: 'placeholder',
          original_filename: null,
          drop_folder_id: null,
          md5_sum: null,
          created_date: '2026-01-01T00:00:00.000Z',
          modification_date: '2026-01-01T00:00:00.000Z',
          deleted: null,
        },
      },
    ])
    expect(shown(answer)).toEqual(await dam.get(shown(answer).id))
    expect(dam.galleries).toEqual({ 'OAK-CHAIR': [] })
  })

  it('wants no more than a title and ignores parameters that the document does not name', async () => {
    const dam = await start()
    expect(
      shown(await dam.create({ title: 'Lamp', file_url: 'https://cdn.example.com/1.jpg', note: 1 })),
    ).toMatchObject({
      external_id: null,
      description: null,
      category: null,
      tags: [],
      media_type: 'placeholder',
    })
    expect(dam.galleries).toEqual({})
  })

  it('takes media_type article and nothing else, with HTML in the message', async () => {
    const dam = await start()
    expect(shown(await dam.create({ title: 'Lamp', media_type: 'article' }))).toMatchObject({ media_type: 'article' })
    expect(facts(await dam.create({ title: 'Lamp', media_type: 'image', external_id: 'LAMP-7#1' }))).toEqual([
      422,
      { error: `Invalid parameter 'media_type' value "image": Must be one of: <code>article</code>.` },
    ])
    expect(dam.galleries).toEqual({})
  })

  it.each<[unknown, string]>([
    [{ description: 'Oak' }, 'Missing parameter title'],
    [{ title: '' }, 'Missing parameter title'],
    [{ title: ' ' }, 'Missing parameter title'],
    [{ title: null }, `Invalid parameter 'title' value null: Must be a String`],
    [{ title: 7 }, `Invalid parameter 'title' value 7: Must be a String`],
    [{ title: 'Lamp', description: ['Oak'] }, `Invalid parameter 'description' value ["Oak"]: Must be a String`],
    [{ title: 'Lamp', category: null }, `Invalid parameter 'category' value null: Must be a String`],
    [{ title: 'Lamp', tags: 'oak' }, `Invalid parameter 'tags' value "oak": Must be an array of String`],
    [{ title: 'Lamp', tags: ['oak', 7] }, `Invalid parameter 'tags' value ["oak",7]: Must be an array of String`],
    [{ title: 'Lamp', external_id: 7 }, `Invalid parameter 'external_id' value 7: Must be a String`],
  ])('refuses %j with 422', async (body, error) => {
    const dam = await start()
    expect(facts(await dam.create(body))).toEqual([422, { error }])
  })

  it.each<[string, unknown, string]>([
    ['no body', '', 'The request body is not valid JSON'],
    ['cut JSON', '{"title":', 'The request body is not valid JSON'],
    ['a byte order mark', '\ufeff{"title":"Lamp"}', 'The request body is not valid JSON'],
    ['an array', [{ title: 'Lamp' }], 'The request body must be a JSON object'],
    ['null', 'null', 'The request body must be a JSON object'],
  ])('refuses %s with 400', async (_, body, error) => {
    const dam = await start()
    expect(facts(await dam.create(body))).toEqual([400, { error }])
  })

  it('wants application/json, with or without a charset', async () => {
    const dam = await start()
    const send = (type: string) =>
      dam.call('POST', '/assets', { headers: { 'content-type': type }, body: { title: 'Lamp' } })
    expect((await send('Application/JSON; charset=utf-8')).status).toBe(200)
    expect(facts(await send('text/plain'))).toEqual([422, { error: 'Content-Type must be application/json' }])
  })

  it('refuses an external id twice with 400, without saying whose it is', async () => {
    const dam = await start()
    const { id } = await dam.place('LAMP-7#1')
    const answer = await dam.create({ title: 'Other', external_id: 'LAMP-7#1' })
    expect(facts(answer)).toEqual(TAKEN)
    expect(await dam.get(id)).toMatchObject({ title: 'Lamp' })
    expect((await dam.create({ title: 'Lamp', external_id: 'lamp-7#1' })).status).toBe(200)
  })

  it('takes any number of assets without an external id', async () => {
    const dam = await start()
    const ids = [await dam.create({ title: 'Lamp' }), await dam.create({ title: 'Lamp' })].map(each => shown(each).id)
    expect(new Set(ids).size).toBe(2)
  })

  it('gives ids of which some start with - and some with _', async () => {
    const dam = await start()
    const ids: string[] = []
    for (let rank = 1; rank <= 8; rank++) ids.push((await dam.place(`LAMP-7#${rank}`)).id)
    expect(ids.map(id => id[0])).toEqual([
      '-',
      expect.any(String),
      '_',
      expect.any(String),
      '-',
      expect.any(String),
      '_',
      expect.any(String),
    ])
    expect(new Set(ids).size).toBe(8)
    for (const id of ids) expect(await dam.get(id)).toMatchObject({ id })
  })

  it('never breaks, whatever the JSON', async () => {
    const dam = await start()
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.string(), async (value, text) => {
        const bodies = [value, { title: text, tags: value }, { title: 'Lamp', external_id: text, description: value }]
        for (const body of bodies) expect([200, 400, 422]).toContain((await dam.create(body)).status)
      }),
      { numRuns: 50 },
    )
  })
})
