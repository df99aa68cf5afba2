import type { Document } from '../../reporter.ts'
import { escaped } from '../../text/escaped.ts'
import { filterRules } from './filters.ts'
import { SEARCH, searchHash } from './search.ts'
import { STYLE } from './style.ts'

/** The page up to its content: what it may do and what it looks like. */
export function startOfPage(document: Document): string {
  const title = escaped(`assetsync ${document.run.command}, ${document.run.id}`)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(document)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>
${STYLE}${filterRules(document)}</style>
</head>
<body>
<main>
`
}

export function endOfPage({ run }: Document): string {
  return `</main>
<footer>assetsync ${escaped(run.version)} · run <bdi class="x">${escaped(run.id)}</bdi></footer>
<script>${SEARCH}</script>
</body>
</html>
`
}

/** Foreign text may try what it likes: nothing is loaded, no script runs but this one, nothing is sent anywhere. */
function policyOf({ kind }: Document): string {
  return [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `script-src 'sha256-${searchHash()}'`,
    ...(kind === 'plan' || kind === 'check' ? ['img-src https: http:'] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}
