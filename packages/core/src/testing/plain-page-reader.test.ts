import { pageReaderContract } from './contracts/page-reader-contract.ts';
import { plainPageReader } from './plain-page-reader.ts';

pageReaderContract('plainPageReader', () => plainPageReader);
