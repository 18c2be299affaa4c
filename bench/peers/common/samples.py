"""Made-up answers to the whole form, and to half of it."""

import random
from typing import Any

from .identifiers import bank_card_check, credit_code_check, resident_id_check

_WORDS = "上海华信诚达文化商贸有限公司北京广州深圳服饰食品家居日用百货新鲜优质安心品牌生活"


class Samples:
    """Answers by chance; the same seed makes the same."""

    def __init__(self, seed: int):
        self._chance = random.Random(seed)

    def text(self, least: int, most: int) -> str:
        return "".join(self._chance.choices(_WORDS, k=self._chance.randint(least, most)))

    def number(self, least: int, most: int) -> int:
        return self._chance.randint(least, most)

    def digits(self, count: int) -> str:
        return "".join(self._chance.choices("0123456789", k=count))

    def day(self, first: int = 2005, last: int = 2024) -> str:
        return f"{self.number(first, last)}-{self.number(1, 12):02}-{self.number(1, 28):02}"

    def coming_day(self) -> str:
        return self.day(2031, 2045)

    def credit_code(self) -> str:
        code = "91330106" + self.digits(9)
        return code + credit_code_check(code)

    def resident_id(self) -> str:
        number = "330106" + self.day(1960, 2000).replace("-", "") + self.digits(3)
        return number + resident_id_check(number)

    def bank_card(self) -> str:
        number = "621226" + self.digits(12)
        return number + bank_card_check(number + "0")

    def mobile(self) -> str:
        return "13" + self.digits(9)

    def name(self) -> str:
        return self._chance.choice("王李张刘陈杨赵黄周吴") + self.text(1, 2)

    def region(self) -> str:
        return self._chance.choice(["330106", "110105", "310115", "440305", "510107", "320102"])

    def one(self, *choices: str) -> str:
        return self._chance.choice(choices)

    def form(self, licence: str, picture: str) -> dict[str, Any]:
        """Every question answered, two rows in each list, and nothing wrong. The arguments name pictures."""
        settlement = {"accountKind": "corporate", "accountNumber": "12020206" + self.digits(11)}
        if self.number(0, 1):
            settlement = {"accountKind": "personal", "cardNumber": self.bank_card()}
        return {
            "subject": {"type": "enterprise"},
            "licence": {
                "picture": licence, "creditCode": self.credit_code(), "name": self.text(6, 15),
                "type": self.text(1, 15), "legalRepresentative": self.name(), "capital": self.text(1, 15),
                "establishedOn": self.day(), "validTo": self.coming_day(), "address": self.text(40, 120),
                "scope": self.text(40, 120),
            },
            "legalRepresentative": {
                "idNumber": self.resident_id(), "idFrom": self.day(), "idTo": self.coming_day(), "front": picture,
                "back": picture, "phone": self.mobile(), "region": self.region(), "address": self.text(40, 120),
            },
            "registration": {
                "region": self.region(), "authority": self.text(1, 15), "paidCapital": self.number(0, 9_999_999),
                "form": self.one("limited", "joint", "partnership"), "changedOn": self.day(),
                "industry": self.text(1, 15), "listed": self.one("yes", "no"), "site": self.text(1, 15),
                "mail": self.text(6, 20),
            },
            "owners": {row: {"name": self.name(), "idNumber": self.resident_id(), "share": self.number(0, 100)}
                       for row in ("r0001", "r0002")},
            "business": {
                "staff": self.number(1, 100_000), "serviceStaff": self.number(0, 10_000),
                "revenue": self.number(0, 9_999_999), "profit": self.number(0, 9_999_999),
                "onlineShare": self.number(0, 100), "stores": self.number(0, 10_000),
                "suppliers": self.number(0, 10_000), "since": self.day(),
                "experience": self.one("none", "some", "long"),
                "platforms": self.text(1, 15), "customers": self.text(1, 15), "intro": self.text(40, 120),
                "plan": self.text(40, 120),
            },
            "goods": {
                "count": self.number(1, 1_000_000), "price": self.number(0, 9_999_999),
                "lowest": self.number(0, 9_999_999), "highest": self.number(0, 9_999_999),
                "stock": self.number(0, 9_999_999), "origin": self.region(), "brandName": self.text(1, 15),
                "source": self.one("own", "agent", "market"), "material": self.text(1, 15),
                "standard": self.text(1, 15), "shelfLife": self.number(0, 36_500), "packing": self.text(1, 15),
                "note": self.text(40, 120), "sample": picture,
            },
            "quality": {
                "manager": self.name(), "phone": self.mobile(), "inspector": self.text(1, 15),
                "inspectedOn": self.day(), "returns": self.number(0, 1_000), "complaints": self.number(0, 1_000_000),
                "policy": self.text(40, 120), "promise": True, "recall": self.one("yes", "no"),
            },
            "suppliers": {row: {"name": self.text(1, 15), "creditCode": self.credit_code(), "since": self.day()}
                          for row in ("r0001", "r0002")},
            "shop": {
                "name": self.text(2, 16), "type": "ordinary", "categories": ["daily"], "slogan": self.text(1, 15),
                "intro": self.text(40, 120), "logo": picture, "hours": self.text(1, 15),
            },
            "qualifications": {"quality-report": {
                "number": "ZJ" + self.digits(10), "validTo": self.coming_day(), "pictures": {"front": picture}}},
            "warehouse": {
                "region": self.region(), "address": self.text(40, 120), "area": self.number(0, 9_999_999),
                "kind": self.one("own", "rented", "third"), "keeper": self.name(), "phone": self.mobile(),
                "rentTo": self.coming_day(),
            },
            "shipping": {
                "carrier": self.text(1, 15), "daily": self.number(0, 9_999_999), "hours": self.number(1, 720),
                "fee": self.number(0, 9_999_999), "free": self.number(0, 9_999_999),
                "remote": self.one("yes", "fee", "no"), "account": self.text(4, 18),
            },
            "service": {
                "manager": self.name(), "phone": self.mobile(), "mail": self.text(6, 20), "region": self.region(),
                "address": self.text(40, 120), "receiver": self.name(), "receiverPhone": self.mobile(),
                "days": self.number(7, 90), "warranty": self.number(0, 240), "invoice": self.one("electronic", "paper"),
                "deposit": self.number(0, 9_999_999), "reply": self.number(1, 1_440), "promise": True,
            },
            "branches": {row: {"name": self.text(1, 15), "region": self.region(), "phone": self.mobile()}
                         for row in ("r0001", "r0002")},
            "contact": {
                "name": self.name(), "phone": self.mobile(), "idNumber": self.resident_id(), "mail": self.text(6, 20),
                "title": self.text(1, 15), "wechat": self.text(4, 18), "finance": self.name(),
                "financePhone": self.mobile(), "legal": self.name(),
            },
            "settlement": settlement | {
                "bank": "招商银行杭州西湖支行", "openedOn": self.day(), "cycle": self.one("day", "week", "month")},
            "tax": {"kind": self.one("general", "small"), "authority": self.text(1, 15),
                    "paid": self.number(0, 9_999_999)},
            "promise": {"law": True, "data": True},
        }

    def half(self, licence: str, picture: str) -> dict[str, Any]:
        """About half of the answers, as somebody leaves the form on the way; no rows of lists yet."""
        form = self.form(licence, picture)
        for name in ("owners", "suppliers", "branches"):
            del form[name]
        kept = {
            name: {field: value for field, value in section.items() if self.number(0, 1)}
            for name, section in form.items()
        }
        shop = {"type": "ordinary", "categories": ["daily"]} | kept["shop"]
        return kept | {"subject": form["subject"], "shop": shop}
