"""data/disclosure.toml → rules. They are read or nothing is published: a file that is missing is an error."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from etl.disclosure.outcome import DisclosureError
from etl.disclosure.rules import Rules
from etl.pydantic_danish import in_danish

FILE = "disclosure.toml"


def read_rules(root: Path) -> Rules:
    """The rules of a data root. Raises DisclosureError, in Danish, if there are none or they are wrong."""
    file = root / FILE
    try:
        content = tomllib.loads(file.read_text("utf-8-sig"))
    except FileNotFoundError as error:
        raise DisclosureError(
            f"{root.name}/{FILE} mangler; uden regler for diskretion udgives ingen hentede tal"
        ) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DisclosureError(f"{root.name}/{FILE} kan ikke læses: {error}") from error
    return parse_rules(content, f"{root.name}/{FILE}")


def parse_rules(content: Mapping[str, object], place: str = FILE) -> Rules:
    """Rules from the content of a TOML file. Raises DisclosureError naming every fault, in Danish.

    A file without a word in it is a lost one: that nothing is said is no rule.
    """
    if not content:
        raise DisclosureError(
            f"{place}: filen er tom; uden regler for diskretion udgives ingen hentede tal"
        )
    try:
        rules = Rules.model_validate(content)
    except ValidationError as error:
        faults = "; ".join(text for _, text in in_danish(error, Rules))
        raise DisclosureError(f"{place}: {faults}") from error
    if faults := [*_faults(rules)]:
        raise DisclosureError(f"{place}: {'; '.join(faults)}")
    return rules


def _faults(rules: Rules) -> list[str]:
    found = []
    if rules.sensitive_threshold < rules.threshold:
        found.append("sensitive_threshold er lavere end threshold")
    if "topics" in rules.model_fields_set:
        found.append("nøglen «topics» kendes ikke; skriv [[sensitive]]")
    for rule in rules.sensitive:
        if bool(rule.topic) == bool(rule.indicator):
            found.append("[[sensitive]] skal have enten topic eller indicator")
    for rule in rules.hierarchy:
        if rule.whole in rule.parts:
            found.append(f"[[hierarchy]] «{rule.whole}» er en del af sig selv")
        if len(set(rule.parts)) != len(rule.parts):
            found.append(f"[[hierarchy]] «{rule.whole}» nævner en del to gange")
    both = rules.exempted & rules.shares.keys()
    found += [f"«{name}» er både undtaget og en andel" for name in sorted(both)]
    return found
