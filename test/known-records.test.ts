import { existsSync } from 'node:fs'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { KnownRecords } from '../src/catalog/known.ts'
import { ledgerFile } from '../src/ledger/open.ts'
import { openSqlite } from '../src/lib/sqlite.ts'
import { type Sandbox, startSandbox } from '../src/sandbox/index.ts'
import { catalogOf, stateOf, Terminal } from './cli/terminal.ts'

/** Makes the ledger in this project forget how the records of the last feed were written, so that everything is compared. */
function forgetRecords(terminal: Terminal): void {
  const database = openSqlite(ledgerFile(`${terminal.folder}/.assetsync`))
  database.exec('DELETE FROM record_block; DELETE FROM record_list')
  database.close()
}

/** How many records were not looked at, as -v says. */
function knownIn(stderr: string): number {
  return Number(/(\d+) records? as in the last run/.exec(stderr)?.[1] ?? 0)
}

/** See docs/decisions/017-known-records.md: of a feed of which a little has changed, only that is looked at closely. */
describe('a feed of which a little has changed', () => {
  let terminal: Terminal
  let sandbox: Sandbox

  beforeEach(async () => {
    terminal = new Terminal()
    sandbox = await startSandbox()
    terminal.configure(sandbox.targets.catalogix)
  })

  afterEach(async () => {
    await sandbox.close()
    terminal.close()
  })

  const CHAIRS = catalogOf(5)
  const changed = (text: string) => text.replace('CHR-00003/1.jpg', 'CHR-00003/9.jpg')

  /** What became of each item, and how many records were not looked at. */
  async function push(text: string, options = '') {
    terminal.file('chairs.csv', text)
    const { stdout, stderr } = await terminal.call(`push chairs.csv -v --format json ${options}`.trim())
    const { items, targets, feed } = JSON.parse(stdout)
    const known = knownIn(stderr)
    const statuses = items.map(({ code, status }: { code: string; status: string }) => `${code} ${status}`)
    return { known, statuses, items, feed, requests: targets[0].requests }
  }

  it('is compared where it has changed, and reported whole', async () => {
    await push(CHAIRS)
    const { known, statuses, feed, requests } = await push(changed(CHAIRS))
    expect({ known, requests }).toEqual({ known: 4, requests: 1 })
    expect(statuses).toEqual([
      'CHR-00001 unchanged',
      'CHR-00002 unchanged',
      'CHR-00003 updated',
      'CHR-00004 unchanged',
      'CHR-00005 unchanged',
    ])
    expect(feed).toMatchObject({ records: 5, products: 5, images: 10, rejected: 0 })
    expect((await stateOf(sandbox)).galleries['CHR-00003']?.[0]).toContain('CHR-00003/9.jpg')
    // Night after night.
    expect((await push(CHAIRS)).known).toBe(4)
    expect((await push(CHAIRS)).known).toBe(0) // the same feed is not read at all
    expect((await push(changed(CHAIRS))).known).toBe(4)
  })

  it('says the line that a record is on now, whatever came before it', async () => {
    await push(CHAIRS)
    const [header, ...rows] = CHAIRS.trimEnd().split('\n')
    const news = 'CHR-00000,https://images.example.com/new.jpg,'
    const { known, items } = await push(`${[header, news, ...rows].join('\n')}\n`)
    expect(known).toBe(5)
    const places = items.map(({ code, source }: { code: string; source: string }) => `${code} ${source}`)
    expect(places.slice(0, 3)).toEqual(['CHR-00000 chairs.csv:2', 'CHR-00001 chairs.csv:3', 'CHR-00002 chairs.csv:4'])
  })

  it('is compared in full when codes are in another column now, because that was blank before', async () => {
    const table = (sku: string) =>
      `sku,id,image_1\n${[1, 2, 3].map(no => `${no === 3 ? sku : ''},LMP-${no},https://images.example.com/${no}.jpg\n`).join('')}`
    expect((await push(table(''))).statuses[2]).toBe('LMP-3 created')
    const { known, statuses } = await push(table('SKU-3'), '--allow-shrink')
    expect({ known, statuses }).toEqual({ known: 0, statuses: ['null rejected', 'null rejected', 'SKU-3 created'] })
    // The first records wait until that is decided, night after night; then records are known again.
    const many = `sku,id,image_1\n${[1, 2, 3].map(no => `A-${no},LMP-${no},https://images.example.com/${no}.jpg\n`).join('')}`
    await push(many, '--allow-shrink')
    expect((await push(many.replace('/3.jpg', '/4.jpg'))).known).toBe(1)
  })

  it('may have another name', async () => {
    await push(CHAIRS)
    terminal.file('monday.csv', changed(CHAIRS))
    const { stderr, stdout } = await terminal.call('push monday.csv -v --format json')
    expect(stderr).toContain('4 records as in the last run')
    expect(JSON.parse(stdout).items[4].source).toBe('monday.csv:6')
  })

  it('is compared in full when two records make one product', async () => {
    await push(CHAIRS)
    const more = 'CHR-00002,https://images.example.com/more.jpg,\n'
    const { known, statuses } = await push(CHAIRS + more)
    expect({ known, statuses: statuses[1] }).toEqual({ known: 0, statuses: 'CHR-00002 updated' })
    expect((await stateOf(sandbox)).galleries['CHR-00002']).toHaveLength(3)
    expect((await push(CHAIRS)).statuses[1]).toBe('CHR-00002 updated')
  })

  it('is compared where records of one product lay apart, whichever of them are left', async () => {
    const more = 'CHR-00001,https://images.example.com/more.jpg,\n'
    await push(CHAIRS + more)
    const [header, first, ...others] = (CHAIRS + more).trimEnd().split('\n')
    for (const rows of [others, [first, ...others.slice(0, -1)]]) {
      const { known, statuses } = await push(`${[header, ...rows].join('\n')}\n`)
      expect({ known, count: statuses.length }).toEqual({ known: 4, count: 5 })
      expect(statuses.find((status: string) => status.startsWith('CHR-00001'))).toBe('CHR-00001 updated')
    }
  })

  it('is not pushed when a product that has not changed is missing in the last run', async () => {
    await push(CHAIRS)
    vi.spyOn(KnownRecords.prototype, 'placeNow').mockImplementationOnce(() => null)
    terminal.file('chairs.csv', changed(CHAIRS))
    const { code, stderr } = await terminal.call('push chairs.csv')
    vi.restoreAllMocks()
    expect(code).toBe(7)
    expect(stderr).toContain('1 product of the feed is missing in the last run')
    expect((await push(changed(CHAIRS), '--full')).statuses).toHaveLength(5)
  })

  it('is compared where there was something to say', async () => {
    const twice = CHAIRS.replace('CHR-00002/2.jpg', 'CHR-00002/1.jpg')
    const { feed } = await push(twice)
    expect(feed.warnings).toMatchObject([{ reason: 'duplicate-image', count: 1 }])
    const again = await push(changed(twice))
    expect(again.known).toBe(3)
    expect(again.feed.warnings).toEqual(feed.warnings)
  })

  it('is compared where the target did not take what was sent', async () => {
    await sandbox.close()
    sandbox = await startSandbox({ faults: [{ target: 'catalogix', fault: 'partial' }] })
    terminal.configure(sandbox.targets.catalogix)
    const poisoned = CHAIRS.replaceAll('CHR-00002,', 'poison-2,')
    expect((await push(poisoned)).statuses[1]).toBe('poison-2 failed')
    const { known, statuses } = await push(changed(poisoned))
    expect({ known, poison: statuses[1] }).toEqual({ known: 3, poison: 'poison-2 failed' })
  })

  it('is compared in full when a column has moved', async () => {
    await push(CHAIRS)
    const { known, statuses } = await push(changed(CHAIRS).replace('image_1,image_2', 'image_2,image_1'))
    expect({ known, first: statuses[0] }).toEqual({ known: 0, first: 'CHR-00001 updated' })
  })

  it.each(['--full', '--only CHR-00001', '--limit 2', '--rejects refused.csv', '--prune --max-delete 100%'])(
    'is compared in full with %s',
    async options => {
      await push(CHAIRS)
      expect((await push(changed(CHAIRS), options)).known).toBe(0)
    },
  )

  it('is compared in full after another run at the same target', async () => {
    await push(CHAIRS)
    terminal.file('other.csv', CHAIRS.replaceAll('/1.jpg', '/other.jpg'))
    await terminal.call('push other.csv --only CHR-00001')
    const { known, statuses } = await push(changed(CHAIRS))
    expect({ known, first: statuses[0] }).toEqual({ known: 0, first: 'CHR-00001 updated' })
  })

  it.each([
    ["the list's header", "UPDATE record_list SET header = x'0102'"],
    ['the number of steps in the list', 'UPDATE record_list SET steps = steps + 1'],
    ['a block of the list', 'UPDATE record_block SET sum = sum + 1'],
    ['a text of the journal', "UPDATE content SET heads = CAST(heads || 'x' AS BLOB)"],
    ['a result in the journal', "UPDATE page SET results = 'nonsense' WHERE results IS NOT NULL"],
    ['a lost row of the journal', 'DELETE FROM content'],
  ])('is compared in full when there is damage: %s', async (_, sql) => {
    await push(CHAIRS)
    const database = openSqlite(ledgerFile(`${terminal.folder}/.assetsync`))
    database.exec(sql)
    database.close()
    const { known, statuses } = await push(changed(CHAIRS))
    expect({ known, third: statuses[2], items: statuses.length }).toEqual({
      known: 0,
      third: 'CHR-00003 updated',
      items: 5,
    })
    expect((await push(CHAIRS)).known).toBe(4)
  })

  it('is compared in full when the last run at the target is not kept any more', async () => {
    const { catalogix, akeneo } = sandbox.targets
    const rate = 'off'
    terminal.file('.assetsyncrc', { targets: { catalogix: { ...catalogix, rate }, akeneo: { ...akeneo, rate } } })
    await push(CHAIRS, '--target catalogix')
    terminal.file('other.csv', CHAIRS.replaceAll('/1.jpg', '/other.jpg'))
    await terminal.call('push other.csv --only CHR-00001 --target catalogix')
    terminal.file('small.csv', catalogOf(1))
    for (let run = 0; run < 30; run++) await terminal.call('push small.csv --target akeneo')
    const { known, statuses } = await push(changed(CHAIRS), '--target catalogix')
    expect({ known, first: statuses[0] }).toEqual({ known: 0, first: 'CHR-00001 updated' })
    expect((await stateOf(sandbox)).galleries['CHR-00001']?.[0]).toContain('CHR-00001/1.jpg')
  })

  it('is not taken for cut off because its rows are as short as ever', async () => {
    const URL = 'https://images.example.com/1.jpg'
    const others = [`SMALL,${URL},`, `LARGE,${URL},${'x'.repeat(70_000)}`] // so that the rows behind them are not cut
    const short = Array.from({ length: 9 }, (_, at) => `LMP-${at},${URL}`)
    const feed = (rows: readonly string[]) => ['sku,image_1,name', ...others, ...rows].join('\n')
    await push(feed(short))
    const { known, statuses } = await push(feed(short.with(0, 'LMP-0,https://images.example.com/2.jpg')))
    expect({ known, items: statuses.length }).toEqual({ known: 10, items: 11 })
  })

  it('names the same code in a collision as when everything is compared', async () => {
    terminal.file('.assetsyncrc', { targets: { akeneo: { ...sandbox.targets.akeneo, rate: 'off' } } })
    const rows = (codes: readonly string[]) => codes.map(code => `${code},https://images.example.com/1.jpg\n`).join('')
    await push(`sku,image_1\n${rows(['bed', 'lamp'])}`)
    const { known, items } = await push(`sku,image_1\n${rows(['Bed', 'bed', 'BED', 'lamp'])}`)
    const messages = items.map(({ message }: { message: string | null }) => message?.slice(0, 30) ?? null)
    expect({ known, messages }).toEqual({
      known: 2,
      messages: ['The codes "Bed" and "bed" both', null, 'The codes "BED" and "Bed" both', null],
    })
  })

  it('hands a key over to a respelled code as when everything is compared, unless a known record names the old one', async () => {
    terminal.file('.assetsyncrc', { targets: { akeneo: { ...sandbox.targets.akeneo, rate: 'off' } } })
    const table = (...codes: readonly string[]) =>
      `sku,image_1\n${codes.map(code => `${code},https://images.example.com/1.jpg\n`).join('')}`
    await push(table('bed-1', 'lamp'))
    const both = await push(table('bed-1', 'bed_1', 'lamp'))
    expect(both).toMatchObject({ known: 2, statuses: ['bed-1 unchanged', 'bed_1 rejected', 'lamp unchanged'] })
    expect(both.items[1].message).toMatch(/^The codes "bed_1" and "bed-1" both become/)
    const renamed = await push(table('bed_1', 'lamp', 'sofa'))
    expect(renamed).toMatchObject({ known: 1, statuses: ['bed_1 updated', 'lamp unchanged', 'sofa created'] })
    expect((await push(table('bed_1', 'lamp', 'sofa', 'desk'))).known).toBe(3)
  })

  it('is compared where one product has so many images that their places would be those of the next', async () => {
    terminal.file('.assetsyncrc', {
      feed: { separator: '|' },
      targets: { akeneo: { ...sandbox.targets.akeneo, rate: 'off' } },
    })
    const many = Array.from({ length: 10_001 }, (_, at) => `https://images.example.com/${at}.jpg`).join('|')
    const feed = (name: string) =>
      `sku,images,name\nA,${many},\nB,https://images.example.com/b.jpg,${name}\nC,https://images.example.com/c.jpg,\n`
    await push(feed('one'))
    const { known, items } = await push(feed('two'))
    expect({ known, items: items.length }).toEqual({ known: 1, items: 10_003 })
  })
})

