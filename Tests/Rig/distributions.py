"""Whether two samples of times are of one distribution.

The test is Kolmogorov and Smirnov's of two samples. All requests of both kinds are made in one
shuffled order. If the door does the same for both, a time would have been what it was under either
name, so only the shuffle decides which sample it is in, and the test's level holds whatever a machine's
noise is like: drifting, in bursts, dependent from one request to the next. (A test that needs independent
times, or that compares one run with another, has no such excuse.) It looks at the whole
distribution, so a delay of a few requests counts as well as one of all; and what a request leaves to
do behind it falls on both kinds alike, since the next one is of either.
"""
import math
import statistics


def apart(first, second):
    """The largest distance between both distribution functions, and its chance under no difference."""
    ordered = sorted([(value, 0) for value in first] + [(value, 1) for value in second])
    shares, most, at = [0.0, 0.0], 0.0, 0
    steps = [1 / len(first), 1 / len(second)]
    while at < len(ordered):
        value = ordered[at][0]
        while at < len(ordered) and ordered[at][0] == value:
            shares[ordered[at][1]] += steps[ordered[at][1]]
            at += 1
        most = max(most, abs(shares[0] - shares[1]))
    size = math.sqrt(len(first) * len(second) / (len(first) + len(second)))
    return most, kolmogorov((size + 0.12 + 0.11 / size) * most)


def kolmogorov(value):
    """The chance of a larger distance, by Kolmogorov's series."""
    if value < 0.2:
        return 1.0
    terms = ((-1) ** (k - 1) * math.exp(-2 * (k * value) ** 2) for k in range(1, 101))
    return min(1.0, max(0.0, 2 * sum(terms)))


def told(what, names, samples):
    """Both samples for people to read, and the chance under no difference."""
    lines = [what]
    for name, values in zip(names, samples):
        low, middle, high = statistics.quantiles(values, n=4)
        lines.append(f"  {name:9} n {len(values)}  median {middle:7.1f} µs  quartiles {low:.1f} to"
                     f" {high:.1f}  least {min(values):.1f}  most {max(values):.1f}")
    distance, chance = apart(*samples)
    difference = statistics.median(samples[0]) - statistics.median(samples[1])
    lines.append(f"  medians differ by {difference:+.1f} µs; distance {distance:.4f}, p {chance:.2g}")
    return "\n".join(lines), chance
