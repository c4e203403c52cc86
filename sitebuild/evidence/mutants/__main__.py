"""`make mutants`: small changes to the package, and those that no test sees.

`python -m sitebuild.evidence.mutants 200` judges about so many, drawn with a fixed
seed, and renews the record; it needs the extra `mutants`.
"""

import sys

from sitebuild.evidence import record
from sitebuild.evidence.mutants.running import RECORD, judged, survivors, table

COUNT = 200


def main() -> None:
    rows = judged(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)
    record.write(RECORD, rows)
    print(table(rows))
    for row in survivors(rows):
        print(f"\n{row.path}:{row.line}\n- {row.before}\n+ {row.after}")


if __name__ == "__main__":
    main()
