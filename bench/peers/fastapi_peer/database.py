"""Engines and sessions. The services are plain functions over a `Session`; only here is it known how they are run.

On PostgreSQL they run on asyncpg through `AsyncSession.run_sync`, on SQLite in the thread pool that Starlette keeps
for blocking work. Reads are not wrapped in a transaction: each of their statements sees what is committed."""

import asyncio
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

import orjson
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session, sessionmaker
from starlette.concurrency import run_in_threadpool

from common import settings

P = ParamSpec("P")
R = TypeVar("R")
POOL = 16
#: Rows are read once and changed by statements of their own: sessions need not keep the two in step.
_SESSION: dict[str, Any] = {"expire_on_commit": False, "execution_options": {"synchronize_session": False}}


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def sync_engine() -> Engine:
    """For the worker, for seeding, and for the routes on SQLite."""
    url = settings.database_url()
    if not settings.is_sqlite():
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
        return create_engine(url, json_serializer=_json, json_deserializer=orjson.loads)
    engine = create_engine(
        url, pool_size=POOL, max_overflow=0, json_serializer=_json, json_deserializer=orjson.loads,
        connect_args={"timeout": settings.SQLITE_TIMEOUT, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        # Transactions are begun below and not by Python's sqlite3, which would begin too late.
        connection.isolation_level = None
        for pragma in settings.SQLITE_PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        # SQLite has one writer: a transaction takes its turn when it begins, and never fails half-way.
        if not connection.get_execution_options().get("reads"):
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


class Database:
    """Runs services: `read` outside of a transaction, `write` in one."""

    def __init__(self) -> None:
        self._is_sqlite = settings.is_sqlite()
        if self._is_sqlite:
            engine = sync_engine()
            self._readers = sessionmaker(engine.execution_options(reads=True), **_SESSION)
            self._writers = sessionmaker(engine, **_SESSION)
            # One writer of a process at a time: the others wait here and not in threads that reads could use.
            self._turn = asyncio.Lock()
        else:
            url = settings.database_url().replace("postgresql://", "postgresql+asyncpg://", 1)
            async_engine = create_async_engine(
                url, pool_size=POOL, max_overflow=0, json_serializer=_json, json_deserializer=orjson.loads)
            self._async_readers = async_sessionmaker(
                async_engine.execution_options(isolation_level="AUTOCOMMIT"), **_SESSION)
            self._async_writers = async_sessionmaker(async_engine, **_SESSION)

    async def read(self, service: Callable[Concatenate[Session, P], R], *args: P.args, **more: P.kwargs) -> R:
        if self._is_sqlite:
            return await run_in_threadpool(_run, self._readers, service, *args, **more)
        async with self._async_readers() as session:
            return await session.run_sync(service, *args, **more)

    async def write(self, service: Callable[Concatenate[Session, P], R], *args: P.args, **more: P.kwargs) -> R:
        if self._is_sqlite:
            async with self._turn:
                return await run_in_threadpool(_run, self._writers, service, *args, **more)
        async with self._async_writers.begin() as session:
            return await session.run_sync(service, *args, **more)


def _run(sessions: sessionmaker[Session], service: Callable[..., Any], *args: Any, **more: Any) -> Any:
    with sessions.begin() as session:
        return service(session, *args, **more)
