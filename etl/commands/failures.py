"""What stops a command that writes, said in Danish on standard error, and its exit code."""

import os
import sys
from collections.abc import Callable

from contract.journal import JournalError
from etl.candidate import Refused
from etl.frames import TableError
from etl.lock import BusyError


def told(work: Callable[[], int], kept: str) -> int:
    """Do the work and give its exit code: 1 if it was refused, 2 if the machine failed.

    `kept`: what is as it was when the work is not done, e.g. `Intet er udgivet.`
    """
    try:
        return work()
    except (Refused, TableError) as error:
        print(f"{error}. {kept}", file=sys.stderr)
        return 1
    except JournalError as error:
        print(f"{error}. {kept} Hent filen fra en sikkerhedskopi.", file=sys.stderr)
        return 2
    except BusyError as error:
        print(f"{error}. {kept}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever read what was said has stopped reading
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        print(
            f"udgaven kunne ikke skrives: {error.strerror or error}{where}. Den hidtidige udgave "
            "er stadig i brug; tjek plads og rettigheder, og prøv igen.",
            file=sys.stderr,
        )
        return 2
