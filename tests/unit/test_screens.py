"""The screens of the ready run sheets: each resolves, has one message and its source, and fits."""

import re
from itertools import pairwise

import pytest

from dashboard import preflight, screens
from dashboard.charts.frame import LABEL_GAP
from dashboard.deck import Deck, deck
from dashboard.read import current
from dashboard.runsheet import Item
from dashboard.screens import Screen
from dashboard.stage import fitted

READY = current().runsheets
ALL = [(sheet.id, item) for sheet in READY for item in sheet.items]


def _one(item: Item) -> Screen:
    (made,), aside = screens.screens([item], current())
    assert not aside
    return made


def _deck(text: str) -> Deck:
    return deck({"k": [text]})


def test_there_is_a_ready_sheet() -> None:
    assert READY
    assert all(len({item.key for item in sheet.items}) == len(sheet.items) for sheet in READY)


@pytest.mark.parametrize(("sheet", "item"), ALL, ids=lambda v: v.key if isinstance(v, Item) else v)
def test_every_item_is_a_view_with_message_source_and_talk(sheet: str, item: Item) -> None:
    made = _one(item)
    assert made.message
    assert made.source
    assert made.talk
    assert made.figures
    assert len(made.caveat) <= 160
    assert "?d=" in made.address
    assert "{" not in made.message + made.sub + made.caveat + made.talk


def test_a_number_keeps_its_qualifier() -> None:
    html = screens.body(_one(READY[0].items[0]), "p")
    assert '<span class="kvalifikator">knap</span> <b>hver femte</b>' in html
    assert '<span class="kvalifikator">omkring</span> <b>hver tiende</b>' in html


def test_own_titles_are_plain_text() -> None:
    html = screens.body(_one(Item("fleksjob", own_title="<img src=x> & mit")), "p")
    assert "&lt;img src=x&gt; &amp; mit" in html
    assert "<img" not in html


@pytest.mark.parametrize(
    "item", [Item("findes-ikke"), Item("fleksjob", "findes-ikke")], ids=lambda i: i.ref
)
def test_what_is_gone_is_set_aside(item: Item) -> None:
    made, (aside,) = screens.screens([item], current())
    assert not made
    assert "findes ikke" in aside.why


def test_a_deck_knows_its_number_and_keeps_its_release() -> None:
    own = deck({"k": ["fleksjob_timer~unge"], "nr": ["99"]})
    assert own.number == 2
    assert "k=fleksjob_timer~unge" in own.query(1)
    assert "d=" in own.query()
    assert own.query(1).endswith("nr=1")
    for wrong in ("0", "-1", "x", "²", "9" * 50, ""):
        assert deck({"k": ["fleksjob"], "nr": [wrong]}).number == 1


def test_the_check_names_contradictions_and_missing_dates() -> None:
    found = preflight.remarks(_deck("unge_unge-fald").screens, current())
    assert {remark.what for remark in found} >= {
        "Kilden har ingen dato",
        "Andre tal siger noget andet",
    }
    assert all(remark.number == 1 for remark in found)


@pytest.mark.parametrize("item", [item for _, item in ALL if item.figure], ids=lambda i: i.key)
def test_a_fitted_chart_loses_no_label_and_keeps_labels_apart(item: Item) -> None:
    spec = _one(item).picture.spec  # type: ignore[union-attr]
    own = fitted(spec, 150)
    assert own["height"] == 150
    assert sum(layer["mark"]["type"] == "text" for layer in own["layer"]) >= 1
    assert all(layer["mark"].get("fontSize", 14) >= 14 for layer in own["layer"])


def test_labels_at_the_ends_of_lines_stay_apart_across_layers() -> None:
    own = fitted(_deck("voksne_nettoledige").screens[0].picture.spec, 150)  # type: ignore[union-attr]
    placed = {}
    for layer in own["layer"]:
        if "to" in (layer["encoding"].get(c, {}).get("field") for c in ("y", "y2")):
            placed |= {row["t"]: row["to"] for row in layer["data"]["values"]}
    assert len(placed) == 6
    assert all(b - a >= LABEL_GAP - 0.01 for a, b in pairwise(sorted(placed.values())))
    assert all(0 <= y <= 150 for y in placed.values())


def test_drawings_share_no_ids() -> None:
    made = _one(next(item for _, item in ALL if item.figure))
    ids = [set(re.findall(r'id="([^"]+)"', screens.chart(made, name))) for name in ("a", "b")]
    assert not ids[0] & ids[1]
