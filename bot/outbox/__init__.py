"""The outbox: what was recorded is spoken later, here."""
