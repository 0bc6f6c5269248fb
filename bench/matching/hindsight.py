"""The fewest repeats that anybody could have had who knew who would come and go: a linear program.

Every two people who are here share some part of a round with each other, between nothing and all of
it, and everybody's parts make a whole round (two in a trio). What real rounds can do these
can do as well, so no schedule has fewer repeats than the best of them.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

import highspy


def fewest_repeats(rounds: Sequence[Sequence[int]]) -> float:
    """A lower bound on the repeats of these head counts in pairs, a trio when they are odd."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("solver", "ipm")  # three times as fast here as the simplex method
    solver.setOptionValue("run_crossover", "off")  # only the value matters
    parts = defaultdict(list)
    meetings = 0
    for here in rounds:
        beside = defaultdict(list)
        for a, b in combinations(sorted(here), 2):
            part = solver.addVariable(0, 1)
            for one in (a, b):
                beside[one].append(part)
            parts[a, b].append(part)
        odd = len(here) % 2
        meetings += len(here) // 2 + 2 * odd
        extra = [solver.addVariable(0, odd) for _ in here]
        solver.addConstr(solver.qsum(extra) == 3 * odd)
        for person, more in zip(here, extra, strict=True):
            solver.addConstr(solver.qsum(beside[person]) - more == 1)
    met = [solver.addVariable(0, 1) for _ in parts]
    for pair, shares in zip(met, parts.values(), strict=True):
        solver.addConstr(solver.qsum(shares) - pair >= 0)
    solver.maximize(solver.qsum(met))
    return meetings - float(solver.getInfo().objective_function_value)
