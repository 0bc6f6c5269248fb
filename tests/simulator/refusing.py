"""How the simulator's tests ask for a refusal."""

import pytest
from slack_sdk.errors import SlackApiError


def refused(call, *args, **kwargs):
    """The body with which a call is refused."""
    with pytest.raises(SlackApiError) as caught:
        call(*args, **kwargs)
    return caught.value.response.data


def error_of(call, *args, **kwargs):
    """The error code with which a call is refused."""
    return refused(call, *args, **kwargs)["error"]


def complaint_of(call, *args, **kwargs):
    """The first message in `response_metadata` of a refusal."""
    return refused(call, *args, **kwargs)["response_metadata"]["messages"][0]
