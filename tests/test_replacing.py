"""A file is replaced whole, and only if it is still the one that was read."""

import contextlib
import threading

import pytest

from pipeline.errors import ConflictError
from pipeline.store.replacing import replace_unchanged, write_atomic
from pipeline.store.swap import swapped


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_that_is_as_it_was_is_replaced_and_keeps_its_permissions(tmp_path):
    path = tmp_path / "a.po"
    path.write_bytes(b"old")
    path.chmod(0o640)
    assert replace_unchanged(path, b"new", b"old")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert names(tmp_path) == ["a.po"]


def test_a_file_that_somebody_changed_made_or_deleted_is_left(tmp_path):
    path = tmp_path / "a.po"
    assert not replace_unchanged(path, b"new", b"old")
    assert not path.exists()
    path.write_bytes(b"theirs")
    assert not replace_unchanged(path, b"new", b"old")
    assert not replace_unchanged(path, b"new", None)
    assert path.read_bytes() == b"theirs"
    assert names(tmp_path) == ["a.po"]


def test_a_swap_of_a_file_that_is_not_there_changes_nothing(tmp_path):
    path = tmp_path / "a.po"
    path.write_bytes(b"old")
    with contextlib.suppress(FileNotFoundError):
        assert not swapped(path, tmp_path / "b.po")  # a system that cannot swap
    assert path.read_bytes() == b"old"


def test_no_save_between_the_look_and_the_swap_is_replaced(tmp_path):
    """Somebody saves all the time; whatever they saved last is there in the end."""
    path, done = tmp_path / "a.po", threading.Event()
    path.write_bytes(b"theirs 0")
    last = []

    def save():
        number = 0
        while not done.is_set():
            number += 1
            other = tmp_path / "editor"
            other.write_bytes(b"theirs %d" % number)
            other.replace(path)
            last[:] = [b"theirs %d" % number]

    editor = threading.Thread(target=save)
    editor.start()
    try:
        wrote = [replace_unchanged(path, b"ours", path.read_bytes()) for _ in range(200)]
    finally:
        done.set()
        editor.join()
    found = path.read_bytes()
    assert found == last[0] or (found == b"ours" and wrote[-1])


def test_a_folder_in_the_way_is_told_with_what_to_do(tmp_path):
    (tmp_path / "a.po").mkdir()
    with pytest.raises(ConflictError, match="could not be written: Is a directory"):
        write_atomic(tmp_path / "a.po", b"new")
    assert names(tmp_path) == ["a.po"]
