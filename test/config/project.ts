import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { type ConfigRequest, loadConfig } from '../../src/config/load.ts'
import type { Overrides } from '../../src/config/overrides.ts'

/** A folder with these files, gone after the test. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'assetsync-config-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}

export function fixture(name: string): string {
  return fileURLToPath(new URL(`../../fixtures/configs/${name}`, import.meta.url))
}

/** A request from a folder that has no config above it. */
export function aRequest(request: Partial<ConfigRequest> & { readonly overrides?: Overrides } = {}): ConfigRequest {
  const cwd = request.cwd ?? folderWith({})
  return { cwd, file: null, home: cwd, env: {}, sandbox: false, only: [], overrides: {}, ...request }
}

/** The message and the fix with which loading fails, the folder of the fixtures as `…`. */
export async function refusal(request: Partial<ConfigRequest>): Promise<string> {
  const complete = aRequest(request)
  const error = await loadConfig(complete).then(
    () => new Error('no error'),
    (error: Error & { fix?: string | null }) => error,
  )
  const text = 'fix' in error && error.fix ? `${error.message}\n${error.fix}` : error.message
  return `${error.name}: ${text}`.replaceAll(fixture(''), '…/').replaceAll(complete.cwd, '~')
}
