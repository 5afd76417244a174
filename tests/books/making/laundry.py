"""Millrace Laundry Cooperative: worker-owned, Cleveland, Ohio; patronage by hours, years ending 30 June."""

import unicodedata
from datetime import date, timedelta

from making.canonical import (EQUITY, HOURS, MEMBERS, SURPLUS, divide_half_up, routing_number, two_decimals, write)
from making.dice import Dice

YEARS = (2024, 2025, 2026)
OPENING = date(2023, 7, 1)
FIRST_PERIOD = date(2023, 6, 26)
LAST_PERIOD = date(2026, 6, 22)
FORTNIGHT = timedelta(days=14)
PAY_LAG = timedelta(days=12)
STAKE_CENTS = 300_000

# number, given, family, joined, left, cents an hour, hours a week
CREW = """
0001|Dorothea|Kowalczyk|2014-03-03||2950|42
0002|Marcus|Reed|2014-03-03||2450|40
0003|Philippa|Hargrove|2014-03-03||2525|40
0004|Ibrahim|Touré|2014-09-15||2250|40
0005|Zoë|Brânză|2015-01-12||2300|38
0006|Walter|Hodge|2015-01-12|2023-03-31|2100|40
0007|José|Núñez Ibarra|2015-06-22||2350|44
0008|Łukasz|Wójcik|2016-02-08||2275|40
0009|Alice|Freeman|2016-02-08||2150|32
0010|Hạnh|Nguyễn|2016-10-03||2200|40
0011|Đorđe|Petrović|2017-03-20||2325|42
0012|Carol|Stankiewicz|2017-03-20|2024-02-16|2050|40
0013|Şirin|Yılmaz|2017-08-07||2175|36
0014|Deshawn|Whitfield|2018-01-22||2225|40
0015|Олена|Шевченко|2018-01-22||2125|40
0016|Rosa|Peña|2018-07-09||2075|40
0017|Anselm|Okonkwo|2018-07-09||2150|40
0018|Θεοδώρα|Παπαδοπούλου|2019-01-14||2050|24
0019|Gwendolyn|O'Shea|2019-01-14|2025-06-30|2100|40
0020|Béla|Kővári|2019-06-03||2075|40
0021|Tamika|Gaines|2019-06-03||2125|40
0022|François|Bélanger-Ntoya|2019-11-18||2050|38
0023|Ray|Sadowski|2020-02-03|2024-11-08|2025|40
0024|Mei-Ling|Chao|2020-02-03||2050|40
0025|Kateřina|Dvořáková|2020-08-17||2025|30
0026|Jerome|Battle|2020-08-17||2100|44
0027|Luz|Ávila|2021-01-11||2000|40
0028|Vernon|Tibbs|2021-01-11|2026-01-22|2050|36
0029|Siobhán|Ní Bhriain|2021-06-14||2000|40
0030|Айгерім|Сейітова|2021-06-14||1975|40
0031|Andre|Pruitt|2021-11-01|2025-10-31|1975|40
0032|Ingrid|Sæther|2022-03-07||1950|28
0033|Samuel|Achebe|2022-03-07||1975|40
0034|Patience|Mbeki|2022-10-03||1950|40
0035|Tómas|Guðmundsson|2023-04-03||1925|40
0036|Keisha|Langford|2023-09-18||1925|40
0037|Иван|Христов|2024-01-08||1900|40
0038|Maribel|Quiñones|2024-03-04||1900|36
0039|Duane|Pickett|2024-08-05||1875|40
0040|Ștefan|Țurcanu|2024-12-09||1875|40
0041|Nadia|El-Amin|2025-02-03||1850|32
0042|Γιώργος|Αντωνίου|2025-05-12||1850|40
0043|Crystal|Hoyt|2025-09-15||1825|40
0044|Emeka|Nwosu|2025-12-08||1825|40
0045|Jūratė|Kazlauskaitė|2026-03-16||1800|38
0046|Tobias|Fenn|||1750|40
0047|Amira|Haddad|||1750|36
"""

