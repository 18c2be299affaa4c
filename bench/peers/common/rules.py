"""What the answers to some fields make of others. Validators of a single field stay with each peer's own framework."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple


class Finding(NamedTuple):
    path: str
    code: str
    message: str


class Consequences(NamedTuple):
    due: list[str]
    eventually: list[str]
    findings: list[Finding]


def today() -> date:
    """The day in China."""
    return (datetime.now(UTC) + timedelta(hours=8)).date()


#: Where the first field has this answer, the second is wanted too; while it has none, that may come to be.
_RULES = (
    (("settlement", "accountKind"), "corporate", ("settlement", "accountNumber")),
    (("settlement", "accountKind"), "personal", ("settlement", "cardNumber")),
)


def consequences(values: dict[str, Any]) -> Consequences:
    """What `values` want and refuse beyond each field's own rules. Absence is unknown, never a failure."""
    due: list[str] = []
    eventually: list[str] = []
    findings: list[Finding] = []
    for asked, answer, wanted in _RULES:
        given = _value(values, asked)
        if given in (None, answer) and _value(values, wanted) is None:
            (eventually if given is None else due).append("/" + "/".join(wanted))
    code = _value(values, ("licence", "creditCode"))
    if isinstance(code, str) and not code.startswith("91"):
        findings.append(Finding("/licence/creditCode", "uscc.subject", "这是另一类主体的代码"))
    return Consequences(due, eventually, findings)


def _value(values: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        values = values.get(step) if isinstance(values, dict) else None
    return values
