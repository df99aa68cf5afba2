import { defaultLoaders } from 'cosmiconfig'

/**
 * Parses YAML or JSON; an empty text is undefined. Throws js-yaml's YAMLException, whose message quotes the text.
 *
 * Of cosmiconfig only this loader is used: before its own search starts, version 9 runs `.config/config.js` (.cjs, .ts) of the
 * working directory to configure itself, and a config must never be code.
 */
export function parseYaml(text: string): unknown {
  return defaultLoaders.noExt('config', text)
}
