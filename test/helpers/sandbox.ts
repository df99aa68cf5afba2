import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/index.ts'

/** The same systems with the same contents at the same address, behaving otherwise. */
export async function restarted(sandbox: Sandbox, folder: string, options: SandboxOptions = {}): Promise<Sandbox> {
  const port = Number(new URL(sandbox.url).port)
  await sandbox.close()
  return startSandbox({ folder, port, ...options })
}
