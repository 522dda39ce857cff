"""The claims of texts: every `holds` must be true of the figures, or the data are not published."""

from itertools import chain

from contract import formula
from etl.arithmetic import FormulaError, NotYetKnown, Numbers
from etl.complaints import Complaints
from etl.declarations import Declarations

_FILES = ("story.toml", "questions.toml", "relations.toml")


def check_claims(declarations: Declarations, numbers: Numbers, complaints: Complaints) -> None:
    """Complain of every claim that is false, is no claim, or cannot be computed."""
    for declared in chain.from_iterable(declarations.of(file) for file in _FILES):
        for claim in declared.entry.holds:
            try:
                holds = numbers.value(claim)
            except FormulaError as error:
                complaints.add(declared.at("holds"), f"påstanden «{claim}»: {error}")
                continue
            except NotYetKnown:
                continue
            if not isinstance(holds, bool):
                complaints.add(
                    declared.at("holds"),
                    f"påstanden «{claim}» er et tal; skriv en sammenligning, fx [a] > [b]",
                )
            elif not holds:
                values = ", ".join(
                    f"{name} = {numbers.text_of(name)}" for name in formula.references(claim)
                )
                complaints.add(declared.at("holds"), f"påstanden «{claim}» holder ikke: {values}")
