import { type DeprecatedName, deprecations } from '../../shims/deprecations.ts';
import { BRIDGE_MARK } from './bridge-mark.ts';

const HEAD = `Stands in for an old module; see docs/migration/from-legacy.md of JARVIS. ${BRIDGE_MARK}`;

const warn = (name: DeprecatedName, above = '0') =>
  `warn("${name}", "${deprecations[name].code}"${above === '0' ? '' : `, ${above}`})`;

/** The old modules could be started: `python -m agent.orchestrator`. */
const STARTED = `

if __name__ == "__main__":
    main()
`;

const orchestrator = `"""${HEAD}"""

from ._call import call, find_config, refuse_context, warn


def run(config, mission_id=None, context=None):
    """Runs the task of a configuration and gives the old dictionary back."""
    ${warn('orchestrator.run')}
    refuse_context(context)
    return call("orchestrator.run", {"config": config})


def main(context=None):
    """Runs the task of the project_config.json."""
    ${warn('orchestrator.main')}
    refuse_context(context)
    config, folder = find_config()
    return call("orchestrator.run", {"config": config}, folder)


def run_agent(config, context=None):
    """Another name for run, which the old module never had."""
    ${warn('orchestrator.run_agent')}
    refuse_context(context)
    return call("orchestrator.run", {"config": config})


def execute_task(task, config=None, context=None):
    """Runs one task. The old module never had this name."""
    ${warn('orchestrator.execute_task')}
    refuse_context(context)
    return call("orchestrator.run", {"config": dict(config or {}, task=task)})
${STARTED}`;

const twoLoop = `"""${HEAD}"""

from ._call import call, find_config, refuse_context, warn


def main(context=None):
    """Runs the task of the project_config.json. Gives nothing back, as ever."""
    ${warn('orchestrator_2loop.main')}
    refuse_context(context)
    config, folder = find_config()
    call("orchestrator_2loop.main", {"config": config}, folder)
${STARTED}`;

const SUMMARY = (module: string) => `

def _work(run_summary):
    summary = run_summary if run_summary is not None else {}
    config, folder = summary.get("config"), None
    if not config:
        config, folder = find_config()
    if summary.get("task"):
        config = dict(config, task=summary["task"])
    summary.update(call("${module}.main", {"config": config}, folder))
${STARTED}`;

const threeLoop = `"""${HEAD}"""

from ._call import call, find_config, refuse_context, warn


def main(run_summary=None, context=None):
    """Runs the task of the summary, or of the project_config.json. How it ended is written into the summary."""
    ${warn('orchestrator_3loop_legacy.main')}
    refuse_context(context)
    _work(run_summary)


class ThreeLoopOrchestrator:
    """main as a class, which the old module never had."""

    def __init__(self, context=None):
        ${warn('orchestrator_3loop_legacy.ThreeLoopOrchestrator')}
        refuse_context(context)

    def run(self, run_summary=None):
        _work(run_summary)
${SUMMARY('orchestrator_3loop_legacy')}`;

const phase3 = `"""${HEAD}"""

from ._call import call, find_config, refuse_context, warn


def main_phase3(run_summary=None, context=None):
    """Runs the task of the summary, or of the project_config.json. How it ended is written into the summary."""
    ${warn('orchestrator_phase3.main_phase3')}
    refuse_context(context)
    _work(run_summary)


def main(run_summary=None, context=None):
    """Another name for main_phase3."""
    ${warn('orchestrator_phase3.main')}
    refuse_context(context)
    _work(run_summary)


class Phase3Orchestrator:
    """main_phase3 as a class, which the old module never had."""

    def __init__(self, context=None):
        ${warn('orchestrator_phase3.Phase3Orchestrator')}
        refuse_context(context)

    def run(self, run_summary=None):
        _work(run_summary)
${SUMMARY('orchestrator_phase3')}`;

