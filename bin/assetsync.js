#!/usr/bin/env node
// Nothing of ours is imported before the version of Node is known: an older one may not know its syntax.
import { readFileSync } from 'node:fs'
import module from 'node:module'

const [major, minor] = process.versions.node.split('.').map(Number)
const [word, ...more] = process.argv.slice(2)
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`assetsync needs Node.js 20.19 or newer; this is ${process.versions.node}.\n`)
  process.exitCode = 2
} else if ((word === '-V' || word === '--version') && more.length === 0) {
  // Asked for in every CI job, so nothing else is loaded for it.
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  process.stdout.on('error', ({ code, message }) => {
    if (code === 'EPIPE') return
    const why = code === 'ENOSPC' ? 'the disk is full' : message
    process.stderr.write(`x error  The result cannot be written to stdout: ${why}.\n`)
    process.exitCode = 9
  })
  process.stdout.write(`${version}\n`)
} else {
  // Node.js 22.8 and later keep compiled code in the system's folder for temporary files, unless NODE_DISABLE_COMPILE_CACHE is set.
  module.enableCompileCache?.()
  const { main } = await import('../dist/cli/main.js')
  await main(process)
}
