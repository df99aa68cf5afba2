import { REPORTERS } from '../../reporters/index.ts'
import type { Reporter } from '../../reporters/reporter.ts'
import type { Declared } from '../declarations/declaration.ts'
import { columns } from './columns.ts'
import { fill } from './paragraphs.ts'

const KINDS = { report: 'push, retry, reconcile', plan: 'plan', check: 'check' } as const

const INTRODUCTION = `-f picks what goes to standard output. Every --report writes a file besides, and its extension picks the format; both may be several at once. A file that is called gl-code-quality-report.json, as in GitLab's examples, is code-quality. Progress, warnings and errors go to standard error.`

/** assetsync help formats */
export function formats(_commands: readonly Declared[], width: number): string {
  const rows = REPORTERS.map(
    (reporter: Reporter) => [reporter.format, `${files(reporter)}${results(reporter)}`] as const,
  )
  return `${fill(INTRODUCTION, width)}\n\nFormats:\n${columns(rows, width)}\n`
}

function files({ extensions }: Reporter): string {
  return extensions.length === 0 ? 'for standard output; ' : `${extensions.join(', ')}; `
}

function results({ kinds }: Reporter): string {
  const commands = kinds.map(kind => (Object.hasOwn(KINDS, kind) ? KINDS[kind as keyof typeof KINDS] : kind))
  return `the result of ${commands.join(', ')}`
}
