import { CONFIG, FEED, JSON_OUTPUT, SETTINGS, SHOW_ORIGIN, TARGET } from '../options.ts'
import type { Declaration, Family } from './declaration.ts'

const print: Declaration = {
  name: 'print',
  summary: 'the configuration that is in force, secrets masked',
  options: [SHOW_ORIGIN, JSON_OUTPUT, CONFIG, TARGET, ...FEED, ...SETTINGS],
  help: `Options win over ASSETSYNC_* variables, those over the config file of the project, that over the one of the user, and
that over the defaults. With --show-origin every value says which of them it is from.

Examples:
  assetsync config print
  assetsync config print --show-origin
  assetsync config print --target catalogix --rate 5/s --show-origin
  assetsync config print --json`,
  load: async () => (await import('../commands/config.ts')).print,
}

const validate: Declaration = {
  name: 'validate',
  summary: 'check the config files; tells all problems at once',
  options: [CONFIG, TARGET],
  help: `Every problem says where it is, what was expected and what was found. The exit code is 2 when there is one.

Examples:
  assetsync config validate
  assetsync config validate --config config/night.yaml`,
  load: async () => (await import('../commands/config.ts')).validate,
}

const schema: Declaration = {
  name: 'schema',
  summary: 'print the JSON Schema of a config file, for editors',
  options: [],
  help: `The same schema is part of the package: node_modules/assetsync/schema/assetsyncrc.schema.json. A JSON config names it under
the key "$schema"; a YAML config in its first line:

  # yaml-language-server: $schema=node_modules/assetsync/schema/assetsyncrc.schema.json

Examples:
  assetsync config schema > assetsyncrc.schema.json`,
  load: async () => (await import('../commands/config.ts')).schema,
}

export const config: Family = {
  name: 'config',
  summary: 'show, check or describe the configuration',
  help: `Examples:
  assetsync config print --show-origin
  assetsync config validate
  assetsync config schema > assetsyncrc.schema.json`,
  commands: [print, validate, schema],
}
