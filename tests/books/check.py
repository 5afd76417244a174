#!/usr/bin/env python3
"""Holds the books to their own rules: made again byte for byte, well formed, no stray members, no lot below zero.

    python3 tests/books/check.py        exit code 0 when everything holds, otherwise 1 and the faults
"""

import sys

sys.dont_write_bytecode = True

import csv
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

import expected
from making import canonical, grocery, laundry
from making.canonical import hundredths, read, routing_number

BOOKS = Path(__file__).resolve().parent
LARGEST = 3 * 1024 * 1024
COLUMNS = {"members": canonical.MEMBERS, "hours": canonical.HOURS, "purchases": canonical.PURCHASES,
           "equity": canonical.EQUITY, "surplus": canonical.SURPLUS, "expected": canonical.EXPECTED}
DATES = ("joined_on", "left_on", "consent_on", "work_date", "period_start", "period_end", "paid_on", "purchased_on", "posted_on")
AMOUNTS = ("amount", "hours", "wages", "units")


def made_again():
    """The files on disk are what generate.py and expected.py write."""
    with tempfile.TemporaryDirectory() as place:
        for name, coop in (("laundry", laundry), ("grocery", grocery)):
            coop.make(Path(place))
            for year in expected.COOPS[name]["years"]:
                canonical.write(Path(place) / f"expected-{year}.csv", canonical.EXPECTED,
                                expected.expected_rows(expected.work_out(name, expected.COOPS[name], year)))
            for fresh in sorted(Path(place).glob("*.csv")):
                if fresh.read_bytes() != (BOOKS / name / fresh.name).read_bytes():
                    yield f"{name}/{fresh.name}: differs from what is generated"
                fresh.unlink()


