import type { CountText } from './encoding.ts';

/**
 * Ends a piece. No token of either encoding reaches across: a mark and a space never share one, and a line break shares
 * one only with line breaks, with spaces before the next of them, and with strokes.
 */
const ENDS_PIECE = /[.!?,;:](?= [A-Za-z])|\n(?=[ \t]*[^\s/])/gu;

/** How many pieces are remembered, of how many characters at most: a few megabytes. */
const REMEMBERED_PIECES = 8_192;
const REMEMBERED_LENGTH = 160;

/**
 * Counts a text sentence by sentence and line by line, and each of these once as long as it is among those counted last: what a
 * run asks about are the same files again, with a few lines changed. The sum is the exact count of the text.
 */
export function countByPieces(countTable: CountText): CountText {
  const counts = new Map<string, number>();
  const countPiece = (piece: string): number => {
    if (piece.length > REMEMBERED_LENGTH) return countTable(piece);
    const known = counts.get(piece);
    if (known !== undefined) return known;
    const count = countTable(piece);
    counts.set(detach(piece), count);
    const [oldest] = counts.keys();
    if (counts.size > REMEMBERED_PIECES && oldest !== undefined) counts.delete(oldest);
    return count;
  };
  return (text) => {
    let [count, from] = [0, 0];
    ENDS_PIECE.lastIndex = 0;
    while (ENDS_PIECE.test(text)) {
      count += countPiece(text.slice(from, ENDS_PIECE.lastIndex));
      from = ENDS_PIECE.lastIndex;
    }
    return count + countPiece(text.slice(from));
  };
}

/** A copy: what is cut out of a text keeps the whole text in memory. */
function detach(piece: string): string {
  return Buffer.from(piece, 'utf16le').toString('utf16le');
}
