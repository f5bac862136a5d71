import { workspaceRoot } from '../workspace/root.ts';
import { raiseVersions } from './raise-versions.ts';

const version = await raiseVersions(workspaceRoot);
console.log(
  `All packages are at ${version}. Look at the changes, commit them, then publish: npm run release`,
);
