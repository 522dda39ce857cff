"""Which numbers say something of too few people by themselves."""

from dataclasses import dataclass

import numpy as np

from etl.disclosure.cells import EXACT
from etl.disclosure.margins import Margins


@dataclass(frozen=True, slots=True)
class Sensitive:
    """Flags by position of `Margins.value`, cells and rests alike.

    `small`: more than 0 and less than the threshold. `whole_group`: all of a whole, so that something
    is said of everybody in it. `revised`: less than the threshold from an earlier release. `held`: would
    tell what an earlier release hides.
    """

    small: np.ndarray
    whole_group: np.ndarray
    revised: np.ndarray
    held: np.ndarray

    @property
    def any(self) -> np.ndarray:
        """What must not be known, for whatever reason."""
        return self.small | self.whole_group | self.revised | self.held


def sensitive(found: Margins) -> Sensitive:
    """The numbers that must not be known. Numbers that are exempt are never among them."""
    n = len(found.cells)
    open_to_all = np.zeros(len(found.value), bool)
    exempt = found.cells.fixed & ~found.cells.same
    open_to_all[:n] = exempt
    small = (found.value > EXACT) & (found.value < found.k - EXACT)
    left_of_group = found.kind == 2
    return Sensitive(
        small=small & ~open_to_all,
        whole_group=(found.whole_group | left_of_group) & ~open_to_all,
        revised=found.revised & ~open_to_all,
        held=found.held & ~open_to_all,
    )
