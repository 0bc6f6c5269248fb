"""What Slack's client checks in a form before it sends it."""

import re

from simulator.blocks import elements
from simulator.world.records import JSON, View

REQUIRED = "Please complete this required field."


def problems(view: View) -> dict[str, str]:
    """Complaints by block_id; empty when the form may be sent."""
    found: dict[str, str] = {}
    for block in view.blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        state = (view.values.get(block["block_id"]) or {}).get(element["action_id"]) or {}
        value = state.get(elements.STATE_KEY[element["type"]])
        words = _problem(block, element, value)
        if words:
            found[block["block_id"]] = words
    return found


def _problem(block: JSON, element: JSON, value: object) -> str | None:
    if value in (None, "", []):
        return None if block.get("optional") else REQUIRED
    if isinstance(value, list) and len(value) > element.get("max_selected_items", 1000):
        return f"Please choose at most {element['max_selected_items']}."
    check = CHECKS.get(element["type"])
    return check(element, str(value)) if check else None


def _length(element: JSON, value: str) -> str | None:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < least:
        return f"This field must be at least {least} characters long."
    if len(value) > most:
        return f"This field must be at most {most} characters long."
    return None


def _number(element: JSON, value: str) -> str | None:
    whole = not element.get("is_decimal_allowed")
    if not re.fullmatch(r"-?\d+" if whole else r"-?\d+(\.\d+)?", value):
        return "Please enter a whole number." if whole else "Please enter a number."
    if "min_value" in element and float(value) < float(element["min_value"]):
        return f"Please enter a number no less than {element['min_value']}."
    if "max_value" in element and float(value) > float(element["max_value"]):
        return f"Please enter a number no greater than {element['max_value']}."
    return None


def _email(element: JSON, value: str) -> str | None:
    right = re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value)
    return None if right else "Please enter a valid email address."


def _url(element: JSON, value: str) -> str | None:
    right = re.fullmatch(r"https?://\S+", value)
    return None if right else "Please enter a valid URL."


def _date(element: JSON, value: str) -> str | None:
    return None if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else "Please enter a date."


def _time(element: JSON, value: str) -> str | None:
    right = re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value)
    return None if right else "Please enter a time."


CHECKS = {
    "plain_text_input": _length,
    "number_input": _number,
    "email_text_input": _email,
    "url_text_input": _url,
    "datepicker": _date,
    "timepicker": _time,
}
