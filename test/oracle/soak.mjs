// Random faults, kills and edits against all targets, for as long as wanted.
// Usage: npm run soak -- [--runs n] [--seed s] [--targets a,b] [--from n] [--minutes n] [--next]
import { createServer } from 'vite'

// The kit is TypeScript, like the tests that it belongs to; vite is what runs those too.
const server = await createServer({
  configFile: false,
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, watch: null, ws: false, hmr: false },
  optimizeDeps: { noDiscovery: true },
})
try {
  const { soak } = await server.ssrLoadModule('/test/oracle/soak.ts')
  process.exitCode = await soak(process.argv.slice(2), line => process.stdout.write(`${line}\n`))
} finally {
  await server.close()
}
