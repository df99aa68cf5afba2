import { describe, expect, it } from 'vitest'
import { allEntries } from '../../../src/targets/emporix/pages.ts'
import { anAnswer, aWire, faultOf } from '../../helpers/http.ts'
import { aProduct } from '../../helpers/items.ts'
import { rigs, statuses } from './rig.ts'

const rows = (from: number, count: number) => Array.from({ length: count }, (_, at) => ({ id: `lamp-${from + at}` }))
const page = (body: unknown, total?: number) =>
  anAnswer({ body: JSON.stringify(body), headers: total === undefined ? {} : { 'x-total-count': String(total) } })

async function read(...pages: ReturnType<typeof page>[]) {
  const { send, sent } = aWire(...pages)
  const entries = await allEntries({ send }, 'https://api.example.com/assets?q=x')
  return { ids: entries.map(({ id }) => id), sent }
}

describe('pages of an emporix list', () => {
  it('ask for the total, by a header of the request', async () => {
    const { sent } = await read(page(rows(0, 2), 2))
    expect(sent).toEqual([
      {
        method: 'GET',
        url: 'https://api.example.com/assets?q=x&pageNumber=1&pageSize=60',
        headers: { 'x-total-count': 'true' },
        body: null,
      },
    ])
  })

  it('go on while they are full, when no total is told', async () => {
    const { ids, sent } = await read(page(rows(0, 60)), page(rows(60, 60)), page(rows(120, 5)))
    expect([ids.length, sent.length]).toEqual([125, 3])
  })

  it('go on until the total, when the server cuts them short', async () => {
    const { ids, sent } = await read(page(rows(0, 2), 5), page(rows(2, 2), 5), page(rows(4, 1), 5))
    expect([ids.length, sent.length]).toEqual([5, 3])
  })

  it('count rows once that moved to the next page', async () => {
    const { ids } = await read(page(rows(0, 3), 5), page(rows(2, 3), 5))
    expect(ids).toEqual(['lamp-0', 'lamp-1', 'lamp-2', 'lamp-3', 'lamp-4'])
  })

  it('end at a server that gives the same page for ever', async () => {
    const { sent } = await read(page(rows(0, 60), 1000))
    expect(sent).toHaveLength(2)
  })

  it.each([[{}], [{ items: [] }], [[null]], [[{}]], [[{ id: 7 }]], [[{ id: '' }]]])('are none in %j', async body => {
    const { send } = aWire(page(body))
    expect((await faultOf(allEntries({ send }, 'https://api.example.com/assets?q=x'))).kind).toBe('unreadable')
  })

  const start = rigs()

  it('hold every asset of a product, however the server cuts them', async () => {
    const rig = await start({}, { emporix: { maxPageSize: 2 } })
    const lamp = aProduct({ gallery: Array.from({ length: 7 }, (_, at) => `https://cdn.example.com/${at}.jpg`) })
    await rig.push([lamp])
    expect(new Set(statuses(await rig.push([lamp])))).toEqual(new Set(['updated adopted']))
  })
})
