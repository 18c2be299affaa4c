"""What the answers to some fields make of others. Validators of a single field stay with each peer's own framework."""

from typing import Any, NamedTuple

from .identifiers import resident_id_fault


class Finding(NamedTuple):
    path: str
    code: str
    message: str


class Consequences(NamedTuple):
    due: list[str]
    eventually: list[str]
    findings: list[Finding]


#: Where `field` has one of `values`, `wanted` are wanted too; while it has no value, they may come to be.
#: Each row: section (lists row by row), field, values, wanted.
_RULES = (
    ("licence", "longTerm", (False,), ("to",)),
    ("legalPerson", "idType", ("mainland",), ("back",)),
    ("legalPerson", "idLongTerm", (False,), ("idTo",)),
    ("owners", "idType", ("mainland",), ("back",)),
    ("owners", "idLongTerm", (False,), ("idTo",)),
    ("brands", "authLevel", (1, 2, 3), ("authLetter", "authTo")),
    ("settlement", "kind", ("public",), ("cnaps", "branch", "permit")),
    ("settlement", "kind", ("private",), ("holderIdNumber",)),
    ("subject", "type", ("enterprise", "institution"), ("uscc", "registeredCapital")),
)


def consequences(values: dict[str, Any]) -> Consequences:
    """What `values` want and refuse beyond each field's own rules. Absence is unknown, never a failure."""
    due: list[str] = []
    eventually: list[str] = []
    findings: list[Finding] = []
    for section, field, triggers, wanted in _RULES:
        for path, row in _rows(values, section):
            answer = row.get(field)
            if answer is None:
                eventually += [f"{path}/{name}" for name in wanted if row.get(name) is None]
            elif answer in triggers:
                due += [f"{path}/{name}" for name in wanted if row.get(name) is None]
    for section in ("legalPerson", "owners"):
        for path, row in _rows(values, section):
            number = row.get("idNumber")
            if row.get("idType") == "mainland" and isinstance(number, str) and (code := resident_id_fault(number)):
                findings.append(Finding(f"{path}/idNumber", code, "身份证号码不正确"))
    subject, settlement, shop = (_section(values, name) for name in ("subject", "settlement", "shop"))
    if subject.get("type") in ("enterprise", "institution") and settlement.get("kind") == "private":
        findings.append(Finding("/settlement/kind", "field.choice", "企业须使用对公账户"))
    if shop.get("type") in ("flagship", "exclusive") and not values.get("brands"):
        due.append("/brands")
    return Consequences(due, eventually, findings)


def _section(values: dict[str, Any], name: str) -> dict[str, Any]:
    section = values.get(name)
    return section if isinstance(section, dict) else {}


def _rows(values: dict[str, Any], section: str) -> list[tuple[str, dict[str, Any]]]:
    value = values.get(section)
    if isinstance(value, list):
        return [(f"/{section}/{index}", row) for index, row in enumerate(value) if isinstance(row, dict)]
    return [(f"/{section}", _section(values, section))] if section not in ("owners", "brands") else []