/** One record of the feeds below. */
interface Row {
  readonly code: string
  readonly images: readonly string[]
  readonly name: string
}

const PLAIN_CODES = Array.from({ length: 60 }, (_, at) => `LMP-${at + 1}`)
const CODES = [...PLAIN_CODES, 'bed', 'Bed', 'poison-1', 'poison_1', 'LMP_1', 'LMP_2', 'bänk', '']
const PLAIN_IMAGES = Array.from({ length: 12 }, (_, at) => `https://images.example.com/${at + 1}.jpg`)
const IMAGES = [...PLAIN_IMAGES, 'https://images.example.com/ä.jpg', 'ftp://images.example.com/1.jpg', '']
const aRow: fc.Arbitrary<Row> = fc.record({
  code: fc.constantFrom(...CODES),
  images: fc.array(fc.constantFrom(...IMAGES), { minLength: 2, maxLength: 2 }),
  name: fc.constantFrom('', 'plain', '"quoted, ""twice"""', '"two\nlines"', ' padded '),
})
/** What happens to a feed over night. */
const aNight = fc.record({
  kept: fc.array(fc.oneof({ arbitrary: fc.constant('kept'), weight: 4 }, fc.constantFrom('gone', 'twice', 'renamed')), {
    minLength: 20,
    maxLength: 20,
  }),
  news: fc.array(fc.tuple(fc.nat(20), aRow), { maxLength: 3 }),
  isSwapped: fc.boolean(),
})
type Night = typeof aNight extends fc.Arbitrary<infer T> ? T : never

