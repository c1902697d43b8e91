"""A locked prediction: what it holds, how it travels in a notebook, and whether it earns its points.

It is the output of the prediction cell, under our own MIME type. It comes back in files that anyone may have
edited, so reading is strict and never raises. The digest exposes only casual edits: it uses no secret, and anyone
can compute it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from course.mime_types import MIME

from .question import Question

__all__ = ["LockedPrediction", "Standing", "assess", "embed_record", "now", "read_record", "utc"]

FORMAT = 1
MOST_BYTES, MOST_ITEMS, LARGEST = 20_000, 200, 1e300
LEAST_CONFIDENT, MOST_CONFIDENT = 50, 100
KINDS = ("choice", "number", "shape", "curve")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@dataclass(frozen=True)
class LockedPrediction:
    """One prediction: `time` in UTC, `confidence` in percent, `late` if the answer had already been shown."""

    lesson: str
    name: str
    kind: str
    value: Any
    confidence: int
    time: str
    late: bool = False
    digest: str = ""

    @classmethod
    def lock(
        cls, lesson: str, question: Question, value: Any, confidence: Any, late: bool = False
    ) -> LockedPrediction:
        """Lock in a value now; ValueError, in one sentence, if the value or the confidence is refused."""
        stored = question.read(value)
        return cls(lesson, question.name, question.kind, stored, read_confidence(confidence), now(), late).sealed()

    @classmethod
    def parse(cls, payload: Any) -> LockedPrediction | None:
        """Read one from untrusted JSON data or text; None if anything is wrong with it."""
        data = _bounded(payload)
        if data is None or set(data) != {"format", *cls.__dataclass_fields__} or data.pop("format") != FORMAT:
            return None
        if not all(isinstance(data[key], str) and len(data[key]) <= 100 for key in _TEXTS):
            return None
        confidence = data["confidence"]
        if (
            type(confidence) not in (int, float)
            or not LEAST_CONFIDENT <= confidence <= MOST_CONFIDENT
            or confidence != int(confidence)
        ):
            return None
        if not isinstance(data["late"], bool) or data["kind"] not in KINDS or not _is_time(data["time"]):
            return None
        return cls(**{**data, "confidence": int(confidence)}) if _is_value(data["value"]) else None

    def sealed(self) -> LockedPrediction:
        """Return this prediction with its digest."""
        return replace(self, digest=self._digest())

    @property
    def intact(self) -> bool:
        """Return whether the digest matches the content."""
        return self.digest == self._digest()

    def payload(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return {"format": FORMAT, **vars(self)}

    def _digest(self) -> str:
        content = {key: value for key, value in vars(self).items() if key != "digest"}
        text = json.dumps(_canonical(content), sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


_TEXTS = ("lesson", "name", "kind", "time", "digest")


@dataclass(frozen=True)
class Standing:
    """Whether a prediction earns its points, and the sentence that says why."""

    earns: bool
    reason: str
    record: LockedPrediction | None = None


def assess(outputs: Iterable[Any], lesson: str, question: Question) -> Standing:
    """Assess the prediction in the outputs of a submitted notebook's cells; never raises.

    `outputs` are output dicts of the prediction cell, then of its plain form and its reveal cell, since any of
    them may carry the prediction. The first one that earns decides, else the first one found.
    """
    found = [_standing(payload, lesson, question) for payload in _payloads(outputs)]
    missing = Standing(False, "No prediction was locked in.")
    return next((standing for standing in found if standing.earns), found[0] if found else missing)


def _standing(payload: Any, lesson: str, question: Question) -> Standing:
    record = LockedPrediction.parse(payload)
    if record is None:
        return Standing(False, "The saved prediction cannot be read, so it does not count.")
    if not record.intact:
        return Standing(
            False, "The saved prediction was changed after it was locked, so it does not count.", record
        )
    if (record.lesson, record.name, record.kind) != (lesson, question.name, question.kind):
        where = f"{record.lesson}, {record.name}"
        return Standing(False, f"The saved prediction belongs elsewhere ({where}), so it does not count.", record)
    try:
        value = question.read(record.value)
    except Exception as refusal:
        reason = (
            str(refusal) if isinstance(refusal, ValueError) else "It is not the kind of answer that was asked for."
        )
        return Standing(False, f"The saved prediction does not count: {reason}", record)
    if _canonical(value) != _canonical(record.value):
        return Standing(
            False, "The saved prediction does not count: it is not the kind of answer that was asked for.", record
        )
    if record.late:
        return Standing(False, "It was locked in after the answer was shown, so it does not count.", record)
    return Standing(True, "Locked in before the answer was shown.", record)


def read_record(cell: Any) -> LockedPrediction | None:
    """Return the first locked prediction in the outputs of an untrusted notebook cell, or None."""
    outputs = cell.get("outputs") if isinstance(cell, Mapping) else None
    records = map(LockedPrediction.parse, _payloads(outputs if isinstance(outputs, list) else []))
    return next((record for record in records if record is not None), None)


def embed_record(cell: dict[str, Any], record: LockedPrediction, text: str = "") -> dict[str, Any]:
    """Return a copy of a code cell whose only output is the locked prediction, as a front end saves it."""
    text = text or f"Prediction '{record.name}' is locked in."
    data = {MIME: record.payload(), "text/plain": text}
    return {**cell, "outputs": [{"output_type": "display_data", "data": data, "metadata": {}}]}


def _payloads(outputs: Iterable[Any]) -> list[Any]:
    bundles = [output.get("data") for output in outputs if isinstance(output, Mapping)]
    return [bundle[MIME] for bundle in bundles if isinstance(bundle, Mapping) and MIME in bundle]


def read_confidence(confidence: Any) -> int:
    """Read a confidence in percent; ValueError, in one sentence, unless it is a whole number from 50 to 100."""
    try:
        whole = not isinstance(confidence, (bool, str)) and int(confidence) == confidence
    except (TypeError, ValueError, OverflowError):
        whole = False
    if not whole or not LEAST_CONFIDENT <= confidence <= MOST_CONFIDENT:
        raise ValueError(
            f"confidence is {str(confidence)[:20]}; it must be a whole number of percent "
            f"from {LEAST_CONFIDENT} to {MOST_CONFIDENT}."
        )
    return int(confidence)


def now() -> str:
    """Return the current time in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def utc(time: str) -> str:
    """Format a stored time for a reader: "2026-03-01 10:15 UTC"."""
    return f"{time[:10]} {time[11:16]} UTC"


