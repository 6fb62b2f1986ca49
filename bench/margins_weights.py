"""Weights of reports under which the truth has the margins of the published round."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from corpus.simulate.preset import load_preset

PUBLISHED, STARTED = "2011_39", 148
RIDGES = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)  # how gladly a margin is missed
KEPT = 0.5  # of the reports, by Kish's effective number: few must not stand for many


def weights(
    truth: npt.NDArray[np.bool_], names: Sequence[tuple[str, str]]
) -> npt.NDArray[np.float64]:
    """Return a weight for each report, in all 1: entropy balancing (Hainmueller 2012).

    `truth[report, figure]`; `names` are the figures' (row, column), the column "" for the number
    of projects.
    """
    targets = margins_of_round()
    known = [f for f, (row, column) in enumerate(names) if not column and row in targets]
    wanted = np.array([targets[names[f][0]] / STARTED for f in known])
    x = truth[:, known].astype(float) - wanted
    for ridge in RIDGES:
        found = _balanced(x, ridge)
        if 1.0 / (found**2).sum() >= KEPT * len(x):
            return found
    return np.full(len(x), 1.0 / len(x))


def _balanced(x: npt.NDArray[np.float64], ridge: float) -> npt.NDArray[np.float64]:
    """Return the weights of least relative entropy that bring the mean of `x` near nought."""
    beta = np.zeros(x.shape[1])
    for _ in range(40):
        found = _softmax(x @ beta)
        mean = found @ x
        curve = (x * found[:, None]).T @ x - np.outer(mean, mean) + ridge * np.eye(len(beta))
        beta -= np.linalg.solve(curve, mean + ridge * beta) * 0.7
    return _softmax(x @ beta)


def margins_of_round() -> dict[str, int]:
    """Return the published number of projects of every row that has one."""
    preset = load_preset(PUBLISHED)
    rows = {g.grupp: g.antal for g in preset.partner}
    rows |= {part: n for g in preset.partner for part, n in g.delar.items()}
    rows["aklagarmyndighet"] = rows["aklagare"]
    rows |= dict(preset.malgrupp) | {"familjeperspektiv": preset.familjeperspektiv}
    rows["sarskilt_utsatta"] = preset.sarskilt_utsatta.antal
    rows |= dict(preset.sarskilt_utsatta.delar) | {"mal_helt_eller_delvis": preset.mal_natt}
    rows["integrerad"] = preset.integrering.integrerad
    rows["integreringsplan"] = preset.integrering.plan
    rows["integreras_inte"] = preset.integrering.ej
    rows |= {"reell_samverkan": preset.reell_samverkan, "utbildning": preset.utbildning}
    rows |= {"pagar": preset.pagar, "tillfallig": preset.tillfallig}
    return rows | {"lansstyrelsen_aktiv": preset.lansstyrelsen_aktiv}


def _softmax(x: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    raised = np.exp(x - x.max())
    return np.asarray(raised / raised.sum())
