import { Option } from '../commander.ts'
import { HEADINGS } from '../options.ts'

/** The --format of a command that can only be shown in these. */
export function formatOf(formats: readonly string[]): Option {
  const made = new Option('-f, --format <format>', `what goes to stdout: ${formats.join(', ')} (default: table)`)
  return made.helpGroup(HEADINGS.output)
}
