import { DEPRECATED_SINCE, REMOVED_IN } from '../../shims/deprecations.ts';

/** The Python file that starts the command; the six modules are thin beside it. Standard library, Python 3.9 and later. */
export const pythonCall = `"""Calls JARVIS, which is a program of Node.js, under the old names. Written by: jarvis migrate python"""

import json
import os
import shlex
import shutil
import subprocess
import tempfile
import warnings


_MODELS = ("DEFAULT_MANAGER_MODEL", "DEFAULT_SUPERVISOR_MODEL")


class JarvisBridgeError(RuntimeError):
    """A call that could not be made; \`\`code\`\` says why and never changes its meaning."""

    def __init__(self, code, message):
        super().__init__("%s (%s)" % (message, code))
        self.code = code


def warn(name, code):
    """Says what the old name is replaced by; Python tells it once for each place that calls it."""
    warnings.warn(
        "%s is deprecated since ${DEPRECATED_SINCE} and removed in ${REMOVED_IN}; see docs/reference/deprecations.md (%s)" % (name, code),
        DeprecationWarning,
        stacklevel=3,
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
    """The project_config.json of the current folder, or of the project this package lies in."""
    project = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for folder in (os.getcwd(), project, os.path.join(project, "agent")):
        try:
            with open(os.path.join(folder, "project_config.json"), encoding="utf-8-sig") as file:
                return json.load(file)
        except FileNotFoundError:
            continue
    raise JarvisBridgeError("JARVIS_LEGACY_CONFIG", "There is no project_config.json in %s or %s" % (os.getcwd(), project))


def call(name, arguments):
    """Runs an old function in a process of its own and gives back what it gave."""
    command = shlex.split(os.environ.get("JARVIS_COMMAND", "jarvis"))
    if not command or shutil.which(command[0]) is None:
        raise JarvisBridgeError(
            "JARVIS_BRIDGE_NO_COMMAND",
            "The command jarvis is not there. Install it with: npm install -g @jarvis/cli, or name it in JARVIS_COMMAND",
        )
    named = {model: os.environ[model] for model in _MODELS if model in os.environ}
    handle, path = tempfile.mkstemp(prefix="jarvis-", suffix=".json")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(dict(arguments, variables=named), file, allow_nan=False)
        simulate = ["--simulate"] if os.environ.get("JARVIS_BRIDGE_SIMULATE") == "1" else []
        done = subprocess.run(
            command + ["migrate", "call", name, "--input", path, "--json"] + simulate,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    finally:
        os.remove(path)
    return _read(done)


def _read(done):
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        answer = {}
    if done.returncode == 0 and "result" in answer:
        return answer["result"]
    error = answer.get("error", {})
    message = error.get("message", "jarvis gave no answer (exit code %d)" % done.returncode)
    raise JarvisBridgeError(error.get("code", "JARVIS_BRIDGE_NO_ANSWER"), message)
`;
