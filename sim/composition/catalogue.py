"""Where the options of each config group are kept: the package's `conf/` and a user's own folder beside it.

Imports nothing heavy, because `twohats --help` lists the options.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sim.params import ConfigError, nearest

GROUPS = ("company", "org", "practices", "roles", "market", "people", "mechanisms", "scenario", "executor")
PRIMARY = "config"


@dataclass(frozen=True)
class Option:
    """One YAML file of a group; time (ns) and size (bytes) tell an edited file from the one that was read."""

    group: str
    name: str
    file: Path
    modified: int
    size: int


@dataclass(frozen=True)
class Catalogue:
    """Every option of every group at one moment; equal only if no file has been edited since."""

    config_dir: Path | None
    entries: tuple[Option, ...]

    def options(self, group: str) -> list[str]:
        """Names of a group's options, ours first, then those of the user's folder."""
        return [entry.name for entry in self.entries if entry.group == group]

    def entry(self, group: str, name: str) -> Option:
        """The file of an option."""
        return next(entry for entry in self.entries if (entry.group, entry.name) == (group, name))

    def is_users(self, entry: Option) -> bool:
        """Whether an option comes from the user's folder."""
        return self.config_dir is not None and entry.file.is_relative_to(self.config_dir)

    def check(self, setting: str, value: object, group: str) -> str:
        """Return the value if it names an option of the group, else raise `ConfigError` about `setting`."""
        known = self.options(group)
        if not isinstance(value, str) or value not in known:
            shown = "null" if value is None else str(value)
            said = f"{setting} = {shown}" if shown else f"{setting} is empty"
            raise ConfigError(f"{said}: must be one of {', '.join(known)}{nearest(shown, known)}")
        return value


def catalogue(config_dir: str | Path | None = None) -> Catalogue:
    """The options of `conf/` and of a user's folder as they are now, or `ConfigError` about the folder."""
    ours = [entry for group in GROUPS for entry in _entries(conf_dir(), group)]
    if config_dir is None:
        return Catalogue(None, (_entry(conf_dir(), PRIMARY), *ours))
    folder = _user_folder(config_dir)
    theirs = [entry for group in GROUPS for entry in _entries(folder, group)]
    _refuse_taken_names(folder, ours, theirs)
    return Catalogue(folder, (_entry(conf_dir(), PRIMARY), *ours, *theirs))


@cache
def conf_dir() -> Path:
    """The package's `conf/`: inside the package when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    return next(place for place in (package / "conf", package.parent / "conf") if (place / "config.yaml").is_file())


def _entries(root: Path, group: str) -> list[Option]:
    folder = root / group
    names = (file.relative_to(folder).with_suffix("").as_posix() for file in sorted(folder.rglob("*.yaml")))
    return [_entry(root, name, group) for name in names]


def _entry(root: Path, name: str, group: str = "") -> Option:
    file = root / group / f"{name}.yaml"
    known = file.stat()
    return Option(group, name, file, known.st_mtime_ns, known.st_size)


def _user_folder(config_dir: str | Path) -> Path:
    folder = Path(config_dir).absolute()
    if not folder.is_dir():
        raise ConfigError(f"--config-dir {config_dir}: no such folder; must exist")
    inside = sorted(path.name for path in folder.iterdir() if path.is_dir())
    if not set(inside) & set(GROUPS):
        hint = next(filter(None, (nearest(name, GROUPS) for name in inside)), "")
        raise ConfigError(f"--config-dir {config_dir}: must hold at least one folder of {', '.join(GROUPS)}{hint}")
    return folder


def _refuse_taken_names(folder: Path, ours: list[Option], theirs: list[Option]) -> None:
    # A name means one thing in every result: a user's file can't replace one of ours, nor ours hide theirs.
    taken = {(entry.group, entry.name) for entry in ours}
    for entry in theirs:
        if (entry.group, entry.name) in taken:
            raise ConfigError(f"{entry.file}: {entry.group}={entry.name} is one of ours; must have another name")
    if (primary := folder / f"{PRIMARY}.yaml").is_file():
        raise ConfigError(f"{primary}: would not be read; must be in a folder such as company")
