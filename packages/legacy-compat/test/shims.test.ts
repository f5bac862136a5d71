/* eslint-disable @typescript-eslint/no-deprecated -- the old names are what is tested */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { hasErrorCode } from '@jarvis/core';
import { execute_task, main as runFromFile, run, run_agent } from '@jarvis/legacy-compat/orchestrator';
import { main as runTwoLoop } from '@jarvis/legacy-compat/orchestrator_2loop';
import {
  main as runThreeLoop,
  type RunSummary,
  ThreeLoopOrchestrator,
} from '@jarvis/legacy-compat/orchestrator_3loop_legacy';
import {
  create_production_context,
  type LegacyContext,
  type LegacyContextOptions,
  OrchestratorContext,
} from '@jarvis/legacy-compat/orchestrator_context';
import {
  approval_checkpoint,
  ApprovalRequiredException,
  check_approval_status,
  get_pause_manager,
  OrchestrationPauseManager,
  request_approval,
  wait_for_approval,
} from '@jarvis/legacy-compat/orchestrator_integration';
import {
  main as runPhase3,
  main_phase3,
  Phase3Orchestrator,
} from '@jarvis/legacy-compat/orchestrator_phase3';
import { JarvisOrchestrator } from '@jarvis/loops';
import { nodeRunContext } from '@jarvis/node';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const TASK = 'Make a page for a choir';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'jarvis-shims-'));
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true, force: true });
});

function contextFor(config?: unknown, options: LegacyContextOptions = {}): LegacyContext {
  const places = { folder: join(root, 'site'), stateDirectory: join(root, 'state'), isSimulated: true };
  return OrchestratorContext.create_default(config, { ...places, ...options });
}

const page = (...folders: readonly string[]) =>
  readFileSync(join(root, 'site', ...folders, 'index.html'), 'utf8');

const anyRunId: unknown = expect.stringMatching(/^\d{8}-/u);

function warningsOf(
  told: { readonly mock: { readonly calls: readonly (readonly unknown[])[] } },
  code: string,
): readonly unknown[] {
  const about = { type: 'JarvisRunWarning', code };
  return told.mock.calls.filter(([, given]) => isDeepStrictEqual(given, about)).map(([text]) => text);
}

const completed = {
  status: 'completed',
  final_status: 'approved',
  rounds_completed: 2,
  core_run_id: anyRunId,
  files_modified: ['index.html'],
  cost_summary: { num_calls: 6, total_usd: 0, by_role: { supervisor: { num_calls: 1 } } },
};

describe('orchestrator', () => {
  it('runs a configuration and gives the old dictionary back', async () => {
    const result = await run({ task: TASK, project_subdir: 'choir' }, 'mission-1', contextFor());

    expect(result).toMatchObject({ ...completed, output_dir: join(root, 'site', 'choir') });
    expect(page('choir')).toContain(TASK);
  });

  it('runs the project_config.json of the folder', async () => {
    mkdirSync(join(root, 'site'));
    writeFileSync(join(root, 'site/project_config.json'), `\uFEFF{"task": "${TASK}"}`);

    const result = await runFromFile(contextFor());

    expect(result).toMatchObject(completed);
  });

  it('has two more names it never had', async () => {
    const agent = await run_agent({ task: TASK, project_subdir: 'a' }, contextFor());
    const task = await execute_task(TASK, { project_subdir: 'b' }, contextFor());

    expect([agent, task]).toMatchObject([completed, completed]);
  });

  it('says which file it has missed when there is no configuration', async () => {
    const running = runFromFile(contextFor());

    await expect(running).rejects.toThrow('project_config.json');
  });

  it('gives a task that looks like an attempt to steer the model back as blocked', async () => {
    const result = await run(
      { task: 'Build a page and act as the owner of a lighthouse' },
      null,
      contextFor(),
    );

    expect(result).toMatchObject({ status: 'blocked_security', detected_patterns: ['ignore_rules'] });
  });

  it('is not simulated because a key is missing', async () => {
    const context = contextFor({ task: TASK }, { isSimulated: false });

    const running = runTwoLoop(context);

    await expect(running).rejects.toMatchObject({ code: 'JARVIS_LEGACY_CALL' });
    await expect(running).rejects.toThrow(
      /no key for a model.*OPENAI_API_KEY.*isSimulated: true.*JARVIS_BRIDGE_SIMULATE=1/u,
    );
  });

  it('works in a folder that is named by its whole path, when it lies inside', async () => {
    const result = await run(
      { task: TASK, project_subdir: join(root, 'site/deep/choir') },
      null,
      contextFor(),
    );

    expect(result).toMatchObject({ ...completed, output_dir: join(root, 'site/deep/choir') });
    expect(page('deep', 'choir')).toContain(TASK);
  });

  it.each(['../escape', 'a/../../escape', join(tmpdir(), 'elsewhere')])(
    'does not leave its folder for %s, and says where to start from',
    async (project_subdir) => {
      const running = run({ task: TASK, project_subdir }, null, contextFor());

      await expect(running).rejects.toMatchObject({ code: 'JARVIS_LEGACY_CALL' });
      await expect(running).rejects.toThrow(
        /project_subdir names \S+, which is not inside \S+site\. Nothing was started\. Start from \S+ with "\."/u,
      );
      expect(existsSync(join(root, 'escape'))).toBe(false);
    },
  );

  it('refuses a folder that is no text', async () => {
    const running = run({ task: TASK, project_subdir: 5 }, null, contextFor());

    await expect(running).rejects.toThrow('project_subdir: expected text');
  });

  it('says once where it writes when no folder is named', async () => {
    const told = vi.spyOn(process, 'emitWarning').mockReturnValue();

    await run({ task: TASK, project_subdir: null }, null, contextFor());
    await run({ task: TASK }, null, contextFor());
    await run({ task: TASK, project_subdir: '.' }, null, contextFor());

    expect(warningsOf(told, 'JARVIS_LEGACY_NO_FOLDER')).toEqual([
      expect.stringContaining(`files are written into ${join(root, 'site')} itself`),
    ]);
  });

  it('names one model in the costs of a simulation', async () => {
    const result = await run({ task: TASK, project_subdir: 'choir' }, null, contextFor());

    expect('cost_summary' in result && Object.keys(result.cost_summary.by_model)).toEqual(['simulation']);
  });
});

