"""Prairie Lantern Food Co-op: a community grocery, Galesburg, Illinois; patronage by purchases, calendar years."""

import unicodedata
from datetime import date, timedelta

from making.canonical import EQUITY, MEMBERS, PURCHASES, SURPLUS, routing_number, two_decimals, write
from making.dice import Dice

YEARS = (2023, 2024, 2025)
LINES = {2023: 6_412, 2024: 6_655, 2025: 6_933}
OPENING = date(2023, 1, 1)
MEMBERS_COUNT = 205
FIRST_NUMBER = 1001
SHARE_CENTS = 20_000
INSTALMENT_CENTS = 2_500
NON_MEMBER_PERCENT = 18

PATRONAGE_NET_CENTS = {2023: 1_184_219, 2024: 121_807, 2025: 1_762_953}
NON_PATRONAGE = {
    2023: [("Interest on the reserve account", 48_212, "Bank interest on idle reserves; no one's shopping earns it."),
           ("Rent of the flat above the shop", 720_000, "A dwelling let at the market rent; not part of selling food.")],
    2024: [("Interest on the reserve account", 51_977, "Bank interest on idle reserves; no one's shopping earns it."),
           ("Rent of the flat above the shop", 540_000, "A dwelling let at the market rent; empty for three months."),
           ("Repair of the flat's bathroom", -386_415, "A cost of the let flat, so it follows the rent.")],
    2025: [("Interest on the reserve account", 39_640, "Bank interest on idle reserves; no one's shopping earns it."),
           ("Rent of the flat above the shop", 744_000, "A dwelling let at the market rent; not part of selling food.")],
}

GIVEN = """Ruth Calvin Maren Odalys Henrik Priya Lucille Tyrone Annika Esteban Mavis Florian Imani Bridget Oskar Leticia
Warren Soledad Jürgen Noémie Hattie Rashid Elspeth Gunnar Marisol Cleo Thaddeus Yuki Pearl Anton Beatriz Clyde Désirée
Edmund Farah Greta Hollis Inés Jasper Kirsten Lamar Minh Nell Orville Paloma Quentin Renée Sven Tove Ursula Vijay Wilma
Xóchitl Yolanda Zdeněk Agnes Bertil Carmen Dale Eunice""".split()
FAMILY = """Lindqvist Castellanos Abernathy Okafor Brøgger Swanson Villaseñor Carlson Mukherjee Harding Nyström Peck
Delacroix Åkerström Tanaka Whitcomb Sandoval Ferris Grünwald Oyelaran Hutchins Marchetti Pruett Söderberg Ruiz Kessler
Beaumont Håkansson Trần Dunlap Ostrowski Fuentes McAllister Ekström Jafari Lowry Zeleny Bright Caruthers Drăgulescu
Engström Fitzgerald Gómez Hallberg Ivers Jessup Kowalska Larkin Mbatha Nilsson Ott Paquette Quigley Rasmussen Stubbs""".split()
STREETS = ["Lamplighter St", "Prairie Clover Ave", "Orchard Depot Rd", "Windrow St", "Cornflower Ave", "Old Plank Rd",
           "Bluestem St", "Grain Exchange Ave", "Whistlestop Rd", "Chapel Mill St"]

# Places in the register that are written by hand.
NAMED = {
    1001: ("Ruth", "Castellanos"), 1002: ("Νίκος", "Δημητρίου"), 1003: ("Мария", "Ковальчук"),
    1017: ("Alma", "Thorvaldsen"), 1018: ("Leif", "Thorvaldsen"), 1023: ("Ngọc Ánh", "Trần"),
    1042: ("Prudence", "Ekwueme"), 1077: ("Harriet", "Vance"), 1131: ("Æsa", "Ørsted"), 1164: ("Bo", "Li"),
}
ORGANISATIONS = {1010: "Meadow Street School", 1060: "St. Brigid's Community Kitchen, Inc.", 1150: "Railyard Bakers, LLC"}
HOUSEHOLD_OF = {1018: 1017, 1031: 1030, 1047: 1046, 1059: 1058, 1071: 1070, 1084: 1083, 1098: 1097, 1111: 1110,
                1126: 1125, 1139: 1138, 1153: 1152, 1168: 1167, 1180: 1179, 1196: 1195}
