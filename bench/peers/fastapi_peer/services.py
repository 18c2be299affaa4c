"""What the routes do to the database: functions over a session, run by `Database`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Row, select, tuple_, update
from sqlalchemy.orm import Session

from common import documents, problems
from common.frozen import FrozenFact
from common.ids import token_digest
from common.sealing import OwnerKey, Vault
from common.settings import PAGE

from . import tables
from .tables import Act, Answer, Application, Case, Decision, Draft, Event, Milestone, Person, Submission


def signed_in(session: Session, token: str | None, now: datetime) -> Person:
    person = token and session.scalar(
        select(Person)
        .join(tables.Session, tables.Session.person_id == Person.id)
        .where(tables.Session.token_digest == token_digest(token), tables.Session.ended_at.is_(None),
               tables.Session.expires_at > now))
    if not person:
        raise problems.not_signed_in()
    return person


def reviewer(session: Session, token: str | None, now: datetime) -> Person:
    person = signed_in(session, token, now)
    if not person.is_reviewer:
        raise problems.role_missing()
    return person


@dataclass
class OpenApplication:
    """An application with its draft, as one read found them."""

    application: Application
    draft: Draft
    key: OwnerKey
    values: dict[str, Any]
    #: The remembered answer, if the request is a repetition.
    answer: dict[str, Any] | None = None


def draft_place(application: str) -> str:
    return f"drafts.content|{application}"


def open_application(
    session: Session, vault: Vault, token: str | None, application: str, now: datetime, idempotency: str | None = None,
) -> OpenApplication:
    """The application and its draft; somebody else's is not found."""
    person = signed_in(session, token, now)
    found = session.execute(
        select(Application, Draft).join(Draft, Draft.application_id == Application.id)
        .where(Application.id == application, Application.person_id == person.id)).one_or_none()
    if not found:
        raise problems.not_found()
    one, draft = found
    answer = remembered(session, documents.submission_scope(one), idempotency)
    key = vault.key(person.id, person.wrapped_key)
    return OpenApplication(one, draft, key, orjson.loads(key.open(draft.content, draft_place(application))), answer)


def remembered(session: Session, scope: str, idempotency: str | None) -> dict[str, Any] | None:
    if not idempotency:
        return None
    return session.scalar(select(Answer.answer).where(Answer.scope == scope, Answer.token == idempotency))


def save_draft(session: Session, before: OpenApplication, content: bytes, now: datetime) -> bool:
    """Saves over the version that was read. False when another page was faster."""
    one, draft = before.application, before.draft
    saved = session.execute(
        update(Draft).where(Draft.application_id == one.id, Draft.version == draft.version)
        .values(version=draft.version + 1, content=content, saved_at=now))
    touched = session.execute(
        update(Application).where(Application.id == one.id, Application.state == one.state).values(updated_at=now))
    if saved.rowcount and touched.rowcount:
        return True
    session.rollback()
    return False


def submit(
    session: Session, before: OpenApplication, content: bytes, fact: FrozenFact, idempotency: str | None,
    answer: dict[str, Any], now: datetime,
) -> dict[str, Any]:
    """Keeps the last patch and the submission, and tells of it. A repetition gets the first answer."""
    one = before.application
    scope = documents.submission_scope(one)
    # Locks the application; a repetition that came at the same moment waits here.
    moved = session.execute(
        update(Application)
        .where(Application.id == one.id, Application.round == one.round,
               Application.state.in_(documents.WITH_APPLICANT))
        .values(state="underway", stage="review", round=one.round + 1, updated_at=now))
    if not moved.rowcount:
        if first := remembered(session, scope, idempotency):
            return first
        raise problems.already_submitted()
    saved = session.execute(
        update(Draft).where(Draft.application_id == one.id, Draft.version == before.draft.version)
        .values(version=before.draft.version + 1, content=content, saved_at=now))
    if not saved.rowcount:
        raise problems.busy()
    session.add_all([
        Submission(application_id=one.id, round=one.round + 1, pack=one.pack, submitted_at=now, **fact._asdict()),
        Milestone(application_id=one.id, at=now, round=one.round + 1, what="submitted"),
        Event(name="applications.submitted", payload={"application": one.id, "round": one.round + 1}, at=now),
    ])
    if idempotency:
        session.add(Answer(scope=scope, token=idempotency, answer=answer, at=now))
    return answer


