/** What stands in the first line of every Python file that is written, so that it is known again. */
export const BRIDGE_MARK = 'Written by: jarvis migrate python';
