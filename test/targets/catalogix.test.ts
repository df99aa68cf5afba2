import { afterEach, describe, expect, it } from 'vitest'
import type { HttpRequest } from '../../src/model/http.ts'
import type { Suspect, Verdict } from '../../src/model/outcome.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/index.ts'
import { catalogix } from '../../src/targets/catalogix/index.ts'
import type { CatalogixOptions } from '../../src/targets/catalogix/options.ts'
import type { Io, Load } from '../../src/targets/target.ts'
import type { TransportOptions } from '../../src/transport/index.ts'
import { AutoClock } from '../helpers/clock.ts'
import { anAnswer, faultOf } from '../helpers/http.ts'
import { anItem, aProduct, codes, images } from '../helpers/items.ts'
import { noImage, wires } from '../helpers/wire.ts'
import { describeTarget } from './contract.ts'

describeTarget(catalogix, {})

const BASE_URL = 'https://api.example.com/v1'
const ID = '8c8b2b7e-23d7-4c2a-91b0-2a7c4dfbb312'

function optionsOf(facts: object = {}): CatalogixOptions {
  return catalogix.options.parse({ storeUuid: 'store', token: 'lamp-token', ...facts })
}

function anIo(answer: object): { io: Io; sent: HttpRequest[] } {
  const sent: HttpRequest[] = []
  const send: Io['send'] = async request => {
    sent.push(request)
    return anAnswer({ body: JSON.stringify(answer) })
  }
  return { io: { send, baseUrl: BASE_URL, note: () => undefined, image: noImage }, sent }
}

function aLoad(action: Load['action'], ...wanted: readonly string[]): Load {
  return { action, items: wanted.map(code => anItem({ code })) }
}

function success(data: object): object {
  return { status: { code: 0, message: 'SUCCESS', request_id: ID }, data }
}

/** The answers to a load of these codes when Catalogix counts so. */
async function answersTo(load: Load, data: object) {
  const { io } = anIo(success(data))
  return (await catalogix.push(load, io, optionsOf(), undefined)) as readonly (Verdict | Suspect)[]
}

const statuses = (answers: readonly { status: string }[]) => answers.map(({ status }) => status)

describe('catalogix request', () => {
  it('posts all items in one array, with store, channel and JSON', async () => {
    const { io, sent } = anIo(success({ created: 2, updated: 0, failed: 0, error_info: [] }))
    await catalogix.push(aLoad('create', 'LAMP-1', 'LAMP-2'), io, optionsOf({ channel: 'B2B' }), undefined)
    expect(sent.map(request => ({ ...request, body: JSON.parse(String(request.body)) }))).toEqual([
      {
        method: 'POST',
        url: `${BASE_URL}/assets?store_uuid=store&channel=B2B`,
        headers: { 'content-type': 'application/json' },
        body: ['LAMP-1', 'LAMP-2'].map(code => ({
          parent_code: code,
          asset_type: 'image',
          assets: { 'Image URL 1': images(code)[0], 'Image URL 2': images(code)[1] },
        })),
      },
    ])
  })

  it('encodes store and channel, so that no setting can reach another address', async () => {
    const { io, sent } = anIo(success({ created: 1 }))
    const options = optionsOf({ storeUuid: 'a/b?c&d', channel: 'SMP&store_uuid=other#' })
    await catalogix.push(aLoad('create', 'LAMP-1'), io, options, undefined)
    expect(sent[0]?.url).toBe(`${BASE_URL}/assets?store_uuid=a%2Fb%3Fc%26d&channel=SMP%26store_uuid%3Dother%23`)
  })

  it('authenticates with the bearer token, without asking anybody', async () => {
    const { io, sent } = anIo({})
    const login = await catalogix.login(io, optionsOf(), null)
    expect([login, sent]).toEqual([{ headers: { authorization: 'Bearer lamp-token' }, expiresIn: null }, []])
  })

  it('probes with a read of one group', async () => {
    const { io, sent } = anIo(success({ total_groups: 0 }))
    await catalogix.probe(io, optionsOf())
    expect(sent).toEqual([
      { method: 'GET', url: `${BASE_URL}/assets?store_uuid=store&channel=SMP&limit=1`, headers: {}, body: null },
    ])
  })

  it('is one account per store and channel', () => {
    const accounts = [{}, { channel: 'B2B' }, { storeUuid: 'other' }, { token: 'another-token' }].map(facts =>
      catalogix.account(optionsOf(facts)),
    )
    expect(accounts).toEqual(['store/SMP', 'store/B2B', 'other/SMP', 'store/SMP'])
  })

  it('declares what the vendor documents: 100 items, 10 requests a minute, upserts, ranks that stay', () => {
    const { limits, replay, tail, unit } = catalogix
    expect([limits.items, limits.rate, replay, tail, unit]).toEqual([
      100,
      { count: 10, perMs: 60_000 },
      'upsert',
      'stays',
      'product',
    ])
  })
})

