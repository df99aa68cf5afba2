import { badge } from '../style.ts'
import { inThousands } from '../table/contents.ts'
import { countLines, type Place, type Trouble } from '../trouble.ts'
import { counted } from '../verdict.ts'
import { code } from './code.ts'
import { fitting } from './fitting.ts'

/** Each cause once: how often, why, what to do, and where it was seen first. */
export function troubleLines(troubles: readonly Trouble[], bytes: number, hasTargets: boolean): Generator<string> {
  return fitting(
    troubles,
    { most: 30, bytes },
    trouble => causeOf(trouble, hasTargets),
    rest => `- and ${counted(rest.length, 'more cause')} of ${counted(countLines(rest), 'item')}`,
  )
}

function causeOf({ word, count, reason, host, message, fix, first }: Trouble, hasTargets: boolean): string {
  const often = `**${badge({ color: false, unicode: true }, word)}** ${inThousands(count)} ×`
  const why = [
    ...(reason === null ? [] : [code(reason)]),
    ...(host === null ? [] : ['from', code(host)]),
    code(message ?? ''),
  ]
  const rest = count - first.length
  return [
    `- ${[often, ...why].join(' ').trimEnd()}`,
    ...(fix === '' ? [] : [`  - → ${code(fix)}`]),
    ...first.map(place => `  - ${placeOf(place, hasTargets)}`),
    ...(rest > 0 ? [`  - and ${inThousands(rest)} more`] : []),
  ].join('\n')
}

function placeOf({ code: product, key, target, source, own, trace }: Place, hasTargets: boolean): string {
  return [
    product === null ? '(no code)' : code(product),
    key === null || key === product ? '' : `(${code(key)})`,
    source === '' ? '' : code(source),
    hasTargets && target !== null ? `at ${code(target)}` : '',
    code(own),
    trace === null ? '' : `(${code(trace)})`,
  ]
    .filter(text => text !== '')
    .join(' ')
}
