"""PostgreSQL's own figures about its tables, brought up to date right after many rows were written.

It plans queries by these figures and looks at its tables only once in a while: until then a ranking of a round that was
made a moment ago took ten seconds (bench/storage.py), and a tenth of one afterwards.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

#: A table is looked at when one transaction added so many rows and so large a share, as the server itself would later.
_ROWS, _SHARE = 500, 0.1


def watch(connection: sa.Connection) -> Counter[str]:
    """Counts from now on how many rows this connection adds to each table."""
    added: Counter[str] = Counter()
    if connection.dialect.name == "postgresql":

        def count(_: Any, __: Any, ___: Any, parameters: Any, context: Any, many: bool) -> None:
            if context is not None and context.isinsert and context.compiled is not None:
                table = getattr(context.compiled.statement, "table", None)
                if table is not None:
                    added[table.name] += len(parameters) if many else max(context.cursor.rowcount, 1)

        sa.event.listen(connection, "after_cursor_execute", count)
    return added


def refresh(engine: sa.Engine, added: Counter[str]) -> None:
    """Has the server look at the tables that grew by much; what stands in the way of that is no error."""
    large = {name: rows for name, rows in added.items() if rows >= _ROWS}
    if not large:
        return
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for name, rows in sorted(large.items()):
                quoted = connection.dialect.identifier_preparer.quote(name)
                known = sa.text("SELECT reltuples FROM pg_class WHERE oid = CAST(:name AS regclass)")
                if rows > _SHARE * (connection.scalar(known, {"name": quoted}) or 0):
                    connection.exec_driver_sql(f"ANALYZE (SKIP_LOCKED) {quoted}")
    except SQLAlchemyError:  # what was written is written; the server looks at it by itself later
        return
