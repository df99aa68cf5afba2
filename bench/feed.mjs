// Writes a feed of n products: 6 columns, about 430 bytes per row, CRLF, one row in nine quoted, one in two hundred with doubled
// quotes, one in seventy beyond ASCII. The same n gives the same bytes.
// Usage: node bench/feed.mjs <products> <file> [changed]   changed: every nth product has another last image
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { pathToFileURL } from 'node:url'

const HEADER = 'sku,name,image_1,image_2,image_3,image_4\r\n'
const FOLDER = 'https://images.example.com/catalog/2026/autumn/living-room/seating'

/** Resolves when the file is written. `changedEvery`: 0 for none. */
export async function writeFeed(path, products, changedEvery = 0) {
  const file = createWriteStream(path, { highWaterMark: 1 << 20 })
  file.write(HEADER)
  let block = ''
  for (let n = 1; n <= products; n++) {
    block += row(n, changedEvery > 0 && n % changedEvery === 0)
    if (block.length < 1 << 18) continue
    if (!file.write(block)) await once(file, 'drain')
    block = ''
  }
  file.end(block)
  await once(file, 'close')
}

function row(n, isChanged) {
  const code = `CHR-${String(n).padStart(8, '0')}`
  const last = isChanged ? 'detail-new' : 'detail'
  const images = ['front', 'left', 'right', last].map(view => `${FOLDER}/${code.toLowerCase()}/${view}.jpg`)
  return `${[code, name(n), ...images].join(',')}\r\n`
}

function name(n) {
  if (n % 200 === 0) return `"Armchair ""Oslo"" ${n}, oak"`
  if (n % 9 === 0) return `"Armchair ${n}, oak, waxed"`
  if (n % 70 === 0) return `Sessel ${n} aus geölter Eiche`
  return `Armchair ${n} in waxed oak`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [products, path, changed = '0'] = process.argv.slice(2)
  await writeFeed(path, Number(products), Number(changed))
}
