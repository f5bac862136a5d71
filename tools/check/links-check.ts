import { listFiles } from '../workspace/listed-files.ts';
import type { Check } from './check.ts';
import { commandCheck } from './command-check.ts';

/** Every relative link and anchor in a document leads somewhere. Addresses on the web are not asked. */
export const linksCheck: Check = {
  name: 'links in documents',
  async run() {
    const documents = await listFiles('*.md');
    const command = ['remark', '--quiet', '--frail', '--no-stdout', '--no-color', ...documents] as const;
    return commandCheck(this.name, command, { repair: 'correct the link or the heading it names.' }).run();
  },
};
