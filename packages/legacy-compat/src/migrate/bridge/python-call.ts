import { DEPRECATED_SINCE, REMOVED_IN } from '../../shims/deprecations.ts';
import { BRIDGE_MARK } from './bridge-mark.ts';

/** The Python file that starts the command; the six modules are thin beside it. Standard library, Python 3.9 and later. */
export const pythonCall = `"""Calls JARVIS, which is a program of Node.js, under the old names. ${BRIDGE_MARK}"""

import contextlib
import json
import os
import shlex
import shutil
import signal
import subprocess
import tempfile
import threading
import warnings


_MODELS = ("DEFAULT_MANAGER_MODEL", "DEFAULT_SUPERVISOR_MODEL")


class JarvisBridgeError(RuntimeError):
    """A call that could not be made; \`\`code\`\` says why and never changes its meaning."""

    def __init__(self, code, message):
        super().__init__("%s (%s)" % (message, code))
        self.code = code
        self.message = message


class _Stopped(BaseException):
    """This process was told to end while a call was under way."""


class _Stop:
    """The signal that came; while a command is being started it is only noted, so that the command can be ended."""

    number = None
    is_starting = False

    def look(self):
        if self.number is not None and not self.is_starting:
            raise _Stopped(self.number)


def warn(name, code, above=0):
    """Says what the old name is replaced by; Python tells it once for each place that calls it, so many calls above."""
    warnings.warn(
        "%s is deprecated since ${DEPRECATED_SINCE} and removed in ${REMOVED_IN}; see docs/reference/deprecations.md (%s)" % (name, code),
        DeprecationWarning,
        stacklevel=3 + above,
    )


def refuse_context(context):
    """A context holds objects of this process, which another one cannot use."""
    if context is not None:
        raise JarvisBridgeError(
            "JARVIS_LEGACY_CALL",
            "context= cannot be used from Python: its providers are objects of this process. Leave it out; "
            "configuration goes into project_config.json or config=, keys and servers into the environment",
        )


def find_config():
    """The project_config.json of the current folder, or of the project this package lies in, and the folder to work in."""
    project = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for folder, base in ((os.getcwd(), None), (project, project), (os.path.join(project, "agent"), project)):
        path = os.path.join(folder, "project_config.json")
        try:
            with open(path, encoding="utf-8-sig") as file:
                return json.load(file), base
        except FileNotFoundError:
            continue
        except (OSError, ValueError, RecursionError) as error:
            raise JarvisBridgeError("JARVIS_LEGACY_CONFIG", "%s cannot be used: %s" % (path, error)) from error
    raise JarvisBridgeError("JARVIS_LEGACY_CONFIG", "There is no project_config.json in %s or %s" % (os.getcwd(), project))


def call(name, arguments, folder=None):
    """Runs an old function in a process of its own and gives back what it gave."""
    command = _command()
    named = {model: os.environ[model] for model in _MODELS if model in os.environ}
    try:
        text = json.dumps(dict(arguments, variables=named), allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        message = "The arguments cannot be handed over, they are no JSON: %s" % error
        raise JarvisBridgeError("JARVIS_LEGACY_CALL", message) from error
    with _stoppable() as stop:
        handle, path = tempfile.mkstemp(prefix="jarvis-", suffix=".json")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            simulate = ["--simulate"] if os.environ.get("JARVIS_BRIDGE_SIMULATE") == "1" else []
            place = [] if folder is None else ["--workspace", folder]
            done = _start(command + ["migrate", "call", name, "--input", path, "--json"] + place + simulate, stop)
        finally:
            os.remove(path)
    return _read(done)


def ask(name, arguments):
    """Calls what looks after a run, and says where the run is looked for when it is not there."""
    try:
        return call(name, arguments)
    except JarvisBridgeError as error:
        if error.code != "JARVIS_RUN_NOT_FOUND":
            raise
        raise JarvisBridgeError(
            error.code,
            error.message.rstrip(".") + ". It is looked for in the project_subdir of config=, and without config= in the current folder; "
            "hand over the configuration the run was started with",
        ) from error


@contextlib.contextmanager
def _stoppable():
    """When this process is told to end, the command ends too and its arguments are removed. A handler of the caller stays."""
    kinds = [one for one in (signal.SIGTERM, getattr(signal, "SIGHUP", None)) if one is not None]
    is_main = threading.current_thread() is threading.main_thread()
    kinds = [one for one in kinds if is_main and signal.getsignal(one) == signal.SIG_DFL]

    def listen(handler):
        for one in kinds:
            signal.signal(one, handler)

    stop = _Stop()

    def note(number, _frame):
        listen(signal.SIG_IGN)
        stop.number = number
        stop.look()

    listen(note)
    try:
        yield stop
    except _Stopped as stopped:
        listen(signal.SIG_DFL)
        os.kill(os.getpid(), stopped.args[0])
    finally:
        listen(signal.SIG_DFL)


def _command():
    try:
        command = shlex.split(os.environ.get("JARVIS_COMMAND", "jarvis"))
    except ValueError as error:
        raise JarvisBridgeError("JARVIS_BRIDGE_NO_COMMAND", "JARVIS_COMMAND cannot be read: %s" % error) from error
    if not command or shutil.which(command[0]) is None:
        raise JarvisBridgeError(
            "JARVIS_BRIDGE_NO_COMMAND",
            "The command %s is not there. Install it with: npm install -g @jarvis/cli, or name it in JARVIS_COMMAND"
            % (command[0] if command else "jarvis"),
        )
    return command


def _start(command, stop):
    stop.is_starting = True
    try:
        child = subprocess.Popen(command, stdout=subprocess.PIPE)
    except OSError as error:
        message = "The command %s could not be started: %s" % (command[0], error)
        raise JarvisBridgeError("JARVIS_BRIDGE_NO_COMMAND", message) from error
    finally:
        stop.is_starting = False
    try:
        stop.look()
        out = child.communicate()[0]
    except BaseException:
        _end(child)
        raise
    return subprocess.CompletedProcess(command, child.returncode, out)


def _end(child):
    """Lets the command keep what it has done; one that does not end is stopped."""
    child.terminate()
    try:
        child.communicate(timeout=10)
    except subprocess.TimeoutExpired:
        child.kill()
        child.communicate()


def _read(done):
    try:
        answer = json.loads(done.stdout.decode("utf-8"))
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        answer = {}
    if done.returncode == 0 and "result" in answer:
        return answer["result"]
    error = answer.get("error")
    if isinstance(error, dict) and "code" in error and "message" in error:
        raise JarvisBridgeError(error["code"], error["message"])
    raise JarvisBridgeError("JARVIS_BRIDGE_NO_ANSWER", _ending(done.returncode))


def _ending(code):
    if code < 0:
        return "jarvis was stopped by signal %d; what it had done is kept, see: jarvis list" % -code
    return "jarvis gave no answer (exit code %d); JARVIS_COMMAND has to name the command jarvis" % code
`;
