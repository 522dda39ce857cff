"""What comes out of disclosure control: the table to publish, counts for the report, or a refusal."""

from dataclasses import dataclass

import polars as pl


class DisclosureError(Exception):
    """The table cannot be published: it cannot be protected, or it is not what the rules are about.

    The message is Danish and holds no value of the table, only names of indicators and counts.
    """


@dataclass(frozen=True, slots=True)
class Report:
    """How much was hidden and why: counts, never values.

    `small` … `held` count cells by the first reason that applied; `secondary` those hidden only
    to protect others; `derived` shares and means; `source` what came without a number but with digits
    in its words («<5»); `audited` is how many hidden numbers the audit
    tried to work out, each with at least the width of its pass rule.
    """

    rows: int
    hidden: int = 0
    small: int = 0
    complements: int = 0
    whole_groups: int = 0
    revised: int = 0
    held: int = 0
    secondary: int = 0
    derived: int = 0
    source: int = 0
    audited: int = 0
    by_indicator: tuple[tuple[str, int], ...] = ()

    def lines(self) -> list[str]:
        """The report in Danish: one line in all, and one for each indicator with hidden numbers."""
        if not self.hidden:
            return [f"diskretion: ingen af {self.rows} tal er skjult"]
        why = [
            (self.small, "for få personer"),
            (self.whole_groups, "hele gruppen ens"),
            (self.revised, "rettet med få personer siden en tidligere udgave"),
            (self.held, "ville vise, hvad en tidligere udgave skjuler"),
            (self.secondary, "kunne bruges til at regne andre ud"),
            (self.derived, "andele og gennemsnit af skjulte tal"),
            (self.source, "kun antydet af kilden"),
        ]
        said = ", ".join(f"{count} {reason}" for count, reason in why if count)
        rest = f"; {self.complements} rester beskyttet" if self.complements else ""
        first = f"diskretion: {self.hidden} af {self.rows} tal er skjult ({said}){rest}"
        return [first, *(f"  {name}: {count} skjult" for name, count in self.by_indicator)]


@dataclass(frozen=True, slots=True)
class Protected:
    """A table that may be published, and the report of what was hidden in it."""

    frame: pl.DataFrame
    report: Report
