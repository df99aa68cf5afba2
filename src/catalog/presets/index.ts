import { akeneo } from './akeneo.ts'
import { amazon } from './amazon.ts'
import { bagisto } from './bagisto.ts'
import { bigcommerce } from './bigcommerce.ts'
import { ebay } from './ebay.ts'
import { ecwid } from './ecwid.ts'
import { etsy } from './etsy.ts'
import { google } from './google.ts'
import { magento } from './magento.ts'
import { medusa } from './medusa.ts'
import { meta } from './meta.ts'
import type { Preset } from './preset.ts'
import { prestashop } from './prestashop.ts'
import { saleor } from './saleor.ts'
import { shopify } from './shopify.ts'
import { shopware } from './shopware.ts'
import { spree } from './spree.ts'
import { squarespace } from './squarespace.ts'
import { vendure } from './vendure.ts'
import { wix } from './wix.ts'
import { woocommerce } from './woocommerce.ts'

export type { Group, Names, ObjectForm, Preset, TableForm } from './preset.ts'

/** All platforms whose exports are known, by the name that `feed.preset` takes. */
export const PRESETS: readonly Preset[] = [
  shopify,
  woocommerce,
  magento,
  prestashop,
  wix,
  squarespace,
  etsy,
  bigcommerce,
  google,
  meta,
  akeneo,
  medusa,
  vendure,
  spree,
  bagisto,
  saleor,
  shopware,
  ecwid,
  ebay,
  amazon,
]