# Candidates still in their six months at the end of the books: worked from, number in the register.
CANDIDATES_SINCE = {"0046": date(2026, 2, 2), "0047": date(2026, 5, 11)}
ON_LEAVE = {"0027": (date(2025, 1, 20), date(2025, 6, 22)), "0009": (date(2026, 3, 2), date(2026, 4, 12))}
BYLAW_COPY_CAME_LATE = {"0041": date(2025, 4, 22)}
SIGNED_INSTEAD = {"0018": date(2019, 1, 21)}
NO_CONSENT = {"0032"}
STREETS = ["Fuller's Row", "Copperkettle Ave", "Old Tannery Rd", "Lockkeeper St", "Bellfounder Ave", "Quarryman Rd",
           "Heronbank Ave", "Sailcloth St", "Northlight Ave", "Plumwood Rd", "Ferrywright St", "Slate Hill Blvd"]
ZIPS = ["44104", "44105", "44106", "44103", "44108", "44120", "44109", "44102"]
PLAIN = str.maketrans("ŁłĐđŞşıŐőðþæø", "LlDdSsiOodtao")
LATIN_MAIL = {"0015": "olena.shevchenko", "0018": "theodora.p", "0030": "aigerim.s", "0037": "ivan.hristov",
              "0042": "giorgos.antoniou"}

PATRONAGE_NET_CENTS = {2024: 21_438_657, 2025: 4_190_213, 2026: 26_844_091}
NON_PATRONAGE = {
    2024: [("Interest on the reserve account", 311_844, "Bank interest on idle reserves; no one's work at the laundry earns it."),
           ("Rent of two parking bays", 180_000, "Let to the bakery next door; not laundry work.")],
    2025: [("Interest on the reserve account", 298_317, "Bank interest on idle reserves; no one's work at the laundry earns it."),
           ("Rent of two parking bays", 180_000, "Let to the bakery next door; not laundry work."),
           ("Loss on the sale of shares in the credit union", -41_250, "Sale of an investment; not laundry work.")],
    2026: [("Interest on the reserve account", 342_906, "Bank interest on idle reserves; no one's work at the laundry earns it."),
           ("Gain on the sale of the vacant lot", 1_265_000, "The lot was held as an investment and never used for laundering.")],
}
COSTS_PER_THOUSAND_OF_WAGES = [("Payroll taxes and workers' compensation", 118), ("Health plan", 143),
                               ("Gas, water and electricity", 196), ("Detergents and supplies", 131),
                               ("Linen replaced", 94), ("Vans and fuel", 62), ("Rent of the plant", 88),
                               ("Repairs of machines", 47), ("Insurance", 29), ("Office, training and audit", 36)]


def crew():
    for line in CREW.strip().splitlines():
        number, given, family, joined, left, rate, weekly = line.split("|")
        yield {"number": number, "given": given, "family": family,
               "joined": date.fromisoformat(joined) if joined else None,
               "left": date.fromisoformat(left) if left else None,
               "rate": int(rate), "weekly": int(weekly)}


def mail_name(person):
    if person["number"] in LATIN_MAIL:
        return LATIN_MAIL[person["number"]]
    text = f"{person['given']}.{person['family'].split()[-1]}".translate(PLAIN)
    plain = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in plain if sign.isascii() and (sign.isalnum() or sign in ".-")).lower()


def member_rows(people):
    dice = Dice(4401)
    for position, person in enumerate(people, start=1):
        number = person["number"]
        row = {"member_number": number, "kind": "person", "name": f"{person['given']} {person['family']}",
               "given_name": person["given"], "family_name": person["family"],
               "email": mail_name(person) + "@example.org", "phone": f"+1 216 555 {100 + position:04d}",
               "address_line1": f"{dice.between(1200, 14800)} {dice.pick(STREETS)}",
               "address_line2": f"Apt {dice.between(1, 24)}" if dice.percent(35) else "",
               "city": "Cleveland", "region": "OH", "postal_code": dice.pick(ZIPS), "country": "US",
               "classes": "worker" if person["joined"] else "candidate",
               "joined_on": person["joined"] or "", "left_on": person["left"] or "",
               "tax_id_type": "SSN", "tax_id": f"90000{position:04d}", "language": "en"}
        if person["joined"]:
            row |= {"consent": "bylaw", "consent_on": person["joined"] - timedelta(days=dice.between(7, 21))}
        if number in BYLAW_COPY_CAME_LATE:
            row["consent_on"] = BYLAW_COPY_CAME_LATE[number]
        if number in SIGNED_INSTEAD:
            row |= {"consent": "written", "consent_on": SIGNED_INSTEAD[number]}
        if number in NO_CONSENT:
            row |= {"consent": "none", "consent_on": ""}
        if dice.percent(80):
            row |= {"bank_scheme": "ach", "bank_routing": routing_number(dice.pick(["12345678", "12340000", "12000099", "01999988"])),
                    "bank_account": f"000{dice.between(1000000, 9999999)}",
                    "bank_account_type": "savings" if dice.percent(25) else "checking"}
        else:
            row["bank_scheme"] = "none"
        if number == "0002":
            row |= {"name": 'Marcus "Deacon" Reed', "address_line2": "Upstairs, rear door"}
        if number == "0007":
            row["language"] = "es"
        if number == "0016":
            row["language"] = "es"
        if number == "0030":
            row |= {"tax_id_type": "ITIN", "tax_id": "900000030"}
        if number == "0045":
            row |= {"tax_id_type": "none", "tax_id": ""}
        yield row


