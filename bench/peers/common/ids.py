"""Ids that sort by time, and tokens."""

import hashlib
import os
import secrets
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def new_id() -> str:
    """48 bits of milliseconds and 80 random ones, as 26 letters of lower-case Crockford base 32."""
    number = int(time.time() * 1000) << 80 | int.from_bytes(os.urandom(10))
    return "".join([_ALPHABET[number >> shift & 31] for shift in range(125, -1, -5)])


def new_token() -> str:
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> bytes:
    """What is kept of a session's token: rows let nobody in."""
    return hashlib.sha256(token.encode()).digest()
