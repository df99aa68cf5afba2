import type { Declared } from '../declarations/declaration.ts'
import { fill } from './paragraphs.ts'

/** Paragraphs with blank lines between them. */
export const CONFIG_FILES = `For every value the strongest of these counts:

  1. an option on the command line
  2. its variable, such as ASSETSYNC_MAX_WAIT
  3. the config of the project: --config <file>, or the nearest .assetsyncrc,
     .assetsyncrc.json, .assetsyncrc.yaml, .assetsyncrc.yml or key "assetsync"
     of a package.json, in the working directory or a folder above it, but not
     above the home folder
  4. the config of the user: $XDG_CONFIG_HOME/assetsync/config.yaml (.yml, .json),
     by default ~/.config/assetsync/config.yaml
  5. the default

Both files have the same keys; sections are laid over each other key by key, and lists are replaced. They are YAML or JSON, never code. Paths in them are relative to the file.

  assetsync init                         write one, with explanations
  assetsync config print --show-origin   what is in force, and where it is from
  assetsync config validate              all that is wrong with it
  assetsync config schema                its JSON Schema

Every key is explained in the schema, and in .assetsyncrc.example in the folder of the package.`

/** assetsync help config-files */
export function configFiles(_commands: readonly Declared[], width: number): string {
  return `${CONFIG_FILES.split('\n\n')
    .map(text => fill(text, width))
    .join('\n\n')}\n`
}
