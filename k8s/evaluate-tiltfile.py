"""python3 evaluate-tiltfile.py TILTFILE: evaluates a Tiltfile with starlark-pyo3 (PyPI) and functions that only note how they were called.

Prints one JSON object, function name -> list of calls ({"args": [...], "named": {...}}). Ends with 3 when starlark-pyo3 is missing.
Tilt itself is in no registry of packages; what is checked here is the language and what is asked of Tilt, not Tilt.
"""
import json
import sys

try:
    import starlark
except ImportError:
    sys.exit(3)

calls = {}


def noted(name, answer=None):
    def call(*args, **named):
        calls.setdefault(name, []).append({"args": list(args), "named": named})
        return answer(*args) if answer else None

    return call


module = starlark.Module()
# Those whose answer is handed on answer with what they were asked.
for name, answer in {
    "docker_build": None,
    "k8s_yaml": None,
    "k8s_resource": None,
    "local_resource": None,
    "cmd_button": None,
    "kustomize": lambda folder: {"kustomize": folder},
    "sync": lambda here, there: {"sync": [here, there]},
    "fall_back_on": lambda files: {"fall_back_on": files},
}.items():
    module.add_callable(name, noted(name, answer))
module["TRIGGER_MODE_MANUAL"] = "manual"

dialect = starlark.Dialect.extended()
dialect.enable_top_level_stmt = True
with open(sys.argv[1], encoding="utf8") as file:
    # What an extension brings is a function of ours.
    text = "".join("\n" if line.startswith("load(") else line for line in file)
starlark.eval(module, starlark.parse("Tiltfile", text, dialect), starlark.Globals.standard())
print(json.dumps(calls))
