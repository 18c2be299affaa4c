"""Made-up answers to all 137 fields, and the same with gaps and faults as a draft has them."""

import random
from typing import Any

from .identifiers import credit_code_check, resident_id_check

_WORDS = "上海华信诚达文化商贸服饰食品家居美妆母婴实业供应链北京广州深圳杭州成都"


class Samples:
    """Answers by chance; the same seed makes the same."""

    def __init__(self, seed: int):
        self._chance = random.Random(seed)

    def text(self, least: int, most: int) -> str:
        return "".join(self._chance.choices(_WORDS, k=self._chance.randint(least, most)))

    def digits(self, count: int) -> str:
        return "".join(self._chance.choices("0123456789", k=count))

    def day(self, first: int, last: int) -> str:
        chance = self._chance
        return f"{chance.randint(first, last)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"

    def credit_code(self) -> str:
        code = "91" + str(self._chance.randint(110000, 659999)) + self.digits(9)
        return code + credit_code_check(code)

    def resident_id(self) -> str:
        number = str(self._chance.randint(110000, 659999)) + self.day(1960, 2003).replace("-", "") + self.digits(3)
        return number + resident_id_check(number)

    def mobile(self) -> str:
        return "13" + self.digits(9)

    def file(self) -> dict[str, Any]:
        chance = self._chance
        return {
            "id": "f_" + "".join(chance.choices("0123456789abcdefghijklmnopqrstuvwxyz", k=16)),
            "sha256": chance.randbytes(32).hex(), "bytes": chance.randint(10_000, 5_000_000),
            "mime": chance.choice(["image/jpeg", "image/png", "application/pdf"]),
        }

    def address(self) -> dict[str, Any]:
        code = str(self._chance.randint(110101, 659001))
        return {"province": code, "city": code, "district": code, "street": self.text(6, 16) + "18号",
                "zip": "1" + self.digits(5)}

    def person(self) -> dict[str, Any]:
        return {"name": self.text(2, 3), "idType": "mainland", "idNumber": self.resident_id(),
                "idFrom": self.day(2005, 2022), "idTo": self.day(2030, 2042), "idLongTerm": False,
                "mobile": self.mobile(), "front": self.file(), "back": self.file()}

    def owner(self) -> dict[str, Any]:
        return self.person() | {"shareBp": self._chance.randint(100, 5000), "role": "shareholder"}

    def form(self) -> dict[str, Any]:
        """Every field answered, and nothing wrong."""
        chance, code, name = self._chance, self.credit_code(), self.text(6, 12) + "有限公司"
        return {
            "subject": {
                "type": "enterprise", "name": name, "shortName": self.text(3, 6), "uscc": code,
                "registeredCapital": chance.randint(10**7, 10**10), "establishedOn": self.day(2001, 2021),
                "scope": self.text(30, 60), "employees": chance.randint(1, 500), "listed": False,
                "registeredAddress": self.address(), "officeAddress": self.address(),
            },
            "licence": {
                "number": code, "from": self.day(2001, 2021), "to": self.day(2031, 2045), "longTerm": False,
                "authority": self.text(3, 4) + "市场监督管理局", "scan": self.file(),
            },
            "legalPerson": self.person() | {"email": f"a{self.digits(4)}@example.com"},
            "owners": [self.owner() for _ in range(chance.randint(1, 2))],
            "contact": {
                "name": self.text(2, 3), "mobile": self.mobile(), "email": f"c{self.digits(4)}@example.com",
                "wechat": "wx_" + self.digits(8), "landline": "010-8" + self.digits(7), "position": "经理",
            },
            "shop": {
                "name": self.text(4, 8), "type": "flagship", "slogan": self.text(6, 12), "logo": self.file(),
                "banner": self.file(), "mainCategory": chance.randint(1, 9999),
                "categories": chance.sample(range(1, 9999), 4), "skuEstimate": chance.randint(1, 9999),
                "avgPrice": chance.randint(1000, 999999), "monthlySales": chance.randint(10**6, 10**9),
                "website": f"https://shop{self.digits(4)}.example.com/", "otherPlatforms": ["tmall", "jd"],
            },
            "brands": [{
                "name": self.text(2, 4), "trademarkNo": "2" + self.digits(7), "class": chance.randint(1, 45),
                "owner": name, "expires": self.day(2030, 2034), "authLevel": 1, "authTo": self.day(2029, 2033),
                "cert": self.file(), "authLetter": self.file(),
            }],
            "settlement": {
                "kind": "public", "bankName": "中国工商银行", "branch": self.text(4, 6) + "支行",
                "cnaps": self.digits(12), "account": "5" + self.digits(18), "holder": name,
                "holderIdNumber": self.resident_id(), "cycle": "T+7", "currency": "CNY", "permit": self.file(),
            },
            "tax": {
                "payerType": "general", "taxNumber": code, "invoiceTypes": ["special", "electronic"],
                "rateBp": 1300, "title": name, "bank": "中国银行", "account": "1" + self.digits(18),
            },
            "qualifications": [{
                "kind": "food_business", "number": "JY" + self.digits(14), "from": self.day(2019, 2022),
                "to": self.day(2029, 2031), "holder": name, "scan": self.file(), "scope": self.text(10, 20),
            }],
            "logistics": {
                "warehouse": self.address(), "returnAddress": self.address(), "returnContact": self.text(2, 3),
                "returnMobile": self.mobile(), "carriers": ["SF", "YTO"], "shipHours": 48, "coldChain": False,
                "insured": True,
            },
            "service": {
                "hoursFrom": "09:00", "hoursTo": "21:30", "agents": chance.randint(1, 30),
                "phone": "400-" + self.digits(7), "languages": ["zh", "en"], "sevenDayReturn": True,
                "freightInsurance": False,
            },
            "deposit": {"tier": "B", "amount": 1_600_000, "payer": name, "method": "wechat"},
            "consent": {
                "agreementVersion": "3.1", "acceptedAt": "2025-01-19T08:12:33+08:00", "accepted": True,
                "marketing": True, "deviceId": self.digits(16),
            },
            "source": {"channel": "miniapp", "inviteCode": "AB" + self.digits(5), "campaign": "spring",
                       "salesId": chance.randint(1, 999)},
            "finance": {
                "revenue": chance.randint(10**7, 10**9), "profit": chance.randint(10**5, 10**7),
                "assets": chance.randint(10**7, 10**9), "liabilities": chance.randint(10**5, 10**8),
                "auditor": self.text(3, 6), "auditYear": 2024, "auditFile": self.file(), "creditGrade": "B",
                "loan": False, "fundingSource": "自有资金",
            },
            "risk": {
                "litigations": 0, "penalties": 0, "abnormal": False, "dishonest": False, "pep": False,
                "sanctions": False, "crossBorder": False, "explain": "", "score": round(chance.random(), 4),
            },
            "remark": self.text(3, 10),
        }

    def draft(self) -> dict[str, Any]:
        """A form with some answers missing and two wrong, as somebody leaves it half-way."""
        form = self.form()
        for section, field in (("subject", "shortName"), ("contact", "email"), ("legalPerson", "back"),
                               ("settlement", "permit"), ("logistics", "carriers"), ("service", "phone")):
            del form[section][field]
        del form["consent"]
        form["licence"]["number"] = form["licence"]["number"][:17] + "I"
        form["contact"]["mobile"] = "123"
        return form
