"""Average linkage under constraints: parts grow together while the mean of what joins them is high enough."""

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]


def linked(scores: Scores, sizes: Scores, apart: npt.NDArray[np.bool_], least: float) -> list[list[int]]:
    """Return groups of units, each in rising order, by the first of each.

    ``scores`` holds the mean score between the members of two units, ``sizes`` their numbers of members. The two groups
    with the highest mean are joined until none reaches ``least``; units of which ``apart`` holds never meet.
    Of equals the first are joined. Time grows with the cube of the number of units.
    """
    means = np.where(apart | apart.T, -np.inf, scores)
    np.fill_diagonal(means, -np.inf)
    weights = sizes.copy()
    groups = [[i] for i in range(len(scores))]
    while len(groups) > 1:
        left, right = (int(i) for i in np.unravel_index(np.argmax(means), means.shape))
        if means[left, right] < least:
            break
        left, right = min(left, right), max(left, right)
        together = weights[left] + weights[right]
        row = (weights[left] * means[left] + weights[right] * means[right]) / together
        row[left] = row[right] = -np.inf
        means[left] = means[:, left] = row
        means[right] = means[:, right] = -np.inf
        weights[left] = together
        groups[left] += groups[right]
        groups[right] = []
    return [sorted(group) for group in groups if group]
