import { inspectConfig } from '../../config/inspect.ts'
import { configJsonSchema } from '../../config/json-schema.ts'
import { type ConfigRequest, resolveConfig } from '../../config/load.ts'
import { redactor } from '../../lib/redact.ts'
import { plural, printable } from '../../lib/text.ts'
import { UsageError } from '../../model/errors.ts'
import { marks, paint } from '../../reporters/style.ts'
import type { Call, Options } from '../command.ts'
import { asJson } from '../config-page/as-json.ts'
import { asYaml } from '../config-page/as-yaml.ts'
import type { Io } from '../io.ts'
import { lookOf } from '../look.ts'
import { textOf, textsOf } from '../values.ts'
import { writeResult } from '../write-result.ts'
import { overridesOf } from './session.ts'

/** Prints the configuration that is in force, as a config that could be used again; secrets are masked. */
export async function print(
  _words: readonly string[],
  options: Options,
  io: Io,
  { fromEnvironment }: Call,
): Promise<number> {
  const inspection = await inspectConfig({ ...requestOf(options, io), fromEnvironment })
  const redact = redactor(inspection.secrets)
  const origins = options.showOrigin === true
  const text =
    options.json === true ? asJson(inspection, origins) : asYaml(inspection, origins, lookOf(io, io.stdout, {}))
  await writeResult(redact(text), io)
  return 0
}

/** Checks the config files and says what was found; throws all that is wrong with them. */
export async function validate(_words: readonly string[], options: Options, io: Io): Promise<number> {
  const { config, files } = await resolveConfig(requestOf(options, io))
  if (files.length === 0) {
    throw new UsageError('There is no config file.', {
      fix: 'Write one with assetsync init, or name it with --config.',
    })
  }
  const look = lookOf(io, io.stdout, {})
  const names = config.targets.map(({ name }) => name)
  const found = [
    `${plural(names.length, 'target')}${names.length === 0 ? '' : ` (${names.join(', ')})`}`,
    plural(config.feed.files.length, 'feed'),
  ]
  const mark = paint(look, 'green', `${marks(look).good} ok`)
  await writeResult(`${mark}  ${printable(`${files.join(' over ')}: ${found.join(', ')}`)}\n`, io)
  return 0
}

/** Prints the JSON Schema of a config file. */
export async function schema(_words: readonly string[], _options: Options, io: Io): Promise<number> {
  await writeResult(`${JSON.stringify(configJsonSchema(), null, 2)}\n`, io)
  return 0
}

function requestOf(options: Options, io: Io): ConfigRequest {
  return {
    cwd: io.cwd,
    file: textOf(options.config),
    home: io.home,
    env: io.env,
    sandbox: false,
    only: textsOf(options.target),
    overrides: overridesOf([], options),
  }
}