def works(person, start):
    """How the person works in the pay period: as 'member', 'candidate' or not at all (None)."""
    end = start + FORTNIGHT - timedelta(days=1)
    away = ON_LEAVE.get(person["number"])
    if (away and away[0] <= end and start <= away[1]) or (person["left"] and person["left"] < start):
        return None
    if person["joined"] and person["joined"] <= start:
        return "member"
    since = CANDIDATES_SINCE.get(person["number"]) or (person["joined"] and person["joined"] - 13 * FORTNIGHT)
    return "candidate" if since <= start else None


def worked_hundredths(dice, person, start):
    """A fortnight's hours from the time clock, in hundredths."""
    usual = person["weekly"] * 200
    if person["left"] and person["left"] < start + FORTNIGHT - timedelta(days=1):
        usual = usual * ((person["left"] - start).days + 1) // 14
    if dice.percent(9):
        return usual * dice.between(40, 60) // 100
    if dice.percent(30):
        return usual
    return max(100, usual + dice.between(-620, 560))


def hours_rows(people):
    """Every row of the three years in order of pay period, with whole hundredths beside it."""
    dice = Dice(4402)
    start = FIRST_PERIOD
    while start <= LAST_PERIOD:
        end = start + FORTNIGHT - timedelta(days=1)
        period = {"period_start": start, "period_end": end, "paid_on": end + PAY_LAG}

        def row(suffix, number, hours, kind, wages):
            return {"source_id": f"MP-{end:%Y%m%d}-{suffix}", "member_number": number, **period,
                    "hours": hours, "hours_kind": kind, "wages": wages}

        for person in people:
            status = works(person, start)
            if status is None:
                continue
            hours = worked_hundredths(dice, person, start)
            number = person["number"] if status == "member" else ""
            clock = person["number"] if status == "member" else "C" + person["number"]
            regular = min(hours, 8000)
            yield row(f"{clock}-R", number, regular, "regular", divide_half_up(regular * person["rate"], 100))
            if hours > regular:
                over = hours - regular
                yield row(f"{clock}-O", number, over, "overtime", divide_half_up(over * person["rate"] * 3, 200))
        for agency in range(1, 1 + dice.between(1, 3)):
            hours = dice.between(1600, 6400)
            yield row(f"T{agency}-R", "", hours, "regular", divide_half_up(hours * 1700, 100))
        if end == date(2024, 2, 18):
            # The clock was left running on 2 February; taken back in the next pay period.
            yield row("0021-X", "0021", -850, "regular", -divide_half_up(850 * 2125, 100))
        if end == date(2026, 5, 10):
            # The clock of the night of 25 April was left running over a shift change.
            yield row("0014-X", "0014", -400, "overtime", -divide_half_up(400 * 2225 * 3, 200))
        start += FORTNIGHT


def fiscal_year(row):
    """The last day of the pay period decides: the year named after the 30 June it ends on."""
    end = row["period_end"]
    return end.year + (end.month > 6)


def file_year(row):
    """The payroll export of June 2026 was made after the period that runs into July, so it holds that one too."""
    return min(fiscal_year(row), YEARS[-1])


