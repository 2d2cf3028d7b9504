"""Tab completion: Hydra's own, after the study's name has been taken out of the line that it reads."""

from __future__ import annotations

import contextlib
import io
import os
import re
from collections.abc import Iterable

from sim.cli.multirun import run_hydra
from sim.params import ConfigError, nearest

COMMANDS = ("install", "uninstall", "query")
SHELLS = ("bash", "zsh", "fish")
CONFIG_DIR = re.compile(r"(?:--config-dir[ =]|-cd )\s*(\S+) ")

NOT_OFFERED = {
    "compare": ("org=", "org.", "scenario", "hydra"),
    "whatif": ("org", "practices", "roles", "reference", "versus", "contrast", "hydra"),
    "sweep": ("orgs", "contrast"),
    "show": ("hydra",),
}
"""What Hydra would complete but a study refuses."""


def complete(request: str, studies: Iterable[str]) -> int:
    """Answer `-sc install=bash`, `uninstall=bash`, or on each TAB `query=bash` with the line in COMP_LINE."""
    command, _, shell = request.partition("=")
    if command not in COMMANDS or shell not in SHELLS:
        allowed = [f"{command}={shell}" for command in COMMANDS for shell in SHELLS]
        raise ConfigError(f"-sc {request}: must be one of {', '.join(allowed)}{nearest(request, allowed)}")
    if command != "query":
        return run_hydra(["--shell-completion", request])
    program, _, rest = os.environ.get("COMP_LINE", "").lstrip().partition(" ")
    study, space, words = rest.lstrip().partition(" ")
    if not space:
        print(" ".join(name for name in studies if name.startswith(study)))
        return 0
    os.environ["COMP_LINE"] = f"{program} {words}"
    folder = CONFIG_DIR.search(words)
    answer = io.StringIO()
    with contextlib.redirect_stdout(answer):
        status = run_hydra(["--shell-completion", request, *(["--config-dir", folder[1]] if folder else [])])
    offered = (word for word in answer.getvalue().split() if not word.startswith(NOT_OFFERED.get(study, ())))
    print(" ".join("orgs=[" if word == "orgs." else word for word in offered))  # Hydra sees places in a list
    return status
