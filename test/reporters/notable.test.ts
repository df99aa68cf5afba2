import { describe, expect, it } from 'vitest'
import { type Outcome, STATUSES, type Which } from '../../src/model/outcome.ts'
import type { Report } from '../../src/model/report.ts'
import { annotationLines } from '../../src/reporters/github.ts'
import { REPORTERS } from '../../src/reporters/index.ts'
import type { Document } from '../../src/reporters/reporter.ts'
import { anOutcome, aReport, aTarget, LOOK } from './documents.ts'

const WELL: readonly Outcome['status'][] = ['created', 'updated', 'accepted', 'unchanged', 'deleted']

/** Every status with a reason, and those that went well also without one; at two targets. */
const OUTCOMES: readonly Outcome[] = ['pim', 'shop'].flatMap(target =>
  STATUSES.flatMap((status, at) => [
    ...(WELL.includes(status) ? [anOutcome({ target, code: `LAMP-${at}`, status })] : []),
    anOutcome({ target, code: `SOFA-${at}`, status, reason: `because-${at}`, message: `"SOFA-${at}" is so.` }),
  ]),
)

function aRun(outcomes: (which: Which) => Iterable<Outcome>): Report & { readonly asked: Which[] } {
  const asked: Which[] = []
  return {
    ...aReport(OUTCOMES, {
      targets: ['pim', 'shop'].map(name =>
        aTarget(
          OUTCOMES.filter(({ target }) => target === name),
          { name },
        ),
      ),
    }),
    asked,
    outcomes(which = 'all') {
      asked.push(which)
      return outcomes(which)
    },
  }
}

const all = () => aRun(() => OUTCOMES)
const skipping = () => aRun(which => OUTCOMES.filter(({ reason }) => which === 'all' || reason !== null))
const LOOKS = [LOOK, { ...LOOK, quiet: true }, { ...LOOK, verbose: true }]
const FORMATS = [
  ...REPORTERS.map(reporter => ({
    name: reporter.format,
    render: (document: Document) => LOOKS.map(look => [...reporter.render(document, look)].join('')),
  })),
  {
    name: 'annotations',
    render: (document: Document) => [[...annotationLines(document, { cwd: '/', root: '/' })].join('')],
  },
]

describe('notable outcomes', () => {
  it.each(FORMATS)('are all that is told of trouble and remarks in $name', ({ render }) => {
    expect(render(skipping())).toEqual(render(all()))
  })

  it.each([
    ['markdown of a run without changes', 'markdown', LOOK],
    ['a quiet table', 'table', { ...LOOK, quiet: true }],
    ['code-quality', 'code-quality', LOOK],
  ])('are all that is read for %s', (_name, format, look) => {
    const unchanged = anOutcome({ status: 'unchanged' })
    const run = aRun(() => [unchanged])
    const report = { ...run, targets: [aTarget([unchanged])] }
    for (const reporter of REPORTERS) if (reporter.format === format) Array.from(reporter.render(report, look))
    expect(run.asked).toEqual(['notable'])
  })
})
