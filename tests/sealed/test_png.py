"""A figure's pixels as a PNG file, read back by another library."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from autograder.sealed import png as picture


def read_back(pixels: np.ndarray) -> np.ndarray:
    with Image.open(io.BytesIO(picture.png(pixels))) as image:
        image.load()
        return np.asarray(image.convert("RGB"))


@pytest.mark.parametrize("shape", [(1, 1), (3, 5), (40, 7)])
def test_opaque_pixels_stay_what_they_are(shape: tuple[int, int]) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (*shape, 4), dtype=np.uint8)
    pixels[..., 3] = 255
    assert (read_back(pixels) == pixels[..., :3]).all()


def test_what_is_translucent_is_set_on_white() -> None:
    pixels = np.array([[[0, 100, 200, 255], [0, 100, 200, 0], [0, 100, 200, 51]]], np.uint8)
    white = 255 * 0.8
    assert np.allclose(read_back(pixels)[0], [[0, 100, 200], [255] * 3, [white, white + 20, white + 40]], atol=1)


def test_a_figure_too_large_to_look_at_is_thinned_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "MOST_PIXELS", 100)
    pixels = np.full((30, 20, 4), 255, np.uint8)
    pixels[::3, ::3, 0] = 7  # the pixels that are left
    assert (read_back(pixels) == [7, 255, 255]).all()
    assert read_back(pixels).shape == (10, 7, 3)
