import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { writeAtomic } from '../../lib/files.ts'
import { nearest } from '../../lib/text.ts'
import { UsageError } from '../../model/errors.ts'
import { type OptionFact, optionFacts } from '../../targets/datasheet.ts'
import { TARGETS, targetOfType } from '../../targets/index.ts'
import type { Target } from '../../targets/target.ts'
import type { Options } from '../command.ts'
import type { Io } from '../io.ts'
import { textOf, textsOf } from '../values.ts'

const TYPES = TARGETS.map(({ type }) => type)

/** What the config is made from. Secrets are not among it: the config names environment variables. */
interface Answers {
  readonly feeds: readonly string[]
  readonly targets: readonly Target[]
  /** Values of required options by target type and option. */
  readonly values: ReadonlyMap<string, string>
}

/** Writes a commented config. Asks on a terminal for what was not given; never overwrites a file. */
export async function init(_feeds: readonly string[], options: Options, io: Io): Promise<number> {
  const name = textOf(options.file) ?? '.assetsyncrc'
  const path = resolve(io.cwd, name)
  if (existsSync(path)) {
    throw new UsageError(`${name} exists already.`, { fix: 'Remove it first, or name another with --file.' })
  }
  const answers = await collect(options, io)
  writeAtomic(path, [render(answers)])
  io.stdout.write(`${name} is written.\n${nextSteps(answers)}`)
  return 0
}

async function collect(options: Options, io: Io): Promise<Answers> {
  const given = { targets: textsOf(options.target), feeds: textsOf(options.feed) }
  if (io.stdin.isTTY !== true) {
    if (given.targets.length > 0) return { feeds: given.feeds, targets: given.targets.map(typed), values: new Map() }
    throw new UsageError('Which targets shall the config have?', {
      fix: `Name them with --target: ${TYPES.join(', ')}.`,
    })
  }
  const terminal = createInterface({ input: io.stdin as NodeJS.ReadableStream & typeof io.stdin, output: io.stderr })
  try {
    const types =
      given.targets.length > 0 ? given.targets : words(await terminal.question(`Targets (${TYPES.join(', ')}): `))
    const targets = types.map(typed)
    if (targets.length === 0)
      throw new UsageError('A config needs a target.', { fix: `Choose from ${TYPES.join(', ')}.` })
    const feeds =
      given.feeds.length > 0 ? given.feeds : words(await terminal.question('Feeds (files or globs, blank for none): '))
    const values = new Map<string, string>()
    for (const target of targets) {
      for (const { name, description } of required(target).filter(({ secret }) => !secret)) {
        const value = (await terminal.question(`${target.type} ${name} (${description}): `)).trim()
        if (value !== '') values.set(`${target.type}.${name}`, value)
      }
    }
    return { feeds, targets, values }
  } finally {
    terminal.close()
  }
}

function typed(type: string): Target {
  const target = targetOfType(type)
  if (target !== null) return target
  const near = nearest(type, TYPES)
  throw new UsageError(`"${type}" is no target type.`, {
    fix: `${near === null ? '' : `Did you mean ${near}? `}The types are: ${TYPES.join(', ')}.`,
  })
}

/** The address of an installation is as necessary as any option that has no default. */
function required(target: Target): OptionFact[] {
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

function render({ feeds, targets, values }: Answers): string {
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
function variable(target: Target, option: string): string {
  return `${target.type}_${option.replace(/[A-Z]/g, letter => `_${letter}`)}`.toUpperCase()
}

function nextSteps({ targets, values }: Answers): string {
  const missing = targets.flatMap(target =>
    required(target)
      .filter(({ name, secret }) => !secret && !values.has(`${target.type}.${name}`))
      .map(({ name }) => `${target.type}.${name}`),
  )
  const secrets = targets.flatMap(target =>
    required(target)
      .filter(({ secret }) => secret)
      .map(({ name }) => variable(target, name)),
  )
  const fill = missing.length === 0 ? '' : `Fill in ${missing.join(', ')}.\n`
  const set = secrets.length === 0 ? '' : `Set ${secrets.join(', ')} in the environment.\n`
  return `${fill}${set}Then see whether it works: assetsync doctor\n`
}

function words(text: string): string[] {
  return text.split(/[,\s]+/).filter(word => word !== '')
}
