"""Statements side by side: the ruler shows the period where it belongs, and says when it is not stated."""

import re
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from dashboard import statements


def figure(**values: Any) -> Any:
    """A made-up figure with only what is read here."""
    unit = values.pop("unit", "pct.")
    return SimpleNamespace(id="proeve", indicator=SimpleNamespace(unit=unit), **values)


def place(html: str) -> tuple[float, float]:
    left, width = re.search(r"margin-left:([\d.e-]+)%;width:([\d.e-]+)%", html).groups()  # type: ignore[union-attr]
    return float(left), float(width)


def test_a_period_lies_where_it_belongs_on_the_ruler() -> None:
    two_years = figure(start=date(2002, 1, 1), end=date(2003, 12, 31))
    left, width = place(statements.ruler(two_years, 2001, 2004, dated=True))
    assert left == pytest.approx(25, abs=0.1)
    assert width == pytest.approx(50, abs=0.2)


def test_an_undated_period_is_dashed() -> None:
    span = figure(start=date(2001, 1, 1), end=date(2004, 12, 31))
    assert "stiplet" in statements.ruler(span, 2001, 2004, dated=False)
    assert "stiplet" not in statements.ruler(span, 2001, 2004, dated=True)


def test_a_period_outside_the_ruler_is_refused() -> None:
    with pytest.raises(ValueError, match="proeve"):
        statements.ruler(
            figure(start=date(2000, 1, 1), end=date(2001, 12, 31)), 2001, 2004, dated=True
        )


@pytest.mark.parametrize(("value", "unit"), [(None, "pct."), (120, "pct."), (45, "borgere")])
def test_a_strip_needs_a_share(value: float | None, unit: str) -> None:
    with pytest.raises(ValueError, match="proeve"):
        statements.share_strip(SimpleNamespace(), figure(value=value, unit=unit), "a", "b")  # type: ignore[arg-type]


def test_a_missing_figure_is_said_in_words() -> None:
    assert statements.compared([None], "ikke <oplyst>") == [
        '<span class="note">ikke &lt;oplyst&gt;</span>'
    ]
