"""A page's former address → the small page there that leads to the new one."""

from __future__ import annotations

from html import escape
from urllib.parse import quote


def redirect(base_url: str, url: str, locale: str) -> str:
    """A page that leads readers and search engines on to `url`, an address path.

    A folder on any web server can do this; a server that knows status codes should answer
    301 instead (RFC 9110, 15.4.2).
    """
    path = quote(url, safe="/%")
    full = escape(base_url + path)
    return (
        f'<!doctype html>\n<html lang="{escape(locale)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="refresh" content="0; url={escape(path)}">\n'
        f'<meta name="robots" content="noindex">\n<title>{escape(path)}</title>\n'
        f'<link rel="canonical" href="{full}">\n</head>\n<body>\n'
        f'<p><a href="{escape(path)}">{escape(path)}</a></p>\n</body>\n</html>\n'
    )
