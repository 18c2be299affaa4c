"""The tables, as SQLAlchemy maps them."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, ForeignKey, Index, Integer, LargeBinary, String, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column


class Moment(TypeDecorator[datetime]):
    """A time in UTC: SQLite keeps none with a zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value and dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and dialect.name == "sqlite" else value


_Json = JSON().with_variant(JSONB, "postgresql")
_Number = BigInteger().with_variant(Integer, "sqlite")


class Base(MappedAsDataclass, DeclarativeBase):
    type_annotation_map = {
        datetime: Moment(), bytes: LargeBinary, dict[str, Any]: _Json, list[str]: _Json,
    }


class Person(Base, kw_only=True):
    __tablename__ = "persons"
    id: Mapped[str] = mapped_column(String(26), primary_key=True)
    is_reviewer: Mapped[bool]
    wrapped_key: Mapped[bytes]


class Session(Base, kw_only=True):
    __tablename__ = "sessions"
    token_digest: Mapped[bytes] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey(Person.id))
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)


class Application(Base, kw_only=True):
    __tablename__ = "applications"
    id: Mapped[str] = mapped_column(String(26), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey(Person.id), index=True)
    pack: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(20))
    stage: Mapped[str | None] = mapped_column(String(20), default=None)
    round: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class Draft(Base, kw_only=True):
    __tablename__ = "drafts"
    application_id: Mapped[str] = mapped_column(ForeignKey(Application.id), primary_key=True)
    version: Mapped[int]
    content: Mapped[bytes]
    saved_at: Mapped[datetime]


class Submission(Base, kw_only=True):
    __tablename__ = "submissions"
    application_id: Mapped[str] = mapped_column(ForeignKey(Application.id), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    pack: Mapped[str] = mapped_column(String(64))
    submitted_at: Mapped[datetime]
    content: Mapped[bytes]
    salts: Mapped[bytes]
    commitments: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))


class Milestone(Base, kw_only=True):
    __tablename__ = "milestones"
    id: Mapped[int] = mapped_column(_Number, primary_key=True, init=False)
    application_id: Mapped[str] = mapped_column(ForeignKey(Application.id), index=True)
    at: Mapped[datetime]
    round: Mapped[int]
    what: Mapped[str] = mapped_column(String(20))
    stage: Mapped[str | None] = mapped_column(String(20), default=None)


class Case(Base, kw_only=True):
    __tablename__ = "cases"
    __table_args__ = (Index("cases_queue", "state", "submitted_at", "id"),
                      Index("cases_of_application", "application_id", "round", unique=True))
    id: Mapped[str] = mapped_column(String(26), primary_key=True)
    application_id: Mapped[str] = mapped_column(ForeignKey(Application.id))
    person_id: Mapped[str] = mapped_column(ForeignKey(Person.id))
    round: Mapped[int]
    pack: Mapped[str] = mapped_column(String(64))
    company: Mapped[str] = mapped_column(String(200))
    categories: Mapped[list[str]]
    submitted_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    reviewer_id: Mapped[str | None] = mapped_column(ForeignKey(Person.id), default=None)
    active_at: Mapped[datetime | None] = mapped_column(default=None)
    verdict: Mapped[str | None] = mapped_column(String(20), default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)


class Act(Base, kw_only=True):
    __tablename__ = "acts"
    id: Mapped[int] = mapped_column(_Number, primary_key=True, init=False)
    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id), index=True)
    act: Mapped[str] = mapped_column(String(20))
    reviewer_id: Mapped[str | None] = mapped_column(String(26), default=None)
    at: Mapped[datetime]


class Decision(Base, kw_only=True):
    __tablename__ = "decisions"
    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id), primary_key=True)
    verdict: Mapped[str] = mapped_column(String(20))
    reviewer_id: Mapped[str] = mapped_column(String(26))
    decided_at: Mapped[datetime]
    content: Mapped[bytes]
    salts: Mapped[bytes]
    commitments: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))


class Shop(Base, kw_only=True):
    __tablename__ = "shops"
    id: Mapped[str] = mapped_column(String(26), primary_key=True)
    application_id: Mapped[str] = mapped_column(ForeignKey(Application.id), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey(Person.id))
    name: Mapped[str] = mapped_column(String(60))
    opened_at: Mapped[datetime]


class Event(Base, kw_only=True):
    """The outbox: told if, and only if, the transaction that wrote it commits."""

    __tablename__ = "events"
    id: Mapped[int] = mapped_column(_Number, primary_key=True, init=False)
    name: Mapped[str] = mapped_column(String(60))
    payload: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    handled_at: Mapped[datetime | None] = mapped_column(default=None)


Index("events_new", Event.id, sqlite_where=Event.handled_at.is_(None), postgresql_where=Event.handled_at.is_(None))


class Answer(Base, kw_only=True):
    """What a write with an `Idempotency-Key` was answered."""

    __tablename__ = "answers"
    scope: Mapped[str] = mapped_column(String(200), primary_key=True)
    token: Mapped[str] = mapped_column(String(200), primary_key=True)
    answer: Mapped[dict[str, Any]]
    at: Mapped[datetime]
