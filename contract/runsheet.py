"""The declarations in data/runsheets.toml: views in the order in which they are presented at a meeting."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from contract.entry import Entry, Id, Text


class RunSheetItem(BaseModel):
    """One screen of a run sheet: a page (`kort-fortalt` is the front page), or one of its charts.

    `key` is its name in links. `figures` stand large on a screen without a chart. `title`, `note` (the one
    caveat) and `talk` (what the presenter may say) are templates or story ids; `params` are the page's choices.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Id
    page: Id
    figure: Id | Literal[""] = ""
    params: dict[str, str] = {}
    figures: Annotated[tuple[Id, ...], Field(max_length=3)] = ()
    title: str = ""
    note: str = ""
    talk: str = ""


class RunSheet(Entry):
    """Views in the order in which they are presented at a meeting."""

    title: Text
    date: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    items: Annotated[tuple[RunSheetItem, ...], Field(min_length=1, max_length=40)]
