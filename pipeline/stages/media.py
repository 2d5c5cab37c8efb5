"""A localized article, a market and its links → the addresses and images that its page shows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Mapping
from html import unescape
from urllib.parse import unquote

from pipeline.model import Localized
from pipeline.stages.links import LinkMap, picture, resolve

_LINK = re.compile(r"link:[^\"'\s<>#]+")
_IMAGE = re.compile(r"\bimages/([^\"'\s>]+)")


def media_of(
    localized: Localized, market: str, linkmap: LinkMap, images: Mapping[str, bytes]
) -> dict[str, str]:
    """What stands behind the symbolic links and the pictures of a page in a market.

    Links by their names, pictures by their addresses with the SHA-256 of their bytes.
    """
    body = "".join(localized.pieces)
    links = map(unescape, _LINK.findall(body))
    found = {name: resolve(name, market, linkmap) for name in links}
    for name in filter(None, [localized.article.image, *_names(body)]):
        address = unquote(picture(name, market, linkmap)).removeprefix("/images/")
        content = images.get(address, b"")
        found[f"image {name.removeprefix('images/')}"] = (
            f"{address} {hashlib.sha256(content).hexdigest()}"
        )
    return found


def images_named(text: str, known: Container[str]) -> frozenset[str]:
    """Those images that a page, a template or a style sheet speaks of, by their names."""
    return frozenset(name for name in _names(text) if name in known)


def _names(text: str) -> dict[str, None]:
    """What could be the name of an image, with and without a mark that follows it."""
    raw = [unquote(unescape(name)) for name in _IMAGE.findall(text)]
    return dict.fromkeys(one for name in raw for one in (name, name.rstrip("),;")))
