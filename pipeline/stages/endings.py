"""Language → the endings that it puts on a name, folded, as a pattern.

Short names end where their word ends, or `ATLAS` would be found in *atlases*. Languages that
inflect names put an ending there, with an apostrophe (which ends a word anyway) or without.
"""

from __future__ import annotations

_TURKIC = "(?:l[ae]r)?(?:[iu]m?|n?[iu]n|y?[ae]|[dt][ae]n?|y?l[ae]|[dt][iu]r|s?[iu]n[dae]*n?)(?:ki)?"
_WEST_SLAVIC = "u|a|e|y|m|em|ie|om|ow|owi|ovi|ami|ach|ech|ov|ove|ow[aey]|owego|owej|ow?ym|owych"
_SOUTH_SLAVIC = "u|a|e|i|om|em|ov|ova|ovo|ovi|ove|ima"
_CYRILLIC = "а|у|ю|я|е|і|и|ы|ом|ем|ем|ам|ами|ах|ов|ові|ът|ова|овый|овые|овая|ового"
_GERMANIC = "s|en|ens"

ENDINGS = {
    "tr": _TURKIC,
    "az": _TURKIC,
    "pl": _WEST_SLAVIC,
    "cs": _WEST_SLAVIC,
    "sk": _WEST_SLAVIC,
    "hr": _SOUTH_SLAVIC,
    "bs": _SOUTH_SLAVIC,
    "sl": _SOUTH_SLAVIC,
    "sr": f"{_SOUTH_SLAVIC}|{_CYRILLIC}",
    "ru": _CYRILLIC,
    "uk": _CYRILLIC,
    "be": _CYRILLIC,
    "bg": _CYRILLIC,
    "mk": _CYRILLIC,
    "hu": "[aeo]?t|[aeo]k|n[ae]k|b[ae]n?|b[oe]l|r[aeo]l?|t[oe]l|h[oe]z|[oe]?n|[a-z]?[ae]l|ig|ert",
    "fi": "[ei]?(?:n|ta|a|ss?a|sta|in|lla|lta|lle|na|ksi|t|sta)",
    "et": "[ei]?(?:t|s|st|ga|le|l|lt|d)?",
    "lt": "[aou]s?|ui|[ao]?m[es]?|e",
    "lv": "[aui]|am|iem|os",
    "de": _GERMANIC,
    "sv": _GERMANIC,
    "da": _GERMANIC,
    "nb": _GERMANIC,
    "nn": _GERMANIC,
    "no": _GERMANIC,
    "nl": _GERMANIC,
}
