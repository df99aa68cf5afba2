import { describe, expect, it } from 'vitest'
import { AutoClock } from '../helpers/clock.ts'
import { type Answer, inTurn, type Misbehaviour, servers } from '../helpers/server.ts'
import { opener } from './opening.ts'
import { PNG } from './pictures.ts'

const serve = servers()
const open = opener()

/** What became of an image whose server answers in turn, how often it was asked, and how long it took. */
async function outcome(...answers: readonly (Answer | Misbehaviour)[]) {
  const server = await serve(inTurn(...answers))
  const clock = new AutoClock()
  const image = await open({ clock }).get(`${server.url}/lamp.png`)
  const result = image.kind === 'file' ? 'file' : `${image.reason}: ${image.message.split(' cannot be used: ')[1]}`
  const text = result.replaceAll(new URL(server.url).host, 'images.example')
  return { result: text, requests: server.seen.length, waited: clock.now() }
}

const throttled = (after: string, headers = {}) => ({ status: 429, headers: { 'retry-after': after, ...headers } })

describe('image retries', () => {
  it.each<[string, Answer | Misbehaviour]>([
    ['a reset connection', 'reset'],
    ['a cut answer', 'cut'],
    ['status 500', { status: 500 }],
    ['status 503', { status: 503 }],
    ['status 408', { status: 408 }],
    ['status 429', { status: 429 }],
  ])('get over %s, twice', async (_, answer) => {
    expect(await outcome(answer, answer, { body: PNG })).toEqual({ result: 'file', requests: 3, waited: 2500 })
  })

  it('end after two', async () => {
    expect(await outcome({ status: 503 })).toEqual({
      result: 'image-refused: images.example answers with status 503 (3 attempts).',
      requests: 3,
      waited: 2500,
    })
  })

  it('keep nothing of a cut answer', async () => {
    const server = await serve(inTurn('cut', { body: PNG }))
    const image = await open().get(`${server.url}/lamp.png`)
    expect(image).toMatchObject({ kind: 'file', size: PNG.length })
    expect(image.kind === 'file' && (await image.read())).toEqual(PNG)
  })

  it('wait as long as the server asks', async () => {
    const later = throttled('Thu, 01 Jan 2026 00:00:30 GMT', { date: 'Thu, 01 Jan 2026 00:00:20 GMT' })
    expect(await outcome(throttled('20'), later, { body: PNG })).toEqual({
      result: 'file',
      requests: 3,
      waited: 30_000,
    })
  })

  it('wait for half a minute', async () => {
    expect(await outcome(throttled('30'), { body: PNG })).toEqual({ result: 'file', requests: 2, waited: 30_000 })
  })

  it('do not wait for longer', async () => {
    expect(await outcome(throttled('31'), { body: PNG })).toEqual({
      result: 'image-refused: images.example answers with status 429.',
      requests: 1,
      waited: 0,
    })
  })

  it('start over with the URL of the feed', async () => {
    const moved = { status: 302, headers: { location: '/moved.png' } }
    const server = await serve(inTurn(moved, { status: 503 }, moved, { body: PNG }))
    await open().get(`${server.url}/lamp.png`)
    expect(server.seen.map(({ path }) => path)).toEqual(['/lamp.png', '/moved.png', '/lamp.png', '/moved.png'])
  })

  it('try a server that does not listen', async () => {
    const server = await serve(() => ({}))
    await server.close()
    const clock = new AutoClock()
    expect(await open({ clock }).get(`${server.url}/lamp.png`)).toEqual({
      kind: 'problem',
      reason: 'image-unreachable',
      message: expect.stringMatching(/the connection failed: connect ECONNREFUSED .* \(3 attempts\)\.$/),
    })
    expect(clock.now()).toBe(2500)
  })
})
