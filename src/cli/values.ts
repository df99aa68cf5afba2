/** Values of options, whose types are known to their parsers only. */

export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

export function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}

export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}
