"""Repeatable choices: the same seed gives the same books on every machine and Python version."""


class Dice:
    """A 64-bit linear congruential generator (Knuth's MMIX constants); whole numbers only."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        """A whole number from 0 to limit - 1."""
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % limit

    def between(self, low, high):
        """A whole number from low to high, both included."""
        return low + self.below(high - low + 1)

    def percent(self, chance):
        """True that many times in a hundred."""
        return self.below(100) < chance

    def pick(self, items):
        return items[self.below(len(items))]

    def weighted(self, weights):
        """A position in the list of whole weights."""
        left = self.below(sum(weights))
        for position, weight in enumerate(weights):
            if left < weight:
                return position
            left -= weight
        raise AssertionError("weights do not add up")
