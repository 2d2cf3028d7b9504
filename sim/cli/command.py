"""What the command does with its arguments. Imports nothing heavy before it is needed.

Exit status: 0 done, 1 a run failed, 2 a user's mistake (one line on stderr), 130 interrupted.
"""

from __future__ import annotations

import argparse
import errno
import importlib
import importlib.metadata
import os
import shlex
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from sim.cli.manual import DIVERGENCE, STORE, STORE_MANUAL, STUDIES, TRACE, manual, overview
from sim.composition.catalogue import catalogue
from sim.params import ConfigError, nearest

FAILED, MISTAKE, INTERRUPTED = 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with these arguments (those of the process if None) and return its exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _answer(words)
    except ConfigError as mistake:
        return _say(str(mistake), MISTAKE)
    except (FileExistsError, NotADirectoryError, PermissionError) as error:
        return _say(f"{error.filename}: {error.strerror}; must be a place to write to, see results_dir", MISTAKE)
    except BrokenPipeError:
        # The reader has seen enough, as in `twohats show | head`; what is still buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt as interrupt:
        return _say(str(interrupt) or "interrupted", INTERRUPTED)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        return _say(f"{error.filename or 'results_dir'}: {error.strerror}", FAILED)


def _say(message: str, status: int) -> int:
    print("twohats:", " ".join(message.split()), file=sys.stderr)
    return status


def _answer(words: list[str]) -> int:
    first = words[0] if words else "--help"
    if first in ("-h", "--help"):
        return _print(overview())
    if first in ("-V", "--version"):
        return _print(f"twohats {_version()}")
    if first in ("-sc", "--shell-completion"):
        return _complete(words[1:])
    if first == STORE:
        return _store(words[1:])
    if first not in STUDIES:
        known = [*STUDIES, STORE]
        raise ConfigError(f"{first}: no such study; must be one of {', '.join(known)}{nearest(first, known)}")
    flags = _flags(first, words[1:])
    if flags.help:
        return _print(manual(first, catalogue(flags.config_dir)))
    return ANSWERS[first](flags, shlex.join(["twohats", *words]))


def _store(words: list[str]) -> int:
    if "--help" in words or "-h" in words:
        return _print(STORE_MANUAL)
    return int(importlib.import_module("sim.cli.storing").store(words))


class _Flags(argparse.ArgumentParser):
    """Flags as users of Hydra write them; a wrong one is a `ConfigError`."""

    def error(self, message: str) -> NoReturn:
        raise ConfigError(message.removeprefix("argument "))


def _flags(study: str, words: list[str]) -> argparse.Namespace:
    parser = _Flags(add_help=False, allow_abbrev=False)
    parser.add_argument("--help", "-h", action="store_true")
    parser.add_argument("--config-dir", "-cd")
    parser.add_argument("--cfg", "-c", choices=["job"])
    if study == "sweep":
        parser.add_argument("--multirun", "-m", action="store_true")
    parser.add_argument("overrides", nargs="*")
    flags, unknown = parser.parse_known_intermixed_args(words)
    if unknown:
        known = [name for action in parser._actions for name in action.option_strings]
        allowed = ", ".join(known)
        raise ConfigError(
            f"{unknown[0]}: no such flag of {study}; must be one of {allowed}{nearest(unknown[0], known)}"
        )
    return flags


def _compare(flags: argparse.Namespace, command: str) -> int:
    from sim.compose import compose, compose_scenarios, refuse_one_structure

    refuse_one_structure(flags.overrides)
    composition = compose(flags.overrides, flags.config_dir)
    scenarios = compose_scenarios(flags.overrides, composition.study, flags.config_dir)
    if flags.cfg:
        return _print_config(composition.resolved)
    compare = importlib.import_module("sim.report.answer").compare
    return int(compare(scenarios, composition.study, command))


