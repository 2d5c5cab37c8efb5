"""From one English article to localized pages that each market's law allows.

The story, one stage a line:

    segment     an article's blocks become segments with numbered codes
    extract     segments become the entries of a template
    merge       a new template meets what translators wrote; nothing they wrote is lost
    check       each entry is looked at for what could hurt a patient
    recombine   translations go back into the article's skeleton
    regulate    a market's rules say: publish, gate, add text, or block
    approve     people put their names to words, law and page, as they are
    render      words, skeleton and statements become a page
"""

__version__ = "0.1.0"
