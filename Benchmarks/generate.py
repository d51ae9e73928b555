"""Writes both sites: N disclosures, units times years."""

from model import YEARS, YEARS_PER_UNIT, edit_one_figure, unit, units
from vocabulary import read_codes

import gongkai_site
import hugo_site


def generate(folder, disclosures, seed):
    """The two sites in `folder`; returns how many formulas a text has on average."""
    codes = read_codes(YEARS)
    content, hugo = folder / "gongkai" / "content", folder / "hugo"
    gongkai_site.write_frame(content)
    hugo_site.write_frame(hugo)
    formulas = 0
    for made in units(max(1, disclosures // YEARS_PER_UNIT), seed, codes):
        gongkai_site.write_unit(content, made)
        hugo_site.write_unit(hugo, made)
        for budget in made.budgets:
            formulas += gongkai_site.write_disclosure(content, budget, codes)
            hugo_site.write_disclosure(hugo, budget, codes)
    return formulas


def change_one_figure(folder, seed, step, number=0, programs=("gongkai", "hugo")):
    """Writes the last year of one unit anew with one figure changed by `step`; 0 restores it."""
    codes = read_codes(YEARS)
    budget = unit(number, seed, codes).budgets[-1]
    edit_one_figure(budget, step)
    if "gongkai" in programs:
        gongkai_site.write_disclosure(folder / "gongkai" / "content", budget, codes)
    if "hugo" in programs:
        hugo_site.write_disclosure(folder / "hugo", budget, codes)
    return budget
