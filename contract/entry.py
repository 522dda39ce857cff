"""What every declaration in data/*.toml is made of: an id, texts, and no key that is not known."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=90)]
Text = Annotated[str, Field(min_length=1)]


class Entry(BaseModel):
    """Base of every declaration: frozen, and no key may be unknown."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Id
