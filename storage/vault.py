"""Encryption with a key for each person, so that destroying one key makes one person unreadable, backups included."""

import base64
import hmac
import os
import secrets
from collections import OrderedDict
from threading import Lock

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Engine, bindparam, delete, exists, func, insert, select, update

from storage.database import connect, truncate_log
from storage.tables import chats, keys_metadata, person_keys

MASTER_KEY_BYTES = 32
_KEY_BYTES = 32
_NONCE_BYTES = 12  # 96 bits, what AES-GCM is made for (NIST SP 800-38D)
_PSEUDONYM_BYTES = 10  # 80 bits: no two people of one event get the same
_VERSION = b"\x01"
_CHECK_ID = "check"
_CHECK_TEXT = b"suivi"

_WRAPPED = select(person_keys.c.wrapped).where(person_keys.c.key_id == bindparam("key"))


class KeyDestroyed(LookupError):
    """The person's key is gone: what it sealed can't be read by anybody any more."""


class Unreadable(ValueError):
    """The bytes were not sealed with this key for this purpose, or have been changed since."""


class WrongMasterKey(ValueError):
    """The master key is not the one that the keys database was begun with."""


class TraceLeft(RuntimeError):
    """The key is deleted, but its bytes may still stand in the write-ahead log: call `destroy` again."""


class Vault:
    """Seals and opens what identifies people.

    The keys of persons live in a database of their own, wrapped by keys that are derived (HKDF-SHA256) from a master
    key of 32 bytes; ValueError for a master key of another length. Threads may share a vault.
    """

    def __init__(self, master_key: bytes, keys: Engine, *, cached: int = 4096) -> None:
        if len(master_key) != MASTER_KEY_BYTES:
            raise ValueError(f"A master key has {MASTER_KEY_BYTES} bytes, not {len(master_key)}")
        self._keys = keys
        self._lookup_key = _derive(master_key, b"suivi lookup")
        self._pseudonym_key = _derive(master_key, b"suivi pseudonym")
        self._stamping_key = _derive(master_key, b"suivi audit")
        self._naming_key = _derive(master_key, b"suivi expected")
        self._coding_key = _derive(master_key, b"suivi coding")
        self._wrapping = AESGCM(_derive(master_key, b"suivi wrapping"))
        self._cached = cached
        self._ciphers: OrderedDict[str, AESGCM] = OrderedDict()
        self._lock = Lock()

    def verify(self) -> None:
        """Make sure of the master key before anything is written with it; `WrongMasterKey` when it is another.

        The first call on an empty keys database leaves the value there that later calls check.
        """
        with self._keys.begin() as conn:
            wrapped = conn.scalar(_WRAPPED, {"key": _CHECK_ID})
            if wrapped is None:
                if conn.scalar(select(func.count()).select_from(person_keys)):
                    raise WrongMasterKey("The keys database has keys, but no value to check the master key against")
                conn.execute(insert(person_keys), {"key_id": _CHECK_ID, "wrapped": self._wrap(_CHECK_ID, _CHECK_TEXT)})
                return
        try:
            self._unwrap(_CHECK_ID, wrapped)
        except Unreadable as error:
            raise WrongMasterKey("The master key does not fit the keys database") from error

    def lookup(self, channel: str, address: str) -> bytes:
        """32 bytes by which a chat is found again, and from which its address can't be computed."""
        return hmac.digest(self._lookup_key, f"{channel}\0{address}".encode(), "sha256")

    def pseudonym(self, key_id: str, event_code: str) -> str:
        """What a person is called in everything that leaves an event: 16 letters and digits.

        The same for all that this person answers in that event, and another one in every other event. Without the
        master key nobody can tell whose it is, or whether two of them are the same person's.
        """
        code = hmac.digest(self._pseudonym_key, f"{event_code}\0{key_id}".encode(), "sha256")[:_PSEUDONYM_BYTES]
        return base64.b32encode(code).decode().lower()

    def name_lookup(self, event_code: str, name: str) -> bytes:
        """32 bytes by which somebody expected at that event is found again; their name can't be computed from them.

        Whoever has the master key can still try names one by one.
        """
        return hmac.digest(self._naming_key, f"{event_code}\0{name}".encode(), "sha256")

    def coding_id(self, plan_id: int, question: str) -> str:
        """What an answer is called when it goes out to be coded: 16 letters and digits, the same each time.

        It leads to nobody, nor to another answer of the same response, for whoever has no master key.
        """
        code = hmac.digest(self._coding_key, f"{plan_id}\0{question}".encode(), "sha256")[:_PSEUDONYM_BYTES]
        return base64.b32encode(code).decode().lower()

    def stamp(self, line: bytes) -> bytes:
        """32 bytes that nobody can give to a line without the master key."""
        return hmac.digest(self._stamping_key, line, "sha256")

    def new_key(self) -> str:
        """The id of a new person's key, on disk when this returns: no crash loses a key that sealed something."""
        key_id = secrets.token_hex(16)
        key = AESGCM.generate_key(_KEY_BYTES * 8)
        with self._keys.begin() as conn:
            conn.execute(insert(person_keys), {"key_id": key_id, "wrapped": self._wrap(key_id, key)})
        with self._lock:
            self._remember(key_id, AESGCM(key))
        return key_id

    def holds(self, key_id: str) -> bool:
        """Whether the key exists still, be it damaged."""
        try:
            self._cipher(key_id)
        except KeyDestroyed:
            return False
        except Unreadable:
            pass  # a damaged key is a key still: its texts are told as damaged, one by one
        return True

    def held(self) -> frozenset[str]:
        """The ids of all keys that exist still: one look where there are many people."""
        with self._keys.connect() as conn:
            return frozenset(conn.scalars(select(person_keys.c.key_id).where(person_keys.c.key_id != _CHECK_ID)))

    def seal(self, key_id: str, text: str, purpose: str) -> bytes:
        """The text, readable only with that key and by whoever names the same purpose; `KeyDestroyed`."""
        return _sealed(self._cipher(key_id), text.encode(), _binding(key_id, purpose))

    def open(self, key_id: str, sealed: bytes, purpose: str) -> str:
        """The text that `seal` was given; `KeyDestroyed` or `Unreadable`."""
        return _opened(self._cipher(key_id), sealed, _binding(key_id, purpose)).decode()

    def destroy(self, key_id: str) -> None:
        """Destroy the key for good; again does no harm. `TraceLeft` when the write-ahead log could not be emptied.

        On PostgreSQL the table is rewritten; its write-ahead log and backups follow the operator's retention. Other
        processes may hold the key in memory until they restart.
        """
        with self._lock:
            with self._keys.begin() as conn:
                conn.execute(update(person_keys).where(person_keys.c.key_id == key_id).values(wrapped=os.urandom(64)))
                conn.execute(delete(person_keys).where(person_keys.c.key_id == key_id))
            self._ciphers.pop(key_id, None)
        if self._keys.dialect.name == "postgresql":
            with self._keys.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
                conn.exec_driver_sql("VACUUM FULL person_keys")
        if not truncate_log(self._keys):
            raise TraceLeft(key_id)

    def _cipher(self, key_id: str) -> AESGCM:
        # The lock spans the reading, too: else a key destroyed in between would be remembered.
        with self._lock:
            cipher = self._ciphers.get(key_id)
            if cipher is not None:
                self._ciphers.move_to_end(key_id)
                return cipher
            with self._keys.connect() as conn:
                wrapped = conn.scalar(_WRAPPED, {"key": key_id})
            if wrapped is None:
                raise KeyDestroyed(key_id)
            return self._remember(key_id, AESGCM(self._unwrap(key_id, wrapped)))

    def _remember(self, key_id: str, cipher: AESGCM) -> AESGCM:
        self._ciphers[key_id] = cipher
        if len(self._ciphers) > self._cached:
            self._ciphers.popitem(last=False)
        return cipher

    def _wrap(self, key_id: str, key: bytes) -> bytes:
        return _sealed(self._wrapping, key, _binding(key_id, "key"))

    def _unwrap(self, key_id: str, wrapped: bytes) -> bytes:
        return _opened(self._wrapping, wrapped, _binding(key_id, "key"))


