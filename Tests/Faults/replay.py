"""The disk as it would be after the power was lost at some moment, built from what recorder.c noted.

What was synced before the moment is there. Of every write and truncation after its file's last sync, each may be there,
be missing, or be there in part, by sectors of 512 bytes. A name (made, moved or removed) is there for certain only once
its folder was synced; of later changes of names each name keeps some, the first ones first.
"""

import os
import pathlib
import struct

HEAD = struct.Struct("<B3xIQQQII")
SECTOR = 512


class Note:
    __slots__ = ("kind", "thread", "at", "inode", "place", "first", "second")

    def __init__(self, kind, thread, at, inode, place, first, second):
        self.kind, self.thread, self.at = kind, thread, at
        self.inode, self.place, self.first, self.second = inode, place, first, second


def notes_in(log):
    """The notes of a log, in order. Half a note at the end is left out."""
    data = pathlib.Path(log).read_bytes()
    found, place = [], 0
    while place + HEAD.size <= len(data):
        kind, thread, at, inode, offset, first, second = HEAD.unpack_from(data, place)
        place += HEAD.size
        if place + first + second > len(data):
            break
        found.append(
            Note(chr(kind), thread, at, inode, offset, data[place : place + first],
                 data[place + first : place + first + second])
        )
        place += first + second
    return found


class File:
    def __init__(self, content=b""):
        self.durable = bytearray(content)
        # (what, offset or length, bytes), oldest first
        self.pending = []


class Folder:
    """Names of one folder: what is certain, and the changes since its last sync."""

    def __init__(self):
        self.durable = {}
        self.pending = []


class Disk:
    def __init__(self, root, start):
        """`start` is a copy of the folder `root` from before the recording: all of it is durable."""
        self.root = str(root)
        self.files, self.folders = {}, {}
        # What each path leads to while the power is on.
        self.now = {}
        self.inode_of_folder = {}
        # Which file an open inode is; numbers of inodes are used again.
        self.keys = {}
        self.syncing = {}
        self.next_own = -1
        self._take(pathlib.Path(start), self.root)

    def _take(self, folder, path):
        self._folder(path)
        for entry in os.scandir(folder):
            full = f"{path}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                self._name(full, ("folder", full), durable=True)
                self._take(pathlib.Path(entry.path), full)
            else:
                key = self.next_own
                self.next_own -= 1
                self.files[key] = File(pathlib.Path(entry.path).read_bytes())
                self._name(full, ("file", key), durable=True)

    def _folder(self, path):
        return self.folders.setdefault(path, Folder())

    def _name(self, path, target, durable=False):
        """Binds a name, or removes it (target None)."""
        parent, name = path.rsplit("/", 1)
        folder = self._folder(parent)
        if durable:
            folder.durable[name] = target
        else:
            folder.pending.append((name, target))
        if target is None:
            self.now.pop(path, None)
        else:
            self.now[path] = target

    def play(self, note):
        kind = note.kind
        if kind == "O":
            self._open(note.first.decode(), note.inode)
        elif kind in "WT":
            file = self.files.get(self.keys.get(note.inode))
            if file is not None:
                file.pending.append((kind, note.place, note.first))
        elif kind == "S":
            self._begin_sync(note)
        elif kind == "E":
            self._end_sync(note)
        elif kind == "R":
            old, new = note.first.decode(), note.second.decode()
            target = self.now.get(old)
            if target:
                self._name(new, target)
                self._name(old, None)
        elif kind == "U":
            self._name(note.first.decode(), None)
        elif kind == "D":
            path = note.first.decode()
            self._folder(path)
            self._name(path, ("folder", path))
            self.inode_of_folder[note.inode] = path

    def _open(self, path, inode):
        if path in self.folders:
            self.inode_of_folder[inode] = path
            return
        known = self.now.get(path)
        if known and self.keys.get(inode, known[1]) == known[1]:
            self.keys[inode] = known[1]
            return
        # New under this name.
        key = self.next_own
        self.next_own -= 1
        self.keys[inode] = key
        self.files[key] = File()
        self._name(path, ("file", key))

    def _begin_sync(self, note):
        if note.inode in self.inode_of_folder:
            folder = self.folders[self.inode_of_folder[note.inode]]
            self.syncing[note.thread, note.inode] = len(folder.pending), None
        else:
            file = self.files.get(self.keys.get(note.inode))
            if file is not None:
                self.syncing[note.thread, note.inode] = list(file.pending), file

    def _end_sync(self, note):
        covered = self.syncing.pop((note.thread, note.inode), None)
        if covered is None:
            return
        done, file = covered
        if file is None:
            folder = self.folders[self.inode_of_folder[note.inode]]
            for name, target in folder.pending[:done]:
                bind(folder.durable, name, target)
            del folder.pending[:done]
            return
        # Another sync of the same file may have ended meanwhile.
        covered = {id(change) for change in done}
        for change in done:
            if any(change is waiting for waiting in file.pending):
                apply(file.durable, change)
        file.pending = [change for change in file.pending if id(change) not in covered]

    def write_image(self, to, chance):
        """Writes one of the disks that the power may have left; without `chance` the poorest."""
        self._write(self.root, pathlib.Path(to), chance or Harsh())

    def _write(self, path, to, chance):
        to.mkdir(parents=True, exist_ok=True)
        folder = self.folders[path]
        names = dict(folder.durable)
        kept = {}
        for name, target in folder.pending:
            # Each name keeps its first changes up to some moment.
            if kept.setdefault(name, True) and chance.random() < 0.5:
                bind(names, name, target)
            else:
                kept[name] = False
        for name, (kind, key) in names.items():
            if kind == "folder":
                self._write(key, to / name, chance)
            else:
                (to / name).write_bytes(survived(self.files[key], chance))
                (to / name).chmod(0o600)


class Harsh:
    """Chance that keeps nothing that was not synced."""

    def random(self):
        return 1.0

    def choice(self, shares):
        return min(shares)


def bind(names, name, target):
    if target is None:
        names.pop(name, None)
    else:
        names[name] = target


def apply(content, change):
    kind, place, data = change
    if kind == "T":
        if place < len(content):
            del content[place:]
        else:
            content.extend(bytes(place - len(content)))
        return
    if len(content) < place:
        content.extend(bytes(place - len(content)))
    content[place : place + len(data)] = data


def survived(file, chance):
    """The durable content with some of what was not synced."""
    content = bytearray(file.durable)
    # Sometimes all of it, sometimes nothing, mostly here and there.
    share = chance.choice([0.0, 0.2, 0.5, 0.8, 1.0])
    for kind, place, data in file.pending:
        if chance.random() >= share:
            continue
        if kind == "W" and share < 1 and chance.random() < 0.4:
            for begin, part in sectors(place, data):
                if chance.random() < 0.5:
                    apply(content, ("W", begin, part))
        else:
            apply(content, (kind, place, data))
    return bytes(content)


def sectors(place, data):
    """A write in pieces that end where the disk's sectors end."""
    begin = 0
    while begin < len(data):
        end = min(len(data), begin + SECTOR - (place + begin) % SECTOR)
        yield place + begin, data[begin:end]
        begin = end
