"""Exact numbers: read from text, rounded half away from zero, never through binary fractions."""

from fractions import Fraction


def place_of_last_digit(value: Fraction) -> int:
    """Decimal place of the last non-zero digit: 3900 → -2, 65 → 0, 53.5 → 1; zero → 0."""
    if value == 0:
        return 0
    digits, place = value, 0
    while digits.denominator != 1 and place < 12:
        digits, place = digits * 10, place + 1
    whole = int(digits)
    while place <= 0 and whole % 10 == 0:
        whole, place = whole // 10, place - 1
    return place


def unit_at(place: int) -> Fraction:
    """One unit at a decimal place: -2 → 100, 1 → 1/10."""
    return Fraction(10) ** -place


def rounded(value: Fraction, decimals: int) -> Fraction:
    """The value rounded to so many decimals, halves away from zero (as people do it)."""
    scaled = abs(value) * 10**decimals + Fraction(1, 2)
    whole = scaled.numerator // scaled.denominator
    return Fraction(whole if value >= 0 else -whole, 10**decimals)
