import { pageReaderContract } from '@jarvis/core/testing/contracts';

import { createPageReader } from './page-reader.ts';

pageReaderContract('createPageReader', createPageReader);
