"""`python -m deploy`: the cluster on this machine until Ctrl+C; a replica that ends is started again.

SIGUSR1 replaces the replicas one at a time, as an update would.
"""

import argparse
import signal
import sys
import threading
from pathlib import Path

from contract.paths import REPO
from deploy import programs
from deploy.cluster import Cluster, NotStarted, cluster

FOLDER = REPO / ".cache" / "klynge"


def main() -> int:
    """Run until told to stop; 1 if the cluster did not come up."""
    arguments = argparse.ArgumentParser(prog="python -m deploy")
    arguments.add_argument("--replicas", type=int, default=3)
    arguments.add_argument("--port", type=int, default=8501)
    chosen = arguments.parse_args()
    for program in (programs.PROXY, programs.STORE):
        if programs.fetch(program) is None:
            return _failed(programs.missing(program))
    stop, roll, told = threading.Event(), threading.Event(), threading.Event()
    heard = {signal.SIGUSR1: roll} | dict.fromkeys(
        (signal.SIGINT, signal.SIGTERM, signal.SIGHUP), stop
    )
    for one, event in heard.items():
        signal.signal(one, lambda *_, event=event: (event.set(), told.set()))
    try:
        with cluster(
            FOLDER, replicas=chosen.replicas, port=chosen.port, terminal=sys.stdout
        ) as running:
            _say(
                f"{chosen.replicas} replikaer er klar på {running.url}. Logfiler: {_shown(FOLDER)}. Stop: Ctrl+C"
            )
            while not stop.is_set():
                _look_after(running, roll)
                told.wait(1.0)
                told.clear()
            _say("Stopper …")
    except NotStarted as error:
        return _failed(str(error))
    return 0


def _look_after(running: Cluster, roll: threading.Event) -> None:
    if roll.is_set():
        _say("Skifter replikaerne ud, én ad gangen …")
        running.roll()
        roll.clear()
        _say("Alle replikaer er skiftet ud.")
    for number, replica in enumerate(running.replicas):
        if not replica.running:
            _say(f"{replica.name} er stoppet ({replica.process.returncode}) og startes igen.")
            running.start(number)


def _shown(folder: Path) -> str:
    return folder.relative_to(REPO).as_posix()


def _say(text: str) -> None:
    print(f"klynge     │ {text}", flush=True)


def _failed(text: str) -> int:
    print(text, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
