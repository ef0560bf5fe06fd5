"""How sure a share is: its interval of confidence."""

from math import sqrt
from statistics import NormalDist
from typing import Final

_Z: Final = NormalDist().inv_cdf(0.975)


def wilson(hits: int, trials: int) -> tuple[float, float]:
    """The 95 % score interval of the share `hits` of `trials`: its two ends, each from 0 to 1.

    It holds for few people and for shares near 0 and 1, where the usual interval does not: E. B. Wilson (1927),
    "Probable Inference, the Law of Succession, and Statistical Inference", Journal of the American Statistical
    Association 22, 209-212; recommended by Brown, Cai and DasGupta (2001), "Interval Estimation for a Binomial
    Proportion", Statistical Science 16, 101-133. It speaks of chance alone, and not of who answered and who did not.
    ValueError when it is not a share of anything.
    """
    if not 0 <= hits <= trials or trials == 0:
        raise ValueError(f"{hits} of {trials} is not a share")
    share, pull = hits / trials, _Z**2 / trials
    middle = share + pull / 2
    half = _Z * sqrt(share * (1 - share) / trials + pull / (4 * trials))
    low, high = (middle - half) / (1 + pull), (middle + half) / (1 + pull)
    # Where all or none are hits that is the end itself, which floating point would miss by a hair.
    return low if hits else 0.0, high if hits < trials else 1.0
