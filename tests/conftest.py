"""Property tests try the same examples in every run: a check that fails now and then is no check."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")