def _bounded(payload: Any) -> dict[str, Any] | None:
    # Some editors save JSON outputs as text or as a list of lines.
    if isinstance(payload, list) and all(isinstance(line, str) for line in payload):
        payload = "".join(payload)
    try:
        text = payload if isinstance(payload, str) else json.dumps(payload)
        data = json.loads(text) if len(text) <= MOST_BYTES else None
    except (TypeError, ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _is_value(value: Any, depth: int = 2) -> bool:
    """Return whether this is a number that fits a float, a text, or a short list or dict of these, two deep."""
    if isinstance(value, (list, dict)):
        items = value.values() if isinstance(value, dict) else value
        return depth > 0 and len(value) <= MOST_ITEMS and all(_is_value(item, depth - 1) for item in items)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return abs(value) <= LARGEST  # false for nan
    return isinstance(value, str)


def _is_time(text: str) -> bool:
    try:
        return bool(_TIME.fullmatch(text)) and bool(datetime.fromisoformat(text))
    except ValueError:
        return False


def _canonical(value: Any) -> Any:
    # JavaScript writes 22.0 as 22, so the digest sees numbers as text that survives every JSON writer.
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        return f"number {float(value):.12g}"
    if isinstance(value, str):
        return f"text {value}"
    if isinstance(value, Mapping):
        return {str(key): _canonical(item) for key, item in value.items()}
    return [_canonical(item) for item in value]
