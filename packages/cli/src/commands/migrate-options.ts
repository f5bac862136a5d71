import { UsageError } from '../errors.ts';
import type { CliIo } from '../wiring/cli-io.ts';
import type { CliInput, CliOption } from './cli-command.ts';

/** Shared by what may write over the work of others. */
export const forceOption: CliOption = {
  flags: '--force',
  description: 'rollback, imports, python: also where somebody has changed something since',
};

/** Shared by what can be looked at before it is done. */
export const dryRunOption: CliOption = {
  flags: '--dry-run',
  description: 'rollback, state, python: only tell what would be done',
};

/** Shared by what names the Python package. */
export const packageOption: CliOption = {
  flags: '--package <name>',
  description: 'imports, python: the Python package of the bridge (default: jarvis_bridge)',
};

/** What the package may be called, and is called when nobody says. */
interface BridgeNames {
  readonly DEFAULT_BRIDGE: string;
  readonly isBridgeName: (name: string) => boolean;
}

/** @throws {@link UsageError} when the name of the package is none. */
export function readPackage(
  options: CliInput['options'],
  { DEFAULT_BRIDGE, isBridgeName }: BridgeNames,
): string {
  const bridge = typeof options['package'] === 'string' ? options['package'] : DEFAULT_BRIDGE;
  if (isBridgeName(bridge)) return bridge;
  throw new UsageError({
    problem: `--package: ${JSON.stringify(bridge.slice(0, 80))} is no name of a Python package.`,
    hint: `For example: --package ${DEFAULT_BRIDGE}`,
  });
}

/** How commander names what was given: `--dry-run` is `dryRun`. */
export function toOptionKey(flag: string): string {
  return flag.replace(/^--/u, '').replaceAll(/-(\w)/gu, (_, letter: string) => letter.toUpperCase());
}

/** Tells the way back as soon as there is one, for who is stopped before the end. */
export function tellSnapshot(io: CliIo): (snapshotId: string) => void {
  return (snapshotId) => {
    io.err(`The tree as it is now is kept; back to it: jarvis migrate rollback ${snapshotId}\n`);
  };
}
