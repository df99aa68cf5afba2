#!/usr/bin/env node
// No static import here: an older Node must reach this check before it meets syntax it does not know.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`assetsync needs Node.js 20.19 or newer; this is ${process.versions.node}.\n`)
  process.exitCode = 2
} else {
  const { main } = await import('../dist/cli/main.js')
  await main(process)
}
