"""Alembic alone can import ``env.py``, so the search for doctests leaves it out."""

collect_ignore = ["env.py"]
