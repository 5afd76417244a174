#!/usr/bin/env python3
"""Works out every member's dividend from the books as they lie on disk, with whole numbers and fractions only.

Shares no code with Evergreen and none with the making of the books but their reading and writing.
The rules are in README.md. Writes <co-op>/expected-<year>.csv and prints the README's figures.

    python3 tests/books/expected.py
"""

import sys

sys.dont_write_bytecode = True

import json
import re
from datetime import date
from fractions import Fraction
from math import ceil, floor
from pathlib import Path

from making.canonical import EXPECTED, hundredths, read, two_decimals, write

BOOKS = Path(__file__).resolve().parent
COOPS = {"laundry": {"records": "hours", "years": (2024, 2025, 2026), "collective": Fraction(30, 100), "shown": ("0010", "0027", "0036")},
         "grocery": {"records": "purchases", "years": (2023, 2024, 2025), "collective": Fraction(40, 100), "shown": ("1017", "1042", "1010")}}
INELIGIBLE_DEPARTMENTS = {"gift-cards", "bottle-deposits"}


def round_half_up(amount):
    return floor(amount + Fraction(1, 2))


def largest_remainder(whole, weights):
    """Shares of a whole number by weight, in the order given; the first of equal remainders gains the cent."""
    total = sum(weights)
    exact = [Fraction(whole) * weight / total for weight in weights]
    shares = [floor(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda one: (shares[one] - exact[one], one))
    for one in by_remainder[:whole - sum(shares)]:
        shares[one] += 1
    return shares


def natural(number):
    """Member numbers in reading order: runs of digits as numbers."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.findall(r"\d+|\D+", number)]


def fiscal_year_of(day, year_end):
    return day.year + ((day.month, day.day) > year_end)


def counted_rows(name, coop, year_end):
    """(fiscal year, member number, units in hundredths) of every row that counts, whichever file holds it."""
    for file_year in coop["years"]:
        for row in read(BOOKS / name / f"{coop['records']}-{file_year}.csv"):
            if coop["records"] == "hours":
                yield fiscal_year_of(date.fromisoformat(row["period_end"]), year_end), row["member_number"], hundredths(row["hours"])
            elif row["eligible"] == "true" or (row["eligible"] == "" and row["department"] not in INELIGIBLE_DEPARTMENTS):
                yield fiscal_year_of(date.fromisoformat(row["purchased_on"]), year_end), row["member_number"], hundredths(row["amount"])


def active(member, day):
    return (member["joined_on"] != "" and date.fromisoformat(member["joined_on"]) <= day
            and (member["left_on"] == "" or date.fromisoformat(member["left_on"]) > day))


def work_out(name, coop, year):
    """One year's figures: the whole pipeline, step by step."""
    month, day = (int(part) for part in json.loads((BOOKS / name / "coop.json").read_text("utf-8"))["fiscalYearEnd"].split("-"))
    members = {row["member_number"]: row for row in read(BOOKS / name / "members.csv")}
    rows = [(number, units) for in_year, number, units in counted_rows(name, coop, (month, day)) if in_year == year]
    all_units = sum(units for _, units in rows)
    member_units = sum(units for number, units in rows if number)
    net = sum(hundredths(row["amount"]) for row in read(BOOKS / name / f"surplus-{year}.csv") if row["sourced"] == "patronage")
    member_net = round_half_up(net * Fraction(member_units, all_units))
    collective, members_part = largest_remainder(member_net, [coop["collective"], 1 - coop["collective"]])
    net_units = dict.fromkeys(members, 0)
    for number, units in rows:
        if number:
            net_units[members[number]["household_of"] or number] += units
    units = {number: max(0, net_units[number]) for number in members}
    taking_part = sorted((number for number in members if units[number] > 0 and active(members[number], date(year, month, day))), key=natural)
    dividends = dict(zip(taking_part, largest_remainder(members_part, [units[number] for number in taking_part])))
    return {"net": net, "member_units": member_units, "all_units": all_units, "member_net": member_net,
            "collective": collective, "members_part": members_part, "members": members, "net_units": net_units,
            "units": units, "taking_part": taking_part, "allocation_units": sum(units[number] for number in taking_part),
            "dividends": dividends}


def expected_rows(figures):
    for number in sorted(figures["members"], key=natural):
        yield {"member_number": number, "units": two_decimals(figures["units"][number]),
               "dividend_cents": figures["dividends"].get(number, 0),
               "takes_part": "true" if number in figures["dividends"] else "false"}


def grouped(hundredths_of_it):
    """1234567 as 12,345.67, for people to read."""
    text = two_decimals(abs(hundredths_of_it))
    return ("-" if hundredths_of_it < 0 else "") + f"{int(text[:-3]):,}{text[-3:]}"


def control_totals(name, coop):
    """One line of the README's table for each file."""
    yield "| File | Rows | Without a member number | Negative rows | Sums |"
    yield "|---|--:|--:|--:|---|"
    columns = {"members.csv": (), "equity.csv": ("amount",)}
    for year in coop["years"]:
        columns[f"{coop['records']}-{year}.csv"] = ("hours", "wages") if coop["records"] == "hours" else ("amount",)
        columns[f"surplus-{year}.csv"] = ("amount",)
    for file, summed in columns.items():
        rows = read(BOOKS / name / file)
        nobody = sum(row["member_number"] == "" for row in rows) if "member_number" in rows[0] else "-"
        negative = sum(row[summed[0]].startswith("-") for row in rows) if summed else "-"
        sums = "; ".join(f"{column} {grouped(sum(hundredths(row[column]) for row in rows))}" for column in summed) or "-"
        yield f"| `{file}` | {len(rows):,} | {nobody} | {negative} | {sums} |"


def year_totals(name, coop, worked):
    unit = "hours" if coop["records"] == "hours" else "purchases"
    yield f"| Year | Patronage net | Member {unit} | All {unit} | Member net | Collective | Members' part | Taking part | Their {unit} |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|"
    for year, one in worked.items():
        yield (f"| {year} | {grouped(one['net'])} | {grouped(one['member_units'])} | {grouped(one['all_units'])} | {grouped(one['member_net'])} "
               f"| {grouped(one['collective'])} | {grouped(one['members_part'])} | {len(one['taking_part'])} | {grouped(one['allocation_units'])} |")


def working(name, coop, year, number, one):
    """A member's dividend with every figure it is made of; the division is printed far beyond the cent."""
    member, unit = one["members"][number], "hours" if coop["records"] == "hours" else "purchases"
    ratio = Fraction(one["member_units"], one["all_units"])
    exact = Fraction(one["members_part"] * one["units"][number], one["allocation_units"])
    dividend, percent = one["dividends"][number], int(coop["collective"] * 100)
    cash = ceil(Fraction(dividend, 5))
    yield f"**{year}: {member['name']} ({number})**"
    yield ""
    yield f"1. Ratio: {grouped(one['member_units'])} / {grouped(one['all_units'])} = {decimals(ratio, 12)}…"
    yield f"2. Member net: {grouped(one['net'])} x ratio = {decimals(one['net'] * ratio / 100, 8)}… = **{grouped(one['member_net'])}**"
    yield f"3. Collective {percent} %: **{grouped(one['collective'])}**; to members {100 - percent} %: **{grouped(one['members_part'])}**"
    yield f"4. Share: {grouped(one['units'][number])} of {grouped(one['allocation_units'])} {unit}; {grouped(one['members_part'])} x share = {decimals(exact / 100, 8)}…"
    yield f"5. Dividend: floor {grouped(floor(exact))}, leftover cent {dividend - floor(exact)}: **{grouped(dividend)}**; 20 % in cash, rounded up: {grouped(cash)}; retained: {grouped(dividend - cash)}"


def decimals(value, places):
    whole = floor(value * 10**places)
    return f"{whole // 10**places:,}.{whole % 10**places:0{places}d}"


def readme_figures():
    """The parts of the README that are computed, in order; check.py holds the README to them."""
    for name, coop in COOPS.items():
        worked = {year: work_out(name, coop, year) for year in coop["years"]}
        yield from control_totals(name, coop)
        yield ""
        yield from year_totals(name, coop, worked)
        for (year, one), number in zip(worked.items(), coop["shown"]):
            yield ""
            yield from working(name, coop, year, number, one)
        yield ""


if __name__ == "__main__":
    for name, coop in COOPS.items():
        for year in coop["years"]:
            write(BOOKS / name / f"expected-{year}.csv", EXPECTED, expected_rows(work_out(name, coop, year)))
    print("\n".join(readme_figures()))
