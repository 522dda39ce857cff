"""What is one click away from a view: for every option in sight, the value it gives the address. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from dashboard import link
from dashboard.choice import Choice, Kind, Number, Values

_MOST_BUTTONS, _MOST_STEPS = 8, 80
"""Choices with more options are long lists, and what they lead to is not told ahead."""

Away = dict[str, dict[str, str]]
"""Choice's key → word of an option → the address's value of that key when it is chosen; empty: the key is left out."""


def away(values: Values, choices: Sequence[Kind]) -> Away:
    """What each option of the choices leads to from a view with these values; those that change nothing are left out."""
    found: Away = {}
    for choice in choices:
        before = values[choice.key]
        for word, chosen in _options(choice, before):
            if chosen and chosen != before:
                after = link.write({choice.key: chosen}, [choice]).get(choice.key, "")
                found.setdefault(choice.key, {})[word] = after
    return found


def after(params: Mapping[str, str], key: str, value: str) -> dict[str, str]:
    """Address parameters with one key's value changed, or left out if empty."""
    return {name: given for name, given in {**params, key: value}.items() if given or name != key}


def _options(choice: Kind, before: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(word, value after a click on it) of every option that is in sight or in a short list."""
    if isinstance(choice, Number):
        for number in choice.every(_MOST_STEPS):
            yield choice.danish(float(number)), (number,)
    elif not choice.ordered and len(choice.options) <= (
        _MOST_STEPS if choice.period else _MOST_BUTTONS
    ):
        for option, word in choice.options.items():
            yield word, _clicked(choice, before, option)


def _clicked(choice: Choice, before: tuple[str, ...], option: str) -> tuple[str, ...]:
    if not choice.many:
        return (option,)
    chosen = set(before) ^ {option}
    return tuple(one for one in choice.options if one in chosen)
