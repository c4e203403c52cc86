"""`make faults`: what becomes of faults of every kind, as a table, and the misses.

`python -m sitebuild.evidence.faults 60` puts in so many of each kind, drawn with a
fixed seed, and renews the record; with names of kinds, it renews those alone.
"""

import sys

from sitebuild.evidence import record
from sitebuild.evidence.faults.running import RECORD, judged, recorded, renewed, table

EACH = 60


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else EACH
    rows = judged(count, sys.argv[2:])
    record.write(RECORD, renewed(recorded(), rows))
    print(table(rows))
    for row in rows:
        if row.verdict == "missed":
            print(f"\n{row.path}:{row.line}: {row.kind}\n- {row.before}\n+ {row.after}")


if __name__ == "__main__":
    main()
