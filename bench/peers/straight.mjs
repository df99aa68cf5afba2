// The floor: what a push has to do besides sending, with the same parts, in a straight line. It checks addresses, makes fingerprints,
// journals its plan before the first request and the results after each, remembers what the target holds, and writes a report. It
// knows only the bench's feed: no options, no joining, no comparing, no errors, no checksums.
// Usage: node straight.mjs <feed> <address>   writes straight.db and straight.ndjson into the working directory
import { hash } from 'node:crypto'
import { closeSync, createReadStream, openSync, rmSync, writeSync } from 'node:fs'
import { deflateSync, inflateSync } from 'node:zlib'
import Database from 'libsql'
import { Agent, request } from 'undici'

const ADDRESS = /^https?:\/\/(?!\S*xn--)(?:[a-z0-9-]+\.)+[a-z]{2,24}(?::\d{1,4})?\/[\w\-.~/%+=&?@!$'()*:]*$/
const HELD_AT_ONCE = 25
const CONCURRENCY = 16
const [path, address] = process.argv.slice(2)

for (const left of ['straight.db', 'straight.db-wal', 'straight.db-shm']) rmSync(left, { force: true })
const database = new Database('straight.db')
database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
  CREATE TABLE page (no INTEGER PRIMARY KEY, state TEXT NOT NULL, results TEXT);
  CREATE TABLE content (no INTEGER PRIMARY KEY, steps BLOB NOT NULL);
  CREATE TABLE held (key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, gallery TEXT NOT NULL)`)

const pages = await plan()
await send()
database.close()

async function plan() {
  const insertPage = database.prepare("INSERT INTO page (no, state) VALUES (?, 'planned')")
  const insertContent = database.prepare('INSERT INTO content VALUES (?, ?)')
  const codes = new Set()
  let no = 0
  let steps = []
  let rest = ''
  let line = 1
  database.exec('BEGIN')
  const write = () => {
    no++
    insertPage.run([no])
    insertContent.run([no, deflateSync(JSON.stringify(steps), { level: 1 })])
    if (no % 20 === 0) database.exec('COMMIT; BEGIN')
    steps = []
  }
  for await (const chunk of createReadStream(path, 'utf8')) {
    const lines = (rest + chunk).split('\r\n')
    rest = lines.pop()
    for (const text of lines) {
      const at = text.indexOf(',https://')
      if (line++ === 1) continue
      const code = text.slice(0, text.indexOf(','))
      const images = text.slice(at + 1).split(',')
      if (codes.has(code) || !images.every(url => ADDRESS.test(url))) throw new Error(text)
      codes.add(code)
      const assets = Object.fromEntries(images.map((url, rank) => [`Image URL ${rank + 1}`, url]))
      const payload = JSON.stringify({ parent_code: code, asset_type: 'image', assets })
      steps.push([code, line - 1, payload, hash('sha256', payload, 'base64url'), JSON.stringify(images)])
      if (steps.length === 100) write()
    }
  }
  if (steps.length > 0) write()
  database.exec('COMMIT')
  return no
}

async function send() {
  const dispatcher = new Agent({ connections: CONCURRENCY })
  const read = database.prepare('SELECT steps FROM content WHERE no = ?')
  const settle = database.prepare("UPDATE page SET state = 'done', results = ? WHERE no = ?")
  const upsert = new Map()
  const report = openSync('straight.ndjson', 'w')
  let next = 0
  let isOpen = false
  const commit = () => {
    isOpen = false
    database.exec('COMMIT')
  }
  const worker = async () => {
    for (let no = ++next; no <= pages; no = ++next) {
      const steps = JSON.parse(inflateSync(Buffer.from(read.all([no])[0].steps)).toString())
      const { statusCode, body } = await request(`${address}/assets?store_uuid=s&channel=SMP`, {
        dispatcher,
        method: 'POST',
        headers: { authorization: 'Bearer t', 'content-type': 'application/json' },
        body: Buffer.from(`[${steps.map(([, , payload]) => payload).join()}]`),
      })
      const { status } = JSON.parse(await body.text())
      if (statusCode !== 200 || status.code !== 0) throw new Error(`HTTP ${statusCode}`)
      await new Promise(setImmediate)
      if (!isOpen) {
        isOpen = true
        database.exec('BEGIN')
        setImmediate(commit)
      }
      settle.run([JSON.stringify([[steps.length, { status: 'created', http: statusCode }]]), no])
      hold(steps, upsert)
      writeSync(report, steps.map(([code, line]) => reported(code, line, no)).join(''))
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, worker))
  if (isOpen) await new Promise(setImmediate)
  closeSync(report)
  await dispatcher.close()
}

function hold(steps, upsert) {
  for (let start = 0; start < steps.length; start += HELD_AT_ONCE) {
    const some = steps.slice(start, start + HELD_AT_ONCE)
    if (!upsert.has(some.length)) {
      const rows = Array(some.length).fill('(?, ?, ?)').join()
      const sql = `INSERT INTO held VALUES ${rows} ON CONFLICT (key) DO UPDATE SET fingerprint = excluded.fingerprint, gallery = excluded.gallery`
      upsert.set(some.length, database.prepare(sql))
    }
    upsert.get(some.length).run(some.flatMap(([code, , , fingerprint, gallery]) => [code, fingerprint, gallery]))
  }
}

function reported(code, line, batch) {
  const source = `${path}:${line}`
  return `${JSON.stringify({ target: 'catalogix', code, key: code, status: 'created', images: 4, attempts: 1, batch, http: 200, requestId: null, remoteId: null, reason: null, message: null, source })}\n`
}
