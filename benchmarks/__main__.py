"""``make bench``: every benchmark, or those named (``make bench ARGS=store``)."""

import sys

from benchmarks import limits, product, store

ALL = {"store": store.main, "limits": limits.main, "product": product.main}


def main() -> None:
    asked = sys.argv[1:] or list(ALL)
    if unknown := set(asked) - set(ALL):
        sys.exit(f"There is no benchmark {', '.join(sorted(unknown))}. There are: {', '.join(ALL)}.")
    for name in asked:
        print(f"== {name}")
        ALL[name]()


if __name__ == "__main__":
    main()
