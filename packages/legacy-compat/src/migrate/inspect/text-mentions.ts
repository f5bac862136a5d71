import { onOneLine } from './read-source.ts';
import { isTestPath, type Reference } from './reference.ts';
import { isOldModule } from './old-modules.ts';

const NAMES =
  /(?:^|\/)(?:Dockerfile[^/]*|Makefile|Procfile|Jenkinsfile|[^/]*\.(?:bat|bash|cfg|env|ini|ipynb|json|md|ps1|rst|service|sh|toml|txt|yaml|yml))$/u;
const MENTION = /(?<![\w-])(?:agent[./]|-m +)?(orchestrator\w*)(\.py)?(?![\w-])/gu;

/** Whether a path is that of a file that may start or describe an old module without being a source. */
export function isTextPath(path: string): boolean {
  return NAMES.test(path);
}

/** The lines of a text that name the file of an old module, or start one. A plain "orchestrator" is a word. */
export function findMentions(text: string, path: string): readonly Reference[] {
  return text.split('\n').flatMap((line, index) =>
    [...line.matchAll(MENTION)].flatMap(([whole, module, file]) => {
      const isMeant = file !== undefined || module !== 'orchestrator' || whole !== module;
      if (!isOldModule(module) || !isMeant) return [];
      return {
        path,
        line: index + 1,
        statement: onOneLine(line),
        form: 'mention' as const,
        module,
        names: [],
        isUnclear: false,
        isTest: isTestPath(path),
      };
    }),
  );
}
