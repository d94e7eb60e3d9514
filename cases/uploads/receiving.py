"""Receive uploads without letting them touch the disk as they are: Django's own handlers would write large ones to a folder."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from cases.uploads.sealing import Sealer

LARGEST = 200_000_000
"""Of one upload, all files together; CSV files of a million rows are under half of it."""


class SealedUpload(UploadedFile):
    """A received file: its name, size and place. Its bytes are sealed already and cannot be had from here."""

    def __init__(self, place: uuid.UUID, name: str, size: int) -> None:
        """Keep what is known of it."""
        super().__init__(file=ContentFile(b""), name=name, size=size)
        self.place = place


class SealingHandler(FileUploadHandler):
    """Seals each file as it comes in. What is not kept in the end has to be thrown away, also when receiving it fails."""

    chunk_size = 1 << 18

    def __init__(self, request: HttpRequest) -> None:
        """Begin with no file."""
        super().__init__(request)
        self._sealers: list[Sealer] = []

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self._place = uuid.uuid4()
        self._sealers.append(Sealer(self._place))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Seal a part of it; nothing is left for other handlers."""
        del start
        self._sealers[-1].write(raw_data)

    def file_complete(self, file_size: int) -> SealedUpload:
        """Give what the form gets to see."""
        self._sealers[-1].finish()
        return SealedUpload(self._place, self.file_name or "", file_size)

    def throw_away(self) -> None:
        """Leave nothing of what was received."""
        for sealer in self._sealers:
            sealer.give_up()