GROWERS = {1029, 1074, 1121}
DIED = {1077: date(2024, 8, 17)}
LEFT = {1005: date(2022, 10, 31), 1039: date(2023, 5, 20), 1046: date(2024, 3, 9), 1047: date(2024, 3, 9),
        1066: date(2023, 12, 31), 1088: date(2024, 11, 2), 1102: date(2025, 2, 28), 1119: date(2025, 9, 13)} | DIED
JOINED_ON_LAST_DAY = {1173: date(2023, 12, 30)}
STOPPED_PAYING_AFTER = {1033: 3, 1051: 2, 1092: 1, 1107: 4, 1134: 2, 1149: 1, 1161: 2, 1172: 3, 1187: 1, 1198: 1}
NO_CONSENT = {1012, 1099, 1143}
SIGNED_INSTEAD = {1010, 1060, 1150}
# Brought back last year's hamper in January and bought nothing else that year.
ONLY_RETURNS = {2023: {1020, 1116}, 2024: {1055, 1093, 1141}, 2025: {1014, 1128}}
BOUGHT_NOTHING = {2023: {1081}, 2024: {1081, 1104}, 2025: {1024, 1104, 1159}}

# department, weight, smallest and largest line in cents
DEPARTMENTS = [("grocery", 38, 1_180, 14_960), ("produce", 24, 395, 6_240), ("bulk", 14, 560, 7_890),
               ("deli", 13, 595, 4_275), ("wine", 6, 1_190, 11_850), ("gift-cards", 2, 0, 0), ("bottle-deposits", 3, 0, 0)]
INELIGIBLE = ("gift-cards", "bottle-deposits")
COSTS_PER_THOUSAND_OF_SALES = [("Wages and payroll taxes", 205), ("Rent and upkeep of the shop", 52),
                               ("Electricity and refrigeration", 27), ("Card fees", 18), ("Insurance and licences", 14),
                               ("Classes and member events", 6), ("Audit and software", 9)]


def register():
    dice = Dice(7301)
    used = set()
    joined = date(2016, 4, 2)
    for number in range(FIRST_NUMBER, FIRST_NUMBER + MEMBERS_COUNT):
        given, family = NAMED.get(number, ("", ""))
        while not given or (number not in NAMED and (given, family) in used):
            given, family = dice.pick(GIVEN), dice.pick(FAMILY)
            if number in HOUSEHOLD_OF:
                family = previous["family"]
        used.add((given, family))
        # Numbers were given in order of joining; about 150 of them before the books open.
        joined += timedelta(days=dice.between(4, 29) if joined < OPENING else dice.between(8, 30))
        on = JOINED_ON_LAST_DAY.get(number, joined)
        if number in HOUSEHOLD_OF:
            on = previous["joined"]
        previous = {"number": number, "given": given, "family": family, "joined": on,
                    "left": LEFT.get(number), "organisation": ORGANISATIONS.get(number),
                    "primary": HOUSEHOLD_OF.get(number)}
        previous["address"] = (f"{dice.between(11, 2480)} {dice.pick(STREETS)}", f"Unit {dice.between(1, 12)}" if dice.percent(15) else "")
        yield previous


def mail_name(person):
    text = f"{person['given']}.{person['family']}".translate(str.maketrans("øØłŁæÆđĐ", "oOlLaAdD"))
    plain = unicodedata.normalize("NFKD", text)
    kept = "".join(sign for sign in plain if sign.isascii() and (sign.isalnum() or sign == ".")).lower().strip(".")
    return f"{kept}.{person['number']}" if kept else f"member.{person['number']}"


