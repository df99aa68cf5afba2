import { productai } from '../../src/targets/productai/index.ts'
import { describeTarget, HOSTILE_CODES } from './contract.ts'

/** The emulator goes by the tag sku:…, in which a comma is written as %2C. */
const codes = HOSTILE_CODES.filter(code => !code.includes(','))

describeTarget(productai, { codes })
