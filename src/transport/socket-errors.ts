import { Fault, type FaultKind } from '../model/fault.ts'

/** What an error of the connection means, and the clause that tells of it. */
interface Meaning {
  readonly kind: FaultKind
  readonly reason?: string
  readonly words: (host: string, message: string) => string
}

/** No byte of the request can have arrived. */
const NEVER_SENT: Meaning = { kind: 'unreachable', words: (host, message) => `${host} cannot be reached: ${message}` }
const HOST_UNKNOWN: Meaning = { ...NEVER_SENT, reason: 'host-unknown' }
const NO_TLS: Meaning = { ...NEVER_SENT, reason: 'tls-failed' }
/** Nor will it the next time: somebody has to look at the certificate. */
const NOT_TRUSTED: Meaning = {
  kind: 'unreachable',
  reason: 'certificate-refused',
  words: (host, message) =>
    `${host} cannot be trusted: ${message} (NODE_EXTRA_CA_CERTS can name a file with further authorities)`,
}
/** Once a byte may have left, nobody knows how much the target got: the error does not say, whatever its code. */
const BROKEN: Meaning = {
  kind: 'ambiguous',
  reason: 'connection-lost',
  words: (host, message) => `the connection to ${host} broke: ${message}`,
}
const TOO_MUCH: Meaning = { kind: 'unreadable', words: host => `${host} answered with more than 10 MiB` }
/** A header or an address that HTTP has no form for: it was not even tried. */
const UNSENDABLE: Meaning = { kind: 'refused', words: (host, message) => `this cannot be sent to ${host}: ${message}` }

const BY_CODE: readonly (readonly [Meaning, readonly string[]])[] = [
  [NEVER_SENT, ['ECONNREFUSED', 'EAI_AGAIN', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL']],
  [NEVER_SENT, ['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_PRX_TLS']],
  [HOST_UNKNOWN, ['ENOTFOUND']],
  [NO_TLS, ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'ERR_SSL_UNSUPPORTED_PROTOCOL']],
  [NO_TLS, ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'ERR_SSL_TLSV1_UNRECOGNIZED_NAME']],
  [NO_TLS, ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE']],
  [NOT_TRUSTED, ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'CERT_REVOKED', 'CERT_UNTRUSTED', 'CERT_REJECTED']],
  [NOT_TRUSTED, ['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'CERT_CHAIN_TOO_LONG', 'INVALID_CA']],
  [NOT_TRUSTED, ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY']],
  [NOT_TRUSTED, ['INVALID_PURPOSE', 'HOSTNAME_MISMATCH', 'ERR_TLS_CERT_ALTNAME_INVALID']],
  [TOO_MUCH, ['UND_ERR_RES_EXCEEDED_MAX_SIZE', 'ERR_BUFFER_TOO_LARGE']],
  [UNSENDABLE, ['UND_ERR_INVALID_ARG']],
]
const MEANINGS = new Map(BY_CODE.flatMap(([meaning, codes]) => codes.map(code => [code, meaning] as const)))

/** Steps of a system call that come before the first byte, whatever goes wrong in them. */
const BEFORE_SENDING = ['connect', 'getaddrinfo']
/** The same, told by words only: a proxy that makes no tunnel, a connection that ended before its TLS began. */
const NEVER_SENT_WORDS = ['HTTP Tunneling', 'before secure TLS connection']

/** What is known of a request to this host that ended in this error. */
export function faultOfError(error: unknown, host: string): Fault {
  const { code, syscall, message } = describe(error)
  const { kind, words, reason } = MEANINGS.get(code) ?? meaningOf(syscall, message)
  return new Fault(kind, words(host, message), { attempts: 1, cause: error, ...(reason && { reason }) })
}

function meaningOf(syscall: string, message: string): Meaning {
  const isEarly = BEFORE_SENDING.includes(syscall) || NEVER_SENT_WORDS.some(words => message.includes(words))
  return isEarly ? NEVER_SENT : BROKEN
}

/**
 * Connection attempts over several addresses fail with an AggregateError that has a code but no words, TLS with words that
 * are OpenSSL's own but for their `reason`.
 */
function describe(error: unknown): { code: string; syscall: string; message: string } {
  const facts = Object(error) as { code?: unknown; syscall?: unknown; message?: unknown; reason?: unknown }
  const code = textOf(facts.code)
  const message = code.startsWith('ERR_SSL_') ? `TLS failed, ${textOf(facts.reason)}` : textOf(facts.message)
  return { code, syscall: textOf(facts.syscall), message: message === '' ? code : message }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
