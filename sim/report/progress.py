"""A bar that tells how far the runs are, and a Ctrl-C that tells how to go on."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Progressing = Callable[[int], None]


@contextlib.contextmanager
def shown_progress(n_runs: int, noun: str = "runs") -> Iterator[tuple[Progressing, list[int]]]:
    """A bar with rate and time left: what to call with how many runs more are there, and what it was called with.

    A Ctrl-C that is swallowed meanwhile counts at the next call.
    """
    console = Console(file=sys.stderr)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with (
        CtrlC() as pressed,
        Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar,
    ):
        task = bar.add_task("getting to know the company", total=n_runs, rate="")
        heard: list[int] = []

        def advance(n: int) -> None:
            pressed.check()
            if not heard:  # what was there before says nothing about speed
                bar.reset(task, total=n_runs, completed=n)
            else:
                bar.advance(task, n)
            heard.append(n)
            speed = bar.tasks[0].finished_speed or bar.tasks[0].speed
            bar.update(task, description="running", rate=f"{speed:.0f} {noun}/s" if speed else "")

        yield advance, heard


class CtrlC:
    """Ctrl-C that is not lost: pressed while Python can't raise, as in a finalizer, it counts at the next `check`."""

    def __init__(self) -> None:
        self._was_pressed = False
        self._before: Any = None

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():  # signals reach no other
            self._before = signal.signal(signal.SIGINT, self._press)
        return self

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def check(self) -> None:
        """Raise `KeyboardInterrupt` if it was pressed and somebody swallowed that."""
        if self._was_pressed:
            raise KeyboardInterrupt

    def _press(self, *_: object) -> None:
        self._was_pressed = True
        raise KeyboardInterrupt


class Interrupted(KeyboardInterrupt):
    """Ctrl-C in the middle of a study, worded in one line."""

    def __init__(self, command: str, n_kept: int, n_runs: int) -> None:
        again = f": {command}" if command else ""
        super().__init__(
            f"interrupted; {n_kept} of {n_runs} runs are kept, and the same command goes on from there{again}"
        )
