"""The dashboard and the alerts that the documents offer ask for metrics that exist, by labels that exist."""

import json
import re
from typing import Any

import yaml

from contract.paths import REPO
from dashboard.server import metrics, scrape

FOLDER = REPO / "docs" / "drift"
METRIC = re.compile(r"\b(?:indblik|process)_[a-z_]+\b")
assert scrape.ADDRESS  # its import makes the state metrics part of the registry


def _served() -> set[str]:
    """Every name that a scrape can give, those without values yet included."""
    names = set()
    for family in metrics.REGISTRY.collect():
        names |= {family.name, f"{family.name}_total", *(sample.name for sample in family.samples)}
        if family.type == "histogram":
            names |= {f"{family.name}_{part}" for part in ("bucket", "count", "sum")}
    return names


def _dashboard() -> dict[str, Any]:
    return dict(json.loads((FOLDER / "grafana-indblik.json").read_text("utf-8")))


def test_the_dashboard_asks_for_what_is_served() -> None:
    asked = [t["expr"] for panel in _dashboard()["panels"] for t in panel["targets"]]
    assert asked
    assert not {name for expr in asked for name in METRIC.findall(expr)} - _served()


def test_the_panels_do_not_overlap() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in _dashboard()["panels"]:
        place = panel["gridPos"]
        own = {(x, y) for x in range(place["x"], place["x"] + place["w"])
               for y in range(place["y"], place["y"] + place["h"])}  # fmt: skip
        assert not own & taken, panel["title"]
        assert max(x for x, _ in own) < 24
        taken |= own


def test_the_alerts_ask_for_what_is_served() -> None:
    groups = yaml.safe_load((FOLDER / "alarmer.yaml").read_text("utf-8"))["groups"]
    rules = [rule for group in groups for rule in group["rules"]]
    assert len({rule["alert"] for rule in rules}) == len(rules)
    for rule in rules:
        assert not set(METRIC.findall(rule["expr"])) - _served(), rule["alert"]
        assert rule["labels"]["alvor"] in ("kritisk", "advarsel", "oplysning")
        assert rule["annotations"]["beskrivelse"].endswith(".")


def test_the_page_about_monitoring_names_every_metric_of_ours() -> None:
    text = (FOLDER / "overvaagning.md").read_text("utf-8")
    own = {f.name for f in metrics.REGISTRY.collect() if f.name.startswith("indblik_")}
    assert not {name for name in own if name not in text}
