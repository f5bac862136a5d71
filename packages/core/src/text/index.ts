export { foldWhiteSpace } from './fold-white-space.ts';
export { tellingWords } from './telling-words.ts';
