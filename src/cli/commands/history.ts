import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { findProjectFile } from '../../config/find.ts'
import { ledgerFile } from '../../ledger/open.ts'
import { nearest } from '../../lib/text.ts'
import { UsageError } from '../../model/errors.ts'
import { HISTORY_FORMATS, type HistoryDocument, type HistoryFormat } from '../../reporters/history.ts'
import type { Options } from '../command.ts'
import type { Io } from '../io.ts'
import { lookOf } from '../look.ts'
import { CONFIG, SANDBOX, STATE } from '../options.ts'
import { writeResult } from '../write-result.ts'
import { sandboxFolder, stateFolder } from './session.ts'

/** Where a command looks back that needs the ledger alone: no config is read but to find its folder, and no emulator starts. */
export interface HistoryPlace {
  /** Folder of the ledger. */
  readonly state: string
  /** Absolute path of the config, or null. */
  readonly config: string | null
}

/** The options that lead to the same ledger again. */
export const PLACE = [CONFIG, SANDBOX, STATE]

export async function historyPlace(options: Options, io: Io): Promise<HistoryPlace> {
  const named = typeof options.config === 'string' ? resolve(io.cwd, options.config) : null
  const config = named ?? (await findProjectFile(io.cwd, io.home))?.path ?? null
  return { state: await stateFolder(options, io), config }
}

/** Whether there are runs that this call does not look for: those with --sandbox have a ledger of their own. */
export function hasSandboxRuns({ sandbox }: Options, state: string): boolean {
  return sandbox !== true && existsSync(ledgerFile(sandboxFolder(state)))
}

/** Says where they are to be found; `command` is the one that shows them. */
export const keptApart = (command: string): string => `Runs with --sandbox are kept apart: ${command}`

/** Checks --format before anything is looked up. */
export function historyFormat(kind: HistoryDocument['kind'], options: Options): HistoryFormat {
  const wanted = typeof options.format === 'string' ? options.format : 'table'
  const able = HISTORY_FORMATS.filter(({ kinds }) => kinds.includes(kind))
  const found = able.find(({ format }) => format === wanted)
  if (found !== undefined) return found
  const known = able.map(({ format }) => format)
  const near = nearest(wanted, known)
  throw new UsageError(`"${wanted}" is no format for this command.`, {
    fix: `${near === null ? '' : `Did you mean ${near}? `}The formats for it are: ${known.join(', ')}.`,
  })
}

/** Writes what was found to stdout. */
export async function print(document: HistoryDocument, format: HistoryFormat, options: Options, io: Io): Promise<void> {
  const look = lookOf(io, io.stdout, { color: options.color !== false, verbose: options.verbose === true })
  await writeResult([...format.render(document, look)].join(''), io)
}
