"""What many tests fill in, by the labels that the views give it: to reword one breaks one test."""

from bot.channels.views import detail
from bot.channels.views import form as channel
from bot.checkins.after.views import hands
from bot.checkins.asking.views import form as asking
from bot.checkins.asking.views import hosts
from bot.checkins.views import loop, post
from bot.checkins.views.words import SECTIONS
from bot.people.views import holidays, preferences
from core.checkins import Kind

# The settings of a channel, by the names that its draft has for them.
FIELDS = {
    "often": channel.RHYTHM.often.label,
    "weekday": channel.RHYTHM.weekday.label,
    "at": channel.RHYTHM.at.label,
    "zone": channel.RHYTHM.zone.label,
    "size": channel.SIZE.label,
    "odd": channel.ODD.label,
    "taking_part": channel.TAKING_PART.label,
    "notice": channel.NOTICE.label,
}
OFTEN, WEEKDAY, AT, ZONE = (FIELDS[name] for name in ("often", "weekday", "at", "zone"))
SIZE, TAKING_PART = FIELDS["size"], FIELDS["taking_part"]
NTH = channel.RHYTHM.nth.label
GUESTS, HOSTS, DAYS_OFF = detail.GUESTS.label, detail.HOSTS.label, detail.BLACKOUT.label
PRESSED, HOLIDAYS = detail.QUIET.label, detail.country().label

# Check-ins.
LINE, WHEN = (field(Kind.OPEN).label for field in (asking.line_field, asking.when_field))
OWN, AUDIENCE, OPEN_FOR = asking.OWN.label, asking.AUDIENCE.label, asking.HOURS.label
AGAIN, AGAIN_AT = asking.RHYTHM.often.label, asking.RHYTHM.at.label
AGAIN_ON, AGAIN_ZONE = asking.RHYTHM.weekday.label, asking.RHYTHM.zone.label
PULSE, FLOOR = hosts.PULSE.label, hosts.Floor(lowest=5).label
WISH = hands.WISH.label
HEARD, WILL = loop.HEARD.label, loop.WILL.label
MOOD, COMMENT = post.MOOD.label, post.COMMENT.label
ANSWER, EXPERIENCE = SECTIONS["answer"], SECTIONS["experience"]
ACTIONS, WORRIES, ACTIONS_OWNER = SECTIONS["actions"], SECTIONS["worries"], post.OWNER.label

# What people set for themselves.
ASK_ABOUT, TEAM, NOT_WITH = (
    field.label for field in (preferences.ASK_ABOUT, preferences.TEAM, preferences.NOT_WITH)
)
PACE, OWN_SIZE, BACK_ON = (
    field.label for field in (preferences.PACE, preferences.SIZE, preferences.UNTIL)
)
WORKS_UNTIL = preferences.HOURS_UNTIL.label
REGION = holidays.region("DE").label