def queue(session: Session, token: str | None, after: str | None, now: datetime) -> Sequence[Row]:
    """A page of the waiting cases, the oldest first, and one more if there is one."""
    reviewer(session, token, now)
    query = (
        select(Case.id, Case.application_id, Case.company, Case.categories, Case.round, Case.submitted_at, Case.state,
               Case.reviewer_id, Case.verdict)
        .where(Case.state == "waiting").order_by(Case.submitted_at, Case.id).limit(PAGE + 1))
    if after and (last := session.execute(select(Case.submitted_at, Case.id).where(Case.id == after)).one_or_none()):
        query = query.where(tuple_(Case.submitted_at, Case.id) > tuple(last))
    return session.execute(query).all()


@dataclass
class OpenCase:
    case: Case
    reviewer: Person
    owner: OwnerKey
    submission: Submission
    answer: dict[str, Any] | None

    def submitted_values(self) -> dict[str, Any]:
        place = f"submissions|{self.submission.application_id}/{self.submission.round}.content"
        return orjson.loads(self.owner.open(self.submission.content, place))["values"]


def open_case(
    session: Session, vault: Vault, token: str | None, case: str, now: datetime, idempotency: str | None,
) -> OpenCase:
    """A case that the reviewer may decide, or has decided with the same key."""
    person = reviewer(session, token, now)
    found = session.execute(
        select(Case, Person, Submission).join(Person, Person.id == Case.person_id)
        .join(Submission, (Submission.application_id == Case.application_id) & (Submission.round == Case.round))
        .where(Case.id == case)).one_or_none()
    if not found:
        raise problems.not_found()
    one, applicant, submission = found
    answer = remembered(session, f"{person.id}|decide/{case}", idempotency)
    if not answer:
        if one.person_id == person.id:
            raise problems.own_application()
        if one.state in ("decided", "closed"):
            raise problems.decided()
        if one.state == "claimed" and one.reviewer_id != person.id:
            raise problems.taken()
    return OpenCase(one, person, vault.key(applicant.id, applicant.wrapped_key), submission, answer)


def decide(
    session: Session, before: OpenCase, fact: FrozenFact, asked: str, idempotency: str | None,
    answer: dict[str, Any], now: datetime,
) -> dict[str, Any]:
    """Claims and decides a case, and tells of it. A repetition gets the first answer."""
    one, person = before.case, before.reviewer
    verdict, state, stage = documents.VERDICTS[asked]
    scope = f"{person.id}|decide/{one.id}"
    moved = session.execute(
        update(Case).where(Case.id == one.id, Case.version == one.version)
        .values(state="decided", reviewer_id=person.id, active_at=None, verdict=verdict, ended_at=now,
                version=one.version + 1))
    if not moved.rowcount:
        if first := remembered(session, scope, idempotency):
            return first
        raise problems.taken()
    session.execute(
        update(Application).where(Application.id == one.application_id)
        .values(state=state, stage=stage, updated_at=now))
    if one.state == "waiting":
        session.add(Act(case_id=one.id, act="claimed", reviewer_id=person.id, at=now))
    session.add_all([
        Act(case_id=one.id, act="decided", reviewer_id=person.id, at=now),
        Decision(case_id=one.id, verdict=verdict, reviewer_id=person.id, decided_at=now, **fact._asdict()),
        Milestone(application_id=one.application_id, at=now, round=one.round, what=verdict, stage="review"),
        Event(name="review.decided", at=now,
              payload={"case": one.id, "application": one.application_id, "round": one.round, "verdict": verdict}),
    ])
    if idempotency:
        session.add(Answer(scope=scope, token=idempotency, answer=answer, at=now))
    return answer
