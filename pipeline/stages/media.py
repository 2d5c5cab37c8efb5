"""A localized article, a market and its links → the addresses and images that its page shows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from urllib.parse import unquote

from pipeline.model import Localized
from pipeline.stages.links import LinkMap, picture, resolve

_LINK = re.compile(r"link:[\w.\-]+")
_IMAGE = re.compile(r"\bimages/([^\"'\s>]+)")


def media_of(
    localized: Localized, market: str, linkmap: LinkMap, images: Mapping[str, bytes]
) -> dict[str, str]:
    """What stands behind the symbolic links and the pictures of a page in a market.

    Links by their names, pictures by their addresses with the SHA-256 of their bytes.
    """
    body = "".join(localized.pieces)
    found = {name: resolve(name, market, linkmap) for name in _LINK.findall(body)}
    names = [localized.article.image, *map(unquote, _IMAGE.findall(body))]
    for name in filter(None, names):
        address = unquote(picture(name, market, linkmap)).removeprefix("/images/")
        content = images.get(address, b"")
        found[f"image {name.removeprefix('images/')}"] = (
            f"{address} {hashlib.sha256(content).hexdigest()}"
        )
    return found
