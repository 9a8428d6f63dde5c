"""Many files: read from whatever holds them, cleaned in processes, written whole, and resumable.

``listing`` finds the files, ``readers`` take them apart into documents, ``pool`` and ``work`` clean these,
``outputs`` write, ``manifest`` remembers, ``run`` holds it together, ``library`` is for scripts.
"""
