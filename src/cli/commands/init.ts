import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { writeAtomic } from '../../lib/files.ts'
import { plural, printable } from '../../lib/text.ts'
import { UsageError } from '../../model/errors.ts'
import { TARGETS } from '../../targets/index.ts'
import type { Target } from '../../targets/target.ts'
import type { Options } from '../command.ts'
import { type Answers, configText, required, variable } from '../init/config-text.ts'
import { feedsIn } from '../init/feeds-in.ts'
import { Questions } from '../init/questions.ts'
import { typeNamed } from '../init/type-named.ts'
import type { Io } from '../io.ts'
import { textOf, textsOf } from '../values.ts'
import { writeResult } from '../write-result.ts'

const TYPES = TARGETS.map(({ type }) => type)
const [DEFAULT_TYPE] = TYPES

/** Writes a commented config. Asks on a terminal unless --target says what to write; never overwrites a file. */
export async function init(_words: readonly string[], options: Options, io: Io): Promise<number> {
  const name = textOf(options.file) ?? '.assetsyncrc'
  const path = resolve(io.cwd, name)
  if (existsSync(path)) {
    throw new UsageError(`${name} exists already.`, { fix: 'Remove it first, or name another with --file.' })
  }
  const answers = await collect(name, options, io)
  writeAtomic(path, [configText(answers)])
  await writeResult(`${summary(name, answers)}${nextSteps(name, answers)}`, io)
  return 0
}

async function collect(name: string, options: Options, io: Io): Promise<Answers> {
  const types = textsOf(options.target)
  const feeds = textsOf(options.feed)
  if (types.length > 0) return { feeds, targets: typesNamed(types.join(',')), values: new Map() }
  if (io.stdin.isTTY === true) return ask(name, feeds, io)
  throw new UsageError('Which targets shall the config have?', {
    fix: `Name them with --target: ${TYPES.join(', ')}.`,
  })
}

async function ask(name: string, given: readonly string[], io: Io): Promise<Answers> {
  const questions = new Questions(io)
  try {
    questions.say(`This writes ${name}. Enter alone takes what stands in brackets.`)
    const targets = await questions.askFor(`Targets, of ${TYPES.join(', ')}`, DEFAULT_TYPE ?? '', typesNamed)
    const feeds = given.length > 0 ? given : await askForFeeds(questions, io)
    const values = new Map<string, string>()
    for (const { type, option } of targets.flatMap(target => open(target))) {
      const value = await questions.ask(`${type} ${option.name}: ${option.description}`, 'fill in later')
      if (value !== '') values.set(`${type}.${option.name}`, value)
    }
    return { feeds, targets, values }
  } finally {
    questions.close()
  }
}

async function askForFeeds(questions: Questions, { cwd }: Io): Promise<readonly string[]> {
  const found = feedsIn(cwd)
  const answer = await questions.ask('Feeds, files or globs with commas between them', found ?? 'none')
  return (answer === '' ? (found ?? '') : answer)
    .split(',')
    .map(feed => feed.trim())
    .filter(feed => feed !== '')
}

/** What has to be said about a target and is no secret. */
function open(target: Target) {
  return required(target)
    .filter(({ secret }) => !secret)
    .map(option => ({ type: target.type, option }))
}

function summary(name: string, { targets, feeds }: Answers): string {
  const types = targets.map(({ type }) => type).join(', ')
  const from = feeds.length === 0 ? 'no feed yet' : `${plural(feeds.length, 'feed')} (${feeds.join(', ')})`
  return `${printable(`${name} is written: ${plural(targets.length, 'target')} (${types}), ${from}.`)}\n`
}

function nextSteps(name: string, { targets, feeds, values }: Answers): string {
  const missing = targets.flatMap(target => open(target).map(({ type, option }) => `${type}.${option.name}`))
  const config = name === '.assetsyncrc' ? '' : ` --config ${name}`
  const blank = missing.filter(key => !values.has(key))
  const secrets = targets.flatMap(target =>
    required(target)
      .filter(({ secret }) => secret)
      .map(({ name }) => variable(target, name)),
  )
  return [
    ...(blank.length === 0 ? [] : [`Fill in ${blank.join(', ')}.`]),
    ...(secrets.length === 0 ? [] : [`Set ${secrets.join(', ')} in the environment.`]),
    'Then see whether it works:',
    `  assetsync doctor${config}`,
    ...(feeds.length === 0 ? [] : [`  assetsync plan${config}`]),
  ]
    .map(line => `${printable(line)}\n`)
    .join('')
}

function typesNamed(text: string): Target[] {
  const types = new Set(text.split(/[,\s]+/).filter(word => word !== ''))
  if (types.size === 0) throw new UsageError('A config needs a target.', { fix: `Choose from ${TYPES.join(', ')}.` })
  return [...types].map(typeNamed)
}
