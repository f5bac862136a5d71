const HEADING = '## ';

/** The sections of a prompt by their headings; of two with one heading, the last. */
export function readSections(text: string): ReadonlyMap<string, string> {
  const sections = new Map<string, string>();
  let title: string | undefined;
  let lines: string[] = [];
  const close = () => {
    if (title !== undefined) sections.set(title, lines.join('\n').trim());
  };
  for (const line of text.split(/\r?\n/u)) {
    if (line.startsWith(HEADING)) {
      close();
      title = line.slice(HEADING.length).trim();
      lines = [];
    } else lines.push(line);
  }
  close();
  return sections;
}
