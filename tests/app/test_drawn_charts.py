"""Every chart that a page draws: valid Vega-Lite, drawn from the figures it names and nothing else."""

import json
import re
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from dashboard import read, theme
from dashboard.figure import Picture
from dashboard.sitemap import PAGES
from tests.facts import spaced, stray
from tests.screens import screen

every_page = pytest.mark.parametrize(
    "path", [page.path for page in PAGES], ids=lambda path: f"/{path}"
)

Row = dict[str, Any]
FROM_A_SOURCE = {"søjle", "linje", "punkt", "værdi", "årsgennemsnit", "tal fra kilden"}
"""What marks that stand for a figure call themselves (`ariaRoleDescription`)."""
NO_COLOUR = {
    "paper",
    "surface",
    "sunk",
    "ink",
    "muted",
    "rule",
    "edge",
    "landet",
    "by",
    "andet",
    "accent",
    "accent-soft",
    "ochre",
    "ochre-soft",
}
DRAWN_TEXT = {
    # regular expression → why a chart may write the number
    r"\b\d{1,2}–\d{1,2}\b": "a range that names a group",
    r"’\d\d\b": "a year on a narrow screen",
    r"\bModel [12]\b": "the names the budget note gives its models",
    r"\b2023[- ]?(?:p/l|priser)": "a price level",
    r"\bunder 30 år\b|\bfyldt 30 år\b": "the age limit that defines a group",
    r"\bFSM ?[12]\b|\bBI07\b": "names",
}


def _marks(picture: Picture) -> Iterator[tuple[Row, Row]]:
    """(layer, data row) of every mark."""
    for layer in picture.spec["layer"]:
        for row in layer.get("data", {}).get("values", []):
            yield layer, row


@every_page
def test_every_chart_is_valid_vega_lite(path: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import altair

        for picture in screen(path).pictures:
            spec = json.loads(json.dumps(picture.spec))
            for layer in spec["layer"]:  # the form of the data is the same in every row
                layer["data"]["values"] = layer["data"]["values"][:2]
            altair.Chart.from_dict(spec, validate=True)


@every_page
def test_every_mark_is_a_figure_of_the_picture(path: str) -> None:
    faults = []
    for picture in screen(path).pictures:
        if picture.computed:
            continue
        known = {
            round(abs(figure.value), 6) for figure in picture.figures if figure.value is not None
        }
        for layer, row in _marks(picture):
            if layer["mark"].get("ariaRoleDescription") not in FROM_A_SOURCE:
                continue
            value = (
                row["til"] - row["fra"]
                if {"fra", "til"} <= row.keys()
                else row.get("v", row.get("y"))
            )
            if value is None or round(abs(value), 6) not in known:
                faults.append(f"{picture.key}: {value} is no figure of the picture ({row})")
    assert not faults, "\n".join(faults)


@every_page
def test_every_number_a_chart_writes_is_a_figure_of_the_picture(path: str) -> None:
    release, faults = read.current(), []
    for picture in screen(path).pictures:
        if picture.computed:
            continue
        for figure in picture.figures:
            assert figure == release.figure(figure.id), (
                f"{picture.key}: {figure.id} is not as in the release"
            )
        texts = {spaced(figure.text) for figure in picture.figures}
        # percent is shortened where there is no room for the word
        texts |= {text.replace("pct.", "%") for text in texts} | {
            text.removesuffix("pct.").rstrip() for text in texts
        }
        for layer, row in _marks(picture):
            if layer["mark"]["type"] == "text" and "n" in row:
                continue  # the number of an event
            for key in ("t", "tekst", "navn", "tip", "k"):
                if isinstance(text := row.get(key), str) and not re.fullmatch(r"\d{2}|\d{4}", text):
                    faults += [
                        f"{picture.key}: «{n}» in «{s}»"
                        for n, s in stray(text, release, list(DRAWN_TEXT), texts=texts)
                    ]
    assert not faults, "\n".join(dict.fromkeys(faults))


@every_page
def test_value_axes_begin_at_zero_and_hold_every_value(path: str) -> None:
    for picture in screen(path).pictures:
        for layer in picture.spec["layer"]:
            for channel in ("x", "y"):
                encoding = layer["encoding"].get(channel, {})
                domain = (encoding.get("scale") or {}).get("domain")
                if not domain:
                    continue
                time = channel == "x" and domain[0] > 1800
                assert time or domain[0] == 0, f"{picture.key}: {encoding}"
                for row in layer.get("data", {}).get("values", []):
                    value = row.get(encoding.get("field", ""))
                    if isinstance(value, int | float):
                        assert domain[0] - 1e-6 <= value <= domain[1] + 1e-6, (
                            f"{picture.key}: {row} is off the axis {domain}"
                        )


@every_page
def test_a_chart_has_at_most_three_colours(path: str) -> None:
    for picture in screen(path).pictures:
        used = set(re.findall(r"var\(--([a-z-]+)\)", json.dumps({"layer": picture.spec["layer"]})))
        assert used <= set(theme.TOKENS)
        hues = {token.removesuffix("-tekst").removesuffix("-tone") for token in used} - NO_COLOUR
        assert len(hues) <= 3, f"{picture.key}: {hues}"


@every_page
def test_a_chart_stays_svg(path: str) -> None:
    """Streamlit draws more than 2.000 points as a canvas, which no screen reader can read."""
    for picture in screen(path).pictures:
        points = sum(1 for _ in _marks(picture))
        assert points <= 2000, f"{picture.key}: {points}"


@every_page
def test_what_is_named_in_a_chart_is_known_to_the_listener(path: str) -> None:
    for picture in screen(path).pictures:
        for layer in picture.spec["layer"]:
            mark = layer["mark"]
            told = (
                mark.get("aria") is False
                or "description" in layer["encoding"]
                or mark.get("ariaRoleDescription")
            )
            assert told or mark["type"] == "text", f"{picture.key}: {mark}"
