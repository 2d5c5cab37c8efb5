"""Whether two texts say the same numbers, units and negations.

msgmerge carries the words for "5 mg" over to "10 mg", and a reader of the page may take
it: where a figure differs, no old translation is put into the new entry.
"""

from __future__ import annotations

from collections import Counter

from pipeline.stages.similarity import DIGIT, words_of


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Spelled-out numbers are English, the language that articles are written in; symbols and
# the commonest negations are those of every language that a source may have.
_NUMBERS = _set("""
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty
    ninety hundred thousand million billion half quarter third once twice double triple first
""")
_UNITS = _set("""
    % ‰ ° < > ≤ ≥ ± mg g kg µg μg mcg ng ml l dl µl μl mm cm m km nm mmhg kpa iu mmol mol meq
    kcal kj bpm hz mv gy msv c f milligram milligrams gram grams kilogram kilograms microgram
    micrograms litre litres liter liters millilitre millilitres milliliter milliliters
    millimetre millimetres millimeter millimeters centimetre centimetres centimeter
    centimeters percent second seconds minute minutes hour hours day days week weeks month
    months year years daily weekly monthly yearly hourly tablet tablets capsule capsules drop
    drops unit units dose doses puff puffs
""")
_NEGATIONS = _set("""
    not no never none neither nor without cannot nobody nothing nowhere unless except avoid
    stop non kein keine keinen keiner keinem nicht nie ohne ne pas jamais sans aucun aucune sin
    nunca jamás senza mai niet geen nooit zonder não sem inte ingen aldrig utan ikke aldri uten
    uden
""")
_ONE = {f"{unit}s": unit for unit in _UNITS if f"{unit}s" in _UNITS}


def interchangeable(one: str, other: str) -> bool:
    """Whether two texts have the same numbers in order, and as many units and negations."""
    return one == other or _figures(one) == _figures(other)


def _figures(text: str) -> tuple[list[str], Counter[str]]:
    numbers: list[str] = []
    counted: Counter[str] = Counter()
    for word in words_of(text):
        if DIGIT.match(word) or word in _NUMBERS:
            numbers.append(word)
        elif word in _UNITS:
            counted[_ONE.get(word, word)] += 1
        elif word in _NEGATIONS or word.endswith("n't"):
            counted["not"] += 1
    return numbers, counted
