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
} as const;

export type PathRefusal = keyof typeof REFUSALS;

// Control, format (bidi, zero-width, tags), surrogate and private-use characters; line and paragraph separators.
const UNSAFE_CHARACTER = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u;
// Zero-width joiner and variation selectors make up ordinary emoji.
const EMOJI_JOINERS = /(?<=\p{Extended_Pictographic}\uFE0F?)\u200D(?=\p{Extended_Pictographic})/gu;
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/iu;
const DRIVE = /^[a-z]:/iu;
const GIT = /^(?:\.git|git~\d+|\.gitmodules)$/iu;
const SECRET =
  /^(?:\.env(?!\.example$|\.sample$|\.template$)(?:\..*)?|\.npmrc|\.netrc|\.pypirc|\.git-credentials|id_(?:rsa|dsa|ecdsa|ed25519)|.*\.(?:pem|key|p12|pfx|keystore|jks))$/iu;
const OWN_CONFIG = /^jarvis\.config\.[a-z]+$/iu;
const MAX_COMPONENT_BYTES = 255;
const MAX_PATH_BYTES = 4_096;

const encoder = new TextEncoder();

/**
 * Proves, without a look at the disk, that a path a model returned may be used inside the project folder.
 * Links and special files are the adapter's part.
 *
 * @returns why not, or `undefined` when the path is fine.
 */
export function refusePath(path: string): PathRefusal | undefined {
  if (path === '') return 'empty';
  if (path.startsWith('/') || DRIVE.test(path)) return 'absolute';
  if (path.includes('\\')) return 'backslash';
  if (path.normalize('NFC') !== path) return 'normalisation';
  if (UNSAFE_CHARACTER.test(path.replace(EMOJI_JOINERS, ''))) return 'character';
  if (encoder.encode(path).length > MAX_PATH_BYTES) return 'length';
  return firstRefusal(path.split('/'));
}

/** The refusal as a sentence a model can act on. */
export function describeRefusal(path: string, refusal: PathRefusal): string {
  return `The path ${JSON.stringify(path.slice(0, 80))} ${REFUSALS[refusal]}.`;
}

/** What two paths share when a file system may take them for one: case and Unicode variants folded. */
export function foldPath(path: string): string {
  return path.normalize('NFKC').toLowerCase();
}

function firstRefusal(components: readonly string[]): PathRefusal | undefined {
  for (const component of components) {
    const refusal = refuseComponent(component);
    if (refusal !== undefined) return refusal;
  }
  return SECRET.test(components.at(-1) ?? '') ? 'secret' : ownConfig(components);
}

function ownConfig(components: readonly string[]): PathRefusal | undefined {
  return OWN_CONFIG.test(components.at(-1) ?? '') ? 'config' : undefined;
}

function refuseComponent(component: string): PathRefusal | undefined {
  if (component === '' || component === '.' || component === '..') return 'component';
  if (component.startsWith('-')) return 'dash';
  if (component.endsWith('.') || component.endsWith(' ')) return 'trailing';
  if (encoder.encode(component).length > MAX_COMPONENT_BYTES) return 'length';
  if (DEVICE.test(component)) return 'device';
  if (GIT.test(foldPath(component))) return 'git';
  return undefined;
}
