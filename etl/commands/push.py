"""`etl push s3://bucket/folder`: put the public releases in an object store, which servers can read them from."""

from argparse import ArgumentTypeError, Namespace
from typing import Any

from contract import store
from contract.bucket import SCHEME, StoreError
from contract.release import ReleaseError
from etl.candidate import Refused
from etl.commands.failures import told


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("push", help="læg de offentlige udgaver i et objektlager")
    parser.add_argument("address", type=_address, help="objektlageret, fx s3://indblik/data")
    parser.set_defaults(run=run)


def run(chosen: Namespace) -> int:
    """Copy what is not there. Gives the exit code."""
    return told(lambda: _push(chosen), "CURRENT i objektlageret er som før.")


def _push(chosen: Namespace) -> int:
    try:
        new = store.push(chosen.root, chosen.address)
    except ReleaseError as error:
        raise Refused(f"udgaven er ikke hel: {error}") from error
    except StoreError as error:
        raise Refused(str(error)) from error
    print(f"lagt i objektlageret: {', '.join(new) or 'ingen nye udgaver'}")
    return 0


def _address(text: str) -> str:
    if not store.is_address(text):
        raise ArgumentTypeError(f"«{text}» begynder ikke med {SCHEME}")
    return text
