"""What locales/waivers.toml may say."""

from __future__ import annotations

from datetime import date as day
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

Name = Annotated[str, Field(min_length=1)]


class WaiverTable(BaseModel):
    """One `[[waivers]]`."""

    model_config = ConfigDict(extra="forbid", strict=True)

    code: Name
    locale: Name
    article: str = ""
    context: str = ""
    msgid: str | None = None
    words: str = ""
    reason: Name
    person: Name
    date: day
    until: day | None = None

    @model_validator(mode="after")
    def _whole(self) -> WaiverTable:
        if self.msgid is not None and not (self.article and self.words):
            raise ValueError("a waiver of one entry names its article and the words accepted")
        if not self.reason.strip():
            raise ValueError("the reason is empty")
        return self


class WaiversFile(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", strict=True)

    waivers: list[WaiverTable] = []