def _whatif(flags: argparse.Namespace, command: str) -> int:
    from sim.compose import compose_whatif

    for override in flags.overrides:
        name = override.partition("=")[0]
        if name in ("orgs", "reference", "versus", "contrast"):
            raise ConfigError(f"{override}: is for compare; a change is held against doing nothing")
    composition, arms = compose_whatif(flags.overrides, flags.config_dir)
    if flags.cfg:
        return _print_config(composition.resolved)
    whatif = importlib.import_module("sim.report.whatif").whatif
    return int(whatif(composition.spec, arms, composition.study, command))


def _sweep(flags: argparse.Namespace, command: str) -> int:
    from sim.cli.sweeping import first_composition, sweep

    if flags.cfg:
        return _print_config(first_composition(flags.overrides, flags.config_dir).resolved)
    return sweep(flags.overrides, flags.config_dir, command)


OF_STRUCTURES = ("org", "orgs", "practices", "roles", "scenario", "reference", "versus", "contrast")


def _patterns(flags: argparse.Namespace, command: str) -> int:
    _refuse(flags.overrides, OF_STRUCTURES, "patterns are looked at under the company's own structure")
    return _registered("sim.report.patterns", "patterns", flags, command)


def _claims(flags: argparse.Namespace, command: str) -> int:
    _refuse(flags.overrides, (*OF_STRUCTURES, "company", "market"), "every claim has worlds of its own")
    return _registered("sim.report.ledger.answer", "claims", flags, command)


def _refuse(overrides: Sequence[str], groups: Sequence[str], why: str) -> None:
    """Raise `ConfigError` for what a study that has its own worlds leaves no room for."""
    for override in overrides:
        name = override.partition("=")[0]
        if name in groups or name.partition(".")[0] in OF_STRUCTURES:
            raise ConfigError(f"{override}: {why}; must be left out")
        if name == "precision":
            raise ConfigError(f"{override}: is for compare and whatif; must be left out")


def _registered(module: str, study: str, flags: argparse.Namespace, command: str) -> int:
    """Answer a study whose worlds stand in a file of `conf/`."""
    from sim.compose import compose

    if flags.cfg:
        return _print_config(compose(flags.overrides, flags.config_dir).resolved)
    return int(getattr(importlib.import_module(module), study)(flags.overrides, flags.config_dir, command))


def _show(flags: argparse.Namespace, _: str) -> int:
    from sim.cli.listing import print_rows, rows
    from sim.compose import compose, reference_choices

    if TRACE in flags.overrides:
        tracing = importlib.import_module("sim.cli.tracing")
        asked, composition = tracing.composed(flags.overrides, flags.config_dir)
        return _print_config(composition.resolved) if flags.cfg else int(tracing.trace(asked, composition))
    if DIVERGENCE in flags.overrides:
        diverging = importlib.import_module("sim.cli.diverging")
        pair = diverging.composed(flags.overrides, flags.config_dir)
        return _print_config(pair.resolved) if flags.cfg else int(diverging.diverge(pair))
    overrides = [word for word in flags.overrides if "=" in word]
    prefixes = [word for word in flags.overrides if "=" not in word]
    overrides += reference_choices(overrides, flags.config_dir)
    resolved = compose(overrides, flags.config_dir).resolved
    if flags.cfg:
        return _print_config(resolved)
    print_rows([row for prefix in prefixes or [""] for row in rows(resolved, prefix)])
    return 0


ANSWERS: dict[str, Callable[[argparse.Namespace, str], int]] = {
    "compare": _compare,
    "whatif": _whatif,
    "sweep": _sweep,
    "patterns": _patterns,
    "claims": _claims,
    "show": _show,
}


def _complete(words: list[str]) -> int:
    from sim.cli.completion import complete

    return complete(words[0] if words else "", STUDIES)


def _print_config(resolved: dict[str, Any]) -> int:
    from omegaconf import OmegaConf

    return _print(OmegaConf.to_yaml(OmegaConf.create(resolved)).rstrip())


def _print(text: str) -> int:
    print(text)
    return 0


def _version() -> str:
    try:
        return importlib.metadata.version("twohats")
    except importlib.metadata.PackageNotFoundError:
        return "(not installed)"
