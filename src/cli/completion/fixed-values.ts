import { PRESET_NAMES } from '../../config/feed.ts'
import { REPORTERS } from '../../reporters/index.ts'
import { TARGETS } from '../../targets/index.ts'
import type { Declared } from '../declarations/declaration.ts'
import { TOPICS } from '../help/topics.ts'
import type { FixedValues } from './kind.ts'

/** The shells that there is a script for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

/** Encodings that exports of spreadsheets and shops come in. */
const ENCODINGS = ['auto', 'utf-8', 'utf-16le', 'windows-1252', 'iso-8859-1', 'shift_jis', 'gb18030']

/** The words that stand in the scripts. */
export function fixedValues(commands: readonly Declared[]): FixedValues {
  return {
    formats: REPORTERS.map(({ format }) => format),
    presets: PRESET_NAMES,
    encodings: ENCODINGS,
    types: TARGETS.map(({ type }) => type),
    shells: SHELLS,
    topics: [...commands, ...TOPICS].map(({ name }) => name),
  }
}
