import { escaped } from '../../text/escaped.ts'

/** ` name="value"` for each; those that are null are left out. */
export function attributes(values: Readonly<Record<string, string | null>>): string {
  const present = Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]))
  return present.map(([name, value]) => ` ${name}="${escaped(value)}"`).join('')
}
