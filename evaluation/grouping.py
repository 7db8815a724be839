"""How well groups agree with labels: BCubed (Bagga and Baldwin 1998) and adjusted mutual information (Vinh et al. 2010)."""

import collections
import math


def bcubed_f1(labels, groups):
    count = len(labels)
    sizes, group_sizes = collections.Counter(labels), collections.Counter(groups)
    both = collections.Counter(zip(labels, groups))
    precision = sum(n * n / group_sizes[group] for (_, group), n in both.items()) / count
    recall = sum(n * n / sizes[label] for (label, _), n in both.items()) / count
    return 2 * precision * recall / (precision + recall)


def entropy(sizes, count):
    return -sum(n / count * math.log(n / count) for n in sizes)


def expected_information(sizes, group_sizes, count):
    """Of two groupings by chance, with these sizes: hypergeometric."""
    ln = [0.0] * (count + 2)  # of factorials
    for i in range(2, count + 1):
        ln[i] = ln[i - 1] + math.log(i)
    expected = 0.0
    for (a, times_a) in collections.Counter(sizes).items():
        for (b, times_b) in collections.Counter(group_sizes).items():
            part = 0.0
            for n in range(max(1, a + b - count), min(a, b) + 1):
                chance = math.exp(ln[a] + ln[b] + ln[count - a] + ln[count - b] - ln[count] - ln[n] - ln[a - n] - ln[b - n]
                                  - ln[count - a - b + n])
                part += n / count * math.log(n * count / (a * b)) * chance
            expected += part * times_a * times_b
    return expected


def ami(labels, groups):
    """Adjusted by chance, over the mean of the entropies."""
    count = len(labels)
    sizes, group_sizes = collections.Counter(labels), collections.Counter(groups)
    information = sum(n / count * math.log(n * count / (sizes[label] * group_sizes[group]))
                      for (label, group), n in collections.Counter(zip(labels, groups)).items())
    expected = expected_information(list(sizes.values()), list(group_sizes.values()), count)
    mean = (entropy(sizes.values(), count) + entropy(group_sizes.values(), count)) / 2
    return (information - expected) / (mean - expected)
