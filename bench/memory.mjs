// Peak memory and time of a push of 10,000 and of 100,000 products, first and again, to an emulator in another process.
// Usage: npm run bench:memory [-- products …]
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const BIN = resolve(import.meta.dirname, '../bin/assetsync.js')
const RSS = 'data:text/javascript,process.on("exit",()=>process.stderr.write("rss "+process.resourceUsage().maxRSS))'
const counts = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [10_000, 100_000]

process.stdout.write('products  run     peak RSS  seconds  requests\n')
for (const count of counts) {
  const folder = mkdtempSync(join(tmpdir(), 'assetsync-bench-'))
  const sandbox = spawn(process.execPath, [BIN, 'sandbox'], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const [line] = await once(sandbox.stdout.setEncoding('utf8'), 'data')
    const { catalogix } = JSON.parse(line).targets
    writeFileSync(
      join(folder, '.assetsyncrc'),
      JSON.stringify({ targets: { catalogix: { ...catalogix, rate: 'off' } } }),
    )
    await writeFeed(join(folder, 'feed.csv'), count)
    for (const run of ['first', 'again']) report(count, run, push(folder))
  } finally {
    sandbox.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function writeFeed(path, count) {
  const file = createWriteStream(path)
  file.write('sku,name,price,image_1,image_2,image_3,image_4\n')
  for (let n = 1; n <= count; n++) {
    const code = `CHR-${String(n).padStart(8, '0')}`
    const images = [1, 2, 3, 4].map(rank => `https://images.example.com/catalog/${code}/view-${rank}.jpg`)
    const row = `${code},"Chair ${n}, oak",${n % 900}.00,${images.join(',')}\n`
    if (!file.write(row)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'close')
}

function push(folder) {
  const startedAt = performance.now()
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', RSS, BIN, 'push', 'feed.csv', '--no-progress'],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  )
  if (status !== 0) throw new Error(`push ended with ${status}: ${stderr}`)
  return {
    seconds: (performance.now() - startedAt) / 1000,
    rss: Number(/rss (\d+)/.exec(stderr)?.[1]) / 1024,
    requests: /(\d+) requests?/.exec(stdout)?.[1],
  }
}

function report(count, run, { seconds, rss, requests }) {
  const cells = [
    String(count).padStart(8),
    run.padEnd(6),
    `${rss.toFixed(0)} MB`.padStart(8),
    seconds.toFixed(1).padStart(7),
  ]
  process.stdout.write(`${[...cells, String(requests).padStart(8)].join('  ')}\n`)
}
