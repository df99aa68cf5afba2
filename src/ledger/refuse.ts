import { closeSync, existsSync, lstatSync, openSync, readSync } from 'node:fs'
import { LedgerError } from '../model/errors.ts'
import { APPLICATION_ID, SCHEMA_VERSION } from './schema.ts'
import { RESTORE } from './unusable.ts'

/** Where the header of a database keeps what: https://sqlite.org/fileformat2.html#the_database_header */
const HEADER = { bytes: 100, magic: 'SQLite format 3\0', pageSize: 16, pages: 28, version: 60, applicationId: 68 }
/** The last bit tells the order of the bytes that checksums are made of: https://sqlite.org/fileformat2.html#wal_file_format */
const WAL_MAGIC = [0, 0x377f0682, 0x377f0683]

export function refusal(file: string, what: string, fix: string): LedgerError {
  return new LedgerError(`The ledger ${file} ${what}. It was left as it is.`, { fix })
}

/** Looks at the bytes before SQLite does: it takes an empty file for an empty database, and may write to another's. */
export function refuseForeign(file: string): void {
  if (!lstatSync(file).isFile()) throw refusal(file, 'is not a regular file', 'Name another folder with --state.')
  const header = readStart(file, HEADER.bytes)
  if (header.length === 0) {
    throw refusal(file, 'is empty', 'If it never held anything, remove it; else restore it from a backup.')
  }
  const isDatabase = header.length === HEADER.bytes && header.toString('latin1').startsWith(HEADER.magic)
  if (!isDatabase || header.readUInt32BE(HEADER.applicationId) !== APPLICATION_ID) {
    throw refusal(
      file,
      'is not a ledger of assetsync',
      'Name another folder with --state, or restore it from a backup.',
    )
  }
  refuseVersion(file, header.readUInt32BE(HEADER.version))
  refuseStrangeWal(file)
  refuseCut(file, header)
}

export function refuseVersion(file: string, version: number): void {
  if (version > SCHEMA_VERSION) {
    throw refusal(file, `was written by a newer assetsync (schema ${version})`, 'Update assetsync on this machine.')
  }
  if (version < 1) throw refusal(file, 'is damaged (it has no version)', RESTORE)
}

/** SQLite would notice only when it comes to what is missing. While there is a WAL, the end of the file may still be in it. */
function refuseCut(file: string, header: Buffer): void {
  const pageSize = header.readUInt16BE(HEADER.pageSize)
  const expected = header.readUInt32BE(HEADER.pages) * (pageSize === 1 ? 65_536 : pageSize)
  const isCut = lstatSync(file).size < expected
  if (isCut && sizeOf(walOf(file)) === 0) throw refusal(file, 'is damaged (its end is missing)', RESTORE)
}

/** A WAL holds what was committed last. SQLite would take it for that of the next database under its name. */
export function refuseOrphan(file: string): void {
  const wal = walOf(file)
  if (sizeOf(wal) === 0) return
  throw new LedgerError(`The ledger ${file} is missing, but ${wal}, which holds its last changes, is there.`, {
    fix: 'Restore the ledger from where it went. To start afresh, with unknown contents at all targets, remove that file too.',
  })
}

/** SQLite would overwrite what it does not recognise. A WAL that a power cut left unwritten begins with zeros. */
function refuseStrangeWal(file: string): void {
  const wal = walOf(file)
  const isFile = lstatSync(wal, { throwIfNoEntry: false })?.isFile() ?? true
  const start = isFile ? readStart(wal, 4) : null
  if (start?.length === 0 || (start?.length === 4 && WAL_MAGIC.includes(start.readUInt32BE()))) return
  throw refusal(file, `cannot be opened: ${wal} beside it is not its own`, 'Move that file elsewhere and run again.')
}

function walOf(file: string): string {
  return `${file}-wal`
}

function sizeOf(file: string): number {
  return lstatSync(file, { throwIfNoEntry: false })?.size ?? 0
}

/** Empty where there is no file: another process takes the WAL away when it closes the ledger. */
function readStart(file: string, bytes: number): Buffer {
  const start = Buffer.alloc(bytes)
  if (!existsSync(file)) return start.subarray(0, 0)
  const fd = openSync(file, 'r')
  try {
    return start.subarray(0, readSync(fd, start))
  } finally {
    closeSync(fd)
  }
}
