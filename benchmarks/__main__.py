"""All benchmarks, or those that are named: `make bench`, `make bench ARGS=store`."""

import sys

from benchmarks import doors, store

ALL = {"doors": doors.main, "store": store.main}


def main(names: list[str]) -> int:
    """Run the benchmarks in their order; 2 where a name is none of them."""
    if unknown := set(names) - set(ALL):
        print(f"There is no benchmark {', '.join(sorted(unknown))}: {', '.join(ALL)}.", file=sys.stderr)
        return 2
    for name in names or ALL:
        print(f"\n== {name}", flush=True)
        ALL[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
