import { paint } from '../../reporters/style.ts'
import type { Command, Option } from '../commander.ts'
import type { Io } from '../io.ts'
import { lookOf } from '../look.ts'
import { HEADINGS } from '../options.ts'
import { fill, paragraphsOf } from './paragraphs.ts'

/** Longer lines are hard to read, however wide the terminal is. */
const WIDEST = 100
const DEFAULT_WIDTH = 80

/** Columns for help: those of the terminal, or 80 where there is none. */
export function helpWidth({ stdout }: Io): number {
  return Math.min(stdout.isTTY ? stdout.columns || DEFAULT_WIDTH : DEFAULT_WIDTH, WIDEST)
}

/** Makes the help of a command look like that of all others, and go to `write`. Commands that are added to it later look the same. */
export function styleHelp(command: Command, io: Io, write: (text: string) => void): void {
  const look = lookOf(io, io.stdout, {})
  command.configureOutput({
    writeOut: write,
    writeErr: text => void io.stderr.write(text),
    outputError: () => undefined, // thrown as well, and printed as every other error is
    getOutHelpWidth: () => helpWidth(io),
    getOutHasColors: () => look.color,
  })
  command.configureHelp({
    minWidthToWrap: 20,
    styleTitle: text => paint(look, 'bold', text),
    optionTerm: ({ short, flags }) => (short ? flags : `    ${flags}`),
  })
}

/** What stands below the options, the examples last. */
export function belowOptions(help: string, io: Io): string {
  const { notes, examples } = paragraphsOf(help)
  const title = paint(lookOf(io, io.stdout, {}), 'bold', 'Examples:')
  const shown = examples.length === 0 ? [] : [[title, ...examples.map(line => `  ${line}`)].join('\n')]
  return `\n${[...notes.map(text => fill(text, helpWidth(io))), ...shown].join('\n\n')}`
}

/** The options by their headings; those without one come first. */
export function inOrder(options: readonly Option[]): readonly Option[] {
  const order: readonly string[] = Object.values(HEADINGS)
  return options.toSorted((a, b) => order.indexOf(a.helpGroupHeading ?? '') - order.indexOf(b.helpGroupHeading ?? ''))
}
