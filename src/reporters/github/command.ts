import { printable, truncate } from '../../lib/text.ts'
import { type Folders, linkedPlaceOf } from '../document/feed-place.ts'
import type { Level } from '../document/mentions.ts'

export interface Annotation {
  readonly level: Level
  readonly title: string
  /** May have several lines. */
  readonly message: string
  /** Place in the feed, or null. */
  readonly source: string | null
}

/** GitHub takes titles of 255 characters and messages of 64 KB; one character may become a dozen to be harmless. */
const TITLE_LENGTH = 200
const MESSAGE_LENGTH = 4_000

/**
 * The annotation as a workflow command. Nothing in it can end the command or begin another one:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function commandLine({ level, title, message, source }: Annotation, folders: Folders): string {
  const lines = truncate(message, MESSAGE_LENGTH).split('\n')
  const place = source === null ? null : linkedPlaceOf(source, folders)
  const properties = [
    ...(place === null ? [] : [`file=${property(place.file)}`]),
    ...(place === null || place.line === null ? [] : [`line=${place.line}`]),
    `title=${property(truncate(title, TITLE_LENGTH))}`,
  ]
  return `::${level} ${properties.join(',')}::${lines.map(printable).map(escaped).join('%0A')}`
}

function property(text: string): string {
  return escaped(printable(text)).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/** Line ends are visible already, as all control characters are. */
function escaped(text: string): string {
  return text.replaceAll('%', '%25')
}