const context = `"""${HEAD}"""

from ._call import refuse_context, warn


class OrchestratorContext:
    """Cannot be used from Python: its providers are objects of this process."""

    def __init__(self, *providers, **named):
        ${warn('orchestrator_context.OrchestratorContext')}
        refuse_context(self)

    @classmethod
    def create_default(cls, config=None):
        ${warn('orchestrator_context.OrchestratorContext')}
        refuse_context(cls)

    def is_feature_available(self, feature):
        return False


def create_production_context(config=None):
    """Cannot be used from Python, see OrchestratorContext."""
    ${warn('orchestrator_context.create_production_context')}
    refuse_context(config or True)
`;

const integration = `"""${HEAD}"""

from ._call import ask, refuse_context, warn


class ApprovalRequiredException(Exception):
    """A run waits for a person."""

    def __init__(self, request_id, message="A person has to decide first", _above=0):
        ${warn('orchestrator_integration.ApprovalRequiredException', '_above')}
        super().__init__("%s (%s)" % (message, request_id))
        self.request_id = request_id


def request_approval(run_id, config=None, context=None):
    """What a run waits for."""
    ${warn('orchestrator_integration.request_approval')}
    refuse_context(context)
    return ask("orchestrator_integration.request_approval", {"run_id": run_id, "config": config})


def check_approval_status(request_id, config=None, context=None):
    """How a request stands."""
    ${warn('orchestrator_integration.check_approval_status')}
    refuse_context(context)
    return ask("orchestrator_integration.check_approval_status", {"request_id": request_id, "config": config})


def wait_for_approval(request_id, timeout_seconds=3600, poll_interval=5, config=None, context=None):
    """Waits until people have decided, or the time is over."""
    ${warn('orchestrator_integration.wait_for_approval')}
    refuse_context(context)
    arguments = {"request_id": request_id, "timeout_seconds": timeout_seconds, "poll_interval": poll_interval}
    return ask("orchestrator_integration.wait_for_approval", dict(arguments, config=config))


def approval_checkpoint(run_id, config=None, context=None):
    """Raises while a run waits for people."""
    ${warn('orchestrator_integration.approval_checkpoint')}
    refuse_context(context)
    request_id = ask("orchestrator_integration.approval_checkpoint", {"run_id": run_id, "config": config})
    if request_id is not None:
        raise ApprovalRequiredException(request_id, _above=1)


class OrchestrationPauseManager:
    """Which runs of the folder wait for people."""

    def __init__(self, config=None):
        ${warn('orchestrator_integration.OrchestrationPauseManager')}
        self._config = config

    def list_paused(self):
        return ask("orchestrator_integration.list_paused", {"config": self._config})

    def is_paused(self, run_id):
        return run_id in self.list_paused()

    def resume(self, run_id):
        return ask("orchestrator_integration.resume", {"run_id": run_id, "config": self._config})


def get_pause_manager(config=None):
    ${warn('orchestrator_integration.get_pause_manager')}
    return OrchestrationPauseManager(config)
`;

/** The Python modules by the old name, and the names each has. */
export const pythonModules: Readonly<
  Record<string, { readonly source: string; readonly names: readonly string[] }>
> = {
  orchestrator: { source: orchestrator, names: ['execute_task', 'main', 'run', 'run_agent'] },
  orchestrator_2loop: { source: twoLoop, names: ['main'] },
  orchestrator_3loop_legacy: { source: threeLoop, names: ['ThreeLoopOrchestrator', 'main'] },
  orchestrator_phase3: { source: phase3, names: ['Phase3Orchestrator', 'main', 'main_phase3'] },
  orchestrator_context: { source: context, names: ['OrchestratorContext', 'create_production_context'] },
  orchestrator_integration: {
    source: integration,
    names: [
      'ApprovalRequiredException',
      'OrchestrationPauseManager',
      'approval_checkpoint',
      'check_approval_status',
      'get_pause_manager',
      'request_approval',
      'wait_for_approval',
    ],
  },
};
