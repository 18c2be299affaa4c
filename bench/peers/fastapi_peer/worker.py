"""Brings events from the outbox to their handlers. An event whose handling commits is marked in that same commit."""

import signal
import threading
from datetime import UTC, datetime, timedelta

import orjson
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from common import settings
from common.ids import new_id
from common.sealing import Vault

from .database import sync_engine
from .tables import Act, Application, Case, Event, Milestone, Person, Shop, Submission

BATCH = 100
#: Seconds between looks at an empty outbox.
PAUSE = 0.1
#: Seconds between looks for claims that nobody uses any more.
SWEEP = 60


def run() -> None:
    engine, vault, stopped = sync_engine(), Vault(settings.master_key()), threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    swept = datetime.min.replace(tzinfo=UTC)
    while not stopped.is_set():
        now = datetime.now(UTC)
        if now - swept > timedelta(seconds=SWEEP):
            with Session(engine) as session, session.begin():
                release_lapsed(session, now)
            swept = now
        with Session(engine.execution_options(reads=True)) as session:
            is_due = session.scalar(select(Event.id).where(Event.handled_at.is_(None)).order_by(Event.id).limit(1))
        if not is_due:
            stopped.wait(PAUSE)
            continue
        with Session(engine) as session, session.begin():
            handle_batch(session, vault, now)


def handle_batch(session: Session, vault: Vault, now: datetime) -> None:
    events = session.scalars(
        select(Event).where(Event.handled_at.is_(None)).order_by(Event.id).limit(BATCH)
        .with_for_update(skip_locked=True)).all()
    for event in events:
        match event.name:
            case "applications.submitted":
                open_case(session, vault, event.payload["application"], event.payload["round"], now)
            case "review.decided" if event.payload["verdict"] == "approved":
                open_shop(session, vault, event.payload["application"], event.payload["round"], now)
        event.handled_at = now


def submitted(session: Session, vault: Vault, application: str, round: int) -> tuple[Application, Submission, dict]:
    one, submission, person = session.execute(
        select(Application, Submission, Person).join(Submission, Submission.application_id == Application.id)
        .join(Person, Person.id == Application.person_id)
        .where(Application.id == application, Submission.round == round)).one()
    content = vault.key(person.id, person.wrapped_key).open(
        submission.content, f"submissions|{application}/{round}.content")
    return one, submission, orjson.loads(content)["values"]


def open_case(session: Session, vault: Vault, application: str, round: int, now: datetime) -> None:
    if session.scalar(select(Case.id).where(Case.application_id == application, Case.round == round)):
        return
    one, submission, values = submitted(session, vault, application, round)
    case = Case(
        id=new_id(), application_id=one.id, person_id=one.person_id, round=round, pack=one.pack,
        company=values["licence"]["name"], categories=values["shop"]["categories"],
        submitted_at=submission.submitted_at)
    session.add(case)
    session.flush()
    session.add(Act(case_id=case.id, act="opened", reviewer_id=None, at=now))


def open_shop(session: Session, vault: Vault, application: str, round: int, now: datetime) -> None:
    if session.scalar(select(Shop.id).where(Shop.application_id == application)):
        return
    one, _, values = submitted(session, vault, application, round)
    session.add(Shop(
        id=new_id(), application_id=one.id, person_id=one.person_id, name=values["shop"]["name"], opened_at=now))
    one.state, one.stage, one.updated_at = "open", None, now
    session.add(Milestone(application_id=one.id, at=now, round=round, what="opened"))


def release_lapsed(session: Session, now: datetime) -> None:
    """Cases whose reviewer has not been active for long wait for anybody again."""
    session.execute(
        update(Case).where(Case.state == "claimed", Case.active_at <= now - timedelta(minutes=settings.CLAIM_MINUTES))
        .values(state="waiting", reviewer_id=None, active_at=None, version=Case.version + 1))
