import type { Dependency, ModuleDescription } from './describe-module.ts';
import type { FeatureEvidence } from './features.ts';
import type { ModuleComparison } from './compare-modules.ts';
import type { OldModule } from './old-modules.ts';
import type { Reference } from './reference.ts';
import type { UnreadFile } from './read-source.ts';
import type { Risk } from './risk.ts';

/** One of the six, with what is known about it. */
export interface ModuleInventory extends ModuleDescription {
  readonly features: readonly FeatureEvidence[];
  /** What no other of the six imports. */
  readonly uniqueDependencies: readonly Dependency[];
  /** The tests that load or name it themselves; what they reach through others is not counted. */
  readonly tests: readonly string[];
  /** Why it was not read: nothing but its place, its size and who names it is known then. */
  readonly problem?: string;
}

/** What an old tree consists of and who uses what in it. */
export interface Inventory {
  readonly version: 1;
  readonly root: string;
  /** How many sources were read. */
  readonly sources: number;
  readonly modules: readonly ModuleInventory[];
  /** Those of the six that are not there. */
  readonly missing: readonly OldModule[];
  readonly commonDependencies: readonly Dependency[];
  readonly references: readonly Reference[];
  readonly comparisons: readonly ModuleComparison[];
  readonly risks: readonly Risk[];
  readonly unread: readonly UnreadFile[];
  /** What `jarvis migrate python` has written; it is not looked into. */
  readonly bridge: readonly string[];
  /** Folders that were not looked into. */
  readonly leftOut: readonly string[];
  /** The dependency graph, as Mermaid. */
  readonly graph: string;
}