describe('catalogix payload', () => {
  it('makes one item of a product: all its images travel in one map', () => {
    const gallery = images('LAMP-1', 12)
    const [item, ...others] = itemsOf(aProduct({ code: 'LAMP-1', gallery }))
    expect([item, others]).toEqual([{ key: 'LAMP-1', code: 'LAMP-1', gallery, values: {} }, []])
  })

  it('always sends the asset type, which the schema requires although it has a default', () => {
    expect(payloadOf({ code: 'LAMP-1', gallery: [] })).toEqual({
      parent_code: 'LAMP-1',
      asset_type: 'image',
      assets: {},
    })
    expect(payloadOf({ gallery: [] }, { assetType: 'video' })).toMatchObject({ asset_type: 'video' })
  })

  it('puts the rank wherever the attribute template says', () => {
    const assets = payloadOf({ gallery: ['https://a/1', 'https://a/2'] }, { attribute: '{rank}. Bild ({rank})' }).assets
    expect(assets).toEqual({ '1. Bild (1)': 'https://a/1', '2. Bild (2)': 'https://a/2' })
  })

  it.each(['__proto__{rank}', '{rank}', '$&{rank}', '$1 {rank}'])('survives the attribute template %s', attribute => {
    const gallery = images('LAMP-1', 11)
    const assets = payloadOf({ gallery }, { attribute }).assets as Record<string, string>
    expect(Object.entries(assets)).toEqual(
      gallery.map((url, at) => [attribute.replace('{rank}', () => `${at + 1}`), url]),
    )
  })

  it('refuses an attribute template without a rank, which would leave one image of many', () => {
    expect(catalogix.options.safeParse({ storeUuid: 's', token: 't', attribute: 'Image URL' }).success).toBe(false)
  })

  it('takes the product UUID from its column, where the column has one', () => {
    const options = { productUuid: 'uuid' }
    expect(catalogix.columns(optionsOf(options))).toEqual(['uuid'])
    expect(catalogix.columns(optionsOf())).toEqual([])
    expect(payloadOf({ fields: { uuid: 'b7e-23d7' } }, options)).toMatchObject({ product_uuid: 'b7e-23d7' })
    expect(payloadOf({ fields: { uuid: '' } }, options)).not.toHaveProperty('product_uuid')
    expect(payloadOf({ fields: {} }, options)).not.toHaveProperty('product_uuid')
    expect(payloadOf({ fields: { uuid: 'b7e-23d7' } })).not.toHaveProperty('product_uuid')
  })
})

