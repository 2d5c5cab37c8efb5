"""Helps tests break one thing in a workspace."""

from pathlib import Path


def replace(path: Path, old: str, new: str) -> None:
    """Change one place in a file; the place must be there."""
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} is not in {path}"
    path.write_text(text.replace(old, new), "utf-8")


# What a check finds where a test fills catalogs with the source's own words.
FILLED = ("untranslated", "unchanged", "numbers", "units", "negation", "laterality", "products",
          "glossary")  # fmt: skip


def waive(root: Path, *locales: str, codes: tuple[str, ...] = FILLED) -> None:
    """Accept, in whole locales, what the checks find in words that no translator wrote."""
    tables = [
        f'[[waivers]]\ncode = "{code}"\nlocale = "{locale}"\nreason = "filled by a test"\n'
        'person = "tester@example.com"\ndate = 2026-01-01\n'
        for locale in locales
        for code in codes
    ]
    (root / "locales/waivers.toml").write_text("\n".join(tables), "utf-8")