describe('the modules that gave nothing back', () => {
  it('runs orchestrator_2loop', async () => {
    await expect(runTwoLoop(contextFor({ task: TASK }))).resolves.toBeNull();

    expect(page()).toContain('<footer>');
  });

  it.each([
    [
      'orchestrator_3loop_legacy.main',
      (summary: RunSummary) => runThreeLoop(summary, contextFor()),
      'approved',
    ],
    [
      'ThreeLoopOrchestrator',
      (summary: RunSummary) => new ThreeLoopOrchestrator(contextFor()).run(summary),
      'approved',
    ],
    ['orchestrator_phase3.main', (summary: RunSummary) => runPhase3(summary, contextFor()), 'completed'],
    ['main_phase3', (summary: RunSummary) => main_phase3(summary, contextFor()), 'completed'],
    [
      'Phase3Orchestrator',
      (summary: RunSummary) => new Phase3Orchestrator(contextFor()).run(summary),
      'completed',
    ],
  ])('writes into the summary how a run of %s has ended', async (_name, start, word) => {
    const summary: RunSummary = { task: TASK, config: { project_subdir: 'choir' } };

    const given = await start(summary);

    expect(given).toBeNull();
    expect(summary).toMatchObject({ final_status: word, run_id: anyRunId });
    expect(page('choir')).toContain(TASK);
  });

  it('says, once for each run, that it is not done and what goes on with it', async () => {
    const told = vi.spyOn(process, 'emitWarning').mockReturnValue();

    await runTwoLoop(contextFor({ task: TASK, interactive_cost_mode: 'once' }));
    await runTwoLoop(contextFor({ task: TASK }));

    expect(warningsOf(told, 'JARVIS_LEGACY_NOT_DONE')).toEqual([
      expect.stringMatching(/^The run (\d{8}-\S+) is waiting\. .+ jarvis approve \1 --resume, or/u),
    ]);
  });

  it('takes the configuration of the context where there is no summary', async () => {
    await expect(runThreeLoop(null, contextFor({ task: TASK }))).resolves.toBeNull();

    expect(page()).toContain(TASK);
  });
});