describe('catalogix totals', () => {
  const load = (action: Load['action']) => aLoad(action, ...codes(3))

  it.each<[Load['action'], string, { created: number; updated: number }, string]>([
    ['create', 'items', { created: 3, updated: 0 }, 'created'],
    ['create', 'images', { created: 6, updated: 0 }, 'created'],
    ['create', 'items', { created: 0, updated: 3 }, 'updated'],
    ['create', 'images', { created: 0, updated: 6 }, 'updated'],
    ['create', 'items', { created: 1, updated: 2 }, 'accepted'],
    ['create', 'images', { created: 5, updated: 1 }, 'accepted'],
    ['update', 'items', { created: 0, updated: 3 }, 'updated'],
    ['update', 'images', { created: 2, updated: 4 }, 'updated'],
    ['update', 'items', { created: 3, updated: 0 }, 'updated'],
  ])('of a load to %s, counted in %s, %o: all are %s', async (action, _unit, counts, status) => {
    const answers = await answersTo(load(action), { ...counts, failed: 0, error_info: [] })
    expect(answers).toEqual(
      codes(3).map(() => ({ status, reason: null, message: null, http: 200, requestId: ID, remoteId: null })),
    )
  })

  it.each<Load['action']>(['create', 'update'])(
    'that are all 0 attribute nothing: a load to %s failed',
    async action => {
      const answers = await answersTo(load(action), { created: 0, updated: 0, failed: 0, error_info: [] })
      expect(answers.map(({ status, ...verdict }) => [status, 'reason' in verdict && verdict.reason])).toEqual(
        codes(3).map(() => ['failed', 'unattributed']),
      )
    },
  )

  it.each([{}, { created: '3' }, { created: -1, updated: Number.NaN }, { created: null }, { total_groups: 3 }])(
    'that are no numbers count as nothing: %o',
    async data => {
      expect(statuses(await answersTo(load('create'), data))).toEqual(['failed', 'failed', 'failed'])
    },
  )

  it('never let a sum of counters decide: their unit is not documented', async () => {
    const answers = await answersTo(load('create'), { created: 1, updated: 0, failed: 0 })
    expect(statuses(answers)).toEqual(['created', 'created', 'created'])
  })

  it('with failures make everybody a suspect, who is what the others are if it is not one of them', async () => {
    const answers = await answersTo(load('create'), { created: 2, updated: 0, failed: 1, error_info: [] })
    expect(statuses(answers)).toEqual(['suspect', 'suspect', 'suspect'])
    expect(answers[0]).toMatchObject({ ifPassed: { status: 'created', reason: null, requestId: ID } })
  })

  it('with a failure of the only item are that item’s', async () => {
    const [answer] = await answersTo(aLoad('create', 'LAMP-1'), { created: 0, updated: 0, failed: 2, error_info: [] })
    expect(answer).toMatchObject({
      status: 'failed',
      reason: 'target-rejected',
      message: 'Catalogix counted this item as failed.',
    })
  })

  it('with failures alone leave nobody to be found: all failed, without another request', async () => {
    const answers = await answersTo(load('create'), { created: 0, updated: 0, failed: 3, error_info: [{}] })
    expect(answers.map(({ status, ...verdict }) => [status, 'reason' in verdict && verdict.reason])).toEqual(
      codes(3).map(() => ['failed', 'target-rejected']),
    )
  })
})

