"""The programs of the cluster that are not Python: installed ones or, as root on Debian, fetched by apt-get.

`python -m deploy.programs` finds or fetches all of them and says which are missing.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass

_PLACES = os.pathsep.join(("/usr/local/sbin", "/usr/sbin", "/sbin"))


@dataclass(frozen=True)
class Program:
    """What a program does, and its names, the preferred first; each is also its Debian package."""

    does: str
    names: tuple[str, ...]


PROXY = Program("proxyen foran replikaerne", ("caddy",))
STORE = Program("lageret bag «Følg med»", ("valkey-server", "redis-server"))


def find(program: Program) -> str | None:
    """Its path, None if it is not installed."""
    path = os.environ.get("PATH", "") + os.pathsep + _PLACES
    return next((found for name in program.names if (found := shutil.which(name, path=path))), None)


def fetch(program: Program) -> str | None:
    """Its path after an attempt to install what is missing; None where that cannot be done."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")
    for name in program.names:
        if find(program) or not as_root:
            break
        print(f"Henter {name} med apt-get …", file=sys.stderr)
        for command in (["update", "-q"], ["install", "-qy", "--no-install-recommends", name]):
            subprocess.run(["apt-get", *command], stdout=sys.stderr, check=False)
    return find(program)


def missing(program: Program) -> str:
    """The sentence that says what to install."""
    return f"Der mangler {' eller '.join(program.names)}, {program.does}. Installér det med systemets pakker."


def main() -> int:
    """Find or fetch every program; 1 if one is missing."""
    lacking = [program for program in (PROXY, STORE) if fetch(program) is None]
    for program in lacking:
        print(missing(program), file=sys.stderr)
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
