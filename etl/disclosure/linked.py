"""Which numbers are connected through relations."""

from typing import Any

import numpy as np
from scipy import sparse

Relations = Any
"""A sparse matrix of scipy (CSR), one row a relation; scipy comes without types."""


def connected(relations: Relations) -> np.ndarray:
    """A label for each column: two columns have the same one if rows lead from one to the other."""
    rows, columns = relations.shape
    ways: Any = sparse.bmat([[None, relations], [relations.T, None]], format="csr")
    if ways.shape[0] != rows + columns:  # scipy gives no shape to what is wholly empty
        return np.arange(columns)
    return sparse.csgraph.connected_components(ways, directed=False)[1][rows:]
