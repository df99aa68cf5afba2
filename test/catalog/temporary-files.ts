import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'

/** Gives each test a folder for temporary files of its own; the answer lists what is in use there. */
export function watchTemporaryFiles(): () => string[] {
  const before = process.env.TMPDIR
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'assetsync-test-'))
    process.env.TMPDIR = folder
  })
  afterEach(() => {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
    rmSync(folder, { recursive: true, force: true })
  })
  return () => [...readdirSync(folder), ...openFilesIn(folder)]
}

/** Files without a name that are still open, where the system shows them. */
function openFilesIn(folder: string): string[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc/self/fd')
    .map(targetOf)
    .filter(target => target.startsWith(folder))
}

function targetOf(fd: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`)
  } catch {
    return '' // the folder listing itself
  }
}
