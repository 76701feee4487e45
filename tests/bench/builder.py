"""A build in a process of its own, which says how long it took and how much memory at most.

    python builder.py RECORD ours PROJECT OUT
    python builder.py RECORD timeline|timestamped canvas|svg NUMBER PAGE

RECORD is the JSON file to write: `seconds`, `mb` (peak of resident memory) and `status`. Ours
counts from the start of the process, reading and checking included. A peer's features lie in
memory before its clock starts.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main(argv: list[str]) -> int:
    """Builds once and writes the record."""
    record, contender, *rest = argv
    seconds, status = _ours(*rest) if contender == "ours" else _peer(contender, *rest)
    found = {"seconds": seconds, "mb": peak_mb(), "status": status}
    Path(record).write_text(json.dumps(found), encoding="utf-8")
    return status


def _ours(project: str, out: str) -> tuple[float | None, int]:
    """The command itself; its seconds are None, since who started the process knows better."""
    sys.path.insert(0, str(ROOT))
    from make_maps import main as make_maps

    return None, make_maps(["build", "--project", project, "--out", out])


def _peer(plugin: str, drawing: str, number: str, page: str) -> tuple[float, int]:
    """One of folium's plugins; importing folium counts, making the features does not."""
    begun = time.perf_counter()
    import peers

    imported = time.perf_counter() - begun
    features = peers.features_for(plugin, int(number))
    begun = time.perf_counter()
    peers.save(peers.PLUGINS[plugin](features, drawing == "canvas"), Path(page))
    return imported + time.perf_counter() - begun, 0


def peak_mb() -> float | None:
    """The most memory that this process has held, in MB; None where the system does not tell."""
    status = Path("/proc/self/status")
    if status.is_file():  # getrusage would count the process that this one was forked from
        lines = status.read_text("utf-8").splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
    try:
        import resource
    except ImportError:
        return None
    scale = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
