import {
  inspectProjectTrust,
  type ProjectTrust,
  type ProjectTrustOptions,
  removeProjectTrust,
  trustProject,
} from '@jarvis/node';

import { exitCodes } from '../exit-codes.ts';
import { type GlobalOptions, globalOptionsSchema } from '../options/global-options.ts';
import { renderTrust } from '../ui/render-trust.ts';
import { toPlaces } from '../wiring/build-context.ts';
import type { CliIo } from '../wiring/cli-io.ts';
import { requireYes } from '../wiring/require-yes.ts';
import type { CliCommand } from './cli-command.ts';

/** `jarvis trust` */
export const trustCommand: CliCommand = {
  args: [],
  options: [
    { flags: '--remove', description: 'trust the project no longer' },
    { flags: '--yes', description: 'do not ask' },
  ],
  examples: ['jarvis trust', 'jarvis trust --remove'],
  run: async ({ options }, io) => {
    const common = globalOptionsSchema.parse(options);
    const places = toPlaces(common, io);
    if (options['remove'] === true) {
      const outcome = await removeProjectTrust(places);
      const text =
        outcome === 'removed' ? 'The project is trusted no longer.' : 'The project was not trusted.';
      return report({ outcome, text }, common, io);
    }
    return report(await askForTrust(places, options['yes'] === true, io), common, io);
  },
};

interface TrustReport {
  readonly outcome: 'trusted' | 'refused' | 'nothing' | 'removed' | 'none';
  readonly text: string;
  readonly trust?: ProjectTrust;
}

async function askForTrust(places: ProjectTrustOptions, isGiven: boolean, io: CliIo): Promise<TrustReport> {
  const trust = await inspectProjectTrust(places);
  if (trust === undefined) {
    return { outcome: 'nothing', text: 'There is no configuration file of the project to trust.' };
  }
  const { file, verdict } = trust;
  io.err(renderTrust(trust));
  if (verdict === 'trusted') return { outcome: 'trusted', text: `${file.path} is trusted already.`, trust };

  const wish = { question: 'Trust this file as it is?', isGiven, command: 'jarvis trust --yes' };
  if (!(await requireYes(wish, io))) return { outcome: 'refused', text: 'Nothing was changed.', trust };
  trustProject(trust);
  return { outcome: 'trusted', text: `${file.path} is trusted until it changes.`, trust };
}

function report({ outcome, text, trust }: TrustReport, { json }: GlobalOptions, io: CliIo) {
  const { project, file, values } = trust ?? {};
  io.out(json ? `${JSON.stringify({ outcome, project, file, values }, null, 2)}\n` : `${text}\n`);
  return exitCodes.done;
}
