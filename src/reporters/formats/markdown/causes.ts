import { type Cause, type Causes, linesIn, ownWords } from '../../document/causes.ts'
import type { Line } from '../../document/lines.ts'
import { badge } from '../../style.ts'
import { counted, inThousands } from '../../text/counts.ts'
import { code } from './code.ts'
import { fitting } from './fitting.ts'

/** Each cause once: how often, why, what to do, and where it was seen first. */
export function causeLines(causes: Causes, bytes: number): Generator<string> {
  return fitting(
    causes.grouped(),
    { most: 30, bytes },
    causeOf,
    rest => `- and ${counted(rest.length, 'more cause')} of ${counted(linesIn(rest), 'item')}`,
  )
}

function causeOf(cause: Cause): string {
  const { word, count, reason, host, message, fix, first } = cause
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
    ...first.map(line => `  - ${placeOf(line, ownWords(line, cause))}`),
    ...(rest > 0 ? [`  - and ${inThousands(rest)} more`] : []),
  ].join('\n')
}

function placeOf(line: Line, own: string): string {
  const { target, source, trace, details } = line
  const sending = [...trace, ...details].join(', ')
  return [
    itemName(line),
    source === '' ? '' : code(source),
    target === null ? '' : `at ${code(target)}`,
    code(own),
    sending === '' ? '' : `(${code(sending)})`,
  ]
    .filter(text => text !== '')
    .join(' ')
}

/** What people call an item: its code, and the key where the target knows it under another one; then which of its images is meant. */
export function itemName({ code: product, key, image }: Pick<Line, 'code' | 'key' | 'image'>): string {
  const more = [...(key === null || key === product ? [] : [key]), ...(image === null ? [] : [image])]
  return [product === null ? '(no code)' : code(product), ...more.map(text => `(${code(text)})`)].join(' ')
}
