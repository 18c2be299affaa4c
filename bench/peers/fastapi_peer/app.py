"""The five routes."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import orjson
from fastapi import Body, Cookie, FastAPI, Header, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field

from common import documents, problems, settings
from common.frozen import canonical, freeze
from common.merge import merged
from common.rules import Finding
from common.sealing import Vault

from . import services
from .database import Database
from .form import Check

database = Database()
vault = Vault(settings.master_key())
app = FastAPI(openapi_url=None)

Token = Annotated[str | None, Cookie(alias=settings.SESSION_COOKIE)]
Idempotency = Annotated[str | None, Header(alias="Idempotency-Key")]


def answer(document: Any, status: int = 200, media_type: str = "application/json") -> Response:
    return Response(orjson.dumps(document), status, media_type=media_type)


@app.exception_handler(problems.Problem)
async def refuse(_: Request, problem: problems.Problem) -> Response:
    return answer(problem.document, problem.status, "application/problem+json")


@app.exception_handler(RequestValidationError)
async def refuse_request(_: Request, error: RequestValidationError) -> Response:
    first = error.errors()[0]
    findings = [
        Finding("".join(f"/{step}" for step in one["loc"][1:]), one["type"], one["msg"]) for one in error.errors()]
    if first["loc"][0] == "body" and (first["type"] == "json_invalid" or first["loc"] == ("body",)):
        problem = problems.bad_body()
    elif first["loc"][0] == "body":
        problem = problems.decision_refused(findings)
    else:
        problem = problems.Problem(400, "bad_request", "请求不正确", findings)
    return await refuse(_, problem)


@app.get("/api/applications/{application}")
async def show(application: str, token: Token = None) -> Response:
    now = datetime.now(UTC)
    one = await database.read(services.open_application, vault, token, application, now)
    return answer(requirements_of(one, now) | documents.standing(one.application))


@app.get("/api/applications/{application}/requirements")
async def requirements(application: str, token: Token = None) -> Response:
    now = datetime.now(UTC)
    return answer(requirements_of(await database.read(services.open_application, vault, token, application, now), now))


def requirements_of(one: services.OpenApplication, now: datetime) -> dict[str, Any]:
    state = one.application.state
    check = Check(one.values) if state in documents.WITH_APPLICANT else None
    return documents.requirements(state, one.draft.saved_at, one.values, check, now)


@app.patch("/api/applications/{application}/draft")
async def save(application: str, patch: Annotated[dict[str, Any], Body()], token: Token = None) -> Response:
    now = datetime.now(UTC)
    for _ in range(5):
        one = await database.read(services.open_application, vault, token, application, now)
        if one.application.state not in documents.WITH_APPLICANT:
            raise problems.locked()
        values = merged(one.values, patch)
        check = Check(values)
        if check.unknown:
            raise problems.draft_refused(check.unknown)
        content = one.key.seal(canonical(values), services.draft_place(application))
        if await database.write(services.save_draft, one, content, now):
            due = documents.requirements(one.application.state, now, values, check, now)
            return answer(due | {"version": one.draft.version + 1, "saved_at": documents.moment(now)})
    raise problems.busy()


class HandedIn(BaseModel):
    """What is sent to hand in: a promise, and a last patch of the values."""

    truth: Any = None
    values: dict[str, Any] = {}


@app.post("/api/applications/{application}/submissions")
async def submit(
    application: str, sent: HandedIn, token: Token = None, idempotency: Idempotency = None,
) -> Response:
    now, idempotency = datetime.now(UTC), documents.idempotency_key(idempotency)
    one = await database.read(services.open_application, vault, token, application, now, idempotency)
    if one.answer:
        return answer(one.answer, 201)
    if sent.truth is not True:
        raise problems.truth_missing()
    if one.application.state not in documents.WITH_APPLICANT:
        raise problems.already_submitted()
    values = merged(one.values, sent.values)
    check = Check(values)
    if not check.is_complete:
        raise problems.incomplete(check.due, check.findings + check.unknown)
    round = one.application.round + 1
    content = one.key.seal(canonical(values), services.draft_place(application))
    fact = freeze(documents.submission(one.application, values, now), one.key, f"submissions|{application}/{round}")
    said = {"id": application, "round": round}
    return answer(await database.write(services.submit, one, content, fact, idempotency, said, now), 201)


@app.get("/api/cases")
async def cases(
    token: Token = None, tab: Annotated[Literal["waiting"], Query()] = "waiting", after: str | None = None,
) -> Response:
    return answer(documents.queue(await database.read(services.queue, token, after, datetime.now(UTC))))


class Asked(BaseModel):
    """A reviewer's decision as it is sent."""

    model_config = ConfigDict(extra="forbid", strict=True)

    verdict: Literal["approve", "request_changes", "reject"]
    reason: Literal[
        "subject.mismatch", "licence.unclear", "licence.forged_suspected", "category.not_covered", "prohibited",
        "other"] | None = None
    note: Annotated[str, Field(max_length=500)] | None = None
    comments: dict[str, Annotated[str, Field(min_length=1, max_length=200)]] = {}


@app.post("/api/cases/{case}/decisions")
async def decide(case: str, asked: Asked, token: Token = None, idempotency: Idempotency = None) -> Response:
    now, said, idempotency = datetime.now(UTC), asked.model_dump(), documents.idempotency_key(idempotency)
    one = await database.read(services.open_case, vault, token, case, now, idempotency)
    if one.answer:
        return answer(one.answer, 201)
    documents.check_decision(said)
    if asked.comments:
        documents.check_comments(said, one.submitted_values())
    fact = freeze(
        documents.decision(one.case, one.reviewer.id, said, one.submission.digest, now), one.owner, f"decisions|{case}")
    result = {"id": case, "verdict": documents.VERDICTS[asked.verdict][0]}
    return answer(await database.write(services.decide, one, fact, asked.verdict, idempotency, result, now), 201)
