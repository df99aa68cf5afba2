import { formatRate } from '../../model/rate.ts'
import { type OptionFact, optionFacts } from '../../targets/datasheet.ts'
import { TARGETS } from '../../targets/index.ts'
import type { Target } from '../../targets/target.ts'
import type { Options } from '../command.ts'
import { typeNamed } from '../init/type-named.ts'
import type { Io } from '../io.ts'
import { lookOf } from '../look.ts'
import { hanging } from '../wrapped.ts'
import { writeResult } from '../write-result.ts'

/** Lists the target types: what they take, their limits, their options, and what cannot be done with them. */
export async function targets([type]: readonly string[], options: Options, io: Io): Promise<number> {
  const wanted = type === undefined ? TARGETS : [typeNamed(type)]
  const { width } = lookOf(io, io.stdout, {})
  const text =
    options.json === true
      ? `${JSON.stringify(wanted.map(facts), null, 2)}\n`
      : wanted.map(target => page(target, width)).join('\n')
  await writeResult(text, io)
  return 0
}

function facts(target: Target) {
  const { type, title, docs, unit, limits, baseUrl, ordered = true } = target
  return {
    type,
    title,
    docs,
    unit,
    ordered,
    baseUrl,
    limits: { ...limits, rate: formatRate(limits.rate) },
    cannot: cannotOf(target),
    options: optionFacts(target),
  }
}

function page(target: Target, columns: number): string {
  const { type, title, unit, limits, docs, baseUrl } = target
  const options = optionFacts(target)
  const width = Math.max(...options.map(({ name }) => name.length))
  return [
    `${type}  ${title}`,
    `  one item is ${unit === 'product' ? 'a product with all its images' : 'one image of a product'}`,
    `  at most ${limits.items} items per batch, ${limits.concurrency} requests at once, rate ${formatRate(limits.rate)}`,
    `  address ${baseUrl ?? 'your own (baseUrl)'}`,
    `  ${docs}`,
    '  options',
    ...options.flatMap(option => hanging(`    ${option.name.padEnd(width)}  `, describe(option), columns)),
    ...cannotOf(target).flatMap(sentence => hanging('  ! ', sentence, columns)),
    '',
  ].join('\n')
}

function cannotOf({ ordered, cannot }: Target): readonly string[] {
  return ordered === false ? [NO_ORDER, ...cannot] : cannot
}

const NO_ORDER = 'It knows no order of images: a gallery that was only reordered is unchanged there.'

function describe(option: OptionFact): string {
  const marks = [
    ...(option.required ? ['required'] : []),
    ...(option.secret ? ['secret'] : []),
    ...(option.default === null ? [] : [`default ${JSON.stringify(option.default)}`]),
  ]
  return marks.length === 0 ? option.description : `${option.description} (${marks.join(', ')})`
}
