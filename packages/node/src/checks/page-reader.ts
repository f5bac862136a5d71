import {
  type DOMReadyEvent,
  type HtmlElement,
  HtmlValidate,
  type Message,
  type Plugin,
  type ResolvedConfig,
  type RuleConfig,
  StaticConfigLoader,
} from 'html-validate/browser';

/** What is said about a page, and the page itself. */
export interface PageReading {
  readonly messages: readonly Message[];
  /** Markup that cannot be read has its message, and no elements. */
  readonly page: HtmlElement | undefined;
}

/** Judges pages by the same rules, reading each of them once. */
export class PageReader {
  readonly #validator: HtmlValidate;
  #page: HtmlElement | undefined;

  constructor(rules: RuleConfig) {
    const keepPage: Plugin = {
      name: 'keep-page',
      setup: (_source, events) => {
        events.on('dom:ready', (_event: string, { document }: DOMReadyEvent) => {
          this.#page = document.root;
        });
      },
    };
    const config = { root: true, elements: ['html5'], rules, plugins: [keepPage] };
    this.#validator = new HtmlValidate(new FixedConfigLoader(config));
  }

  /** Reads one page; what a page before it said plays no part. */
  read(markup: string): PageReading {
    this.#page = undefined;
    const { results } = this.#validator.validateStringSync(markup);
    return { messages: results.flatMap(({ messages }) => messages), page: this.#page };
  }
}

/** Puts the configuration together once; the loader it extends does so for every page. */
class FixedConfigLoader extends StaticConfigLoader {
  #resolved: ReturnType<StaticConfigLoader['getConfigFor']> | undefined;

  override getConfigFor(handle: string): ResolvedConfig | Promise<ResolvedConfig> {
    this.#resolved ??= super.getConfigFor(handle);
    return this.#resolved;
  }
}
