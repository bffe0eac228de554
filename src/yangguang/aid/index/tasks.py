"""What happens at night: every index is counted anew, since aid and shocks fade by the day."""

from datetime import UTC, datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from yangguang.aid.index.actions import score_area
from yangguang.foundation.divisions.queries import children
from yangguang.foundation.walls.context import acting, system

CITY = "370100000000"


@app.periodic(cron="0 18 * * *")  # 18:00 UTC: two o'clock at night in Jinan
@app.task(queue="index", queueing_lock="index-fade", name="index.fade")
def fade(timestamp: int) -> None:
    """Put one task a county into the queue; may run twice."""
    on = timezone.localdate(datetime.fromtimestamp(timestamp, UTC)).isoformat()
    for county in children(CITY):
        fade_area.configure(queueing_lock=f"index-fade-{county.code}").defer(
            scope=county.scope, on=on
        )


@app.task(queue="index", name="index.fade_area")
def fade_area(scope: str, on: str) -> None:
    """Score one area as of a day; scoring twice stores the same."""
    with acting(system(scope)) as actor:
        score_area(scope, on=datetime.fromisoformat(on).date(), by=actor, at=timezone.now())
