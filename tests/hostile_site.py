"""Builds workspaces whose translators, authors and lawyers write markup instead of words."""

import json
from datetime import date

from pipeline.model import Moment
from pipeline.po.patch import Change, patch
from pipeline.po.scan import scan
from pipeline.workflows.build import build
from pipeline.workflows.extract import extract
from pipeline.workflows.init import init


def hostile_sites(folder, payloads):
    """Sites in which each payload is an article's words and a sentence of a statement."""
    groups, size = [[]], 0
    for payload in payloads:
        if size + len(payload) > 15_000:  # a statement has a limit
            groups.append([])
            size = 0
        groups[-1].append(payload)
        size += len(payload) + 10
    return [page for n, group in enumerate(groups) for page in hostile_site(folder / str(n), group)]


def hostile_site(root, payloads):
    """One article for each payload, which stands in all its words; gives the built pages."""
    init(root, demo=True)
    first = next((root / "source").glob("*.md"))
    article = first.read_text("utf-8")
    first.unlink()
    for number, payload in enumerate(payloads):
        words = json.dumps("Case " + " ".join(payload.split()))
        text = article.replace("id: after-an-x-ray", f"id: case-{number}")
        text = text.replace("slug: after-an-x-ray", f"slug: case-{number}")
        text = text.replace("title: After your X-ray", f"title: {words}")
        text = text.replace("author: Medical Affairs", f"author: {words}")
        (root / f"source/case-{number}.md").write_text(text, "utf-8")
    extract(root, locales=("de-DE",), articles=(), write=True)
    for number, payload in enumerate(payloads):
        poison(root / f"locales/de_DE/LC_MESSAGES/case-{number}.po", payload)
    statement = root / "locales/de_DE/statements/educational-purpose.txt"
    lines = dict.fromkeys("Case " + " ".join(p.split()) + "." for p in payloads)
    # braces hold the names of facts, and a statement with a strange one is refused
    printable = [line for line in lines if line.isprintable() and not {"{", "}"} & set(line)]
    statement.write_text("\n".join(printable) + "\n", "utf-8")
    build(root, Moment(date(2026, 12, 1)), strict=False, review=True, write=True)
    return sorted((root / "build/de-DE").rglob("*.html"))


def poison(path, payload):
    """Every word of a catalog becomes the payload, with the codes it must have around it."""
    content = path.read_bytes()
    changes = {}
    for entry in scan(content, str(path)).entries:
        if entry.msgctxt != "slug":
            words = payload.replace("\0", "") + ("<b1>x</b1>" if "<b1>" in entry.msgid else "")
            changes[entry.id] = Change((words,), fuzzy=False)
    path.write_bytes(patch(content, changes, str(path)))
