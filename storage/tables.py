"""Every table, for whoever needs the whole schema."""

import storage.channels.rows
import storage.checkins.rows
import storage.meetings.rows
import storage.outbox.rows
import storage.people.rows
import storage.platform.rows
import storage.rounds.rows  # noqa: F401
