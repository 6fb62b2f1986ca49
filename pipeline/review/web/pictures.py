"""Pictures of pages, drawn in child processes and kept in memory for a while."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from pipeline.engine.processes import Limits, prepare, run
from pipeline.review.web.boxes import Rect
from pipeline.review.web.documents import Opened
from pipeline.review.web.drawing import PRELOAD, Order, draw

DPI = 110.0
_LIMITS = Limits(seconds=20, memory_mb=1000)
_MOST_BYTES = 16_000_000
_MOST_UNPACKED = 8

Drawn = bytes | tuple[str, str]
"""A PNG, or why there is none and what to do about it."""
_Key = tuple[str, int, tuple[Rect, ...]]


class Pictures:
    """Draws pages on demand and ahead of demand. Safe to use from several threads.

    What lies inside archives and letters is unpacked into a folder of this process that only its
    user can read (`folder`); `close` removes it.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="samverkan-"))
        self._kept: OrderedDict[_Key, bytes] = OrderedDict()
        self._unpacked: OrderedDict[Path, dict[str, Path]] = OrderedDict()
        self._lock = threading.Lock()
        self._unpacking = threading.Lock()
        self._children = threading.Semaphore(2)
        self._ahead = ThreadPoolExecutor(1, thread_name_prefix="bilder")
        prepare(PRELOAD)

    def get(self, opened: Opened, number: int, covers: tuple[Rect, ...] = ()) -> Drawn:
        """Return the picture of page `number` with `covers` painted over."""
        key = (opened.document.sha256, number, covers)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        drawn = self._draw(opened, number, covers)
        if not isinstance(drawn, bytes):  # A file that was missing may come back.
            return drawn
        with self._lock:
            self._kept[key] = drawn
            while len(self._kept) > 1 and sum(map(len, self._kept.values())) > _MOST_BYTES:
                self._kept.popitem(last=False)
        return drawn

    def ahead(self, opened: Opened, number: int, covers: tuple[Rect, ...] = ()) -> None:
        """Draw a picture soon, so that it is there when it is asked for."""
        with self._lock:
            if (opened.document.sha256, number, covers) in self._kept:
                return
        # A server that is shutting down takes no more work.
        with suppress(RuntimeError):
            self._ahead.submit(self.get, opened, number, covers)

    def close(self) -> None:
        """Stop drawing and remove what was unpacked."""
        self._ahead.shutdown(wait=False, cancel_futures=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _draw(self, opened: Opened, number: int, covers: tuple[Rect, ...]) -> Drawn:
        path = opened.path if opened.container is None else self._member(opened)
        if path is None:
            return "Filen finns inte kvar där den lästes.", "Lägg tillbaka den, eller läs texten."
        order = Order(path, opened.document.sha256, number, DPI, covers)
        with self._children:
            outcome = next(iter(run(draw, [order], jobs=1, limits=_LIMITS)))
        if outcome.result is None:
            return "Sidan gick inte att rita.", "Läs texten i stället, eller öppna filen."
        return outcome.result

    def _member(self, opened: Opened) -> Path | None:
        """Return where a document inside an archive or letter lies once that is unpacked."""
        container = opened.container
        if container is None or not container.is_file():
            return None
        with self._unpacking:
            members = self._unpacked.get(container)
            if members is None:
                members = self._unpack(container)
        return members.get(opened.document.sha256)

    def _unpack(self, container: Path) -> dict[str, Path]:
        from pipeline.gather import gather
        from pipeline.progress import Quiet

        folder = Path(tempfile.mkdtemp(dir=self.folder))
        found = gather(container, folder, 1, _LIMITS, Quiet())
        members = {source.sha256: source.path for source in found.sources}
        self._unpacked[container] = members
        while len(self._unpacked) > _MOST_UNPACKED:
            _, old = self._unpacked.popitem(last=False)
            for path in old.values():
                if self.folder in path.parents:
                    path.unlink(missing_ok=True)
        return members
