"""What these tests share."""

import pytest

from tests.still import Still


@pytest.fixture
def still(db):
    return Still(db)
