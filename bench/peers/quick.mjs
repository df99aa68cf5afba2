// The quick Node script: csv-parse, batches of 100, fetch, one after the other.
// Usage: node quick.mjs <feed> <address>
import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'

const [path, address] = process.argv.slice(2)
let batch = []
for await (const row of createReadStream(path).pipe(parse({ columns: true }))) {
  const assets = {}
  for (let rank = 1; rank <= 4; rank++) if (row[`image_${rank}`]) assets[`Image URL ${rank}`] = row[`image_${rank}`]
  batch.push({ parent_code: row.sku, asset_type: 'image', assets })
  if (batch.length === 100) {
    await send(batch)
    batch = []
  }
}
if (batch.length > 0) await send(batch)

async function send(items) {
  const response = await fetch(`${address}/assets?store_uuid=s&channel=SMP`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer t' },
    body: JSON.stringify(items),
  })
  if (!response.ok) throw new Error(`HTTP ${response.status}`)
  await response.arrayBuffer()
}
