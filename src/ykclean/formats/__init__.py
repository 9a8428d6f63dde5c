"""How a cleaned file is shown: one module a format, each a pure function to text."""