def member_rows(people):
    dice = Dice(7302)
    address = {person["number"]: person["address"] for person in people}
    for person in people:
        number = person["number"]
        line1, line2 = address[person["primary"] or number]
        row = {"member_number": number, "phone": f"+1 309 555 {number - 901:04d}" if number < 1101 else "",
               "address_line1": line1, "address_line2": line2, "city": "Galesburg", "region": "IL",
               "postal_code": "61401", "country": "US",
               "classes": "customer;producer" if number in GROWERS else "customer",
               "joined_on": person["joined"], "left_on": person["left"] or "",
               "tax_id_type": "none", "language": "en", "bank_scheme": "none", "household_of": person["primary"] or "",
               "consent": "bylaw", "consent_on": person["joined"] - timedelta(days=dice.between(0, 5))}
        if person["organisation"]:
            row |= {"kind": "organisation", "name": person["organisation"], "organisation_name": person["organisation"],
                    "email": f"office.{number}@example.org", "tax_id_type": "EIN", "tax_id": f"00000{number}"}
        else:
            row |= {"kind": "person", "name": f"{person['given']} {person['family']}",
                    "given_name": person["given"], "family_name": person["family"]}
            if dice.percent(78):
                row["email"] = mail_name(person) + "@example.org"
            if dice.percent(55) and not person["primary"]:
                row |= {"tax_id_type": "SSN", "tax_id": f"90000{number}"}
        if number in SIGNED_INSTEAD:
            row["consent"] = "written"
        if number in NO_CONSENT:
            row |= {"consent": "none", "consent_on": ""}
        if dice.percent(30) and not person["primary"]:
            row |= {"bank_scheme": "ach", "bank_routing": routing_number(dice.pick(["12345678", "12340000", "12000099"])),
                    "bank_account": f"000{dice.between(1000000, 9999999)}",
                    "bank_account_type": "savings" if dice.percent(20) else "checking"}
        if number == 1023:
            row["language"] = "vi"
        yield row


def shopper_weights(people):
    """How often each person shops: many now and then, few nearly every day."""
    dice = Dice(7303)
    weights = {}
    for person in people:
        weights[person["number"]] = dice.between(2, 30) + (dice.between(20, 90) if dice.percent(22) else 0)
    return weights | {1010: 95, 1060: 80, 1173: 8, 1077: 60}


def open_days(year):
    """The shop opens Tuesday to Saturday, not on holidays at both ends of the year and 4 July."""
    day = date(year, 1, 1)
    while day.year == year:
        if day.weekday() in (1, 2, 3, 4, 5) and (day.month, day.day) not in ((1, 1), (7, 4), (12, 25)):
            yield day
        day += timedelta(days=1)


def shops(person, day):
    number, year = person["number"], day.year
    if number in ONLY_RETURNS[year] or number in BOUGHT_NOTHING[year]:
        return False
    # The widower used Harriet Vance's number for a fortnight.
    last = person["left"] + timedelta(days=14) if number in DIED else person["left"]
    return person["joined"] <= day and (last is None or day <= last)


def line_cents(dice, department, smallest, largest):
    if department == "gift-cards":
        return dice.pick((1_000, 2_500, 2_500, 5_000, 10_000))
    if department == "bottle-deposits":
        return 200 * dice.between(1, 4) * (-1 if dice.percent(45) else 1)
    # The lower of two throws: small lines are commoner than large ones.
    return min(dice.between(smallest, largest), dice.between(smallest, largest))


