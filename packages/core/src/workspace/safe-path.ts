import { showValue } from '../errors/show-value.ts';
import { endsWithPlace, liesInPlace, toPlaceList } from './place-list.ts';
import { isProtectedPath } from './protected-path.ts';

/** Why a path may not be used; each with the sentence that tells a model what to do instead. */
const REFUSALS = {
  empty: 'is empty',
  absolute: 'is absolute; use a path relative to the project folder',
  backslash: 'has a backslash; use "/"',
  component: 'has an empty, "." or ".." component',
  character: 'has a control or invisible character',
  normalisation: 'is not in Unicode normal form C',
  dash: 'has a component that begins with "-"',
  trailing: 'has a component that ends with a dot or a space',
  length: 'is too long',
  device: 'has a component that is a reserved device name',
  git: 'lies in the git directory',
  secret: 'is a file for secrets',
  config: 'is the configuration of JARVIS, which models may not write',
  protected: 'is run or obeyed by a tool without anyone looking; a person has to write it',
} as const;

/** The kinds of paths that are refused; {@link describeRefusal} makes a sentence of one. */
export type PathRefusal = keyof typeof REFUSALS;

// Control, format (bidi, zero-width, tags), surrogate and private-use characters; line and paragraph separators.
const UNSAFE_CHARACTER = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u;
// Zero-width joiners, variation selectors and skin tones make up ordinary emoji.
const EMOJI_JOINERS = /(?<=\p{Extended_Pictographic}[\uFE0F\p{EMod}]?)\u200D(?=\p{Extended_Pictographic})/gu;
const IGNORABLE = /\p{Default_Ignorable_Code_Point}/gu;
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/u;
const DRIVE = /^[a-z]:/iu;
// With the short names and the streams Windows knows them by.
const GIT = /^(?:\.git|git~\d+|\.gitmodules|gitmod~\d+|gi7eba~\d+)(?::.*)?[. ]*$/u;
const SECRET =
  /^(?:\.env(?:[._-].*)?(?<!\.(?:example|sample|template))|id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?|secrets\.(?:ya?ml|json|toml)|client_secret.*\.json|.*\.(?:pem|key|p12|pfx|ppk|keystore|jks|kdbx))$/u;
/** Where tools keep credentials; the end of a path, or the whole. */
const SECRET_FILES = toPlaceList([
  '.envrc',
  '.npmrc',
  '.netrc',
  '_netrc',
  '.pypirc',
  '.pgpass',
  '.my.cnf',
  '.s3cfg',
  '.boto',
  '.htpasswd',
  '.git-credentials',
  '.dockercfg',
  '.dockerconfigjson',
  '.vault-token',
  'credentials.json',
  '.docker/config.json',
  '.config/gh/hosts.yml',
  '.cargo/credentials',
  '.cargo/credentials.toml',
  '.gem/credentials',
]);
const SECRET_FOLDERS = toPlaceList(['.ssh', '.aws', '.gnupg', '.kube', '.config/gcloud']);
const MAX_COMPONENT_BYTES = 255;
const MAX_PATH_BYTES = 4_096;

// Printable ASCII, which most paths are made of: it has one form, one byte a character, and nothing invisible.
const PLAIN = /^[ -~]*$/u;

const encoder = new TextEncoder();

/**
 * Proves, without a look at the disk, that a path a model returned may be used inside the project folder.
 * Links and special files are the adapter's part.
 *
 * @returns why not, or `undefined` when the path is fine.
 */
export function refusePath(path: string): PathRefusal | undefined {
  return refuseText(path) ?? refuseComponents(path.split('/')) ?? refusePlace(foldPath(path));
}

/** The refusal as a sentence a model can act on. */
export function describeRefusal(path: string, refusal: PathRefusal): string {
  return `The path ${showValue(path)} ${REFUSALS[refusal]}.`;
}

/** What two paths share when a file system may take them for one: case and Unicode variants folded. */
export function foldPath(path: string): string {
  if (PLAIN.test(path)) return path.toLowerCase();
  return path.normalize('NFKC').replace(IGNORABLE, '').toUpperCase().toLowerCase();
}

function refuseText(path: string): PathRefusal | undefined {
  if (path === '') return 'empty';
  if (byteLength(path) > MAX_PATH_BYTES) return 'length';
  if (path.startsWith('/') || DRIVE.test(path)) return 'absolute';
  if (path.includes('\\')) return 'backslash';
  if (PLAIN.test(path)) return undefined;
  if (path.normalize('NFC') !== path) return 'normalisation';
  return UNSAFE_CHARACTER.test(path.replace(EMOJI_JOINERS, '')) ? 'character' : undefined;
}

function refuseComponents(components: readonly string[]): PathRefusal | undefined {
  for (const component of components) {
    const refusal = refuseComponent(component);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function refuseComponent(component: string): PathRefusal | undefined {
  if (component === '' || component === '.' || component === '..') return 'component';
  if (component.startsWith('-')) return 'dash';
  if (component.endsWith('.') || component.endsWith(' ')) return 'trailing';
  return byteLength(component) > MAX_COMPONENT_BYTES ? 'length' : undefined;
}

function refusePlace(folded: string): PathRefusal | undefined {
  const components = folded.split('/');
  const name = folded.slice(folded.lastIndexOf('/') + 1);
  if (components.some((component) => DEVICE.test(component))) return 'device';
  if (components.some((component) => GIT.test(component))) return 'git';
  if (SECRET.test(name) || isSecretPlace(components)) return 'secret';
  if (name.startsWith('jarvis.config.')) return 'config';
  return isProtectedPath(folded) ? 'protected' : undefined;
}

function isSecretPlace(components: readonly string[]): boolean {
  return endsWithPlace(SECRET_FILES, components) || liesInPlace(SECRET_FOLDERS, components);
}

/** How long a text is in UTF-8. */
function byteLength(text: string): number {
  return PLAIN.test(text) ? text.length : encoder.encode(text).length;
}