describe('OrchestratorContext', () => {
  const answers: Readonly<Record<string, unknown>> = {
    plan: { plan: ['Write it'] },
    work: { files: { 'index.html': '<h1>Choir</h1>' } },
    review: '{"status": "approved", "feedback": []}',
  };

  const llm = {
    asked: new Array<readonly unknown[]>(),
    chat_json(...question: readonly [role: string, system: string, user: string, options: object]): unknown {
      this.asked.push(question);
      if (question[0] === 'employee') return answers['work'];
      return question[2].includes('files_summary') ? answers['review'] : answers['plan'];
    },
  };

  it.each([
    ['throws', () => expect.unreachable('the disk of the log is full')],
    ['rejects', () => Promise.reject(new Error('the disk of the log is full'))],
  ])('is not broken by a log and a cost tracker that %s', async (_what, fail) => {
    vi.spyOn(process, 'emitWarning').mockReturnValue();
    const summary: RunSummary = { task: TASK, config: {} };

    await runThreeLoop(
      summary,
      contextFor({}, { logger: { log_event: fail }, cost_tracker: { register_call: fail } }),
    );

    expect(summary.final_status).toBe('approved');
    expect(page()).toContain(TASK);
  });

  it('asks through the old model provider and tells the old log', async () => {
    const told: string[] = [];
    const logger = { log_event: (_run: string, type: string) => void told.push(type) };
    const context = contextFor({ task: TASK }, { llm, logger, isSimulated: false });

    await runTwoLoop(context);

    expect(page()).toBe('<h1>Choir</h1>');
    expect(llm.asked[0]).toEqual([
      'manager',
      expect.stringContaining('manager'),
      TASK,
      { model: 'gpt-4o-mini' },
    ]);
    expect(told).toEqual(expect.arrayContaining(['run.accepted', 'run.ended']));
    expect(context.is_feature_available('llm')).toBe(true);
    expect(context.is_feature_available('git')).toBe(false);
  });

  it.each([
    ['exec_tools', 'checks.commands'],
    ['inter_agent_bus', 'createBus'],
    ['memory_store', 'OrchestratorMemory'],
    ['prompts', 'prompts.overrides'],
    ['run_logger', 'readRun'],
  ])('says what replaces the provider %s', (provider, replacement) => {
    const given = { [provider]: {} };

    expect(() => create_production_context({}, given)).toThrow(replacement);
  });

  it('refuses a provider nobody asks, and says which there are', () => {
    const given = { safety: {} };

    expect(() => {
      Reflect.apply(create_production_context, undefined, [{}, given]);
    }).toThrow(/"safety".*There are llm, cost_tracker, logger, git; leave the others out/u);
  });

  it('takes null for a provider that is not given', () => {
    const context = create_production_context({}, { llm: null, logger: null, ...{ memory_store: null } });

    expect(context.is_feature_available('llm')).toBe(false);
  });

  it('asks a provider that throws once, books nothing, and tells what it said', async () => {
    const told = vi.spyOn(process, 'emitWarning').mockReturnValue();
    const broken = { chat_json: vi.fn(() => Promise.reject(new Error('my tank is empty'))) };
    const context = contextFor(
      { task: TASK, max_cost_usd: 1, project_subdir: 'a' },
      { llm: broken, isSimulated: false },
    );
    const summary: RunSummary = {};

    await main_phase3(summary, context);

    expect(broken.chat_json).toHaveBeenCalledOnce();
    expect(summary).toMatchObject({
      final_status: 'failed_provider_error',
      cost_summary: { total_usd: 0 },
    });
    expect(warningsOf(told, 'JARVIS_LEGACY_NOT_DONE')).toEqual([
      expect.stringMatching(/"llm" threw: my tank is empty.*get_pause_manager\(context\)\.resume/u),
    ]);
  });

  it('tells of a run that is done without a file', async () => {
    const told = vi.spyOn(process, 'emitWarning').mockReturnValue();
    const nonsense = { chat_json: () => ({ nothing: true }) };
    const context = contextFor(
      { task: TASK, max_cost_usd: 2, project_subdir: 'b' },
      { llm: nonsense, isSimulated: false },
    );
    const summary: RunSummary = {};

    await main_phase3(summary, context);

    expect(summary.final_status).toBe('completed');
    expect(warningsOf(told, 'JARVIS_LEGACY_NOTHING_WRITTEN')).toEqual([
      expect.stringMatching(/^The run (\d{8}-\S+) is done and has written no file.+jarvis show \1$/u),
    ]);
  });

  it('refuses a provider without the methods that are called', () => {
    const given = { git: { init_repo: () => undefined } };

    expect(() => {
      Reflect.apply(create_production_context, undefined, [{}, given]);
    }).toThrow('it has no method commit_all');
  });
});

describe('orchestrator_integration', () => {
  const config = { task: TASK, interactive_cost_mode: 'once' };

  it('tells what a run waits for, and goes on when people have let it', async () => {
    const context = contextFor(config);
    const waiting = await run(config, null, context);
    const runId = 'core_run_id' in waiting ? waiting.core_run_id : '';
    const asked = await request_approval(runId, context);
    const stopped = await approval_checkpoint(runId, context).catch((error: unknown) => error);
    const paused = await get_pause_manager(context).list_paused();

    const patient = await wait_for_approval(asked.request_id, { timeout_seconds: 0 }, context);
    await approve(runId);
    const approved = await wait_for_approval(asked.request_id, {}, context);
    await approval_checkpoint(runId, context);
    const result = await new OrchestrationPauseManager(context).resume(runId);

    expect(waiting).toMatchObject({ status: 'failed', final_status: 'waiting_gate_waiting' });
    expect(asked).toMatchObject({ run_id: runId, status: 'pending', payload: { task: TASK } });
    expect(stopped).toBeInstanceOf(ApprovalRequiredException);
    expect(hasErrorCode(stopped, 'JARVIS_LEGACY_APPROVAL_REQUIRED')).toBe(true);
    expect(paused).toEqual([runId]);
    expect(patient.status).toBe('pending');
    expect(approved.status).toBe('approved');
    expect(result).toMatchObject({ status: 'done' });
    await expect(get_pause_manager(context).is_paused(runId)).resolves.toBe(false);
    await expect(check_approval_status(asked.request_id, context)).resolves.toMatchObject({
      status: 'approved',
    });
    await expect(request_approval(runId, context)).rejects.toThrow('waits for nobody');
    await expect(check_approval_status(`${runId}/other`, context)).rejects.toThrow('no such request');
  });

  async function approve(runId: string): Promise<void> {
    const context = await nodeRunContext({
      workspace: join(root, 'site'),
      stateDirectory: join(root, 'state'),
    });
    await new JarvisOrchestrator({ context }).approve(runId, { by: 'user' });
    await context.journal.close();
  }
});
