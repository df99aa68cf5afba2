/**
 * True for a host name of a URL that stands for this machine, so that nobody is on the way to it. URL has already turned
 * every spelling of an IPv4 address into four decimal numbers.
 */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}
