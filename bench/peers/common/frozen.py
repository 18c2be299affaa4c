"""Facts as they stood when somebody committed to them: canonical JSON, sealed, with a salted commitment per leaf."""

import hashlib
import os
from collections.abc import Iterator
from typing import Any, NamedTuple

import orjson

from .sealing import OwnerKey


def canonical(value: Any) -> bytes:
    """Members in order, no blanks: RFC 8785 for the texts, whole numbers and names that a form holds."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


class FrozenFact(NamedTuple):
    content: bytes
    salts: bytes
    commitments: str
    digest: str


def freeze(value: Any, key: OwnerKey, place: str) -> FrozenFact:
    """Each leaf gets SHA-256(salt ‖ pointer ‖ 0x00 ‖ canonical JSON); the digest stands for them all."""
    salts, commitments = {}, {}
    found = list(leaves(value))
    random = os.urandom(16 * len(found))
    for index, (pointer, leaf) in enumerate(found):
        salt = random[16 * index : 16 * index + 16]
        salts[pointer] = salt.hex()
        commitments[pointer] = hashlib.sha256(salt + pointer.encode() + b"\0" + canonical(leaf)).hexdigest()
    listed = canonical(commitments)
    return FrozenFact(
        content=key.seal(canonical(value), f"{place}.content"),
        salts=key.seal(canonical(salts), f"{place}.salts"),
        commitments=listed.decode(),
        digest=hashlib.sha256(listed).hexdigest(),
    )


def leaves(value: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    """The ends of the tree with their JSON pointers; empty lists and objects are ends too."""
    if isinstance(value, dict) and value:
        for name, member in value.items():
            yield from leaves(member, f"{pointer}/{escaped(name)}")
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from leaves(item, f"{pointer}/{index}")
    else:
        yield pointer, value


def escaped(token: str) -> str:
    return token.replace("~", "~0").replace("/", "~1") if "~" in token or "/" in token else token
