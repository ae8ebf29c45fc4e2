"""Pages that allocate without end lose their process."""

from __future__ import annotations

import asyncio
import logging

from crawler.browser.processes import end, family

#: Resident bytes at which the process of a page is ended; portals take a third of it.
LARGEST = 800 * 1024 * 1024
#: Seconds between two looks.
EVERY = 0.4

log = logging.getLogger("decree43.browser")


async def watch(main: int) -> None:
    """Looks at the browser's page processes for as long as it is there."""
    while own := family(main):
        for process in own:
            if "--type=renderer" in process.command and process.resident > LARGEST:
                log.warning("a page took %d MB of memory and was ended", process.resident // 2**20)
                end([process.pid])
        await asyncio.sleep(EVERY)