def shape(path):
    """Header as printed in the contract, CRLF, no byte order mark, dates and two-decimal amounts in every field that holds one."""
    raw = path.read_bytes()
    if raw.startswith(b"\xef\xbb\xbf") or raw.count(b"\n") != raw.count(b"\r\n") or not raw.endswith(b"\r\n"):
        yield f"{path}: byte order mark or line ends"
    with open(path, encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    if header != COLUMNS[path.stem.split("-")[0]]:
        yield f"{path}: columns {header}"
    for line, row in enumerate(read(path), start=2):
        if None in row or None in row.values():
            yield f"{path}:{line}: fields"
        for column, value in row.items():
            if value != value.strip():
                yield f"{path}:{line}: blanks around {column}"
            try:
                if value and column in DATES and date.fromisoformat(value).isoformat() != value:
                    yield f"{path}:{line}: {column} {value}"
                if value and column in AMOUNTS:
                    hundredths(value)
            except ValueError as fault:
                yield f"{path}:{line}: {column} {fault}"


def register(folder):
    members = read(folder / "members.csv")
    by_number = {row["member_number"]: row for row in members}
    if len(by_number) != len(members) or "" in by_number:
        yield f"{folder.name}: member numbers are not unique"
    for number, row in by_number.items():
        where = f"{folder.name} member {number}"
        primary = row["household_of"]
        if primary and (primary not in by_number or by_number[primary]["household_of"] or primary == number):
            yield f"{where}: household"
        if row["left_on"] and row["left_on"] < row["joined_on"]:
            yield f"{where}: left before joining"
        if (row["consent"] in ("bylaw", "written")) != (row["consent_on"] != ""):
            yield f"{where}: consent date"
        if row["bank_scheme"] == "ach":
            if routing_number(row["bank_routing"][:8]) != row["bank_routing"] or not 1 <= len(row["bank_account"]) <= 17:
                yield f"{where}: bank"
            if row["bank_account_type"] not in ("checking", "savings"):
                yield f"{where}: account type"
        if (row["tax_id_type"] == "none") != (row["tax_id"] == ""):
            yield f"{where}: tax id"
        if row["tax_id"] and not (len(row["tax_id"]) == 9 and row["tax_id"].startswith(("9000", "00000"))):
            yield f"{where}: tax id that could be real"
    for column in ("tax_id", "email", "bank_account", "name"):
        for value, times in Counter(row[column] for row in members if row[column]).items():
            if times > 1:
                yield f"{folder.name}: {column} {value} {times} times"


def movements(folder, kinds):
    """Source ids unique per kind of file, every member number known, amounts where they may stand."""
    known = {row["member_number"] for row in read(folder / "members.csv")}
    for kind in kinds:
        seen = set()
        for path in sorted(folder.glob(f"{kind}*.csv")):
            for line, row in enumerate(read(path), start=2):
                if row["source_id"] in seen:
                    yield f"{path}:{line}: source id {row['source_id']} again"
                seen.add(row["source_id"])
                if row["member_number"] not in known and (row["member_number"] or kind == "equity"):
                    yield f"{path}:{line}: member {row['member_number']!r}"


def lots(folder):
    """Never below zero, in the order of posting; a vintage on the notices and only there."""
    balance = Counter()
    for row in sorted(read(folder / "equity.csv"), key=lambda row: row["posted_on"]):
        lot = (row["member_number"], row["account"], row["fiscal_year"])
        if row["account"].endswith("_notice") != (row["fiscal_year"] != ""):
            yield f"{folder.name}: vintage of {row['source_id']}"
        balance[lot] += hundredths(row["amount"])
        if balance[lot] < 0:
            yield f"{folder.name}: lot {lot} below zero"
    full = 300_000 if folder.name == "laundry" else 20_000
    for lot, amount in balance.items():
        if lot[1] == "membership_share" and amount > full:
            yield f"{folder.name}: {lot} paid more than a share"


def year_ends(folder):
    """A pay period lies across each 30 June, and its rows count in the year its last day is in."""
    if folder.name != "laundry":
        return
    periods = {(row["period_start"], row["period_end"]) for path in folder.glob("hours-*.csv") for row in read(path)}
    for year in (2023, 2024, 2025, 2026):
        if not any(start <= f"{year}-06-30" < end for start, end in periods):
            yield f"laundry: no pay period across 30 June {year}"


def outcome():
    """The expected figures: shares add up to the members' part, and no one outside takes any."""
    for name, coop in expected.COOPS.items():
        for year in coop["years"]:
            worked = expected.work_out(name, coop, year)
            rows = read(BOOKS / name / f"expected-{year}.csv")
            if sum(int(row["dividend_cents"]) for row in rows) != worked["members_part"]:
                yield f"{name} {year}: dividends do not add up to the members' part"
            if any(row["takes_part"] == "false" and row["dividend_cents"] != "0" for row in rows):
                yield f"{name} {year}: a dividend to someone who takes no part"
            reasons = {row["line"]: row["reason"] for row in read(BOOKS / name / f"surplus-{year}.csv") if row["sourced"] == "nonpatronage"}
            if not reasons or not all(reasons.values()):
                yield f"{name} {year}: a nonpatronage line without a reason"


def readme():
    said = set((BOOKS / "README.md").read_text("utf-8").splitlines())
    for line in expected.readme_figures():
        if line not in said:
            yield f"README.md lacks: {line}"


def faults():
    yield from made_again()
    for path in sorted(BOOKS.glob("*/*.csv")):
        yield from shape(path)
    for folder in (BOOKS / "laundry", BOOKS / "grocery"):
        yield from register(folder)
        yield from movements(folder, ("hours", "purchases", "equity"))
        yield from lots(folder)
        yield from year_ends(folder)
        if (folder / "logo.png").stat().st_size > 8 * 1024:
            yield f"{folder.name}: logo above 8 KB"
    if sum(len(read(path)) for path in (BOOKS / "grocery").glob("purchases-*.csv")) != 20_000:
        yield "grocery: not 20,000 purchase lines"
    if sum(path.stat().st_size for path in BOOKS.rglob("*") if path.is_file()) > LARGEST:
        yield "the books weigh more than 3 MB"
    yield from outcome()
    yield from readme()


if __name__ == "__main__":
    found = list(faults())
    print("\n".join(found) or "The books hold.")
    sys.exit(bool(found))
