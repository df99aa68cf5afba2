// A server that takes Catalogix' POST /assets as fast as Node can: it counts the items and answers with totals.
// Usage: node bench/sink.mjs [latency in ms] [requests per second] [requests in a burst]
// Prints its address; GET /counts tells and forgets what it has seen: {"items","requests","throttled","most"} (most: at once),
// GET /total tells the items only and forgets nothing.
import { createServer } from 'node:http'

const [latency = 0, perSecond = 0, burst = perSecond] = process.argv.slice(2).map(Number)
const ITEM = Buffer.from('"parent_code"')
const AGAIN = JSON.stringify({ status: { code: -1, message: 'Too many requests.' } })

let seen = none()
let underWay = 0
let tokens = burst
let filledAt = performance.now()

const server = createServer((request, response) => {
  if (request.url === '/counts') {
    response.end(JSON.stringify(seen))
    seen = none()
    return
  }
  if (request.url === '/total') return response.end(String(seen.items))
  underWay++
  seen.most = Math.max(seen.most, underWay)
  const chunks = []
  request.on('data', chunk => chunks.push(chunk))
  request.on('end', () => {
    const answer = () => {
      underWay--
      if (!mayPass()) return refuse(response)
      const items = count(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))
      seen.items += items
      seen.requests++
      const data = { created: items, updated: 0, failed: 0 }
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ status: { code: 0, message: 'SUCCESS', request_id: String(seen.requests) }, data }))
    }
    if (latency === 0) answer()
    else setTimeout(answer, latency)
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}\n`))

function none() {
  return { items: 0, requests: 0, throttled: 0, most: 0 }
}

function mayPass() {
  if (perSecond === 0) return true
  const now = performance.now()
  tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * perSecond)
  filledAt = now
  if (tokens < 1) return false
  tokens--
  return true
}

function refuse(response) {
  seen.throttled++
  response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '1' }).end(AGAIN)
}

function count(body) {
  let items = 0
  for (let at = body.indexOf(ITEM); at !== -1; at = body.indexOf(ITEM, at + ITEM.length)) items++
  return items
}
