import { describe, expect, it } from 'vitest'
import { request } from '../client.ts'
import { type MediaPocket, mediaPockets } from './client.ts'

const start = mediaPockets()

async function hold(dam: MediaPocket, externalId: string, url: string): Promise<void> {
  const { id } = await dam.place(externalId)
  await dam.attach(id, url)
}

describe('mediapocket gallery', () => {
  it('is ordered by the rank in the external id, 10 after 9', async () => {
    const dam = await start()
    const url = (rank: number) => `https://cdn.example.com/lamp/${rank}.jpg`
    const ranks = Array.from({ length: 12 }, (_, at) => at + 1)
    for (const rank of ranks.toReversed()) await hold(dam, `LAMP-7#${rank}`, url(rank))
    expect(dam.galleries).toEqual({ 'LAMP-7': ranks.map(url) })
  })

  it('shows the code but no URL of assets without an image', async () => {
    const dam = await start()
    await dam.place('LAMP-7#1')
    await hold(dam, 'LAMP-7#2', 'https://cdn.example.com/lamp/2.jpg')
    await dam.place('SOFA-1#1')
    expect(dam.galleries).toEqual({ 'LAMP-7': ['https://cdn.example.com/lamp/2.jpg'], 'SOFA-1': [] })
  })

  it('takes an external id without a rank for a code', async () => {
    const dam = await start()
    for (const id of ['LAMP-7', 'LAMP#', '#', 'LAMP#x1', 'LAMP-7#2'])
      await hold(dam, id, `https://cdn.example.com/${id.length}.jpg`)
    expect(dam.galleries).toEqual({
      'LAMP-7': ['https://cdn.example.com/6.jpg', 'https://cdn.example.com/8.jpg'],
      'LAMP#': ['https://cdn.example.com/5.jpg'],
      '#': ['https://cdn.example.com/1.jpg'],
      'LAMP#x1': ['https://cdn.example.com/7.jpg'],
    })
  })

  it.each([
    '__proto__',
    'constructor',
    '007',
    '0',
    '1E5',
    ' ',
    '',
    'a/b',
    'a#1',
    'Stühle/ä',
    'line\nbreak',
    '椅子',
    '😀',
    'a\u0000b',
    'a\ud800b',
  ])('keeps the code %j', async code => {
    const dam = await start()
    await hold(dam, `${code}#2`, 'https://cdn.example.com/2.jpg')
    await hold(dam, 'a\udfffb#1', 'https://cdn.example.com/3.jpg')
    await hold(dam, `${code}#1`, 'https://cdn.example.com/1.jpg')
    const { json } = await request(dam.sandbox.describe().state)
    const { galleries } = (json as ReturnType<typeof dam.sandbox.state>).mediapocket
    expect(Object.entries(galleries)).toContainEqual([
      code,
      ['https://cdn.example.com/1.jpg', 'https://cdn.example.com/2.jpg'],
    ])
    expect(Object.keys(galleries)).toHaveLength(2)
  })
})
