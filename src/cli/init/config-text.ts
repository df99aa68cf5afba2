import { type OptionFact, optionFacts } from '../../targets/datasheet.ts'
import type { Target } from '../../targets/target.ts'

/** What the config is made from. Secrets are not among it: the config names environment variables. */
export interface Answers {
  readonly feeds: readonly string[]
  readonly targets: readonly Target[]
  /** Values of required options by target type and option. */
  readonly values: ReadonlyMap<string, string>
}

/** The config as it is written: keys that are not needed are explanations. */
export function configText({ feeds, targets, values }: Answers): string {
  const lines = [
    '# Configuration of assetsync. What begins with # is an explanation, or a key with its default.',
    'feed:',
    feeds.length === 0 ? '  # files: ["feeds/*.csv"]' : `  files: ${JSON.stringify(feeds)}`,
    '  # code: sku',
    '  # images: ["image_*"]',
    'targets:',
    ...targets.flatMap(target => renderTarget(target, values)),
  ]
  return `${lines.join('\n')}\n`
}

function renderTarget(target: Target, values: ReadonlyMap<string, string>): string[] {
  const mandatory = required(target)
  const optional = optionFacts(target).filter(fact => !mandatory.some(({ name }) => name === fact.name))
  return [
    `  ${target.type}:  # ${target.title}, ${target.docs}`,
    ...mandatory.map(({ name, secret, description }) => {
      const value = secret
        ? `\${${variable(target, name)}}`
        : JSON.stringify(values.get(`${target.type}.${name}`) ?? '')
      return `    ${name}: ${value}  # ${description}`
    }),
    ...optional.map(fact => `    # ${fact.name}: ${JSON.stringify(fact.default)}  # ${fact.description}`),
  ]
}

/** `token` of catalogix is CATALOGIX_TOKEN. */
export function variable(target: Target, option: string): string {
  return `${target.type}_${option.replace(/[A-Z]/g, letter => `_${letter}`)}`.toUpperCase()
}

/** The address of an installation is as necessary as any option that has no default. */
export function required(target: Target): OptionFact[] {
  const facts = optionFacts(target).filter(fact => fact.required)
  if (target.baseUrl !== null) return facts
  const address = {
    name: 'baseUrl',
    description: 'address of your installation',
    required: true,
    secret: false,
    default: null,
  }
  return [address, ...facts]
}
