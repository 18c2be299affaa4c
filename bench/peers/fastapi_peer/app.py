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
Idempotency = Annotated[str | None, Header(alias="Idempotency-Key", max_length=200)]


def answer(document: Any, status: int = 200, media_type: str = "application/json") -> Response:
    return Response(orjson.dumps(document), status, media_type=media_type)


@app.exception_handler(problems.Problem)
async def refuse(_: Request, problem: problems.Problem) -> Response:
    return answer(problem.document, problem.status, "application/problem+json")


@app.exception_handler(RequestValidationError)
async def refuse_request(_: Request, error: RequestValidationError) -> Response:
    first = error.errors()[0]
    findings = [Finding("".join(f"/{step}" for step in one["loc"][1:]), one["type"], one["msg"]) for one in error.errors()]
    if first["loc"][0] == "body" and (first["type"] == "json_invalid" or first["loc"] == ("body",)):
        problem = problems.bad_body()
    elif first["loc"][0] == "body":
        problem = problems.decision_faults(findings)
    else:
        problem = problems.Problem(400, "bad_request", "请求不正确", findings)
    return await refuse(_, problem)


@app.get("/api/applications/{application}")
async def show(application: str, token: Token = None) -> Response:
    now = datetime.now(UTC)
    one = await database.read(services.open_application, vault, token, application, now)
    return answer(documents.application(one.application, one.draft.saved_at, Check(one.values), now))


@app.get("/api/applications/{application}/requirements")
async def requirements(application: str, token: Token = None) -> Response:
    now = datetime.now(UTC)
    one = await database.read(services.open_application, vault, token, application, now)
    return answer(documents.requirements(one.application.state, one.draft.saved_at, Check(one.values), now))


@app.patch("/api/applications/{application}/draft")
async def save(
    application: str, patch: Annotated[dict[str, Any], Body()], token: Token = None,
    if_match: Annotated[str | None, Header()] = None,
) -> Response:
    now = datetime.now(UTC)
    for _ in range(5):
        one = await database.read(services.open_application, vault, token, application, now)
        if one.application.state not in documents.WITH_APPLICANT:
            raise problems.locked()
        if if_match and if_match.strip('"') != str(one.draft.version):
            raise problems.busy()
        values = merged(one.values, patch)
        check = Check(values)
        content = one.key.seal(canonical(values), services.draft_place(application))
        if await database.write(services.save_draft, one, content, now):
            response = answer(documents.requirements(one.application.state, now, check, now))
            response.headers["etag"] = f'"{one.draft.version + 1}"'
            return response
    raise problems.busy()


@app.post("/api/applications/{application}/submissions")
async def submit(application: str, token: Token = None, idempotency: Idempotency = None) -> Response:
    now = datetime.now(UTC)
    one = await database.read(services.open_application, vault, token, application, now, idempotency)
    if one.answer:
        return answer(one.answer, 201)
    if one.application.state not in documents.WITH_APPLICANT:
        raise problems.already_submitted()
    check = Check(one.values)
    if not check.is_complete:
        raise problems.incomplete(check.due, check.findings)
    round = one.application.round + 1
    fact = freeze(documents.submission(one.application, one.values, now), one.key, f"submissions|{application}/{round}")
    said = {"application": application, "digest": fact.digest, "round": round, "state": "underway"}
    return answer(await database.write(services.submit, one, fact, idempotency, said, now), 201)


@app.get("/api/cases")
async def cases(
    token: Token = None, tab: Annotated[Literal["waiting"], Query()] = "waiting", after: str | None = None,
) -> Response:
    found = await database.read(services.queue, token, documents.place(after) if after else None, datetime.now(UTC))
    return answer(documents.queue(found))


class Asked(BaseModel):
    """A reviewer's decision as it is sent."""

    model_config = ConfigDict(extra="forbid", strict=True)

    decision: Literal["approve", "changes", "reject"]
    reason: Literal[
        "subject.mismatch", "licence.unclear", "licence.forged_suspected", "category.not_covered", "prohibited",
        "other"] | None = None
    note: Annotated[str, Field(max_length=500)] | None = None
    comments: dict[str, Annotated[str, Field(min_length=1, max_length=200)]] = {}


@app.post("/api/cases/{case}/decisions")
async def decide(case: str, asked: Asked, token: Token = None, idempotency: Idempotency = None) -> Response:
    now = datetime.now(UTC)
    said = asked.model_dump()
    documents.check_decision(said)
    one = await database.read(services.open_case, vault, token, case, now, idempotency)
    if one.answer:
        return answer(one.answer, 201)
    words = documents.decision(one.case, one.reviewer.id, said, one.submission.digest, now)
    fact = freeze(words, one.owner, f"decisions|{case}")
    result = {"case": case, "digest": fact.digest, "verdict": words["verdict"]}
    return answer(await database.write(services.decide, one, fact, words["verdict"], idempotency, result, now), 201)
