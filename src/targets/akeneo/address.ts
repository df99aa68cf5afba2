import type { Io } from '../target.ts'

/** An address of the REST API; every part arrives as it is, whatever characters it holds. */
export function rest({ baseUrl }: Pick<Io, 'baseUrl'>, ...parts: readonly string[]): string {
  return `${baseUrl}/api/rest/v1/${parts.map(part => encodeURIComponent(part.toWellFormed())).join('/')}`
}
