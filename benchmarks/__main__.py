"""``make bench``: every benchmark, or those named (``make bench ARGS=store``)."""

import sys
from collections.abc import Callable
from typing import Final

from benchmarks import api, entry, exports, growth, imports, product, store, templates

ALL: Final[dict[str, Callable[[], None]]] = {
    "store": store.main,
    "imports": imports.main,
    "exports": exports.main,
    "api": api.main,
    "growth": growth.main,
    "templates": templates.main,
    "product": product.main,
    "entry": entry.main,
}


def main() -> None:
    asked = sys.argv[1:] or list(ALL)
    if unknown := set(asked) - set(ALL):
        sys.exit(f"There is no benchmark {', '.join(sorted(unknown))}. There are: {', '.join(ALL)}.")
    for name in asked:
        print(f"== {name}")
        ALL[name]()


if __name__ == "__main__":
    main()
