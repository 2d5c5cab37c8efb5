"""The events of one Markdown block in, its words and marks out."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from html import escape

from pipeline.formats._markdown_links import autolink, image, link_marks
from pipeline.formats._markdown_source import Event, Ranged, Source
from pipeline.formats._markdown_tags import pair_tags, tag_mark
from pipeline.formats._quick import mark, text
from pipeline.model import Inline, Kind, Mark, Part, Protected, Text

_PAIRS = {"Emphasis": ("i", "em"), "Strong": ("b", "strong"), "Strikethrough": ("s", "del")}
SPANS = frozenset((*_PAIRS, "Link", "Image"))
_LEAVES = frozenset(("Text", "Code", "InlineHtml", "FootnoteReference", "TaskListMarker"))


@lru_cache(maxsize=256)  # every article has the same few
def _pair(kind: Kind, tag: str, raw: str) -> Mark:
    name, html = _PAIRS[tag]
    slash = "/" * (kind is Kind.CLOSE)
    return Mark(kind, name, (raw,), (f"<{slash}{html}>",))


def run_of(source: Source, events: list[Ranged], at: int) -> Text | None:
    """The words of a block that has nothing else, if its first two events show that at once."""
    event, spot = events[at]
    if event.__class__ is str or "Text" not in event or "End" not in events[at + 1][0]:
        return None
    start = spot["start"]
    raw = source.raw(start, spot["end"])
    if raw != event["Text"] or not source.unmasked or source.seen[start - 1 : start] == b"\\":
        return None  # a reference, a shortcode, an escaped sign: the long way
    return text(raw, raw)


def bare(inlines: tuple[Inline, ...]) -> tuple[Part, ...]:
    """A block without words as skeleton, with what its marks hold."""
    parts: list[Part] = []
    for inline in inlines:
        parts += inline.raw if isinstance(inline, Mark) else (inline.raw,)
    return tuple(parts)


class Inlines:
    """Reads the inline events of one block; every byte between its ends is in some inline."""

    def __init__(self, source: Source, notes: dict[str, int]) -> None:
        """`notes` counts the document's footnotes, by their labels."""
        self._source = source
        self._seen = source.seen
        self._notes = notes
        self.out: list[Inline] = []
        self.start = -1
        self.end = -1  # of what is read, in bytes
        self._run = -1  # where plain words began that are not in `out` yet
        self._open: list[tuple[Event, int, int]] = []
        self._tags = False

    def read(self, events: list[Ranged], at: int) -> int:
        """Read from an event to the end of the block; give back the event behind it."""
        last = len(events)
        while at < last:
            event, spot = events[at]
            if event.__class__ is str:
                if event == "Rule":
                    break
                self._break(event, spot["start"], spot["end"], events, at)
            elif "Text" in event:
                self._text(event["Text"], spot["start"], spot["end"])
            elif "End" in event:
                tag = event["End"]
                if tag.__class__ is not str or tag not in SPANS:
                    break
                self._closed(tag, spot["end"])
            elif "Start" in event:
                tag = event["Start"]
                if (tag if tag.__class__ is str else next(iter(tag))) not in SPANS:
                    break
                at = self._opened(tag, spot["start"], spot["end"], events, at)
                continue
            else:
                ((name, value),) = event.items()
                if name not in _LEAVES:
                    break
                self._leaf(name, value, spot["start"], spot["end"])
            at += 1
        self._flush()
        self.out = pair_tags(self.out) if self._tags else self.out
        return at

    def _flush(self) -> None:
        if self._run >= 0:
            raw = self._source.raw(self._run, self.end)
            self.out.append(text(raw, raw))
            self._run = -1

    def _reach(self, start: int, *, words: bool = False) -> None:
        """Take in what the parser passed over: indentation, `> `, the backslash of an escape."""
        if self.start < 0:
            escaped = words and start and self._seen[start - 1 : start] == b"\\"
            self.start = self.end = start - 1 if escaped else start
        if start <= self.end:
            return
        if words and self._seen[self.end : start] == b"\\":
            return
        self._flush()
        gap = self._source.raw(self.end, start)
        before = self.out[-1] if self.out else None
        if isinstance(before, Text) and before.text == " ":
            self.out[-1] = Text(before.raw + gap, " ")
        elif isinstance(before, Mark) and before.name == "br":
            self.out[-1] = replace(before, raw=(*before.raw, gap))
        else:
            self.out.append(Text(gap, ""))
        self.end = start

    def _text(self, words: str, start: int, end: int) -> None:
        if end <= self.end:
            return  # within a shortcode
        if start != self.end:
            if self.end > start:
                words = self._seen[self.end : end].decode()
                start = self.end
            self._reach(start, words=True)
        if self._source.spans and (within := self._source.within(start, end)):
            self._with_shortcodes(within, start, end)
            return
        if self.end < start:  # a backslash
            self._flush()
            self.out.append(text("\\" + words[0], words[0]))
            self.end = start + len(words[0].encode())
            if self.end == end:
                return
            words, start = words[1:], self.end
        if self._seen[start:end] == words.encode():
            if self._run < 0:
                self._run = start
        else:
            self._flush()
            self.out.append(text(self._source.raw(start, end), words))
        self.end = end

    def _with_shortcodes(self, within: list[tuple[int, int]], start: int, end: int) -> None:
        for low, high in within:
            if low > start:
                self._text(self._seen[start:low].decode(), start, low)
            elif self.end < start:
                self._flush()
                self.out.append(Text(self._source.raw(self.end, start), ""))
            self._flush()
            raw = self._source.raw(low, high)
            html = (Protected(escape(raw, quote=False), "shortcode"),)
            self.out.append(Mark(Kind.ALONE, "x", (Protected(raw, "shortcode"),), html, raw[:40]))
            self.end = start = high
        if start < end:
            self._text(self._seen[start:end].decode(), start, end)

    def _break(self, event: str, start: int, end: int, events: list[Ranged], at: int) -> None:
        if end <= self.end:
            return
        self._reach(start)
        self._flush()
        raw = self._source.raw(max(start, self.end), end)
        if event == "SoftBreak":
            following = events[at + 1][0] if at + 1 < len(events) else ""
            tag = following.get("InlineHtml", "") if following.__class__ is dict else ""
            self.out.append(text(raw, "\n" if tag[:3].lower() == "<br" else " "))
        else:
            self.out.append(Mark(Kind.ALONE, "br", (raw,), ("<br />\n",), "line break"))
        self.end = end

    def _opened(self, tag: Event, start: int, end: int, events: list[Ranged], at: int) -> int:
        """Take in the beginning of a pair, or all of an image; give back the next event."""
        self._reach(start)
        self._flush()
        if isinstance(tag, str):
            double = tag == "Strong" or self._seen[start : start + 2] == b"~~"
            self.end = start + (2 if double else 1)
            self.out.append(_pair(Kind.OPEN, tag, self._source.raw(start, self.end)))
            return at + 1
        if "Image" in tag:
            mark, after, self.end = image(self._source, events, at)
            self.out.append(mark)
            return after
        link = tag["Link"]
        if link["link_type"] in ("Autolink", "Email"):
            self.out.append(autolink(self._source, link, start, end))
            self.end = end
            while events[at][0] != {"End": "Link"}:
                at += 1
            return at + 1
        self.end = start + 1
        self._open.append((link, start, len(self.out)))
        self.out.append(Mark(Kind.OPEN, "a", ("[",), ()))
        return at + 1

    def _closed(self, tag: str, end: int) -> None:
        self._flush()
        if tag == "Link":
            link, start, place = self._open.pop()
            if link["link_type"] == "Collapsed" and self._source.data[end : end + 2] == b"[]":
                end += 2
            spot = (start, start + 1, self.end, end)
            self.out[place], closing = link_marks(self._source, link, spot)
            self.out.append(closing)
        else:
            self.out.append(_pair(Kind.CLOSE, tag, self._source.raw(self.end, end)))
        self.end = end

    def _leaf(self, name: str, value: str, start: int, end: int) -> None:
        if name == "TaskListMarker" or end <= self.end:
            return
        self._reach(start)
        self._flush()
        raw = self._source.raw(start, end)
        if name == "Code":
            words = self._source.shown(value, start, end)
            html = ("<code>", Protected(escape(words, quote=False), "code"), "</code>")
            kept = (Protected(raw, "code"),)
            self.out.append(mark(Kind.ALONE, "c", kept, html, words[:40], words))
        elif name == "FootnoteReference":
            number = str(self._notes.setdefault(value, len(self._notes) + 1))
            opening = f'<sup class="footnote-reference"><a href="#{escape(value)}">'
            html = (opening, Protected(number, "footnote"), "</a></sup>")
            kept = (Protected(raw, "footnote"),)
            self.out.append(Mark(Kind.ALONE, "x", kept, html, f"footnote {value}", number))
        else:
            self._tags = True
            self.out.append(tag_mark(raw, value, self._source.line(start)))
        self.end = end