describe('catalogix over HTTP', () => {
  const open = wires()
  const sandboxes: Sandbox[] = []
  afterEach(async () => {
    await Promise.all(sandboxes.splice(0).map(sandbox => sandbox.close()))
  })

  async function start(sandboxOptions: SandboxOptions, facts: Partial<TransportOptions> = {}) {
    const sandbox = await startSandbox(sandboxOptions)
    sandboxes.push(sandbox)
    const { baseUrl, ...credentials } = sandbox.targets.catalogix
    const options = catalogix.options.parse(credentials)
    const wire = open(catalogix, options, baseUrl, facts)
    const push = (load: Load) => catalogix.push(load, wire.io, options, undefined)
    return { push, wire, sandbox }
  }

  it.each(['items', 'images'] as const)('gives the same verdicts whether %s are counted', async count => {
    const { push } = await start({ catalogix: { count } })
    expect(statuses(await push(aLoad('create', 'LAMP-1', 'LAMP-2')))).toEqual(['created', 'created'])
    expect(statuses(await push(aLoad('update', 'LAMP-1', 'LAMP-2')))).toEqual(['updated', 'updated'])
    expect(statuses(await push(aLoad('create', 'LAMP-2', 'LAMP-3')))).toEqual(['accepted', 'accepted'])
  })

  it('keeps to ten requests a minute, so that it is never refused for being too fast', async () => {
    const clock = new AutoClock()
    const { rate } = catalogix.limits
    const { push, wire } = await start({ rate, clock }, { rate, clock })
    await Promise.all(codes(25).map(code => push(aLoad('create', code))))
    expect(wire.transport.meter).toMatchObject({ requests: 25, retries: 0, throttled: 0 })
    expect(clock.now()).toBeGreaterThanOrEqual(120_000)
  })

  it('waits without being told how long when it is refused for being too fast', async () => {
    const { push, wire } = await start({ faults: [{ target: 'catalogix', fault: '429', times: 3 }] })
    expect(statuses(await push(aLoad('create', 'LAMP-1')))).toEqual(['created'])
    expect(wire.clock.now()).toBeGreaterThanOrEqual(7000)
  })

  it.each(['500', '502', 'html'] as const)('sends again after %s: an upsert does no harm', async fault => {
    const { push, wire } = await start({ faults: [{ target: 'catalogix', fault, times: 1 }] })
    expect(statuses(await push(aLoad('create', 'LAMP-1')))).toEqual(['created'])
    expect(wire.transport.meter.requests).toBe(2)
  })

  it('believes the second answer when the first one was lost after the items were stored', async () => {
    const { push, sandbox } = await start({ faults: [{ target: 'catalogix', fault: 'reset', times: 1 }] })
    expect(statuses(await push(aLoad('create', 'LAMP-1')))).toEqual(['updated'])
    expect(sandbox.state().catalogix.galleries).toEqual({ 'LAMP-1': images('LAMP-1') })
  })

  it('takes a status code other than 0 in a 200 for the refusal of the whole load', async () => {
    const { push } = await start({ catalogix: { statusCode: -1 } })
    const { kind, http, message } = await faultOf(push(aLoad('create', 'LAMP-1')))
    expect([kind, http, message]).toEqual(['refused', 200, 'invalid_request: the request was not carried out'])
  })

  it('never builds a request that removes, unless ranks are to be trimmed', async () => {
    const { push, wire } = await start({})
    await push(aLoad('update', 'LAMP-1'))
    await catalogix.probe(wire.io, catalogix.options.parse({ storeUuid: '5a4db0c5a4db0c5a4db0c501', token: 'lamp' }))
    const requests = wire.events.flatMap(event => (event.type === 'request' ? [`${event.method} ${event.path}`] : []))
    expect(requests).toEqual(['POST /catalogix/v1/assets', 'GET /catalogix/v1/assets'])
  })
})

