"""What the rivals of the papers have in common: the papers in, times and memory out.

`NAME.py FONT PAPERS PDF`: PAPERS is a JSON list of papers, of which every one is made, one after
the other in one process; the last one is left in PDF. Prints JSON: a time in milliseconds for each,
its size in bytes, and the most memory that the process held, in kilobytes.
"""

import json
import resource
import sys
import time


def run(start):
    """`start(font)` gets ready and answers a function that makes the bytes of a paper."""
    font, papers, out = sys.argv[1:4]
    with open(papers, encoding="utf-8") as file:
        papers = json.load(file)
    make = start(font)
    times, size = [], 0
    for paper in papers:
        begun = time.perf_counter()
        pdf = make(paper)
        times.append((time.perf_counter() - begun) * 1e3)
        size = len(pdf)
    with open(out, "wb") as file:
        file.write(pdf)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    json.dump({"times": times, "bytes": size, "peak": peak}, sys.stdout)
