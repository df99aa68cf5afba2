import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { LedgerError } from '../model/errors.ts'
import { isPseudo, mountOf, readMounts } from './mounts.ts'

/** Makes the folder of a ledger, for nobody else to read. */
export function makeFolder(folder: string, mounts: string = readMounts()): void {
  const mount = mountOf(folder, mounts)
  if (mount !== null && isPseudo(mount)) {
    throw new LedgerError(`There can be no ledger in ${folder}: ${mount.point} (${mount.type}) keeps no files.`, {
      fix: 'Name another folder with --state.',
    })
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
}

/** Waits until the names in the folder are on disk, where the system can. */
export function syncFolder(folder: string): void {
  try {
    const fd = openSync(folder, 'r')
    try {
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
  } catch {
    // Windows opens no folders, and some file systems sync none.
  }
}
