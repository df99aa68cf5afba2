import { describe, expect, it } from 'vitest'
import { faultOfError } from '../../src/transport/socket-errors.ts'

const HOST = 'shop.example.com'

/** An error as Node and undici make them. */
function anError(facts: { code?: string; message?: string; syscall?: string; reason?: string }): Error {
  return Object.assign(new Error(facts.message ?? 'the lamp went out'), facts)
}

describe('an error of the connection', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'unreachable',
      'unreachable',
      ['ECONNREFUSED', 'EAI_AGAIN', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL'],
    ],
    ['unreachable', 'unreachable', ['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_PRX_TLS']],
    ['unreachable', 'host-unknown', ['ENOTFOUND']],
    [
      'unreachable',
      'tls-failed',
      [
        'ERR_SSL_WRONG_VERSION_NUMBER',
        'ERR_SSL_PACKET_LENGTH_TOO_LONG',
        'ERR_SSL_UNSUPPORTED_PROTOCOL',
        'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
        'ERR_SSL_TLSV1_UNRECOGNIZED_NAME',
        'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
        'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE',
      ],
    ],
    [
      'unreachable',
      'certificate-refused',
      [
        'CERT_HAS_EXPIRED',
        'CERT_NOT_YET_VALID',
        'CERT_REVOKED',
        'CERT_UNTRUSTED',
        'CERT_REJECTED',
        'DEPTH_ZERO_SELF_SIGNED_CERT',
        'SELF_SIGNED_CERT_IN_CHAIN',
        'CERT_CHAIN_TOO_LONG',
        'INVALID_CA',
        'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
        'UNABLE_TO_GET_ISSUER_CERT',
        'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
        'INVALID_PURPOSE',
        'HOSTNAME_MISMATCH',
        'ERR_TLS_CERT_ALTNAME_INVALID',
      ],
    ],
    ['unreadable', 'answer-unreadable', ['UND_ERR_RES_EXCEEDED_MAX_SIZE', 'ERR_BUFFER_TOO_LARGE']],
    ['refused', 'target-rejected', ['UND_ERR_INVALID_ARG']],
    [
      'ambiguous',
      'connection-lost',
      [
        'ECONNRESET',
        'EPIPE',
        'ETIMEDOUT',
        'ECONNABORTED',
        'UND_ERR_SOCKET',
        'UND_ERR_HEADERS_TIMEOUT',
        'UND_ERR_BODY_TIMEOUT',
        'UND_ERR_HEADERS_OVERFLOW',
        'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
        'UND_ERR_ABORTED',
        'HPE_INVALID_CONSTANT',
        'Z_BUF_ERROR',
        'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC',
        'EWHATEVER',
      ],
    ],
  ])('is %s (%s): %j', (kind, reason, codes) => {
    const faults = codes.map(code => faultOfError(anError({ code }), HOST))
    expect(faults.map(fault => [fault.kind, fault.reason, fault.attempts])).toEqual(codes.map(() => [kind, reason, 1]))
  })

  it.each(['connect', 'getaddrinfo'])('came before the first byte when it came from %s, whatever its code', syscall => {
    const codes = ['ETIMEDOUT', 'ECONNRESET', 'EMFILE', 'EACCES']
    expect(codes.map(code => faultOfError(anError({ code, syscall }), HOST).kind)).toEqual(
      codes.map(() => 'unreachable'),
    )
  })

  it.each([
    'Proxy response (407) !== 200 when HTTP Tunneling',
    'Client network socket disconnected before secure TLS connection was established',
  ])('came before the first byte when it says so: %s', message => {
    expect(faultOfError(anError({ code: 'ECONNRESET', message }), HOST).kind).toBe('unreachable')
  })

  it.each([
    [
      { code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 192.0.2.1:443' },
      'cannot be reached: connect ECONNREFUSED 192.0.2.1:443',
    ],
    [{ code: 'ECONNREFUSED', message: '' }, 'cannot be reached: ECONNREFUSED'],
    [
      { code: 'ERR_SSL_WRONG_VERSION_NUMBER', message: '40B7:error:0A00010B:SSL', reason: 'wrong version number' },
      'cannot be reached: TLS failed, wrong version number',
    ],
    [
      { code: 'CERT_HAS_EXPIRED', message: 'certificate has expired' },
      'cannot be trusted: certificate has expired (NODE_EXTRA_CA_CERTS can name a file with further authorities)',
    ],
    [{ code: 'ERR_BUFFER_TOO_LARGE', message: 'Cannot create a Buffer' }, 'answered with more than 10 MiB'],
  ])('names the host: %j', (facts, words) => {
    expect(faultOfError(anError(facts), HOST).message).toBe(`${HOST} ${words}`)
  })

  it('may be anything', () => {
    const faults = [undefined, null, 'lamp', { code: 7 }].map(error => faultOfError(error, HOST))
    expect(faults.map(({ kind, message }) => [kind, message])).toEqual(
      faults.map(() => ['ambiguous', `the connection to ${HOST} broke: `]),
    )
  })
})
