"""Receive uploads without letting them touch the disk as they are: Django's own handlers would write large ones to a folder."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from cases.uploads.sealing import Sealer, path_of

LARGEST = 200_000_000
"""Of one upload, all files together; CSV files of a million rows are under half of it."""


class SealedUpload(UploadedFile):
    """A received file: its name, size and place. Its bytes are sealed already and cannot be had from here."""

    def __init__(self, place: uuid.UUID, name: str, size: int) -> None:
        """Keep what is known of it."""
        super().__init__(file=ContentFile(b""), name=name, size=size)
        self.place = place

    def throw_away(self) -> None:
        """Remove it."""
        path_of(self.place).unlink(missing_ok=True)


class SealingHandler(FileUploadHandler):
    """Seals each file as it comes in; what is cut off leaves nothing."""

    chunk_size = 1 << 18

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self._place = uuid.uuid4()
        self._sealer = Sealer(self._place)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Seal a part of it; nothing is left for other handlers."""
        del start
        self._sealer.write(raw_data)

    def file_complete(self, file_size: int) -> SealedUpload:
        """Give what the form gets to see."""
        self._sealer.finish()
        return SealedUpload(self._place, self.file_name or "", file_size)

    def upload_interrupted(self) -> None:
        """Leave nothing of a file that was being received."""
        if hasattr(self, "_sealer"):
            self._sealer.give_up()
