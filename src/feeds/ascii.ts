/** The bytes that mean something wherever they occur in UTF-8. */
export const LF = 0x0a
export const CR = 0x0d
export const QUOTE = 0x22
