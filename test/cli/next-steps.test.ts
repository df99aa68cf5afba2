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

  it('retry deletions that a retry withheld, with the limit they need', () => {
    const options = { maxDelete: { amount: 1, percent: true }, only: ['LAMP-1', 'LAMP-2'] }
    const withheld = [skipped('max-delete', { code: 'LAMP-1' }), skipped('max-delete', { code: 'LAMP-2' })]
    expect(next(withheld, options, 'retry', null)).toEqual([
      'assetsync retry run-7 --only LAMP-1,LAMP-2 --max-delete 2',
    ])
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

  it('after --max-delete has tripped', async () => {
    await terminal.call('push chairs.csv --sandbox')
    terminal.file('chairs.csv', catalogOf(45))
    const tripped = await terminal.call('push chairs.csv --sandbox --prune')
    expect(tripped.code).toBe(8)
    expect(nextIn(tripped)).toBe('push chairs.csv --sandbox --prune --max-delete 15')
    expect((await terminal.call(nextIn(tripped))).code).toBe(0)
  })
})
