import { copyFileSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LedgerError } from '../../src/model/errors.ts'

/** Every file of the folder with its bytes. */
export function contents(folder: string): Map<string, string> {
  const names = readdirSync(folder).filter(name => lstatSync(join(folder, name)).isFile())
  return new Map(names.map(name => [name, readFileSync(join(folder, name), 'base64')]))
}

/** Copies what a process that is killed now would leave. SQLite makes the -shm file anew. */
export function copyFiles(from: string, to: string): string {
  for (const name of readdirSync(from)) if (!name.endsWith('-shm')) copyFileSync(join(from, name), join(to, name))
  return to
}

/** The LedgerError that the work ends in. */
export function refusalOf(work: () => unknown): LedgerError {
  try {
    work()
  } catch (error) {
    if (error instanceof LedgerError) return error
    throw error
  }
  throw new Error('it was not refused')
}

/** Does the work without the rights of an administrator, to whom no file is closed. */
export function asNobody<T>(work: () => T): T {
  if (process.geteuid?.() !== 0) return work()
  process.seteuid?.(65_534)
  try {
    return work()
  } finally {
    process.seteuid?.(0)
  }
}