describe('catalogix error_info', () => {
  const load = aLoad('create', 'LAMP-1', '007', '__proto__')
  const counts = { created: 2, updated: 0, failed: 1 }

  it('is no error where it is the empty object of the vendor’s example', async () => {
    const answers = await answersTo(load, { created: 3, updated: 0, failed: 0, error_info: [{}] })
    expect(statuses(answers)).toEqual(['created', 'created', 'created'])
  })

  it.each(['parent_code', 'product_code', 'sku_code', 'code', 'sku'])(
    'names the item that failed by its %s',
    async name => {
      const error = { [name]: '007', reason: 'invalid_url', details: 'no image at this address' }
      const answers = await answersTo(load, { ...counts, error_info: [error] })
      expect(statuses(answers)).toEqual(['created', 'failed', 'created'])
      expect(answers[1]).toMatchObject({ reason: 'target-rejected', message: 'invalid_url: no image at this address' })
    },
  )

  it('compares codes as texts', async () => {
    const answers = await answersTo(load, { ...counts, error_info: [{ parent_code: 7, reason: 'invalid_url' }] })
    expect(statuses(answers)).toEqual(['suspect', 'suspect', 'suspect'])
  })

  it('settles those it names and leaves the others suspect while more have failed than it names', async () => {
    const error_info = [{ parent_code: '__proto__', reason: 'invalid_url' }]
    const answers = await answersTo(load, { ...counts, failed: 2, error_info })
    expect(statuses(answers)).toEqual(['suspect', 'suspect', 'failed'])
  })

  it('says what was wrong with the only item although it names nobody', async () => {
    const error_info = [{}, { reason: 'invalid_request', details: 'parent_code is unknown' }]
    const [answer] = await answersTo(aLoad('create', 'LAMP-1'), { failed: 1, error_info })
    expect(answer).toMatchObject({ status: 'failed', message: 'invalid_request: parent_code is unknown' })
  })

  it('never lends the words for one item to another', async () => {
    const error_info = [{ parent_code: '007', reason: 'invalid_url' }]
    const answers = await answersTo(load, { created: 0, updated: 0, failed: 3, error_info })
    expect(answers).toMatchObject([
      { status: 'failed', message: 'Catalogix counted this item as failed.' },
      { status: 'failed', message: 'invalid_url' },
      { status: 'failed', message: 'Catalogix counted this item as failed.' },
    ])
  })

  it.each([null, 'broken', [null, 7, 'broken', []], [[{ parent_code: '007' }]]])(
    'of another shape is ignored: %j',
    async error_info => {
      const answers = await answersTo(load, { ...counts, error_info })
      expect(statuses(answers)).toEqual(['suspect', 'suspect', 'suspect'])
    },
  )

  it('is shown as it is where it has none of the usual words, and cut where it is long', async () => {
    const shown = async (error: object) => {
      const [answer] = await answersTo(aLoad('create', 'LAMP-1'), { failed: 1, error_info: [error] })
      return answer !== undefined && 'message' in answer ? answer.message : null
    }
    expect(await shown({ row: 1, why: 'no lamp' })).toBe('{"row":1,"why":"no lamp"}')
    expect((await shown({ details: 'lamp '.repeat(1000) }))?.length).toBeLessThan(250)
  })
})

