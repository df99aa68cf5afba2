import { isAbsolute, relative } from 'node:path'
import { sourceLabel } from '../feeds/index.ts'
import { randomHex } from '../lib/hash.ts'
import type { RunHeader } from '../model/report.ts'
import type { Request } from './request.ts'

/** A new run's id: sorts by time, short enough to type. `20261121-202647-3f9a` */
export function newRunId(wall: number): string {
  const [date = '', time = ''] = iso(wall).split('T')
  return `${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${randomHex(2)}`
}

export function headerOf({ command, version, clock }: Request, startedAt: number, id = newRunId(startedAt)): RunHeader {
  return { id, command, version, startedAt: iso(startedAt), finishedAt: iso(clock.wall()) }
}

export function iso(wall: number): string {
  return new Date(wall).toISOString()
}

/**
 * The source's name, by which guards compare its runs: `feed.name`, else its arguments as they were written, without the
 * secrets that URLs may hold. Files that a config lists are named from its folder, so that the folder can be moved.
 */
export function sourceName({ config, sources }: Pick<Request, 'config' | 'sources'>): string {
  const { file, folder, feed } = config
  const inside = (source: string) => file !== null && isAbsolute(source) && !relative(folder, source).startsWith('..')
  return feed.name ?? sources.map(source => (inside(source) ? relative(folder, source) : sourceLabel(source))).join(' ')
}
