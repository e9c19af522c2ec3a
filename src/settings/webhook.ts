/**
 * Why an address cannot be a webhook, or null when it can. Only https to a public name: alerts name projects and
 * models, and a request to an address inside the user's network could reach services that trust it. Names that
 * resolve to such an address are for the sender to refuse.
 */
export function webhookFault(address: string): string | null {
  let url: URL
  try {
    url = new URL(address)
  } catch {
    return 'is no address'
  }
  if (url.protocol !== 'https:') return 'does not begin with https://'
  if (isPrivateName(url.hostname)) return 'does not lead to a public host name'
  return url.username === '' && url.password === '' ? null : 'holds a user name or a password'
}

/** IP literals (URL normalises every way of writing IPv4 to digits and dots) and names of the local network. */
function isPrivateName(host: string): boolean {
  const name = host.replace(/\.$/, '')
  if (name.startsWith('[') || /^[\d.]+$/.test(name)) return true
  return !name.includes('.') || /(^|\.)(localhost|local|internal|lan|home|arpa)$/.test(name)
}
