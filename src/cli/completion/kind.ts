/** What a value is: nothing that could be completed, a place on disk, a word of a list, or something to be looked up. */
export type Kind = 'none' | 'file' | 'folder' | keyof FixedValues | LookedUp

/** What is looked up while somebody types. */
export const LOOKED_UP = ['targets', 'runs'] as const
export type LookedUp = (typeof LOOKED_UP)[number]

/** Words that are part of the script. */
export interface FixedValues {
  readonly formats: readonly string[]
  readonly presets: readonly string[]
  readonly encodings: readonly string[]
  readonly types: readonly string[]
  readonly shells: readonly string[]
  readonly topics: readonly string[]
}

/** The word between the brackets of an option or argument says what it is. */
const BY_WORD: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['file', 'file'],
  ['feed', 'file'],
  ['dir', 'folder'],
  ['format', 'formats'],
  ['run', 'runs'],
  ['target', 'targets'],
  ['type', 'types'],
  ['shell', 'shells'],
  ['topic', 'topics'],
])

/** Where that word says too little. */
const BY_OPTION: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['--target', 'targets'],
  ['--preset', 'presets'],
  ['--encoding', 'encodings'],
])

export function kindOf(word: string, option: string | null): Kind {
  return BY_WORD.get(word) ?? BY_OPTION.get(option ?? '') ?? 'none'
}

export function isLookedUp(kind: string): kind is LookedUp {
  return LOOKED_UP.some(each => each === kind)
}
