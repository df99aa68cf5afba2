import type { Look } from '../reporter.ts'

/** What limits the live view: the terminal as it is now. */
export interface Frame extends Pick<Look, 'color' | 'unicode'> {
  readonly columns: number
  readonly rows: number
}
