import type { Inspection, Setting } from '../../config/inspect.ts'
import { isMapping, type Path } from '../../config/tree.ts'
import { printable } from '../../lib/text.ts'
import type { Json } from '../../model/json.ts'
import type { Look } from '../../reporters/reporter.ts'
import { paint } from '../../reporters/style.ts'
import { originText } from './origin.ts'

/** Remarks are not moved further right than this by a long value. */
const WIDEST = 48

/** `config print`: a config in YAML, with remarks about secrets and, if wanted, where each value is from. */
export function asYaml({ files, settings }: Inspection, origins: boolean, look: Pick<Look, 'color'>): string {
  const rows = settings.flatMap((setting, at) => [
    ...headings(setting.path, settings[at - 1]?.path ?? []),
    { text: `${indent(setting.path)}${format(setting)}`, remark: remarkOn(setting, origins) },
  ])
  const width = Math.min(Math.max(...rows.map(({ text }) => text.length)), WIDEST)
  const lines = rows.map(({ text, remark }) =>
    remark === '' ? text : `${text.padEnd(width)}  ${paint(look, 'dim', `# ${printable(remark)}`)}`,
  )
  const head = files.length === 0 ? 'no config file: defaults, options and variables' : files.join(', over ')
  return `${[paint(look, 'dim', `# ${printable(head)}`), ...lines].join('\n')}\n`
}

/** The sections that begin here. */
function headings(path: Path, previous: Path): { text: string; remark: string }[] {
  const sections = path.slice(0, -1)
  const same = sections.findIndex((key, depth) => previous.length - 1 <= depth || previous[depth] !== key)
  const first = same === -1 ? sections.length : same
  return sections.slice(first).map((key, at) => ({ text: `${'  '.repeat(first + at)}${scalar(key)}:`, remark: '' }))
}

function indent(path: Path): string {
  return '  '.repeat(path.length - 1)
}

function format({ path, value }: Setting): string {
  return printable(`${scalar(path.at(-1) ?? '')}: ${inline(value)}`)
}

function inline(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`
  return isMapping(value) ? '{}' : scalar(value)
}

/** Quotes wherever YAML could read something else. */
function scalar(value: unknown): string {
  if (typeof value !== 'string') return String(value)
  const isPlain = /^[A-Za-z_][\w./-]*$/.test(value) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(value)
  return isPlain || /^\$\{\w+\}$/.test(value) ? value : JSON.stringify(value)
}

function remarkOn(setting: Setting, origins: boolean): string {
  return [...stateOf(setting), ...(origins ? [originText(setting)] : [])].join('; ')
}

function stateOf({ isSecret, isMissing, value }: Setting): string[] {
  if (isMissing) return ['not set']
  return isSecret && value !== null ? ['set, ****'] : []
}