def open_keys(url: str) -> Engine:
    """The keys database, with its one table made when it is not there yet. Keep it apart from the main one."""
    engine = connect(url)
    keys_metadata.create_all(engine)
    return engine


def begun(keys: Engine) -> bool:
    """Whether a master key has been used with this keys database: from then on only that one will do."""
    with keys.connect() as conn:
        return bool(conn.scalar(select(exists().select_from(person_keys))))


def lost_keys(main: Engine, keys: Engine) -> bool:
    """Whether the main database has chats while the keys database has nobody's key: it is then not theirs.

    To go on would make a new key, and somebody new, of everybody who writes.
    """
    with main.connect() as conn:
        if not conn.scalar(select(exists().select_from(chats))):
            return False
    with keys.connect() as conn:
        return not conn.scalar(select(exists().where(person_keys.c.key_id != _CHECK_ID)))


def _derive(master_key: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=info).derive(master_key)


def _binding(key_id: str, purpose: str) -> bytes:
    return f"{purpose}\0{key_id}".encode()


def _sealed(cipher: AESGCM, clear: bytes, binding: bytes) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return _VERSION + nonce + cipher.encrypt(nonce, clear, binding)


def _opened(cipher: AESGCM, sealed: bytes, binding: bytes) -> bytes:
    nonce = sealed[1 : 1 + _NONCE_BYTES]
    if sealed[:1] != _VERSION or len(nonce) != _NONCE_BYTES:
        raise Unreadable("not sealed by this version")
    try:
        return cipher.decrypt(nonce, sealed[1 + _NONCE_BYTES :], binding)
    except InvalidTag as error:
        raise Unreadable("sealed with another key, or for another purpose") from error
