import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Options } from '../../src/cli/command.ts'
import { withNextSteps } from '../../src/cli/next-steps.ts'
import type { Outcome } from '../../src/model/outcome.ts'
import type { Report } from '../../src/model/report.ts'
import { anOutcome, aReport, RUN } from '../reporters/documents.ts'
import { catalogOf, type Ended, Terminal } from './terminal.ts'

const close = async () => undefined

function reportAfter(
  outcomes: readonly Outcome[],
  options: Options = {},
  command = 'push',
  feeds: string[] | null = ['a.csv'],
) {
  const document: Report = { ...aReport(outcomes), run: { ...RUN, command }, exitCode: 1 }
  return withNextSteps({ document, close }, { feeds, options }).document
}

const next = (...call: Parameters<typeof reportAfter>) => reportAfter(...call).next

describe('the commands that come next', () => {
  const failed = (reason: string, facts: Partial<Outcome> = {}) => anOutcome({ status: 'failed', reason, ...facts })
  const skipped = (reason: string, facts: Partial<Outcome> = {}) => anOutcome({ status: 'skipped', reason, ...facts })

  it('name the limit that is needed, which is the larger one of two targets', () => {
    const outcomes = [
      skipped('max-create', { code: 'LAMP-1' }),
      skipped('max-create', { code: 'LAMP-1', target: 'pim' }),
      skipped('max-create', { code: 'LAMP-2', target: 'pim' }),
    ]
    expect(next(outcomes, { maxCreate: 1, limit: 9 })).toEqual(['assetsync push a.csv --max-create 2 --limit 9'])
    const withheld = [skipped('max-delete', { code: 'LAMP-1' }), skipped('max-delete', { code: 'LAMP-2' })]
    expect(next(withheld, { prune: true })).toEqual(['assetsync push a.csv --prune --max-delete 2'])
  })

  it('name no larger --max-create than the plan needs, whatever else was held back with it', () => {
    const message = 'The plan creates 2 items, --max-create allows 1. Nothing was sent.'
    const outcomes = ['1', '2', '3'].map(code => skipped('max-create', { code, message }))
    expect(next(outcomes, { maxCreate: 1 })).toEqual(['assetsync push a.csv --max-create 2'])
  })

  it('go by the journal where only that knows how it was planned', () => {
    const known = (feeds: string[] | null, ...outcomes: readonly Outcome[]) => {
      const document: Report = { ...aReport(outcomes), exitCode: 8 }
      return withNextSteps({ document, close }, { feeds, options: { sandbox: true }, fromJournal: true }).document.next
    }
    for (const feeds of [null, ['a.csv']]) {
      expect(known(feeds, skipped('max-create'))).toEqual(['assetsync retry run-7 --sandbox --max-create 1'])
      expect(known(feeds, skipped('max-delete'))).toEqual(['assetsync retry run-7 --sandbox --max-delete 1'])
      expect(known(feeds, failed('unreachable'))).toEqual(['assetsync retry run-7 --sandbox'])
    }
    expect(known(null, skipped('feed-shrunk'))).toEqual(['assetsync retry run-7 --sandbox --allow-shrink'])
    expect(known(['a.csv'], skipped('feed-shrunk'))).toEqual(['assetsync push a.csv --sandbox --allow-shrink'])
    expect(known(['a.csv'], failed('image-too-large'))).toEqual(['assetsync push a.csv --sandbox'])
    expect(known(null)).toEqual([])
  })

  it('retry deletions that a retry withheld, with the limit they need', () => {
    const options = { maxDelete: { amount: 1, percent: true }, only: ['LAMP-1', 'LAMP-2'] }
    const withheld = [skipped('max-delete', { code: 'LAMP-1' }), skipped('max-delete', { code: 'LAMP-2' })]
    expect(next(withheld, options, 'retry', null)).toEqual([
      'assetsync retry run-7 --only LAMP-1,LAMP-2 --max-delete 2',
    ])
  })

  it('go by what has not arrived where removals wait for it', () => {
    const waiting = failed('not-replaced')
    const options = { prune: true }
    expect(next([failed('timeout'), waiting], options)).toEqual(['assetsync retry run-7'])
    expect(next([failed('image-too-large'), waiting], options)).toEqual(['assetsync push a.csv --prune'])
    const unknown = anOutcome({ status: 'unknown', reason: 'no-answer' })
    expect(next([unknown, waiting], options)).toEqual(['assetsync reconcile', 'assetsync push a.csv --prune'])
  })

  it('retry removals that wait in a retry, as a push without --prune would let go of them', () => {
    expect(next([failed('image-too-large'), failed('not-replaced')], {}, 'retry')).toEqual(['assetsync retry run-7'])
  })

  it('retry what may pass, no more than was asked for', () => {
    expect(next([failed('timeout')], { only: ['LAMP-1'], target: ['catalogix'] })).toEqual([
      'assetsync retry run-7 --target catalogix --only LAMP-1',
    ])
  })

  it.each([
    'unreachable',
    'host-unknown',
    'tls-failed',
    'certificate-refused',
    'target-refused',
    'answer-unreadable',
    'credentials-refused',
    'option-refused',
    'access-refused',
  ])('push once more what is put right in the config: %s', reason => {
    expect(next([failed(reason), failed('timeout')])).toEqual(['assetsync push a.csv'])
  })

  it('retry where no feed could be named', () => {
    expect(next([failed('unreachable')], {}, 'retry', null)).toEqual(['assetsync retry run-7'])
  })

  it('never ask again at once: a reconcile says when it is worth it', () => {
    const unknown = anOutcome({ status: 'unknown', reason: 'no-answer' })
    expect(reportAfter([unknown], { sandbox: true })).toMatchObject({
      next: ['assetsync reconcile --sandbox'],
      notices: [],
    })
    expect(reportAfter([unknown], { sandbox: true }, 'reconcile', null)).toMatchObject({
      next: [],
      notices: ['A request without an answer may take effect for 15 minutes: reconcile again after 08:15 UTC.'],
    })
  })
})

