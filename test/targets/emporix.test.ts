import { emporix } from '../../src/targets/emporix/index.ts'
import { describeTarget, HOSTILE_CODES } from './contract.ts'

/** The emulator takes no regular expression, and a quotation mark cannot be asked for without one. */
const codes = HOSTILE_CODES.filter(code => !code.includes('"'))

describeTarget(emporix, { codes })
