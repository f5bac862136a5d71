import { documentedExports } from './documented-exports.ts';
import { explainedDisable } from './explained-disable.ts';
import { fileName } from './file-name.ts';
import { headerNamesFile } from './header-names-file.ts';
import { importDirection } from './import-direction.ts';

/** The rules of this repository that no published plugin has. */
export const jarvisPlugin = {
  rules: {
    'documented-exports': documentedExports,
    'explained-disable': explainedDisable,
    'file-name': fileName,
    'header-names-file': headerNamesFile,
    'import-direction': importDirection,
  },
};
