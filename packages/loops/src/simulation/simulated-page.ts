import { choose } from './variation.ts';

/** A slip the simulated employee makes in its first round, for the checks and the review to find. */
export type Slip = 'none' | 'image-without-alt' | 'unclosed-element' | 'broken-link' | 'duplicate-id';

export interface PageWish {
  readonly task: string;
  readonly slip: Slip;
  /** Sections that were asked for later. */
  readonly extraSections: readonly string[];
}

export interface SimulatedFile {
  readonly path: string;
  readonly content: string;
}

interface Palette {
  readonly ground: string;
  readonly ink: string;
  readonly accent: string;
}

/** A small web page about the task, with its style sheet and a drawing. */
export function buildSimulatedPage({ task, slip, extraSections }: PageWish): readonly SimulatedFile[] {
  const title = titleOf(task);
  const palette = choose<Palette>(task, 'palette', [
    { ground: '#fbf6ec', ink: '#3a2a1a', accent: '#b4561f' },
    { ground: '#f2f7f5', ink: '#12312b', accent: '#1f7a63' },
    { ground: '#f5f4fb', ink: '#262043', accent: '#5a45b0' },
  ]);
  return [
    { path: 'index.html', content: renderHtml({ task, title, slip, extraSections }) },
    { path: 'style.css', content: renderCss(palette) },
    { path: 'images/emblem.svg', content: renderEmblem(palette) },
  ];
}

/** The name the task gives the thing, else the first words of the task. */
function titleOf(task: string): string {
  const named = /\b(?:called|named)\s+["“']?([^"”'.,;]{1,60})/iu.exec(task)?.[1];
  return (named ?? task.split(/\s+/u).slice(0, 6).join(' ')).trim();
}

interface HtmlParts extends PageWish {
  readonly title: string;
}

function renderHtml({ task, title, slip, extraSections }: HtmlParts): string {
  const name = escapeHtml(title);
  const alt = slip === 'image-without-alt' ? '' : ` alt="Emblem of ${name}"`;
  const link = slip === 'broken-link' ? 'menu.html' : '#offer';
  const secondId = slip === 'duplicate-id' ? 'offer' : 'contact';
  const closing = slip === 'unclosed-element' ? '' : '</section>';
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="generator" content="JARVIS simulation (no model was used)" />
    <title>${name}</title>
    <link rel="stylesheet" href="style.css" />
  </head>
  <body>
    <header>
      <img src="images/emblem.svg" width="96" height="96"${alt} />
      <h1>${name}</h1>
      <p>${escapeHtml(choose(task, 'motto', ['Made with care, every day.', 'Small, honest and open early.', 'Good things take their time.']))}</p>
      <nav><a href="${link}">What we offer</a> <a href="#contact">Find us</a></nav>
    </header>
    <main>
      <section id="offer">
        <h2>What we offer</h2>
        <ul>
${choose(task, 'offer', [OFFER_A, OFFER_B])
  .map((line) => `          <li>${line}</li>`)
  .join('\n')}
        </ul>
      ${closing}
${extraSections.map((heading) => renderSection(heading)).join('')}      <section id="${secondId}">
        <h2>Find us</h2>
        <p>12 Mill Lane. Come by, or write to <a href="mailto:hello@example.org">hello@example.org</a>.</p>
      </section>
    </main>
    <footer><p>A simulated page: JARVIS ran without a model.</p></footer>
  </body>
</html>
`;
}

const OFFER_A = [
  'Baked, built or written on the premises',
  'Something for every purse',
  'Advice without hurry',
];
const OFFER_B = ['The classics, done properly', 'A new idea every week', 'To take away or to stay'];

function renderSection(heading: string): string {
  return `      <section>
        <h2>${escapeHtml(heading)}</h2>
        <p>Tuesday to Saturday, 7 am to 6 pm. Closed on Sunday and Monday.</p>
      </section>
`;
}

function renderCss({ ground, ink, accent }: Palette): string {
  return `body {
  margin: 0 auto;
  max-width: 42rem;
  padding: 2rem 1rem;
  background: ${ground};
  color: ${ink};
  font: 1.1rem/1.6 Georgia, serif;
}
h1,
h2 {
  line-height: 1.2;
}
a {
  color: ${accent};
}
header {
  border-bottom: 3px solid ${accent};
}
footer {
  margin-top: 3rem;
  font-size: 0.85rem;
}
`;
}

function renderEmblem({ accent, ground }: Palette): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">
  <circle cx="48" cy="48" r="46" fill="${accent}" />
  <path d="M20 58q28-46 56 0z" fill="${ground}" />
</svg>
`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
