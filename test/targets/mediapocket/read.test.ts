import { describe, expect, it } from 'vitest'
import { mediapocket } from '../../../src/targets/mediapocket/index.ts'
import { aProduct } from '../../helpers/items.ts'
import { seen } from '../reading.ts'
import { type Rig, rigs } from './rig.ts'

const url = (name: string) => `https://cdn.example.com/${name}.jpg`
const LAMP = aProduct({ code: 'LAMP', gallery: [url('front'), url('back')] })

describe('reading mediapocket', () => {
  const open = rigs()

  /** With the ids that a ledger would know. */
  function look({ io, options, ids }: Rig): Promise<string[][]> {
    const known = Object.fromEntries([...ids].map(([key, remoteId]) => [key, { remoteId }]))
    return seen(mediapocket, io, options, [LAMP], known)
  }

  it('reads each asset by its id, and can tell its presence and its filename', async () => {
    const rig = await open()
    await rig.push(LAMP)
    rig.requests()
    expect(await look(rig)).toEqual([
      [`LAMP#1 at 1: ${rig.id('LAMP#1')} (in part)`, `LAMP#2 at 2: ${rig.id('LAMP#2')} (in part)`],
    ])
    expect(rig.requests()).toEqual(['GET /:id', 'GET /:id'])
  })

  it('asks nothing about assets whose ids nobody knows', async () => {
    const rig = await open()
    expect(await look(rig)).toEqual([['LAMP#1: hidden, id-unknown', 'LAMP#2: hidden, id-unknown']])
    expect(rig.requests()).toEqual([])
  })

  it.each(['hidden', 'shown'] as const)('finds an asset in the trash bin (%s) missing', async trash => {
    const rig = await open({ trash })
    await rig.push(LAMP)
    await rig.dam.call('POST', `/assets/${rig.id('LAMP#1')}/trash_bin`)
    const [first, second] = (await look(rig))[0] ?? []
    expect([first, second?.startsWith('LAMP#2')]).toEqual(
      trash === 'hidden'
        ? [`LAMP#2 at 2: ${rig.id('LAMP#2')} (in part)`, undefined]
        : ['LAMP#1: absent, in-trash', true],
    )
  })

  it('finds an asset without its image, under another external id, or with another file', async () => {
    const rig = await open({ mediaDelayMs: 0 })
    await rig.push(LAMP)
    const [front, back] = [rig.id('LAMP#1'), rig.id('LAMP#2')]
    await rig.dam.call('DELETE', `/assets/${front}/media`)
    await rig.dam.call('DELETE', `/assets/${back}/media`)
    await rig.dam.attach(back, url('other'), 'other.jpg')
    expect(await look(rig)).toEqual([['LAMP#1: absent, without-image', 'LAMP#2: other, other.jpg']])
    await rig.dam.call('PUT', `/assets/${front}`, { body: { title: 'Lamp', external_id: 'SOFA#1' } })
    expect((await look(rig))[0]?.[0]).toBe('LAMP#1: absent, other-id')
  })

  it('takes a filename that differs in case and punctuation for the same', async () => {
    const rig = await open()
    await rig.push(LAMP)
    const id = rig.id('LAMP#1')
    await rig.dam.call('DELETE', `/assets/${id}/media`)
    await rig.dam.attach(id, url('front'), 'FRONT_.JPG')
    expect((await look(rig))[0]?.[0]).toBe(`LAMP#1 at 1: ${id} (in part)`)
  })

  it('expects no image where none is sent', async () => {
    const rig = await open({}, { media: false })
    await rig.push(LAMP)
    expect((await look(rig))[0]).toHaveLength(2)
  })
})
