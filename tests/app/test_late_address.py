"""A click that overtakes the answer to the one before: the address it brings is old, the choice is not."""

import random
from dataclasses import dataclass, field

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.sitemap import by_path
from tests.screens import run

Address = dict[str, list[str]]
CLICKS = [
    ("vis", "antal"), ("vis", "indeks"), ("vis", "pr10000"), ("o", "101"), ("o", "461"), ("o", "851"),
]  # fmt: skip
"""Buttons of the page: which choice, and which option."""


@dataclass
class Visitor:
    """A browser on Udforsk: what its buttons say, what its address line says, and the answers still on their way."""

    app: AppTest = field(default_factory=lambda: run(by_path("udforsk"), {}).app)  # type: ignore[arg-type]
    address: Address = field(default_factory=dict[str, list[str]])
    way: list[Address] = field(default_factory=list[Address])

    @property
    def chosen(self) -> dict[str, list[str]]:
        """What the buttons say."""
        return {"vis": [self._group("vis").value], "o": sorted(self._group("o").value)}

    def hear(self, count: int | None = None) -> None:
        """The oldest answers arrive; all of them without a number."""
        for told in self.way[:count]:
            self.address = told
        self.way = self.way[count:] if count is not None else []

    def click(self, key: str, option: str) -> None:
        """Click a button; the run is told what the address line says just now."""
        after = option if key == "vis" else sorted({*self.chosen[key]} ^ {option})
        self._run(lambda: self._group(key).set_value(after))

    def go_to(self, address: Address) -> None:
        """Back or forward to an address."""
        self.address = address
        self._run(lambda: None)

    def _group(self, key: str):
        return self.app.button_group(key=f"udforsk.{key}")

    def _run(self, change) -> None:
        self.app.query_params.clear()
        self.app.query_params.update(self.address)
        change()
        self.app.run()
        assert not self.app.exception
        told: Address = {
            key: [value] if isinstance(value, str) else list(value)
            for key, value in self.app.query_params.items()
        }
        if told != self.address or self.way:  # what Streamlit sends again changes nothing
            self.way.append(told)


def _wanted(address: Address) -> dict[str, list[str]]:
    """What the buttons of somebody say who opens an address."""
    fresh = Visitor()
    fresh.go_to(address)
    return fresh.chosen


@pytest.mark.parametrize("seed", range(6))
def test_the_address_and_the_buttons_agree_when_all_has_arrived(seed: int) -> None:
    drawn = random.Random(seed)
    visitor = Visitor()
    said = visitor.chosen
    for _ in range(6):
        key, option = drawn.choice([one for one in CLICKS if list(one[1:]) != said[one[0]]])
        visitor.click(key, option)
        said[key] = [option] if key == "vis" else sorted(set(said[key]) ^ {option})
        assert visitor.chosen == said, "a click is never taken back"
        visitor.hear(drawn.randrange(3))
    visitor.hear()
    assert _wanted(visitor.address) == visitor.chosen


def test_two_clicks_that_undo_each_other_leave_address_and_buttons_agreed() -> None:
    """The browser sends both as one run, with the address from before our first answer: it looks like going back."""
    visitor = Visitor()
    visitor.click("o", "101")
    visitor.go_to({})
    visitor.hear()
    assert _wanted(visitor.address) == visitor.chosen


def test_back_and_forward_still_lead() -> None:
    visitor = Visitor()
    been = [visitor.address]
    for key, option in CLICKS[1:5]:
        visitor.click(key, option)
        visitor.hear()
        been.append(visitor.address)
    for address in (*reversed(been), *been):
        visitor.go_to(address)
        assert visitor.chosen == _wanted(address)
