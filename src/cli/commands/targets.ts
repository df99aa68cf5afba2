import { formatRate } from '../../model/rate.ts'
import { type OptionFact, optionFacts } from '../../targets/datasheet.ts'
import { TARGETS } from '../../targets/index.ts'
import type { Target } from '../../targets/target.ts'
import type { Options } from '../command.ts'
import type { Io } from '../io.ts'

/** Lists the target types: what they take, their limits, their options, and what cannot be done with them. */
export async function targets(_feeds: readonly string[], options: Options, io: Io): Promise<number> {
  const text = options.json === true ? `${JSON.stringify(TARGETS.map(facts), null, 2)}\n` : TARGETS.map(page).join('\n')
  io.stdout.write(text)
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

function page(target: Target): string {
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
    ...options.map(option => `    ${option.name.padEnd(width)}  ${describe(option)}`),
    ...cannotOf(target).map(sentence => `  ! ${sentence}`),
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
