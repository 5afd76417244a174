#!/usr/bin/env python3
"""Writes the sample co-ops' books again, byte for byte: members, equity, hours, purchases, surplus.

    python3 tests/books/generate.py     then expected.py, then check.py
"""

import sys

sys.dont_write_bytecode = True

from pathlib import Path

from making import grocery, laundry

BOOKS = Path(__file__).resolve().parent

if __name__ == "__main__":
    for name, coop in (("laundry", laundry), ("grocery", grocery)):
        (BOOKS / name).mkdir(exist_ok=True)
        coop.make(BOOKS / name)
