"""Check digits of GB 32100-2015 (credit codes), GB 11643-1999 (ID numbers) and ISO/IEC 7812-1 (bank cards)."""

import re
from datetime import date

_USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_USCC_VALUE = {letter: value for value, letter in enumerate("0123456789ABCDEFGHJKLMNPQRTUWXY")}
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ID = re.compile(r"[1-9][0-9]{5}(?:19|20)[0-9]{9}[0-9X]")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def credit_code_fault(code: str) -> str | None:
    """A code for what is wrong, or nothing."""
    if not _USCC.fullmatch(code):
        return "uscc.character" if len(code) == 18 else "uscc.length"
    return None if credit_code_check(code) == code[17] else "uscc.check_digit"


def credit_code_check(code: str) -> str:
    total = sum(_USCC_VALUE[letter] * weight for letter, weight in zip(code, _USCC_WEIGHTS))
    return "0123456789ABCDEFGHJKLMNPQRTUWXY"[-total % 31]


def resident_id_fault(number: str) -> str | None:
    """A code for what is wrong, or nothing."""
    if not _ID.fullmatch(number):
        return "resident_id.character" if len(number) == 18 else "resident_id.length"
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return "resident_id.birth_date"
    return None if resident_id_check(number) == number[17] else "resident_id.check_digit"


def resident_id_check(number: str) -> str:
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS)) % 11]


def bank_card_fault(number: str) -> str | None:
    """A code for what is wrong, or nothing."""
    if not number.isdecimal() or not 13 <= len(number) <= 19:
        return "bank_card.length"
    return None if bank_card_check(number) == number[-1] else "bank_card.check_digit"


def bank_card_check(number: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(number[:-1])):
        value = int(digit) * (1 if place % 2 else 2)
        total += value - 9 if value > 9 else value
    return str(-total % 10)