describe('catalogix errors', () => {
  const read = (status: number, body: unknown, headers: Record<string, string> = {}) =>
    catalogix.meaning(anAnswer({ status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) }))

  it.each([
    [400, 'refused', { status: 'error', detail: 'store_uuid is required' }, 'store_uuid is required'],
    [422, 'refused', { status: 'error', detail: 'the body is not valid JSON' }, 'the body is not valid JSON'],
    [502, 'ambiguous', { status: 'error', detail: 'Downstream service unavailable' }, 'Downstream service unavailable'],
    [401, 'credentials', { status: { code: -1, message: 'Unauthorized' } }, 'Unauthorized'],
    [403, 'credentials', { status: { code: -1, message: 'Forbidden' } }, 'Forbidden'],
    [404, 'endpoint', { status: { code: -1, message: 'Resource Not Found' } }, 'Resource Not Found'],
    [405, 'endpoint', { status: { code: -1, message: 'Method Not Found' } }, 'Method Not Found'],
    [413, 'too-large', { status: { code: -1, message: 'Payload too large' } }, 'Payload too large'],
    [429, 'throttled', { status: { code: -1, message: 'Too many requests.' } }, 'Too many requests.'],
    [500, 'ambiguous', { status: { code: -1, message: 'Internal server error' } }, 'Internal server error'],
    [503, 'ambiguous', { status: { code: -1, message: 'Later' } }, 'Later'],
    [
      400,
      'refused',
      {
        status: { code: -1, message: 'ERROR' },
        data: { error_info: [{ reason: 'invalid_request', details: 'no store' }] },
      },
      'invalid_request: no store',
    ],
  ])('reads %i as %s with the vendor’s words', (status, kind, body, message) => {
    expect(read(status, body)).toEqual({ kind, message, requestId: null })
  })

  it.each([
    [
      'with error_info',
      { status: { code: -1, message: 'ERROR', request_id: ID }, data: { error_info: [{ details: 'no store' }] } },
      'no store',
    ],
    [
      'without data',
      { status: { code: -1, message: 'Internal server error', request_id: ID } },
      'Internal server error',
    ],
    [
      'with counters',
      { status: { code: 7, message: 'ERROR', request_id: ID }, data: { created: 3, updated: 0, failed: 0 } },
      'ERROR',
    ],
    ['in the words of 400', { status: 'error', detail: 'store_uuid is required' }, 'store_uuid is required'],
  ])('takes a 200 whose status says error for a refusal: %s', (_, body, message) => {
    expect(read(200, body)).toMatchObject({ kind: 'refused', message })
  })

  it.each([
    ['a login page', '<!doctype html><title>Sign in</title>'],
    ['cut JSON', '{"status":{"code":0,"message":"SUCC'],
    ['nothing', ''],
    ['an array', []],
    ['null', null],
    ['an empty object', {}],
    ['a status alone', { status: { code: 0, message: 'SUCCESS' } }],
    ['data alone', { data: { created: 3, updated: 0, failed: 0 } }],
    ['a status code that is no number', { status: { code: '0' }, data: { created: 3 } }],
    ['a status in words', { status: 'ok', data: { created: 3 } }],
    ['data that is a list', { status: { code: 0 }, data: [{ created: 3 }] }],
  ])('cannot read a 200 with %s', (_, body) => {
    const { kind, message } = read(200, body)
    expect([kind, message]).toEqual(['unreadable', expect.stringMatching(/^HTTP 200, but not an answer of this API: /)])
  })

  it.each([201, 204, 207])('takes %i only with the documented body', status => {
    expect(read(status, '').kind).toBe('unreadable')
    expect(read(status, success({ created: 1 })).kind).toBe('answer')
  })

  it.each([301, 302, 303, 307, 308])('takes redirect %i for a wrong address and hides its query', status => {
    const location = 'https://login.example.com/sso?token=secret'
    expect(read(status, '', { location })).toEqual({
      kind: 'endpoint',
      message: 'redirected to https://login.example.com/sso; redirects are not followed',
      requestId: null,
    })
  })

  it('gives the trace id from the body, else from the header', () => {
    const body = success({ created: 1, updated: 0, failed: 0 })
    expect(read(200, body, { 'x-request-id': 'other' }).requestId).toBe(ID)
    expect(read(502, 'Bad Gateway', { 'x-request-id': 'other' }).requestId).toBe('other')
    expect(read(500, '{"status":{"code":-1,"message":"no","request_id":7}}').requestId).toBeNull()
  })

  it('gives the same trace id to the items', async () => {
    const { io } = anIo({ status: { code: 0 }, data: { created: 1 } })
    const send: Io['send'] = async request => ({ ...(await io.send(request)), headers: { 'x-request-id': 'other' } })
    const answers = await catalogix.push(aLoad('create', 'LAMP-1'), { ...io, send }, optionsOf(), undefined)
    expect(answers).toMatchObject([{ status: 'created', requestId: 'other' }])
  })

  it.each([
    ['words', 'no lamps today', 'no lamps today'],
    ['nothing', '', 'HTTP 400'],
    ['blanks', ' \n ', 'HTTP 400'],
    [
      'a detail that is no text',
      { detail: [{ loc: ['body', 0], msg: 'field required' }] },
      '[{"loc":["body",0],"msg":"field required"}]',
    ],
  ])('finds something to say about %s', (_, body, message) => {
    expect(read(400, body).message).toBe(message)
  })

  it.each([
    ['detail', (words: string) => ({ status: 'error', detail: words })],
    ['message', (words: string) => ({ status: { code: -1, message: words } })],
    ['error_info', (words: string) => ({ status: { code: -1 }, data: { error_info: [{ details: words }] } })],
    ['many errors', () => ({ status: { code: -1 }, data: { error_info: Array(100).fill({ details: 'lamp' }) } })],
    ['plain text', (words: string) => words],
  ])('cuts what is long: %s', (_, body) => {
    expect(read(400, body('lamp '.repeat(10_000))).message.length).toBeLessThan(250)
  })
})

function itemsOf(product: ReturnType<typeof aProduct>, options = optionsOf()) {
  const items = catalogix.encode(product, options)
  if ('reason' in items) throw new Error(items.message)
  return items
}

function payloadOf(product: Parameters<typeof aProduct>[0], facts: object = {}): Record<string, unknown> {
  const options = optionsOf(facts)
  return Object.assign({}, ...itemsOf(aProduct(product), options).map(item => catalogix.payload(item, options)))
}
