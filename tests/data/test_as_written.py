"""The source's own way of writing a number must agree with the value and qualifier entered."""

from fractions import Fraction

import pytest

from etl.as_written import faults, matching

AGREE = [
    (3900, "knap", "knap 3.900"), (65, "ca", "ca. 65 %"), (65, "præcis", "65 %"),
    (3000, "over", "over 3000"), (157.7, "præcis", "157,7"), (1200, "over", "mere end 1.200"),
    (30, "op_til", "op til 30 procent"), (2000, "mindst", "mindst 2.000"),
    (200, "over", ">200"), (10, "under", "under 10 timer"), (20, "knap", "knap hver femte"),
    (50, "i_ord", "halveret"), (-5.6, "præcis", "−5,6"), (-18, "præcis", "faldt med 18 pct."),
    (1_200_000, "ca", "ca. 1,2 mio."), (86, "op_til", "op til 86 mio. kr."),
    (6, "præcis", "seks"), (32, "ca", "cirka 32 pct."), (None, "præcis", "ikke oplyst"),
    (3, "i_ord", "hver 3. måned"), (35, "præcis", "35 (under 10 timer)"),
    (30, "mindst", "fyldt 30 år"),
    (1087, "præcis", "1087"), (20871, "præcis", "20.871"), (0, "præcis", "0"),
]  # fmt: skip
DISAGREE = [
    (390, "knap", "knap 3.900"), (3900, "præcis", "knap 3.900"), (3900, "knap", "3.900"),
    (53.5, "præcis", "53.5 %"), (64, "ca", "ca. 65 %"), (18, "præcis", "−18"),
    (3000, "under", "over 3000"), (66, "præcis", "65,7 %"), (7, "præcis", "65,7 %"),
    (20, "knap", "hver femte"), (3.9, "præcis", "3.900"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "qualifier", "text"), AGREE)
def test_agreement_passes(value: float | None, qualifier: str, text: str) -> None:
    exact = None if value is None else Fraction(str(value))
    assert faults(exact, qualifier, text) == []


@pytest.mark.parametrize(("value", "qualifier", "text"), DISAGREE)
def test_disagreement_is_named(value: float, qualifier: str, text: str) -> None:
    assert len(faults(Fraction(str(value)), qualifier, text)) == 1


def test_decimals_are_counted_as_written() -> None:
    number = matching(Fraction(64), "64,0 %")
    assert number is not None
    assert number.decimals == 1
