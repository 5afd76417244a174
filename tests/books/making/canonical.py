"""The canonical CSV files: columns in printed order, UTF-8, RFC 4180 quoting, CRLF."""

import csv

MEMBERS = (
    "member_number kind name given_name family_name organisation_name email phone address_line1 address_line2 "
    "city region postal_code country classes joined_on left_on tax_id_type tax_id consent consent_on language "
    "bank_scheme bank_routing bank_account bank_account_type household_of").split()
HOURS = "source_id member_number work_date period_start period_end paid_on hours hours_kind wages".split()
PURCHASES = "source_id member_number purchased_on amount department eligible store".split()
EQUITY = "source_id member_number account fiscal_year posted_on amount".split()
SURPLUS = "line amount sourced pool reason".split()
EXPECTED = "member_number units dividend_cents takes_part".split()


def two_decimals(hundredths):
    """Hundredths (cents, or hundredths of an hour) as text with two decimals."""
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{abs(hundredths) // 100}.{abs(hundredths) % 100:02d}"


def hundredths(text):
    """The whole hundredths of a text written by two_decimals; anything else is an error."""
    whole, point, part = text.removeprefix("-").partition(".")
    if not (point and whole.isdigit() and part.isdigit() and len(part) == 2):
        raise ValueError(f"not a two-decimal number: {text!r}")
    return (-1 if text.startswith("-") else 1) * int(whole + part)


def write(path, columns, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        book = csv.DictWriter(file, columns, restval="", lineterminator="\r\n")
        book.writeheader()
        book.writerows(rows)


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def routing_number(first_eight):
    """An ACH routing number: eight digits and the check digit that brings 3-7-1 weights to a multiple of ten."""
    total = sum(int(digit) * weight for digit, weight in zip(first_eight, (3, 7, 1, 3, 7, 1, 3, 7)))
    return first_eight + str(-total % 10)


def divide_half_up(numerator, denominator):
    """Whole quotient of non-negative numbers, halves upward."""
    return (2 * numerator + denominator) // (2 * denominator)
