"""Values that only their owner's key opens: AES-256-GCM, nonce ‖ ciphertext ‖ tag."""

import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class OwnerKey:
    """The key of one person."""

    def __init__(self, owner: str, key: bytes):
        self._owner = owner
        self._cipher = AESGCM(key)

    def seal(self, content: bytes, place: str) -> bytes:
        """`place` names table, column and row: a sealed value can't be moved unnoticed."""
        nonce = os.urandom(12)
        return nonce + self._cipher.encrypt(nonce, content, self._context(place))

    def open(self, sealed: bytes, place: str) -> bytes:
        return self._cipher.decrypt(sealed[:12], sealed[12:], self._context(place))

    def _context(self, place: str) -> bytes:
        return f"{self._owner}|{place}".encode()


class Vault:
    """Makes and unwraps owners' keys."""

    def __init__(self, master: bytes):
        self._wrapping = AESGCM(HKDF(SHA256(), 32, salt=None, info=b"peers/wrap/1").derive(master))

    def new_wrapped_key(self, owner: str) -> bytes:
        nonce = os.urandom(12)
        return nonce + self._wrapping.encrypt(nonce, os.urandom(32), owner.encode())

    def key(self, owner: str, wrapped: bytes) -> OwnerKey:
        return OwnerKey(owner, self._wrapping.decrypt(wrapped[:12], wrapped[12:], owner.encode()))
