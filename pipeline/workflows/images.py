"""A workspace → its images, and the addresses and images that articles may name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.model import Article
from pipeline.stages.links import LinkContext, LinkMap, read_links
from pipeline.stages.media import images_named
from pipeline.store.files import read_bytes, read_text


def read_images(root: Path) -> dict[str, bytes]:
    """The images of the workspace by name.

    Raises:
        ConfigError: a link out of the workspace stands among them.
    """
    folder = root / "source" / "images"
    found = {}
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if not path.is_file():
            continue
        if not path.resolve().is_relative_to(root.resolve()):
            raise ConfigError(f"{path.name} leads out of the workspace", None, "copy the file here")
        found[path.relative_to(folder).as_posix()] = read_bytes(path)
    return found


def link_context(root: Path, articles: Iterable[Article], images: Iterable[str]) -> LinkContext:
    """What links of every page depend on; a page adds its market, home and neighbours.

    Raises:
        ConfigError: source/links.toml cannot be read.
    """
    file = root / "source" / "links.toml"
    return LinkContext(
        map=read_links(read_text(file, "source/links.toml")) if file.exists() else LinkMap(),
        ids=frozenset(article.id for article in articles),
        images=frozenset(images),
    )


def pictures_named(files: Mapping[str, bytes], images: Mapping[str, bytes]) -> dict[str, bytes]:
    """The images that some file speaks of, by their paths: nobody has approved the others."""
    texts = [content.decode("utf-8") for content in files.values()]
    named = frozenset[str]().union(*(images_named(text, images) for text in texts))
    return {f"images/{name}": images[name] for name in sorted(named)}