function after(rows: readonly Row[], { kept, news, isSwapped }: Night): Row[] {
  const next = rows.flatMap((row, at) => {
    const fate = kept[at % kept.length]
    if (fate === 'gone') return []
    if (fate === 'twice') return [row, row]
    return [fate === 'renamed' ? { ...row, name: 'new' } : row]
  })
  for (const [at, row] of news) next.splice(at, 0, row)
  return isSwapped ? [...next.slice(3), ...next.slice(0, 3)] : next
}

/** Rows in front of the others, so that these come in a chunk of their own: records of the first one are all cut. */
const SMALL = { code: 'SMALL', images: [PLAIN_IMAGES[0], ''], name: '' }
const LARGE = { code: 'LARGE', images: [PLAIN_IMAGES[0], ''], name: 'x'.repeat(70_000) }

/** The code may be in the column "sku" or, when that is blank in all records, in the last one. */
const csvOf = (rows: readonly Row[], last: string) =>
  [
    `sku,image_1,image_2,${last}`,
    ...[SMALL, LARGE, ...rows].map(({ code, images, name }) => [code, ...images, name].join(',')),
  ].join('\n')

describe('any feed, night after night', () => {
  /** A project of its own with its own servers; `isForgetful`: everything is compared every time. */
  async function world(isForgetful: boolean, onBadImage: string) {
    const terminal = new Terminal()
    const sandbox = await startSandbox({ faults: [{ target: 'catalogix', fault: 'partial' }] })
    const { catalogix, akeneo, emporix } = sandbox.targets
    const rate = 'off'
    terminal.file('.assetsyncrc', {
      feed: { onBadImage },
      targets: { catalogix: { ...catalogix, rate }, akeneo: { ...akeneo, rate }, emporix: { ...emporix, rate } },
    })
    return {
      async push(text: string) {
        terminal.file('feed.csv', text)
        const { code, stdout, stderr } = await terminal.call('push feed.csv --format json -v --allow-shrink')
        expect(code, stderr).not.toBe(2)
        if (isForgetful && existsSync(`${terminal.folder}/.assetsync`)) forgetRecords(terminal)
        const known = knownIn(stderr)
        if (stdout === '') return { known, told: { code } }
        const { run: _run, targets, items, ...rest } = JSON.parse(stdout)
        const times = { durationMs: 0, bytesSent: 0, endpoint: '' }
        return {
          known,
          told: {
            code,
            ...rest,
            targets: targets.map((target: object) => ({ ...target, ...times })),
            items: items.map((item: object) => ({ ...item, requestId: null, remoteId: null })),
          },
        }
      },
      async state() {
        return ((await stateOf(sandbox)) as { galleries: object }).galleries
      },
      async close() {
        await sandbox.close()
        terminal.close()
      },
    }
  }

  it('comes to the same, whether records are known again or everything is compared', async () => {
    let known = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(aRow, { minLength: 4, maxLength: 14 }),
        fc.array(aNight, { minLength: 3, maxLength: 4 }),
        fc.constantFrom('drop-image', 'reject-product'),
        fc.constantFrom('name', 'id'),
        async (first, nights, onBadImage, last) => {
          const [quick, thorough] = await Promise.all([world(false, onBadImage), world(true, onBadImage)])
          try {
            let rows = first
            for (const night of [null, ...nights]) {
              rows = night === null ? rows : after(rows, night)
              const text = csvOf(rows, last)
              const [one, other] = [await quick.push(text), await thorough.push(text)]
              expect(one.told).toEqual(other.told)
              expect(other.known).toBe(0)
              known += one.known
            }
            expect(await quick.state()).toEqual(await thorough.state())
          } finally {
            await Promise.all([quick.close(), thorough.close()])
          }
        },
      ),
      { numRuns: 12 },
    )
    expect(known).toBeGreaterThan(10)
  }, 60_000)
})