describe('the command that comes next works', () => {
  let terminal: Terminal

  beforeEach(() => {
    terminal = new Terminal()
    terminal.file('chairs.csv', catalogOf(60))
  })

  afterEach(() => terminal.close())

  const nextIn = ({ stdout }: Ended) => /^Next: assetsync (.*)$/m.exec(stdout)?.[1] ?? ''

  it('after --max-create has tripped', async () => {
    const tripped = await terminal.call('push chairs.csv --sandbox --max-create 1')
    expect(tripped.code).toBe(8)
    expect(nextIn(tripped)).toBe('push chairs.csv --sandbox --max-create 60')
    expect((await terminal.call(nextIn(tripped))).code).toBe(0)
  })

  it('after --max-create has tripped over a plan that updates and deletes as well', async () => {
    await terminal.call('push chairs.csv --sandbox')
    const changed = catalogOf(65)
      .replace('CHR-00001/1.jpg', 'CHR-00001/new.jpg')
      .replace(/CHR-00009.*\n/, '')
    terminal.file('chairs.csv', changed)
    const tripped = await terminal.call('push chairs.csv --sandbox --prune --max-create 4')
    expect(nextIn(tripped)).toBe('push chairs.csv --sandbox --prune --max-create 5')
    expect((await terminal.call(nextIn(tripped))).code).toBe(0)
  })

  it('after --max-create has tripped at two targets, the second of which needs more', async () => {
    await terminal.call('push chairs.csv --sandbox --target catalogix --limit 50')
    const tripped = await terminal.call('push chairs.csv --sandbox --target catalogix,mediapocket --max-create 4')
    expect(nextIn(tripped)).toBe('push chairs.csv --target catalogix,mediapocket --sandbox --max-create 120')
  })

  it.each([
    ['', 'push'],
    ['', 'report'],
    [' --prune --max-delete 50', 'push'],
  ])('after a saved plan was held back, and in the report of it:%s, by the %s', async (limits, way) => {
    await terminal.call('push chairs.csv --sandbox')
    terminal.file('chairs.csv', catalogOf(66).replaceAll(/CHR-0000[1-9].*\n/g, ''))
    await terminal.call(`plan chairs.csv --sandbox --out chairs.plan${limits}`)
    const tripped = await terminal.call('push --plan chairs.plan --sandbox --max-create 1')
    const again = limits === '' ? '--max-create 6' : '--max-delete 50 --max-create 6'
    expect([tripped.code, nextIn(tripped)]).toEqual([8, `push --sandbox --plan chairs.plan ${again}`])
    const inReport = nextIn(await terminal.call('report --sandbox'))
    expect(inReport).toMatch(/^retry \S+ --sandbox --max-create 6$/)
    expect((await terminal.call(way === 'report' ? inReport : nextIn(tripped))).code).toBe(0)
    const [{ totals }] = (await terminal.report('plan chairs.csv --sandbox --prune')).targets
    expect(totals).toMatchObject({ create: 0, update: 0, delete: way === 'report' ? 9 : 0 })
  })

  it('in the report of a past run whose feed is still there', async () => {
    terminal.file('chairs.csv', `${catalogOf(3)}CHR-BAD,nonsense,\n`)
    const pushed = await terminal.call('push chairs.csv --sandbox')
    const told = nextIn(await terminal.call('report --sandbox'))
    expect(told).toBe('check chairs.csv --sandbox --rejects rejects.csv')
    expect(told).toBe(nextIn(pushed))
    rmSync(join(terminal.folder, 'chairs.csv'))
    expect(nextIn(await terminal.call('report --sandbox'))).toBe('')
  })

  it('after --max-delete has tripped', async () => {
    await terminal.call('push chairs.csv --sandbox')
    terminal.file('chairs.csv', catalogOf(45))
    const tripped = await terminal.call('push chairs.csv --sandbox --prune')
    expect(tripped.code).toBe(8)
    expect(nextIn(tripped)).toBe('push chairs.csv --sandbox --prune --max-delete 15')
    expect((await terminal.call(nextIn(tripped))).code).toBe(0)
  })
})