def purchase_rows(people, weights, year):
    dice = Dice(7310 + year)
    days = list(open_days(year))
    lines = receipt = 0
    hampers = [(days[5 + position], number) for position, number in enumerate(sorted(ONLY_RETURNS[year]))]
    greetings = [(days[-1], number) for number in JOINED_ON_LAST_DAY if JOINED_ON_LAST_DAY[number].year == year]
    while lines < LINES[year]:
        day = days[lines * len(days) // LINES[year]]
        receipt += 1
        if hampers and hampers[0][0] <= day:
            day, number = hampers.pop(0)
            basket = [("grocery", -dice.between(2_900, 6_400), "")]
        elif greetings and greetings[0][0] <= day:
            day, number = greetings.pop(0)
            basket = [("produce", dice.between(900, 2_400), ""), ("deli", dice.between(900, 2_400), "")]
        else:
            number = ""
            if not dice.percent(NON_MEMBER_PERCENT):
                present = [person["number"] for person in people if shops(person, day)]
                number = present[dice.weighted([weights[one] for one in present])]
            basket = [basket_line(dice, number) for _ in range(dice.pick((1, 1, 2, 2, 3)))]
        basket = basket[:LINES[year] - lines]
        for position, (department, amount, eligible) in enumerate(basket, start=1):
            source_id = f"R{year % 100}{receipt:05d}" + (f"/{position}" if len(basket) > 1 else "")
            yield {"source_id": source_id, "member_number": number, "purchased_on": day, "amount": amount,
                   "department": department, "eligible": eligible, "store": "main"}
        lines += len(basket)


def basket_line(dice, number):
    department, _, smallest, largest = DEPARTMENTS[dice.weighted([row[1] for row in DEPARTMENTS])]
    amount = line_cents(dice, department, smallest, largest)
    if number in ORGANISATIONS and department not in INELIGIBLE:
        amount *= 3
    if department not in INELIGIBLE and dice.below(1000) < 13:
        amount = -amount
    eligible = ""
    # Raffle tickets and stamps rung up under grocery; gift baskets rung up under gift cards.
    if department == "grocery" and dice.below(1000) < 6:
        eligible = "false"
    if department == "gift-cards" and dice.below(1000) < 40:
        eligible = "true"
    return department, amount, eligible


def equity_rows(people):
    dice = Dice(7304)
    later = []
    for person in people:
        number = person["number"]
        if person["primary"]:
            continue
        if person["joined"] < OPENING:
            years = (OPENING - person["joined"]).days // 365
            paid = SHARE_CENTS if years >= 2 or number in ORGANISATIONS else INSTALMENT_CENTS * min(8, 1 + years * 4 + dice.between(0, 3))
            if number in STOPPED_PAYING_AFTER:
                paid = INSTALMENT_CENTS * STOPPED_PAYING_AFTER[number]
            yield row(f"OPEN-{number}-SHARE", number, "membership_share", "", OPENING, paid)
            for year in (2021, 2022):
                months = (date(year, 12, 31) - person["joined"]).days // 30
                if months > 2 and dice.percent(82):
                    account = "nonqualified_notice" if number in NO_CONSENT else "qualified_notice"
                    yield row(f"OPEN-{number}-{year}", number, account, year, OPENING,
                              dice.between(350, 4_200) * (4 if number in ORGANISATIONS else 1))
            day = OPENING + timedelta(days=dice.between(0, 80))
        else:
            paid, day = 0, person["joined"]
        instalments = 8 if number not in STOPPED_PAYING_AFTER else STOPPED_PAYING_AFTER[number]
        part = paid // INSTALMENT_CENTS
        if paid == 0 and dice.percent(25) and instalments == 8:
            later.append(row(f"SHARE-{number}-FULL", number, "membership_share", "", day, SHARE_CENTS))
            continue
        while part < instalments and day.year <= YEARS[-1] and (person["left"] is None or day <= person["left"]):
            part += 1
            later.append(row(f"SHARE-{number}-{part}", number, "membership_share", "", day, INSTALMENT_CENTS))
            if number == 1157 and part == 3:
                # The till took the third instalment twice.
                later.append(row(f"SHARE-{number}-3-AGAIN", number, "membership_share", "", day, INSTALMENT_CENTS))
                later.append(row(f"SHARE-{number}-3-BACK", number, "membership_share", "", day + timedelta(days=6), -INSTALMENT_CENTS))
            day += timedelta(days=dice.between(84, 97))
    yield from sorted(later, key=lambda one: (one["posted_on"], one["source_id"]))


def row(source_id, number, account, year, posted_on, amount):
    return {"source_id": source_id, "member_number": number, "account": account, "fiscal_year": year,
            "posted_on": posted_on, "amount": amount}


def surplus_rows(year, purchases):
    dice = Dice(7320 + year)
    sales = {department: sum(one["amount"] for one in purchases if one["department"] == department)
             for department, *_ in DEPARTMENTS if department not in INELIGIBLE}
    total = sum(sales.values())
    costs = [(name, -(total * share // 1000 + dice.between(-30_000, 30_000))) for name, share in COSTS_PER_THOUSAND_OF_SALES]
    goods = total + sum(amount for _, amount in costs) - PATRONAGE_NET_CENTS[year]
    for name, amount in [(f"Sales, {department}", amount) for department, amount in sales.items()] + [("Cost of goods sold", -goods)] + costs:
        yield {"line": name, "amount": amount, "sourced": "patronage"}
    for name, amount, reason in NON_PATRONAGE[year]:
        yield {"line": name, "amount": amount, "sourced": "nonpatronage", "reason": reason}


def with_text(rows):
    """Whole cents become two-decimal text only as the file is written."""
    return [one | {"amount": two_decimals(one["amount"])} for one in rows]


def make(folder):
    people = list(register())
    weights = shopper_weights(people)
    write(folder / "members.csv", MEMBERS, member_rows(people))
    write(folder / "equity.csv", EQUITY, with_text(equity_rows(people)))
    for year in YEARS:
        purchases = list(purchase_rows(people, weights, year))
        write(folder / f"purchases-{year}.csv", PURCHASES, with_text(purchases))
        write(folder / f"surplus-{year}.csv", SURPLUS, with_text(surplus_rows(year, purchases)))
