"""Every table, imported so that SQLModel's metadata knows them all."""

from storage import models as models
