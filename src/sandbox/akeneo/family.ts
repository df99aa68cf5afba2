import { jsonAnswer } from '../exchange.ts'
import { ACCOUNT } from './account.ts'
import { link, Refused } from './answers.ts'
import { CODE, showAttributes } from './attributes.ts'
import type { Route } from './call.ts'

/** GET /api/rest/v1/asset-families/{family} */
export const getFamily: Route = ({ params: [family = ''], request, pim: { settings } }) => {
  requireFamily(family)
  return jsonAnswer(200, {
    _links: { self: { href: link(request, request.path) } },
    code: ACCOUNT.family,
    labels: {},
    attribute_as_main_media: ACCOUNT.attribute,
    naming_convention: showNamingConvention(settings.namingConvention),
    product_link_rules: [],
    transformations: [],
  })
}

/** GET /api/rest/v1/asset-families/{family}/attributes, which has no pages. */
export const getAttributes: Route = ({ params: [family = ''], pim: { settings } }) => {
  requireFamily(family)
  return jsonAnswer(200, showAttributes(settings))
}

/** There is one family, and its code is compared with its case. Throws Refused with 422 or 404. */
export function requireFamily(code: string): void {
  if (!CODE.test(code)) {
    throw new Refused(422, `Asset family code may contain only letters, numbers and underscores. "${code}" given`)
  }
  if (code !== ACCOUNT.family) throw new Refused(404, `Asset family "${code}" does not exist.`)
}

function showNamingConvention(pattern: string | null) {
  if (pattern === null) return {}
  const source = { property: 'code', channel: null, locale: null }
  return { source, pattern: `/${pattern}/`, abort_asset_creation_on_error: true }
}
