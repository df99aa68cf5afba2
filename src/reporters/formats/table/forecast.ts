import { plural, printable } from '../../../lib/text.ts'
import { type Forecast, PURPOSES, type Quota } from '../../../model/forecast.ts'
import type { Rate } from '../../../model/rate.ts'
import type { PlannedTarget } from '../../../model/report.ts'
import type { Look } from '../../reporter.ts'
import { paint } from '../../style.ts'
import { pad, widthOf, wrap } from '../../text/width.ts'

const LEAST_WIDTH = 40

/** What the requests are for, and what they use of a vendor's limit: a line or more per target that is asked anything. */
export function* forecastLines(targets: readonly PlannedTarget[], look: Look): Generator<string> {
  const asked = targets.filter(({ forecast }) => forecast.most > 0)
  const told = asked.map(target => ({ name: printable(target.name), lines: linesOf(target.forecast) }))
  if (told.every(({ lines }) => lines.length === 0)) return
  const nameWidth = Math.max(...told.map(({ name }) => widthOf(name)))
  const room = Math.max(LEAST_WIDTH, look.width - nameWidth - 4)
  yield paint(look, 'bold', 'Requests')
  for (const { name, lines } of told) {
    const wrapped = lines.flatMap(line => wrap(line, room))
    for (const [at, line] of wrapped.entries()) yield `  ${pad(at === 0 ? name : '', nameWidth)}  ${line}`
  }
}

function linesOf({ purposes, quota, remarks }: Forecast): string[] {
  const present = PURPOSES.filter(purpose => purposes[purpose] !== undefined)
  const parts = present.map(purpose => `${purpose} ${purposes[purpose]}`)
  return [
    ...(parts.length > 1 ? [parts.join('  ')] : []),
    ...(quota === null ? [] : [quotaWords(quota)]),
    ...remarks.map(printable),
  ]
}

function quotaWords({ limit, share }: Quota): string {
  const allowed = `the vendor's ${perWindow(limit)}`
  if (share > 1) return `more than ${allowed}: expect it to be throttled`
  return share === 1 ? `all of ${allowed} while it runs` : `at most ${Math.ceil(share * 100)} % of ${allowed}`
}

function perWindow(limit: Rate): string {
  return `${plural(limit.count, 'request')} ${limit.perMs === 1000 ? 'a second' : 'a minute'}`
}
