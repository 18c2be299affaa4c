"""Rows to begin a measurement with, the same for both peers, and what a client may ask about them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from . import documents, settings
from .frozen import canonical, freeze
from .ids import new_id, new_token, token_digest
from .samples import Samples
from .sealing import Vault

REVIEWERS = 20
CHUNK = 500


class Target(NamedTuple):
    """One thing that a client may act on, as whom."""

    kind: str
    id: str
    cookie: str


Rows = dict[str, list[dict[str, Any]]]


def seed(count: int, vault: Vault, number: int = 1) -> Iterator[tuple[Rows, list[Target]]]:
    """In chunks: `count` applicants, each with a draft half-way, one that is ready to be handed in, and one that waits
    for a reviewer. Tables come in the order in which their references want them."""
    samples, now = Samples(number), datetime.now(UTC)
    rows, targets = _empty(), []
    for _ in range(REVIEWERS):
        reviewer = new_id()
        token = _person(rows, vault, reviewer, True, now)
        targets.append(Target("reviewer", reviewer, token))
    for index in range(count):
        person = new_id()
        token = _person(rows, vault, person, False, now)
        key = vault.key(person, rows["persons"][-1]["wrapped_key"])
        for kind, values in (("draft", samples.draft()), ("ready", samples.form()), ("case", samples.form())):
            application = {
                "id": new_id(), "person_id": person, "pack": settings.PACK, "state": "draft", "stage": None,
                "round": 0, "created_at": now, "updated_at": now,
            }
            rows["applications"].append(application)
            rows["drafts"].append({
                "application_id": application["id"], "version": 1, "saved_at": now,
                "content": key.seal(canonical(values), f"drafts.content|{application['id']}")})
            if kind == "case":
                submitted = now - timedelta(hours=1) + timedelta(milliseconds=index)
                targets.append(Target("case", _case(rows, application, values, key, submitted), ""))
            else:
                targets.append(Target(kind, application["id"], token))
        if index % CHUNK == CHUNK - 1:
            yield rows, targets
            rows, targets = _empty(), []
    yield rows, targets


def _empty() -> Rows:
    return {name: [] for name in ("persons", "sessions", "applications", "drafts", "submissions", "cases")}


def _person(rows: Rows, vault: Vault, person: str, is_reviewer: bool, now: datetime) -> str:
    token = new_token()
    rows["persons"].append({"id": person, "is_reviewer": is_reviewer, "wrapped_key": vault.new_wrapped_key(person)})
    rows["sessions"].append(
        {"token_digest": token_digest(token), "person_id": person, "expires_at": now + timedelta(days=30)})
    return token


def _case(rows: Rows, application: dict[str, Any], values: Any, key: Any, at: datetime) -> str:
    words = {
        "application": application["id"], "round": 1, "pack": settings.PACK, "submittedAt": documents.moment(at),
        "statement": documents.STATEMENT, "values": values,
    }
    application |= {"state": "underway", "stage": "review", "round": 1}
    fact = freeze(words, key, f"submissions|{application['id']}/1")
    rows["submissions"].append(
        {"application_id": application["id"], "round": 1, "pack": settings.PACK, "submitted_at": at, **fact._asdict()})
    rows["cases"].append({
        "id": new_id(), "application_id": application["id"], "person_id": application["person_id"], "round": 1,
        "company": values["subject"]["name"], "submitted_at": at, "state": "waiting", "version": 1,
    })
    return rows["cases"][-1]["id"]