def equity_rows(people, hours):
    dice = Dice(4403)
    paid = {}
    later = []
    for person in people:
        number, joined = person["number"], person["joined"]
        if joined is None or joined >= OPENING:
            continue
        weeks = (min(OPENING, person["left"] or OPENING) - joined).days // 7
        paid[number] = min(STAKE_CENTS, weeks * person["weekly"] * 48)
        yield opening(f"OPEN-{number}-STAKE", number, "membership_share", "", paid[number])
        for year in (2022, 2023):
            served = (min(date(year, 6, 30), person["left"] or date.max) - max(joined, date(year - 1, 7, 1))).days
            if served <= 0:
                continue
            kind = "nonqualified_notice" if number in NO_CONSENT else "qualified_notice"
            amount = served * person["weekly"] * (14 if year == 2022 else 11) + dice.between(0, 999)
            yield opening(f"OPEN-{number}-{year}", number, kind, year, amount)
    for number, amount in (("0001", 500_000), ("0002", 100_000), ("0011", 250_000)):
        yield opening(f"OPEN-{number}-LOAN", number, "preferred", "", amount)
    for quarter_end in quarter_ends():
        for person in people:
            number = person["number"]
            hundredths = sum(row["hours"] for row in hours if row["member_number"] == number
                             and quarter_start(quarter_end) <= row["paid_on"] <= quarter_end)
            # 50 cents an hour; half a cent is left to the member.
            amount = min(hundredths // 2, STAKE_CENTS - paid.get(number, 0))
            if amount <= 0:
                continue
            paid[number] = paid.get(number, 0) + amount
            row = {"source_id": f"STAKE-{quarter_end:%Y%m}-{number}", "member_number": number,
                   "account": "membership_share", "fiscal_year": "", "posted_on": quarter_end, "amount": amount}
            later.append(row)
            if number == "0036" and quarter_end == date(2024, 12, 31):
                later.append(row | {"source_id": row["source_id"] + "-AGAIN"})
                later.append(row | {"source_id": row["source_id"] + "-BACK", "posted_on": date(2025, 1, 15),
                                    "amount": -amount})
    yield from sorted(later, key=lambda row: (row["posted_on"], row["source_id"]))


def opening(source_id, number, account, year, amount):
    return {"source_id": source_id, "member_number": number, "account": account, "fiscal_year": year,
            "posted_on": OPENING, "amount": amount}


def quarter_ends():
    for year in range(2023, 2027):
        for end in (date(year, 3, 31), date(year, 6, 30), date(year, 9, 30), date(year, 12, 31)):
            if OPENING <= end <= date(2026, 6, 30):
                yield end


def quarter_start(end):
    return date(end.year, end.month - 2, 1)


def surplus_rows(year, hours):
    dice = Dice(4410 + year)
    wages = sum(row["wages"] for row in hours if fiscal_year(row) == year)
    costs = [("Wages of the year's pay periods", -wages)]
    for name, share in COSTS_PER_THOUSAND_OF_WAGES:
        costs.append((name, -(wages * share // 1000 + dice.between(-90_000, 90_000))))
    sales = [("Nursing-home linen", wages * 51 // 100 + dice.between(0, 999_999)),
             ("Hotel and restaurant linen", wages * 37 // 100 + dice.between(0, 999_999))]
    hospitals = PATRONAGE_NET_CENTS[year] - sum(amount for _, amount in costs + sales)
    for name, amount in [("Hospital linen", hospitals)] + sales + costs:
        yield {"line": name, "amount": amount, "sourced": "patronage"}
    for name, amount, reason in NON_PATRONAGE[year]:
        yield {"line": name, "amount": amount, "sourced": "nonpatronage", "reason": reason}


def with_text(rows, *columns):
    """Whole hundredths become two-decimal text only as the file is written."""
    return [row | {column: two_decimals(row[column]) for column in columns} for row in rows]


def make(folder):
    people = list(crew())
    hours = list(hours_rows(people))
    write(folder / "members.csv", MEMBERS, member_rows(people))
    write(folder / "equity.csv", EQUITY, with_text(equity_rows(people, hours), "amount"))
    for year in YEARS:
        write(folder / f"hours-{year}.csv", HOURS,
              with_text([row for row in hours if file_year(row) == year], "hours", "wages"))
        write(folder / f"surplus-{year}.csv", SURPLUS, with_text(surplus_rows(year, hours), "amount"))
