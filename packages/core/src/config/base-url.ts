/** Addresses at which clouds hand out credentials to whoever asks from inside. */
const METADATA_HOSTS = [
  'metadata',
  'metadata.goog',
  'metadata.google.internal',
  '100.100.100.200',
  '[fd00:ec2::254]',
];
const LINK_LOCAL = /^(?:169\.254\.|\[fe[89ab][0-9a-f]:|\[::ffff:a9fe:)/u;
const LOOPBACK = /^(?:127\.[0-9.]+|\[::1\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]+\]|(?:.+\.)?localhost)$/u;

/**
 * Proves that the key and the prompts may be sent to a server: by https, or to this machine, and with nothing
 * hidden in the address.
 *
 * @returns why not, with what is allowed; `undefined` when the address is fine.
 */
export function refuseBaseUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return 'expected a URL such as https://api.openai.com/v1';
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return 'expected a URL that begins with https://';
  if (url.username !== '' || url.password !== '') {
    return 'the URL must not hold a user name or password; the key goes into OPENAI_API_KEY';
  }
  if (url.search !== '' || url.hash !== '') return 'the URL must not have a query or a fragment';
  return refuseHost(url);
}

function refuseHost({ protocol, hostname }: URL): string | undefined {
  const host = hostname.replace(/\.$/u, '');
  if (METADATA_HOSTS.includes(host) || LINK_LOCAL.test(host)) {
    return 'the address of a metadata service or a link-local address is not a model server';
  }
  if (protocol === 'http:' && !LOOPBACK.test(host)) {
    return 'http:// is for servers on this machine (localhost, 127.0.0.1); expected https://';
  }
  return undefined;
}
