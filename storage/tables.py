"""Every table, imported so that SQLModel's metadata knows them all."""

from storage import checkin_models as checkin_models
from storage import models as models
