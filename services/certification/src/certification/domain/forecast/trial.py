"""One Monte Carlo setup; each number of reviewers reuses its random draws."""

from dataclasses import dataclass

from certification.domain.forecast.deck import Deck
from certification.domain.forecast.draws import Draws
from certification.domain.forecast.futures import Futures
from certification.domain.forecast.horizon import Horizon
from certification.domain.forecast.line_targets import LineTargets
from certification.domain.forecast.simulation import Start, simulated


@dataclass(frozen=True)
class Trial:
    """One Monte Carlo setup: start, observed days, random draws and targets."""

    horizon: Horizon
    line_targets: LineTargets
    deck: Deck
    draws: Draws
    start: Start
    target_days: int
    unhindered: int

    def with_reviewers(self, reviewers: int) -> Futures:
        """Simulate with so many reviewers."""
        runs = simulated(self.deck, self.draws, self.start, reviewers)
        return Futures(
            horizon=self.horizon,
            line_targets=self.line_targets,
            draws=self.draws,
            runs=runs,
            target_days=self.target_days,
            unhindered=self.unhindered,
        )
